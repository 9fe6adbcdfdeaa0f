import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Checked, SignatureCheck } from '@tongyu/protocol';
import { runManyChecks, verifyInTurns } from './check-many.ts';

const check = (mark: number): SignatureCheck => ({
  alg: 'ES256',
  publicKey: new Uint8Array([mark]),
  message: new Uint8Array(0),
  signature: new Uint8Array(0),
});

/** Asks for `count` checks marked with its number, and answers what it was told. */
function* asks(number: number, count: number): Checked<string> {
  let told = String(number);
  for (let i = 0; i < count; i++) told += (yield check(number)) ? '+' : '-';
  return told;
}

test('each computation is told its own outcomes, however many checks it asks for', async () => {
  const verify = ({ publicKey }: SignatureCheck): boolean => (publicKey[0] ?? 0) % 2 === 0;
  const verifyMany = verifyInTurns(verify, () => Promise.resolve());
  const counts = Array.from({ length: 150 }, (_, number) => number % 4);
  const answers = await runManyChecks(
    counts.map((count, number) => asks(number, count)),
    verifyMany,
  );
  const expected = counts.map(
    (count, number) => String(number) + (number % 2 === 0 ? '+' : '-').repeat(count),
  );
  assert.deepEqual(answers, expected);
  assert.deepEqual(await runManyChecks<string>([], verifyMany), []);
});

test('no more than 64 checks are made between two turns of the event loop', async () => {
  let sinceTurn = 0;
  let most = 0;
  const verify = (): boolean => {
    most = Math.max(most, ++sinceTurn);
    return true;
  };
  const breathe = (): Promise<void> => {
    sinceTurn = 0;
    return Promise.resolve();
  };
  const verifyMany = verifyInTurns(verify, breathe);
  await runManyChecks(
    Array.from({ length: 500 }, (_, number) => asks(number, 3)),
    verifyMany,
  );
  await verifyMany(Array.from({ length: 300 }, () => check(0)));
  assert.equal(most, 64);
});
