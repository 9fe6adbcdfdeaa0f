import { canonicalJson } from '@tongyu/protocol';
import type { Chapter, StepOutcome } from './types.ts';

const CHAPTER_TITLES: Readonly<Record<Chapter, string>> = {
  works: 'It works',
  treats: 'Same-city treatment, and who pays',
  refuses: 'What it refuses',
  survives: 'What it survives',
  decides: 'Who decides, who sees',
};

/** One machine-readable line of a step. */
export function jsonLine({ step, got, ok }: StepOutcome): string {
  return JSON.stringify({ step: step.id, expect: step.expect, got, ok });
}

/** The timeline for people, in chapters; a step that differs shows what was expected and seen. */
export function timeline(outcomes: readonly StepOutcome[]): string {
  const chapters = Object.entries(CHAPTER_TITLES).map(([chapter, title]) => {
    const steps = outcomes.filter(({ step }) => step.chapter === chapter).map(stepText);
    return `${title}\n${steps.join('\n')}`;
  });
  return chapters.join('\n\n');
}

function stepText({ step, got, told, ok }: StepOutcome): string {
  const head = `  ${ok ? '✓' : '✗'} ${step.title}  [${step.id}]`;
  const lines = told.map((line) => `      ${line}`);
  const difference = ok
    ? []
    : [`      expected ${canonicalJson(step.expect)}`, `      got      ${canonicalJson(got)}`];
  return [head, ...lines, ...difference].join('\n');
}
