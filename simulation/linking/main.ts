import { guessByTimeAndPlace, sharedValues } from './link.ts';
import { operatorLogs } from './operator-logs.ts';
import { seededRandom } from './seeded-random.ts';

/** Prints what two operators that pool a day's logs of 10,000 residents can find. */
const logs = await operatorLogs(10_000, seededRandom(1));
const { sharedFields, sharedRuns } = sharedValues(logs);
console.log(`shared fields ${String(sharedFields)}, shared runs of 8 bytes ${String(sharedRuns)}`);
console.log('right guesses by home city, class, place and time:');
for (const { group, residents, right } of guessByTimeAndPlace(logs)) {
  console.log(
    `  ${group}  ${String(residents).padStart(5)} residents  ${(100 * right).toFixed(1)} %`,
  );
}
