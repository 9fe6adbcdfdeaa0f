import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentHash, type NodeId } from '@tongyu/protocol';
import { Crash, MEMBERS, NODES, type TestRegion } from '../trust/testing/test-region.ts';
import {
  dearerBus,
  everywhere,
  listRegion,
  newestEverywhere,
  officeOf,
  openingAt,
  openNext,
  valueOf,
} from './testing/list-region.ts';
import { testPart, words } from './testing/test-entries.ts';

/** Each fault point, and the node whose process dies there, once. */
const CRASHES: readonly (readonly [string, NodeId])[] = [
  ['catalogue/part-fetched', 'hub'],
  ['catalogue/part-fetched', '4201'],
  ['catalogue/candidate-looked-at', '4301'],
  ['catalogue/after-sign-recorded', '4201'],
  ['catalogue/before-publish-commit', 'hub'],
  ['catalogue/after-publish-commit', 'hub'],
  ['catalogue/parts-fetched', '4202'],
  ['catalogue/before-head-signed', '3401'],
  ['peer/after-effect', '4201'],
  ['peer/before-inbox-commit', 'hub'],
  ['peer/after-inbox-commit', '3601'],
  ['peer/after-send', 'hub'],
  ['peer/before-receipt-commit', '4301'],
];

/** People click until it is done; each click may meet a process that dies. */
async function untilDone<T>(region: TestRegion, act: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 20; i++) {
    try {
      const answer = await act();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    await region.pass(2);
  }
  throw new Error('never done');
}

for (const [point, node] of CRASHES) {
  test(`an edition comes out whole when ${node} dies at ${point}`, async () => {
    const region = await listRegion();
    region.crashAt = { node, point };
    const number = await untilDone(region, () => openNext(region));
    for (const party of [...MEMBERS, '4202']) {
      const { entries, changes } = dearerBus(party);
      const part = testPart(party, '2027-H1', entries, changes);
      const office = officeOf(region, party);
      await untilDone(region, async () => {
        const { store } = region.node(party);
        const given = await store.transaction((tx) => office.submitPart(tx, number, part));
        office.kick();
        return given.ok ? given.value.hash : undefined;
      });
    }
    const hash = await untilDone(region, async () => {
      const opening = await openingAt(region, 'hub', number);
      const edition = opening?.edition ?? undefined;
      return edition === undefined ? undefined : documentHash(edition);
    });
    for (const party of MEMBERS) {
      await untilDone(region, async () => {
        const signed = await officeOf(region, party).signOff(number, hash, 'w');
        return signed.ok ? true : undefined;
      });
    }
    await untilDone(region, async () => {
      const published = await region.hub.catalogue.face.publish(number, hash);
      return published.ok ? true : undefined;
    });
    await region.pass(8);
    assert.equal(region.crashAt, undefined, 'the point was passed');
    assert.deepEqual(await newestEverywhere(region), everywhere(number));
    for (const one of NODES) {
      const { heads } = await region.node(one).catalogue.face.state();
      for (const { signed } of heads) assert.equal(signed.edition?.number, number, one);
    }
    const signed = await region.node('4201').store.read((tx) => tx.catalogue.signOffs());
    assert.deepEqual(
      signed.map((row) => row.number),
      [1, number],
    );
  });
}

test('a suspension whose head was not signed did not happen', async () => {
  const region = await listRegion();
  const office = officeOf(region, '4201');
  const asked = { entry: '4201-metro', rule: null, reason: words('检修') };
  region.crashAt = { node: '4201', point: 'catalogue/before-head-signed' };
  await assert.rejects(office.suspend(asked, 'w'), Crash);
  const { store } = region.node('4201');
  assert.deepEqual(await store.read((tx) => tx.catalogue.suspensions()), []);
  valueOf(await office.suspend(asked, 'w'));
  await region.pass(2);
  const { heads } = await region.node('4301').catalogue.face.state();
  const head = heads.find(({ signed }) => signed.party === '4201');
  assert.deepEqual(
    head?.signed.suspended.map(({ entry }) => entry),
    ['4201-metro'],
  );
});
