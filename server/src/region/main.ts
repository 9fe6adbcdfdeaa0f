// `npm start`: builds the pages, starts the region, tells the story and leaves the nodes up.
import { REGION_NODES } from '../config.ts';
import { onStopSignal } from './stop-signal.ts';
import type { Region } from './region.ts';
import { EXIT_FAILED, runRegion } from './run-region.ts';
import { timeline } from './story/print-story.ts';
import { STEPS } from './story/steps.ts';

const startedAt = performance.now();
const stop = onStopSignal();

let told = 0;
const run = await runRegion(
  process.env,
  {
    progress: (text) => {
      console.log(`${seconds()} ${text}`);
    },
    step: (outcome) => {
      told++;
      const mark = outcome.ok ? '✓' : '✗';
      console.log(
        `${seconds()} ${mark} ${String(told)}/${String(STEPS.length)} ${outcome.step.id}`,
      );
    },
    complaint: (sentence) => {
      console.error(`Tongyu: ${sentence}.`);
    },
  },
  false,
  stop.signal,
);

if (run.ok) {
  const { region, outcomes } = run.ran;
  console.log(`\n${timeline(outcomes)}\n`);
  if (outcomes.every(({ ok }) => ok)) {
    console.log(await readyText(region));
    process.exitCode = await leaveUp(region);
  } else {
    console.error('Tongyu: a step differs from what was expected; everything is being stopped.');
    await region.stop();
    process.exitCode = EXIT_FAILED;
  }
} else process.exitCode = run.exitCode;
// A story that was cut short may still wait for something that will not come.
process.exit();

/** Until Ctrl-C, or until a node dies. */
async function leaveUp(region: Region): Promise<number> {
  const aborted = new Promise<undefined>((resolve) => {
    if (stop.signal.aborted) resolve(undefined);
    stop.signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  const broken = await Promise.race([region.broken, aborted]);
  if (broken !== undefined) console.error(`Tongyu: ${broken}; everything is being stopped.`);
  else console.log('Stopping …');
  await region.stop();
  console.log('Stopped.');
  return broken === undefined ? 0 : EXIT_FAILED;
}

async function readyText(region: Region): Promise<string> {
  const cities = REGION_NODES.filter(({ id }) => id !== 'hub');
  const links = await Promise.all(
    REGION_NODES.map(async ({ id }) => {
      const token = await region.issueEntry(id);
      return [id, `${region.urlOf(id)}/console#enter=${token}`] as const;
    }),
  );
  const consoles = new Map<string, string>(links);
  const lines = cities.map(({ id, name }) => {
    const url = region.urlOf(id);
    const pages = `    code ${url}/code   gate ${url}/gate`;
    return `  ${name} (${id})\n${pages}\n    console ${consoles.get(id) ?? ''}`;
  });
  return [
    `Ready ${seconds()}  try ${region.urlOf('4201')}/try  hub ${region.urlOf('hub')}/`,
    ...lines,
    `  hub\n    console ${consoles.get('hub') ?? ''}`,
    'Console links work once. Ctrl-C stops everything.',
  ].join('\n');
}

function seconds(): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
