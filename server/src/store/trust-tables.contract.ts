import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  emptyTrust,
  toBase64Url,
  type Bundle,
  type DocumentSignature,
  type Root,
  type SignedBundle,
  type SignedRoot,
  type SignedSection,
  type SignedTimeStatement,
  type TrustState,
} from '@tongyu/protocol';
import type { NodeStore } from './node-store.ts';
import type { BundleProposal, RootProposal, TrustTables } from './trust-tables.ts';

const hash = 'ab'.repeat(32);
const key = toBase64Url(new Uint8Array(33).fill(2));
const signature = (by: string): DocumentSignature => ({
  by,
  keyId: 1,
  signature: toBase64Url(new Uint8Array(64).fill(7)),
});

function section(party: string, number: number): SignedSection {
  return {
    signed: {
      type: 'tongyu.section',
      party,
      number,
      made: 100,
      urls: ['http://127.0.0.1:4201'],
      keys: [
        {
          keyId: 2,
          alg: 'ES256',
          key,
          purpose: 'issuer',
          fromDay: 1,
          untilDay: 9,
          revokedAt: null,
        },
      ],
    },
    signatures: [signature(party)],
  };
}

function rootContent(number: number): Root {
  return {
    type: 'tongyu.root',
    number,
    previous: number === 1 ? null : hash,
    made: 100 + number,
    threshold: 1,
    hub: { url: 'http://127.0.0.1:4100', peerKey: { keyId: 1, alg: 'ES256', key } },
    parties: [
      {
        party: '4201',
        role: 'member',
        status: 'active',
        rootKeys: [{ keyId: 1, alg: 'ES256', key }],
      },
    ],
  };
}

const root = (number: number): SignedRoot => ({
  signed: rootContent(number),
  signatures: [signature('4201')],
});

function bundleContent(version: number): Bundle {
  return {
    type: 'tongyu.bundle',
    version,
    made: 200 + version,
    root: { number: 1, hash },
    sections: [section('4201', version)],
  };
}

const bundle = (version: number): SignedBundle => ({
  signed: bundleContent(version),
  signatures: [signature('4201')],
});

const statement = (party: string, time: number): SignedTimeStatement => ({
  signed: {
    type: 'tongyu.time',
    party,
    time,
    bundle: { version: 1, hash },
    lists: { '4201': 1 },
  },
  signatures: [signature(party)],
});

/** What both implementations of the trust tables must do; each test begins with an empty store. */
export function trustTablesContract(
  name: string,
  open: () => Promise<NodeStore<TrustTables>>,
): void {
  test(`${name}: a state comes back as it was saved, part by part`, async () => {
    const store = await open();
    const empty: TrustState = emptyTrust(hash);
    const first: TrustState = { ...empty, root: root(1) };
    const second: TrustState = {
      ...first,
      bundle: bundle(1),
      times: [statement('4201', 300), statement('4301', 301)],
      lists: [{ party: '4201', number: 1, bytes: new Uint8Array([0, 255, 7]) }],
      revokingSections: [section('4201', 5)],
      highestSignedTime: 301,
    };
    const third: TrustState = {
      ...second,
      root: root(2),
      bundle: bundle(4),
      times: [...second.times, statement('4201', 400), statement('4201', 500)],
      lists: [{ party: '4201', number: 3, bytes: new Uint8Array([9]) }],
      highestSignedTime: 400,
    };
    await store.transaction(async ({ trust }) => {
      assert.equal(await trust.loadState(), undefined);
      assert.equal(await trust.revision(), undefined);
      await trust.saveState(first, undefined, 'r1');
    });
    const load = (): Promise<TrustState | undefined> =>
      store.transaction(({ trust }) => trust.loadState());
    assert.deepEqual(await load(), first);
    await store.transaction(({ trust }) => trust.saveState(second, first, 'r2'));
    assert.deepEqual(await load(), second);
    await store.transaction(({ trust }) => trust.saveState(third, second, 'r3'));
    assert.deepEqual(sorted(await load()), sorted(third));
    const fourth: TrustState = { ...third, times: third.times.slice(2) };
    await store.transaction(({ trust }) => trust.saveState(fourth, third, 'r4'));
    assert.deepEqual(sorted(await load()), sorted(fourth), 'what is kept no more is gone');
    assert.equal(await store.transaction(({ trust }) => trust.revision()), 'r4');
  });

  test(`${name}: every root and bundle that was held can be had again`, async () => {
    const store = await open();
    await store.transaction(async ({ trust }) => {
      let before: TrustState | undefined;
      for (const number of [1, 2, 3]) {
        const state = { ...emptyTrust(hash), root: root(number), bundle: bundle(2 * number) };
        await trust.saveState(state, before, `r${String(number)}`);
        before = state;
      }
    });
    await store.transaction(async ({ trust }) => {
      const numbers = async (after: number, limit: number): Promise<number[]> =>
        (await trust.rootsAfter(after, limit)).map((entry) => entry.signed.number);
      assert.deepEqual(await numbers(0, 10), [1, 2, 3]);
      assert.deepEqual(await numbers(1, 1), [2]);
      assert.deepEqual(await numbers(3, 10), []);
      assert.deepEqual(await trust.bundleOf(4), bundle(4));
      assert.equal(await trust.bundleOf(5), undefined);
      await trust.saveBundledKey(2, 100);
      await trust.saveBundledKey(2, 900);
      assert.deepEqual([...(await trust.bundledKeys())], [[2, 100]]);
    });
  });

  test(`${name}: the newest section of each party is kept, before the founding too`, async () => {
    const store = await open();
    await store.transaction(async ({ trust }) => {
      await trust.saveNewestSection(section('4301', 1), 'r1');
      await trust.saveNewestSection(section('4201', 1), 'r2');
      await trust.saveNewestSection(section('4201', 2), 'r3');
      assert.equal(await trust.loadState(), undefined);
      assert.equal(await trust.revision(), 'r3');
      assert.deepEqual(await trust.newestSections(), [section('4201', 2), section('4301', 1)]);
      const founded = { ...emptyTrust(hash), root: root(1) };
      await trust.saveState(founded, undefined, 'r4');
      await trust.saveNewestSection(section('4201', 3), 'r5');
      assert.deepEqual(await trust.loadState(), founded);
    });
  });

  test(`${name}: what was signed is remembered by kind`, async () => {
    const store = await open();
    await store.transaction(async ({ trust }) => {
      assert.equal(await trust.highestSigned('bundle'), 0);
      const record = { kind: 'bundle' as const, number: 7, hash, signedAt: 5 };
      await trust.recordSigned(record);
      await trust.recordSigned(record);
      await trust.recordSigned({ ...record, hash: 'cd'.repeat(32), signedAt: 6 });
      await trust.recordSigned({ ...record, kind: 'root', number: 9 });
    });
    await store.transaction(async ({ trust }) => {
      assert.equal(await trust.highestSigned('bundle'), 7);
      assert.equal(await trust.highestSigned('root'), 9);
      assert.equal((await trust.signedRecords('bundle', 7)).length, 2);
      assert.equal((await trust.signedRecords('bundle', 8)).length, 0);
    });
  });

  test(`${name}: proposals and notes are replaced, in the order of their coming`, async () => {
    const store = await open();
    const proposal = (number: number): RootProposal => ({
      hash: String(number).repeat(64),
      root: rootContent(number),
      signatures: [],
      proposedAt: 5,
      approvedAt: null,
    });
    const approved = { ...proposal(9), signatures: [signature('4201')], approvedAt: 6 };
    const own: BundleProposal = {
      bundle: bundleContent(3),
      signatures: [signature('4201')],
      proposedAt: 5,
      state: 'open',
      skipTo: 2,
    };
    await store.transaction(async ({ trust }) => {
      assert.equal(await trust.bundleProposal(), undefined);
      assert.equal(await trust.note('application'), undefined);
      for (const number of [9, 3]) await trust.saveRootProposal(proposal(number));
      await trust.saveRootProposal(approved);
      await trust.saveBundleProposal({ ...own, bundle: bundleContent(1) });
      await trust.saveBundleProposal(own);
      await trust.setNote('application', 'accession');
      await trust.setNote('application', '');
    });
    await store.transaction(async ({ trust }) => {
      assert.deepEqual(await trust.rootProposals(), [approved, proposal(3)]);
      assert.deepEqual(await trust.bundleProposal(), own);
      assert.equal(await trust.note('application'), '');
    });
  });

  test(`${name}: a failed transaction takes everything back`, async () => {
    const store = await open();
    const state = { ...emptyTrust(hash), root: root(1), bundle: bundle(1) };
    await store.transaction(({ trust }) => trust.saveState(state, undefined, 'r1'));
    const failing = store.transaction(async ({ trust }) => {
      await trust.saveState({ ...state, root: root(2), bundle: bundle(2) }, state, 'r2');
      await trust.saveNewestSection(section('4201', 2), 'r3');
      await trust.recordSigned({ kind: 'bundle', number: 2, hash, signedAt: 5 });
      await trust.setNote('highest-key-id', '7');
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    await store.transaction(async ({ trust }) => {
      assert.deepEqual(await trust.loadState(), state);
      assert.equal(await trust.revision(), 'r1');
      assert.deepEqual(await trust.newestSections(), []);
      assert.equal((await trust.rootsAfter(0, 9)).length, 1);
      assert.equal(await trust.bundleOf(2), undefined);
      assert.equal(await trust.highestSigned('bundle'), 0);
      assert.equal(await trust.note('highest-key-id'), undefined);
    });
  });
}

/** The order of the statements says nothing. */
function sorted(state: TrustState | undefined): TrustState | undefined {
  if (state === undefined) return undefined;
  const times = [...state.times].sort((a, b) => a.signed.time - b.signed.time);
  return { ...state, times };
}
