import { createJudge } from './judge/judge.ts';
import { checkEnd } from './judge/end-rules.ts';
import { NOTHING_PLANTED, type Plant } from './planted/plant.ts';
import { foundedRegion } from './world/founded-region.ts';
import { lineFault } from './judge/line-end.ts';
import { heal, runOut } from './world/heal.ts';
import { openRegion } from './world/open-region.ts';
import { expandSeed, type SeedOptions } from './world/options.ts';
import { changeRegion, createStory, untilBorder, workAtConsoles } from './world/story.ts';
import { createWorld, type World } from './world/world.ts';

export type SeedResult = {
  readonly options: SeedOptions;
  /** The first rule that was broken; undefined when none was. */
  readonly failure: string | undefined;
  readonly events: number;
  readonly traceHash: string;
  readonly taps: number;
  /** By state: what pairing and pricing had to do. */
  readonly lines: Readonly<Record<string, number>>;
};

export type RunOptions = { readonly plant?: Plant; readonly onLine?: (line: string) => void };

/**
 * One region's life: some bursts of minutes with everything that can go wrong, between them hours
 * or days in which nobody is up; then all is mended, and it must come to rest, whole.
 */
export async function runSeed(seed: number, run: RunOptions = {}): Promise<SeedResult> {
  const options = expandSeed(seed);
  const { seconds } = await foundedRegion(options.region);
  const judge = createJudge(options);
  const start = seconds + options.startAfterSeconds;
  const world = createWorld(options, start, judge, run.plant ?? NOTHING_PLANTED, run.onLine);
  await openRegion(world);
  await live(world);
  if (judge.failure() === undefined) await heal(world);
  if (judge.failure() === undefined) await checkEnd(world);
  if (judge.failure() === undefined) await checkLines(world);
  return {
    options,
    failure: judge.failure(),
    events: world.trace.events(),
    traceHash: world.trace.hash(),
    taps: [...judge.taps.log.values()].reduce((sum, taps) => sum + taps.size, 0),
    lines: world.lines,
  };
}

/**
 * Lines must be right as soon as the region is at rest. One thing may take longer: a repair that
 * overtook the key of an open journey's tap is sent again with the host's first claim, which comes
 * when the journey's time has run out.
 */
async function checkLines(world: World): Promise<void> {
  let fault = await lineFault(world);
  if (fault !== undefined && world.judge.lines.hasRepairs()) {
    await runOut(world);
    fault = await lineFault(world);
  }
  if (fault !== undefined) world.judge.fail(fault);
}

const HOUR = 3_600_000;

async function live(world: World): Promise<void> {
  const { options, scheduler, dice, judge } = world;
  const story = createStory(world);
  const changesIn = dice.below(options.bursts);
  for (const rider of world.riders) scheduler.after(100, `${rider.name} syncs`, rider.sync);
  await scheduler.runUntil(scheduler.now() + 12_000);
  for (let burst = 0; burst < options.bursts; burst++) {
    const length = options.burstSeconds * 1000;
    for (let i = 0; i < options.actionsPerBurst; i++) {
      scheduler.after(dice.below(length), '', story.act);
    }
    if (burst === changesIn) {
      scheduler.after(dice.below(length / 3), 'a change', () => changeRegion(world));
    }
    // Often, so that most changes of members are through while things still break.
    for (const part of [0.4, 0.5, 0.7, 1]) {
      scheduler.after(Math.floor(length * part), 'consoles', () => workAtConsoles(world));
    }
    const end = scheduler.now() + length;
    while (scheduler.now() < end && judge.failure() === undefined) {
      await scheduler.runUntil(Math.min(end, scheduler.now() + 30_000));
    }
    if (judge.failure() !== undefined) return;
    const pauses = [0, 0.2, 1, 7, 20, 26, 50, 73, 75].map((hours) => hours * HOUR);
    scheduler.jump(dice.perMille(150) ? Math.max(0, untilBorder(world)) : dice.pick(pauses));
    // Sometimes the power comes back before the network does.
    if (dice.perMille(300))
      for (const { endpoint } of world.gates) world.wire.cuts.add(`${endpoint}>*`);
  }
}
