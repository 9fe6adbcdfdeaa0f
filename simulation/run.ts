// `node simulation/run.ts --seed N [--trace]`: one seed, for people.
// `node simulation/run.ts --from N --count M`: many, until one fails.
import { parseArgs } from 'node:util';
import { runSeed } from './run-seed.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    from: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
  },
});

const onLine = values.trace
  ? (line: string): void => {
      console.log(line);
    }
  : undefined;
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.count) : 1;
for (let seed = first; seed < first + count; seed++) {
  const result = await runSeed(seed, onLine === undefined ? {} : { onLine });
  const { failure, events, taps, traceHash, options } = result;
  if (failure !== undefined || count === 1) {
    console.log(JSON.stringify(options));
    console.log(
      `seed ${seed}: ${failure ?? 'whole'}; ${events} events, ${taps} taps, ${traceHash}`,
    );
  }
  if (failure === undefined) continue;
  console.log(`node simulation/run.ts --seed ${seed} --trace`);
  process.exitCode = 1;
  break;
}
if (count > 1 && process.exitCode !== 1) console.log(`${count} seeds from ${first}: whole`);
