import assert from 'node:assert/strict';
import test from 'node:test';
import { testKey, verifySync } from '../../../tools/testing/crypto.ts';
import {
  keyEntry,
  MEMBERS,
  memberSigners,
  OBSERVER,
  rootContent,
  rootKey,
  rootParty,
  rootSigner,
  signed,
  type SignerName,
} from '../../../tools/vectors/region.ts';
import { runChecks } from '../signature/check.ts';
import { thresholdFor, verifyNextRoot, type Root, type RootParty } from './root.ts';
import { documentHash } from './signed-document.ts';

const base = rootContent();

async function step(from: Root, parties: readonly RootParty[], by: readonly SignerName[]) {
  const current = await signed(from, memberSigners());
  const content = rootContent({ number: from.number + 1, previous: documentHash(from), parties });
  const result = runChecks(verifyNextRoot(current, await signed(content, by)), verifySync);
  return { content, outcome: result.ok ? 'ok' : result.refusal.code };
}

function withParty(root: Root, party: string, parts: Partial<RootParty>): readonly RootParty[] {
  return root.parties.map((entry) => (entry.party === party ? { ...entry, ...parts } : entry));
}

void test('TRUST-2.2: the threshold is two thirds and one', () => {
  const table: readonly (readonly [number, number])[] = [
    ...[[1, 1] as const, [2, 2] as const, [3, 3] as const, [4, 3] as const, [5, 4] as const],
    ...[[6, 5] as const, [7, 5] as const, [16, 11] as const],
  ];
  for (const [members, threshold] of table) assert.equal(thresholdFor(members), threshold);
});

/** Every way of choosing signers from the four members. */
function subsets(): readonly (readonly SignerName[])[] {
  return Array.from({ length: 16 }, (_, mask) =>
    MEMBERS.filter((_party, i) => ((mask >>> i) & 1) === 1).map((party) => rootSigner(party)),
  );
}

void test('TRUST-2.5: who must sign, over all sixteen sets of the four members', async () => {
  const newKeys = { rootKeys: [keyEntry(2, rootKey('4301', 2))] };
  const owner = (by: readonly SignerName[]) => by.some((signer) => signer.by === '4301');
  const others = (by: readonly SignerName[]) => by.filter((s) => s.by !== '4301').length;
  for (const by of subsets()) {
    const names = by.map((signer) => signer.by).join(' ');
    const plain = await step(base, withParty(base, '4306', { status: 'suspended' }), by);
    assert.equal(plain.outcome === 'ok', by.length >= 3, `ordinary step by ${names}`);
    const keyChange = await step(base, withParty(base, '4301', newKeys), [
      ...by,
      ...(owner(by) ? [rootSigner('4301', 2)] : []),
    ]);
    const may = owner(by) && by.length >= 3;
    assert.equal(keyChange.outcome === 'ok', may, `key change by ${names}`);
    const joined = withParty(base, OBSERVER, { role: 'member' });
    const accession = await step(base, joined, [...by, rootSigner(OBSERVER)]);
    assert.equal(accession.outcome === 'ok', by.length === 4, `accession by ${names}`);
    const suspension = await step(base, withParty(base, '4301', { status: 'suspended' }), by);
    assert.equal(suspension.outcome === 'ok', others(by) === 3, `suspension by ${names}`);
    const withdrawal = await step(base, withParty(base, '4301', { role: 'observer' }), by);
    assert.equal(withdrawal.outcome === 'ok', others(by) === 3, `withdrawal by ${names}`);
  }
});

void test('TRUST-2.5: three cities cannot put a key under the fourth', async () => {
  const three = memberSigners(3);
  const forged = { rootKeys: [keyEntry(9, testKey('planted'))] };
  const planted = { by: '4301', keyId: 9, key: testKey('planted') };
  const refusal = 'ROOT_KEY_CHANGE_UNSIGNED';
  for (const by of [three, [...three, planted]]) {
    assert.equal((await step(base, withParty(base, '4301', forged), by)).outcome, refusal);
    const suspended = { ...forged, status: 'suspended' as const };
    assert.equal((await step(base, withParty(base, '4301', suspended), by)).outcome, refusal);
    const observer = { ...forged, role: 'observer' as const };
    assert.equal((await step(base, withParty(base, '4301', observer), by)).outcome, refusal);
  }
  const first = await step(base, withParty(base, '4301', { status: 'suspended' }), three);
  assert.equal(first.outcome, 'ok');
  const changedLater = withParty(first.content, '4301', { ...forged, status: 'suspended' });
  assert.equal((await step(first.content, changedLater, three)).outcome, refusal);
  const backWithKey = withParty(first.content, '4301', { ...forged, status: 'active' });
  assert.equal((await step(first.content, backWithKey, [...three, planted])).outcome, refusal);
  const emptied = withParty(first.content, '4301', { rootKeys: [] });
  assert.equal((await step(first.content, emptied, three)).outcome, refusal);
  const back = withParty(first.content, '4301', { status: 'active' });
  const own = [...three, rootSigner('4301')];
  assert.equal((await step(first.content, back, own)).outcome, 'ok');
  assert.equal((await step(first.content, back, three)).outcome, 'ROOT_ACCESSION_UNSIGNED');
});

void test('TRUST-2.7: a city that lost its key leaves without keys and enters anew', async () => {
  const three = memberSigners(3);
  const out = await step(base, withParty(base, '4301', { role: 'observer', rootKeys: [] }), three);
  assert.equal(out.outcome, 'ok');
  const again = rootParty('4301', { rootKeys: [keyEntry(2, rootKey('4301', 2))] });
  const by = [...three, rootSigner('4301', 2)];
  assert.equal((await step(out.content, withParty(out.content, '4301', again), by)).outcome, 'ok');
});

void test('TRUST-2.5: new keys must reach the new threshold themselves', async () => {
  const parties = base.parties.map((entry) =>
    entry.party === '4201' || entry.party === '4301'
      ? { ...entry, rootKeys: [keyEntry(2, rootKey(entry.party, 2))] }
      : entry,
  );
  const byOld = memberSigners();
  assert.equal((await step(base, parties, byOld)).outcome, 'ROOT_UNSIGNED');
  const both = [...byOld, rootSigner('4201', 2)];
  assert.equal((await step(base, parties, both)).outcome, 'ok');
});
