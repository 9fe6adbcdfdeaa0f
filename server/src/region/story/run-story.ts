import { canonicalJson, type Json } from '@tongyu/protocol';
import { STEPS } from './steps.ts';
import type { StepOutcome } from './types.ts';
import type { World } from './world.ts';

/**
 * Runs every step, also after one that differs: the reader sees all that is wrong at once. A step
 * that cannot be finished says why in `got`.
 */
export async function runStory(
  world: World,
  onStep: (outcome: StepOutcome) => void,
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const step of STEPS) {
    const outcome = await runStep(step, world);
    outcomes.push(outcome);
    onStep(outcome);
  }
  return outcomes;
}

async function runStep(step: (typeof STEPS)[number], world: World): Promise<StepOutcome> {
  try {
    const { got, told } = await step.run(world);
    return { step, got, told, ok: canonicalJson(got) === canonicalJson(step.expect) };
  } catch (error) {
    const got: Json = { stopped: (error as Error).message };
    return { step, got, told: ['The step could not be finished.'], ok: false };
  }
}
