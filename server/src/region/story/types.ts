import type { Json } from '@tongyu/protocol';
import type { World } from './world.ts';

export const CHAPTERS = ['works', 'treats', 'refuses', 'survives', 'decides'] as const;
export type Chapter = (typeof CHAPTERS)[number];

export type StepResult = {
  /** Read from a gate or a node, never from the story's own memory. */
  readonly got: Json;
  /** For people: what happened, one sentence each. */
  readonly told: readonly string[];
};

export type Step = {
  readonly id: string;
  readonly chapter: Chapter;
  readonly title: string;
  readonly expect: Json;
  run(world: World): Promise<StepResult>;
};

export type StepOutcome = {
  readonly step: Step;
  readonly got: Json;
  readonly told: readonly string[];
  readonly ok: boolean;
};
