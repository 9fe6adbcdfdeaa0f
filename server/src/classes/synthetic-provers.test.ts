import assert from 'node:assert/strict';
import test from 'node:test';
import { slotOf, startOfDate } from '@tongyu/protocol';
import { personasOf } from '../city/personas.ts';
import { syntheticProofing } from '../city/proofing.ts';

const NOON = startOfDate('2026-11-27') + 12 * 3600;
const proofing = syntheticProofing('4301', new Uint8Array(32).fill(5));

async function refOf(persona: string): Promise<string> {
  const proved = await proofing.prove({ kind: 'synthetic', persona: `4301-${persona}` });
  assert.ok(proved.ok);
  return proved.residentRef;
}

async function classesOf(persona: string, at = NOON): Promise<string> {
  const ref = await refOf(persona);
  const answers = await Promise.all(proofing.provers.map((one) => one.prove(ref, at)));
  return answers
    .flatMap((answer) => (answer.state === 'answered' ? answer.classes : []))
    .map((one) => String(one.class))
    .join(' ');
}

void test('the invented residents hold what their notes say', async () => {
  assert.equal(await classesOf('child'), '');
  assert.equal(await classesOf('student'), '4');
  assert.equal(await classesOf('adult'), '');
  assert.equal(await classesOf('senior'), '1 2 6');
  assert.equal(await classesOf('wheelchair'), '5');
  assert.equal(await classesOf('foreign'), '');
  assert.ok(proofing.provers.every((one) => one.id.startsWith('synthetic-')));
});

void test('CLS-2.4: the senior is 70 from midnight of the birthday on', async () => {
  const birthday = startOfDate('2028-02-26');
  assert.equal(await classesOf('senior', birthday - 1), '1 2 6');
  assert.equal(await classesOf('senior', birthday), '1 2 3 6');
});

void test('CLS-2.5: a student is one until the service day of 31 August is over', async () => {
  const register = proofing.provers.find((one) => one.id === 'synthetic-student-register');
  const endAt = async (at: number) => {
    const answer = await register?.prove(await refOf('student'), at);
    assert.ok(answer?.state === 'answered');
    return answer.classes[0]?.expiresAt;
  };
  const end = startOfDate('2027-09-01') + 4 * 3600;
  assert.equal(await endAt(NOON), end);
  assert.equal(await endAt(end - 1), end);
  assert.equal(await endAt(end), startOfDate('2028-09-01') + 4 * 3600);
  assert.deepEqual([slotOf(end).slot, slotOf(end - 1).slot], [0, 3]);
});

void test('a reference that nobody has been enrolled under holds nothing', async () => {
  for (const one of proofing.provers) {
    assert.deepEqual(await one.prove('x'.repeat(22), NOON), { state: 'answered', classes: [] });
  }
});

void test('the record of an invented resident names the birth date of the ID number', () => {
  for (const { idNumber, record } of personasOf('4301')) {
    assert.equal(record.born.replaceAll('-', ''), idNumber.slice(6, 14));
  }
});
