import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suspensionOf, suspensionsOf } from '@tongyu/domain';
import type { Head, NodeId } from '@tongyu/protocol';
import type { TestRegion } from '../trust/testing/test-region.ts';
import { listRegion, officeOf, refusalOf, valueOf } from './testing/list-region.ts';
import { words } from './testing/test-entries.ts';

async function headSeen(region: TestRegion, at: NodeId, party: NodeId): Promise<Head> {
  const { heads } = await region.node(at).catalogue.face.state();
  const head = heads.find(({ signed }) => signed.party === party);
  assert.ok(head !== undefined);
  return head.signed;
}

test('a suspension is in a new head at once, everywhere, and is lifted the same way', async () => {
  const region = await listRegion();
  const office = officeOf(region, '4201');
  const before = await headSeen(region, '4201', '4201');
  const asked = { entry: '4201-metro', rule: null, reason: words('检修') };
  const { since } = valueOf(await office.suspend(asked, 'wang'));
  assert.equal((await headSeen(region, '4201', '4201')).number, before.number + 1);
  await region.pass(1);
  const seen = await headSeen(region, '4301', '4201');
  assert.deepEqual(suspensionOf(seen, '4201-metro'), { ...asked, residence: null, since });
  assert.equal(refusalOf(await office.suspend(asked, 'wang')), 'ALREADY_SUSPENDED');
  valueOf(await office.restore({ ...asked, reason: words('修好') }, 'li'));
  assert.equal(refusalOf(await office.restore(asked, 'li')), 'NOT_SUSPENDED');
  await region.pass(1);
  const after = await headSeen(region, 'hub', '4201');
  assert.deepEqual([after.suspended, after.number], [[], before.number + 2]);
  const [row] = await region
    .node('4201')
    .store.read((tx) => tx.catalogue.suspensionsOf('4201-metro'));
  assert.deepEqual([row?.by, row?.lifted?.by], ['wang', 'li']);
});

test('one rule can be stopped, and only what the list holds', async () => {
  const region = await listRegion();
  const office = officeOf(region, '4201');
  const reason = words('协议暂停');
  valueOf(await office.suspend({ entry: '4201-metro', rule: 'senior-65', reason }, 'w'));
  const head = await headSeen(region, '4201', '4201');
  const stopped = suspensionsOf(head, '4201-metro').map(({ rule }) => rule);
  assert.deepEqual(stopped, ['senior-65']);
  assert.equal(suspensionOf(head, '4201-metro'), undefined);
  const none = { entry: '4201-metro', rule: 'nobody', reason };
  assert.equal(refusalOf(await office.suspend(none, 'w')), 'RULE_UNKNOWN');
  const foreign = { entry: '4301-metro', rule: null, reason };
  assert.equal(refusalOf(await office.suspend(foreign, 'w')), 'ENTRY_UNKNOWN');
});

test('a check that is later than the entry goes into the head', async () => {
  const region = await listRegion();
  const office = officeOf(region, '4201');
  const check = { entry: '4201-bus', by: words('张工') };
  assert.deepEqual(valueOf(await office.confirmCheck(check, 'w')), { on: '2026-11-24' });
  await region.pass(1);
  const { verified } = await headSeen(region, '3601', '4201');
  assert.deepEqual(verified, [{ ...check, on: '2026-11-24' }]);
});

test('a head is signed anew after a day, and not before', async () => {
  const region = await listRegion();
  const first = await headSeen(region, '4201', '4201');
  region.now = first.time + 86_398;
  await region.pass(1);
  assert.equal((await headSeen(region, '4201', '4201')).number, first.number);
  await region.pass(1);
  const second = await headSeen(region, '4201', '4201');
  assert.deepEqual([second.number, second.time], [first.number + 1, first.time + 86_400]);
  for (const id of ['4201', '4301']) {
    const { store } = region.node(id);
    const kept = await store.read((tx) => tx.catalogue.headOf('4201', first.number));
    assert.deepEqual(kept?.signed, first, 'what was said is kept, here and elsewhere');
  }
});

test('a clock that was set back signs no head that others refuse', async () => {
  const region = await listRegion();
  const first = await headSeen(region, '4201', '4201');
  region.now -= 50;
  const check = { entry: '4201-bus', by: words('张') };
  valueOf(await officeOf(region, '4201').confirmCheck(check, 'w'));
  assert.equal((await headSeen(region, '4201', '4201')).time, first.time);
});

test('after its clock was far ahead a city speaks again, with a head of today', async () => {
  const region = await listRegion();
  const right = region.now;
  region.dark.add('hub');
  for (const party of ['3401', '3601', '4301', '4202']) region.dark.add(party);
  region.now += 10 * 86_400;
  await region.pass(1);
  const ahead = await headSeen(region, '4201', '4201');
  assert.ok(ahead.time > right + 86_400);
  region.now = right;
  await region.pass(1);
  const today = await headSeen(region, '4201', '4201');
  assert.deepEqual([today.number, today.time], [ahead.number + 1, right + 1]);
});

test('an erratum stands beside the edition, under the next number of its city', async () => {
  const region = await listRegion();
  const office = officeOf(region, '4201');
  const asked = { edition: 1, entry: '4201-bus', field: 'tariff.priceFen' };
  const correction = words('应为 2 元');
  assert.deepEqual(valueOf(await office.addErratum({ ...asked, correction }, 'w')), { number: 1 });
  assert.deepEqual(valueOf(await office.addErratum({ ...asked, correction }, 'w')), { number: 2 });
  const other = { ...asked, entry: '4301-bus', correction };
  assert.equal(refusalOf(await office.addErratum(other, 'w')), 'ENTRY_UNKNOWN');
  const unknown = { ...asked, edition: 7, correction };
  assert.equal(refusalOf(await office.addErratum(unknown, 'w')), 'EDITION_UNKNOWN');
  await region.pass(1);
  const { errata } = await region.node('hub').catalogue.face.state();
  assert.deepEqual(
    errata.map(({ signed }) => [signed.party, signed.number, signed.correction.zhCN]),
    [
      ['4201', 1, '应为 2 元'],
      ['4201', 2, '应为 2 元'],
    ],
  );
});

test('a terminal is offered the heads that it asks for, and no errata', async () => {
  const region = await listRegion();
  const { face } = region.node('4201').catalogue;
  const offer = await face.offer({ edition: 0, heads: {}, errata: {} }, ['4201']);
  assert.deepEqual(
    offer.heads.map(({ signed }) => signed.party),
    ['4201'],
  );
  assert.deepEqual([offer.editions.length, offer.errata.length], [1, 0]);
  const have = { edition: 1, heads: { '4201': offer.heads[0]?.signed.number ?? 0 }, errata: {} };
  const again = await face.offer(have, ['4201']);
  assert.deepEqual([again.editions, again.heads, again.roots], [[], [], []]);
});
