import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessByTimeAndPlace, sharedValues } from './link.ts';
import { operatorLogs, type OperatorLogs } from './operator-logs.ts';
import { seededRandom } from './seeded-random.ts';

const logs = await operatorLogs(10_000, seededRandom(20_261_124));

void test('two operators that pool the logs of 10,000 residents find no shared value', () => {
  assert.deepEqual(sharedValues(logs), { sharedFields: 0, sharedRuns: 0 });
});

void test('one pass shown to both operators is found, so the program can find', () => {
  const [first, ...others] = logs.museum;
  const [ride] = logs.metro;
  assert.ok(first !== undefined && ride !== undefined);
  const planted: OperatorLogs = {
    metro: logs.metro,
    museum: [{ ...first, code: ride.code }, ...others],
  };
  const found = sharedValues(planted);
  assert.equal(found.sharedFields, 4);
  assert.ok(found.sharedRuns > 50);
});

void test('time and place guess hardly anybody in a crowd and more among the few', () => {
  const scores = guessByTimeAndPlace(logs);
  const crowd = scores.find((score) => score.group === '4201 class 0');
  assert.ok(crowd !== undefined && crowd.residents > 5_000 && crowd.right < 0.01);
  const rare = scores.filter((score) => score.residents <= 10);
  const rareRight = rare.reduce((sum, score) => sum + score.right * score.residents, 0);
  const rareAll = rare.reduce((sum, score) => sum + score.residents, 0);
  assert.ok(
    rareRight / rareAll > 10 * crowd.right,
    'the few are singled out: the standard says so',
  );
});
