import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentHash, missingSigners, runChecks } from '@tongyu/protocol';
import { verifySync } from '../crypto/verify.ts';
import { MEMBERS, NODES } from '../trust/testing/test-region.ts';
import {
  collectAll,
  everywhere,
  listRegion,
  newestEverywhere,
  officeOf,
  candidateOf,
  openingAt,
  openNext,
  refusalOf,
  signAll,
  submit,
  valueOf,
} from './testing/list-region.ts';
import { firstTestEntries, testEntry, testPart } from './testing/test-entries.ts';

test('a demonstration makes its first edition by itself, signed by every member', async () => {
  const region = await listRegion();
  assert.deepEqual(await newestEverywhere(region), everywhere(1));
  const root = region.node('hub').keeper.current().root;
  const [edition] = (await region.hub.catalogue.face.state()).editions;
  assert.ok(root !== undefined && edition !== undefined);
  assert.equal(edition.signed.id, '2026-H2');
  assert.deepEqual(runChecks(missingSigners(root, edition), verifySync), []);
  assert.deepEqual(
    edition.signed.parts.map(({ party, count }) => [party, count]),
    ['3401', '3601', '4201', '4202', '4301'].map((party) => [party, 2]),
  );
  for (const node of NODES) {
    const { heads } = await region.node(node).catalogue.face.state();
    assert.deepEqual(heads.map(({ signed }) => signed.party).sort(), [...MEMBERS, '4202'].sort());
  }
});

test('later editions wait for people: opened, collected, compared, signed, published', async () => {
  const region = await listRegion();
  const hub = region.hub.catalogue.face;
  const number = await openNext(region);
  assert.equal(number, 2);
  const { hash } = await collectAll(region, number);
  const comparison = valueOf(await hub.compare(number));
  assert.deepEqual(comparison.previous?.number, 1);
  const wuhan = comparison.parties.find(({ party }) => party === '4201');
  assert.deepEqual(
    wuhan?.changed.map(({ id, reason, fields }) => [id, reason?.zhCN, fields]),
    [['4201-bus', '半年更新', [{ path: 'tariff.priceFen', before: 200, after: 300 }]]],
  );
  assert.equal(wuhan.unchanged, 1);
  await region.pass(5);
  assert.deepEqual((await openingAt(region, 'hub', number))?.answers, []);
  assert.equal(refusalOf(await hub.publish(number, hash)), 'EDITION_UNSIGNED');

  await signAll(region, number, hash, ['3401', '3601', '4201']);
  const held = await hub.publish(number, hash);
  assert.deepEqual(held.ok ? [] : held.refusal.missing, ['4301']);
  assert.deepEqual(await newestEverywhere(region), everywhere(1));

  await signAll(region, number, hash, ['4301']);
  assert.equal(valueOf(await hub.publish(number, hash)).already, false);
  await region.pass(3);
  assert.deepEqual(await newestEverywhere(region), everywhere(2));
  for (const party of MEMBERS) {
    const inForce = await officeOf(region, party).inForce();
    assert.equal(inForce?.edition.signed.number, 2);
    const bus = (await inForce.part('4301'))?.entries.find(({ id }) => id === '4301-bus');
    assert.deepEqual(bus?.tariff, { kind: 'flat', priceFen: 300 });
    assert.equal(inForce.head('4301')?.signed.edition?.number, 2);
  }
});

test('of two offices that publish at once one publishes, and both are told', async () => {
  const region = await listRegion();
  const hub = region.hub.catalogue.face;
  const number = await openNext(region);
  const { hash } = await collectAll(region, number);
  await signAll(region, number, hash);
  const both = await Promise.all([hub.publish(number, hash), hub.publish(number, hash)]);
  assert.deepEqual(both.map((one) => valueOf(one).already).sort(), [false, true]);
  await region.pass(3);
  assert.deepEqual(await newestEverywhere(region), everywhere(2));
});

test('one edition is open at a time, with a later id and time to be in force', async () => {
  const region = await listRegion();
  const hub = region.hub.catalogue.face;
  const open = async (id: string, effectiveFrom: number | null = null) =>
    refusalOf(await hub.openEdition({ id, effectiveFrom }));
  assert.equal(await open('2026-H2'), 'EDITION_ID_TAKEN');
  assert.equal(await open('2027-H1', 1_900_000_000), 'EDITION_DATE');
  const number = await openNext(region);
  const second = await hub.openEdition({ id: '2027-H2', effectiveFrom: null });
  assert.deepEqual(second, {
    ok: false,
    refusal: { code: 'EDITION_OPEN_ALREADY', number },
  });
});

test('a part with a fault is refused when handed in, naming entry and field', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const office = officeOf(region, '4201');
  const { store } = region.node('4201');
  const hand = async (part: Parameters<typeof office.submitPart>[2]) => {
    const given = await store.transaction((tx) => office.submitPart(tx, number, part));
    return given.ok ? undefined : given.refusal;
  };
  const entries = [testEntry('4201', 'bus', 300), testEntry('4201', 'metro', 400)];
  assert.deepEqual(await hand(testPart('4201', '2027-H1', entries)), {
    code: 'CHANGE_UNEXPLAINED',
    party: '4201',
    entry: '4201-bus',
  });
  assert.deepEqual(await hand(testPart('4201', '2027-H1', [...entries].reverse())), {
    code: 'PART_ORDER',
    party: '4201',
    entry: '4201-bus',
  });
  const foreign = [testEntry('4301', 'bus')];
  assert.equal((await hand(testPart('4201', '2027-H1', foreign)))?.code, 'ENTRY_FOREIGN');
  assert.equal((await hand(testPart('4301', '2027-H1', foreign)))?.code, 'PART_DIFFERS');
  assert.equal((await hand(testPart('4201', '2027-H2', entries)))?.code, 'PART_DIFFERS');
  assert.equal((await openingAt(region, '4201', number))?.submissions.length, 0);
});

test('a part can be replaced until the edition is frozen, and not afterwards', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const same = testPart('4201', '2027-H1', firstTestEntries('4201'));
  const first = await submit(region, number, same);
  await region.pass(1);
  const { edition } = await collectAll(region, number);
  const own = edition.parts.find(({ party }) => party === '4201');
  assert.ok(own !== undefined);
  assert.notEqual(own.hash, first);
  const office = officeOf(region, '4201');
  const late = await region
    .node('4201')
    .store.transaction((tx) => office.submitPart(tx, number, same));
  assert.equal(refusalOf(late), 'EDITION_NOT_OPEN');
});

test('a changed candidate has the next number; parts that stand are kept', async () => {
  const region = await listRegion();
  const hub = region.hub.catalogue.face;
  const number = await openNext(region);
  const { hash } = await collectAll(region, number);
  await signAll(region, number, hash, ['3401', '3601']);
  valueOf(await officeOf(region, '4301').objectTo(number, hash, '票价写错', 'li'));
  await region.pass(1);
  const answers = (await openingAt(region, 'hub', number))?.answers;
  assert.equal(answers?.find(({ party }) => party === '4301')?.reason, '票价写错');
  valueOf(await hub.withdraw(number, '长沙更正'));
  await region.pass(1);
  assert.equal((await openingAt(region, '4201', number))?.reason, '长沙更正');
  assert.equal(
    refusalOf(await officeOf(region, '4201').signOff(number, hash, 'w')),
    'EDITION_OVER',
  );
  assert.equal(refusalOf(await hub.publish(number, hash)), 'EDITION_OVER');

  const next = await openNext(region);
  assert.equal(next, 3);
  await region.pass(3);
  assert.equal(
    (await openingAt(region, 'hub', next))?.state,
    'open',
    'nobody has changed anything',
  );
  const entries = [testEntry('4301', 'bus', 250), testEntry('4301', 'metro', 400)];
  await submit(region, next, testPart('4301', '2027-H1', entries, { '4301-bus': 'changed' }));
  await region.pass(3);
  const frozen = await openingAt(region, 'hub', next);
  const second = documentHash(candidateOf(frozen));
  await signAll(region, next, second);
  valueOf(await hub.publish(next, second));
  await region.pass(3);
  assert.deepEqual(await newestEverywhere(region), everywhere(3));
});

test('the hub freezes by hand what it has, but never without a member', async () => {
  const region = await listRegion();
  const hub = region.hub.catalogue.face;
  const number = await openNext(region);
  for (const party of ['3401', '3601', '4201']) {
    await submit(region, number, testPart(party, '2027-H1', firstTestEntries(party)));
  }
  await region.pass(2);
  const early = await hub.freeze(number);
  assert.deepEqual(early.ok ? [] : early.refusal.missing, ['4301']);
  await submit(region, number, testPart('4301', '2027-H1', firstTestEntries('4301')));
  await region.pass(2);
  const { hash } = valueOf(await hub.freeze(number));
  await region.pass(2);
  await signAll(region, number, hash);
  valueOf(await hub.publish(number, hash));
  await region.pass(3);
  const observer = await region.node('4202').catalogue.face.inForce();
  assert.equal(observer?.edition.signed.number, 2);
  assert.equal(await observer.part('4202'), undefined, 'the observer handed nothing in');
});
