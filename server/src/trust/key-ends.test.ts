import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyEndWarnings } from './key-ends.ts';
import { foundTestRegion } from './testing/test-region.ts';

test('the end of the last issuer key is told 30, 7 and 1 days before, and afterwards', async () => {
  const region = await foundTestRegion();
  const { keeper, store } = region.node('4301');
  const told: string[] = [];
  const warn = (fields: { readonly count?: number }, message: string): void => {
    told.push(`${message} ${String(fields.count)}`);
  };
  const ports = { ...keeper.room.ports, log: { ...keeper.room.ports.log, warn } };
  const look = keyEndWarnings({ ...keeper.room, ports });
  const founded = region.now;
  const lookAfterDays = (days: number): string[] => {
    region.now = founded + days * 86_400;
    told.length = 0;
    look(keeper.current());
    look(keeper.current());
    return [...told];
  };
  const soon = 'the last issuer key of this city ends soon: change it';
  assert.deepEqual(lookAfterDays(335), []);
  assert.deepEqual(lookAfterDays(336), [`${soon} 30`]);
  assert.deepEqual(lookAfterDays(337), [], 'once is enough');
  assert.deepEqual(lookAfterDays(359), [`${soon} 7`]);
  assert.deepEqual(lookAfterDays(365), [`${soon} 1`]);
  assert.deepEqual(lookAfterDays(366), []);
  const over = 'the last issuer key of this city is over';
  assert.deepEqual(lookAfterDays(367), [`${over} -1`, `${over} -1`]);

  region.now = founded + 340 * 86_400;
  await store.transaction((tx) => keeper.addIssuerKey(tx, Math.floor(region.now / 86_400) + 5));
  keeper.kick();
  await region.pass(5);
  assert.deepEqual(lookAfterDays(360), [], 'the old one has a successor');
});
