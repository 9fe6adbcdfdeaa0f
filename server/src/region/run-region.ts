import { regionConfig, type Environment, type RegionConfig } from '../config.ts';
import { buildPages, REPOSITORY } from './build-pages.ts';
import { startRegion, type Region } from './region.ts';
import { openWorld } from './story/open-world.ts';
import { runStory } from './story/run-story.ts';
import type { StepOutcome } from './story/types.ts';

export const EXIT_FAILED = 1;
export const EXIT_WRONG_SETTING = 2;

/** What the two programs, `npm start` and `npm run story`, say while they work. */
export type Said = {
  readonly progress: (text: string) => void;
  readonly step: (outcome: StepOutcome) => void;
  readonly complaint: (sentence: string) => void;
};

export type RanRegion = {
  readonly region: Region;
  readonly outcomes: readonly StepOutcome[];
};

export type RegionRun =
  | { readonly ok: true; readonly ran: RanRegion }
  /** It has been said why, and everything is stopped. */
  | { readonly ok: false; readonly exitCode: number };

/** Builds the pages, starts the six nodes and tells the story against them. */
export async function runRegion(
  env: Environment,
  said: Said,
  isQuiet: boolean,
  signal: AbortSignal,
): Promise<RegionRun> {
  const read = regionConfig(env, REPOSITORY, Date.now());
  if (!read.ok) return fail(said, read.sentence, EXIT_WRONG_SETTING);
  const { config } = read;
  if (config.mode === 'production') {
    const sentence = 'TONGYU_MODE is production: there each node is started by itself';
    return fail(said, sentence, EXIT_WRONG_SETTING);
  }
  if (!(await buildPages(isQuiet, signal))) {
    return isStopped(signal) ? stopped : fail(said, 'the pages cannot be built', EXIT_FAILED);
  }
  const start = await startRegion(config, nodeEnvironment(config), said.progress, signal);
  if (!start.ok) return isStopped(signal) ? stopped : fail(said, start.sentence, EXIT_FAILED);
  const { region } = start;
  if (isStopped(signal)) {
    await region.stop();
    return stopped;
  }
  said.progress(start.isFirst ? 'the region is being founded' : 'the region is up again');
  const ending = endOfStory(region, signal);
  try {
    const outcomes = await tell(region, said, ending);
    return { ok: true, ran: { region, outcomes } };
  } catch (error) {
    await region.stop();
    return isStopped(signal) ? stopped : fail(said, (error as Error).message, EXIT_FAILED);
  }
}

/** A function, since the compiler takes a flag that was false once to be false for ever. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

const stopped = { ok: false, exitCode: 0 } as const;

function fail(said: Said, sentence: string, exitCode: number): RegionRun {
  said.complaint(sentence);
  return { ok: false, exitCode };
}

async function tell(
  region: Region,
  said: Said,
  ending: Promise<never>,
): Promise<readonly StepOutcome[]> {
  const opened = await Promise.race([openWorld(region, said.progress), ending]);
  try {
    return await Promise.race([runStory(opened.world, said.step), ending]);
  } finally {
    await opened.close();
  }
}

/** Rejects when a node dies, or when somebody has seen enough: nothing is waited for then. */
async function endOfStory(region: Region, signal: AbortSignal): Promise<never> {
  const aborted = new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve('stopped');
    });
  });
  throw new Error(await Promise.race([region.broken, aborted]));
}

/** Children get what was read here, so that all run on one clock and in one folder. */
function nodeEnvironment(config: RegionConfig): Environment {
  return {
    TONGYU_MODE: config.mode,
    TONGYU_PORT: String(config.basePort),
    TONGYU_DATA: config.dataDir,
    TONGYU_CLOCK: undefined,
    TONGYU_CLOCK_OFFSET: String(config.clockOffsetSeconds),
  };
}
