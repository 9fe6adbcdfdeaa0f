// `npm run mutate`: takes out each check of the rules in turn and sees that a test fails.
// `npm run mutate -- admit` tries those whose id holds the word.
import path from 'node:path';
import {
  findFailingTests,
  makeWorkbench,
  tryMutation,
  type MutationOutcome,
} from './mutation/try-mutation.ts';
import { mutations } from './mutations.ts';

const root = path.resolve(import.meta.dirname, '..');

function describeOutcome(outcome: MutationOutcome): string {
  switch (outcome.kind) {
    case 'killed':
      return `killed by ${outcome.by}`;
    case 'survived':
      return 'SURVIVED';
    case 'misfit':
      return `MISFIT: ${outcome.why}`;
  }
}

async function main(words: readonly string[]): Promise<boolean> {
  const chosen = mutations.filter(
    ({ id }) => words.length === 0 || words.some((word) => id.includes(word)),
  );
  const workbench = makeWorkbench(root);
  process.on('exit', workbench.remove);
  const failing = await findFailingTests(chosen, workbench);
  if (failing.length > 0) {
    console.error(`These tests fail without any change: ${failing.join(', ')}`);
    return false;
  }
  const width = Math.max(0, ...chosen.map(({ id }) => id.length));
  let survivors = 0;
  for (const mutation of chosen) {
    const outcome = await tryMutation(mutation, workbench);
    if (outcome.kind !== 'killed') survivors += 1;
    console.log(`${mutation.id.padEnd(width)}  ${describeOutcome(outcome)}`);
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} changes were noticed`);
  return survivors === 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130)); // the exit hook removes the workbench
}
process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
