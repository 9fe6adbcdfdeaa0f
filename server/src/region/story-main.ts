// `npm run story`: starts the region, tells the story, stops everything.
import { parseArgs } from 'node:util';
import { EXIT_FAILED, EXIT_WRONG_SETTING, runRegion } from './run-region.ts';
import { onStopSignal } from './stop-signal.ts';
import { jsonLine, timeline } from './story/print-story.ts';

type Arguments = { readonly json: boolean; readonly clock: string | undefined };

function readArguments(): Arguments | undefined {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean', default: false }, clock: { type: 'string' } },
    });
    return { json: values.json, clock: values.clock };
  } catch (error) {
    const { message } = error as Error;
    console.error(`Tongyu: ${message.split('.')[0] ?? ''}; known are --json and --clock TIME.`);
    return undefined;
  }
}

async function main(): Promise<number> {
  const given = readArguments();
  if (given === undefined) return EXIT_WRONG_SETTING;
  const stop = onStopSignal();
  const env =
    given.clock === undefined ? process.env : { ...process.env, TONGYU_CLOCK: given.clock };
  const run = await runRegion(
    env,
    {
      progress: (text) => {
        if (!given.json) console.log(text);
      },
      step: (outcome) => {
        if (given.json) console.log(jsonLine(outcome));
      },
      complaint: (sentence) => {
        console.error(`Tongyu: ${sentence}.`);
      },
    },
    given.json,
    stop.signal,
  );
  if (!run.ok) {
    stop.done();
    return run.exitCode;
  }
  const { region, outcomes } = run.ran;
  if (!given.json) console.log(`\n${timeline(outcomes)}\n`);
  await region.stop();
  stop.done();
  return outcomes.every(({ ok }) => ok) ? 0 : EXIT_FAILED;
}

// A story that was cut short may still wait for something that will not come.
process.exit(await main());
