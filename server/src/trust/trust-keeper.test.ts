import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentHash, serviceDay, trustTime, type NodeId } from '@tongyu/protocol';
import {
  foundTestRegion,
  MEMBERS,
  NODES,
  openTestRegion,
  OBSERVER,
  type TestRegion,
} from './testing/test-region.ts';

function version(region: TestRegion, node: NodeId): number {
  return region.node(node).keeper.current().held?.bundle.version ?? 0;
}

function rootNumber(region: TestRegion, node: NodeId): number {
  return region.node(node).keeper.current().root?.number ?? 0;
}

function assertSame(region: TestRegion): void {
  const seen = NODES.filter((node) => !region.dark.has(node)).map((node) => {
    const { held } = region.node(node).keeper.current();
    return held === undefined ? 'none' : `${documentHash(held.root)} ${documentHash(held.bundle)}`;
  });
  assert.equal(new Set(seen).size, 1, 'all nodes hold the same root and bundle');
  assert.notEqual(seen[0], 'none');
}

async function rollOver(region: TestRegion, party: NodeId): Promise<void> {
  const { store, keeper } = region.node(party);
  const day = Math.floor(region.now / 86_400);
  await store.transaction((tx) => keeper.addIssuerKey(tx, day));
  keeper.kick();
}

test('a hub, four members and an observer found the region and hold one bundle', async () => {
  const region = await foundTestRegion();
  assertSame(region);
  const { root, held, state } = region.node('4201').keeper.current();
  assert.equal(root?.parties.length, 16);
  assert.equal(root.threshold, 3);
  assert.deepEqual(
    held?.bundle.sections.map((section) => section.signed.party),
    ['3401', '3601', '4201', '4202', '4301'],
  );
  const pins = NODES.map((node) => region.node(node).keeper.current().state?.pinnedRootHash);
  assert.deepEqual(new Set(pins), new Set([documentHash(root)]));
  const times = state?.times.map((entry) => entry.signed) ?? [];
  assert.deepEqual(times.map((entry) => entry.party).sort(), MEMBERS);
  assert.ok(trustTime(root, held.bundle, times) !== undefined);
});

test('nothing is founded while one member is missing, and all is once it comes', async () => {
  const region = await openTestRegion();
  region.dark.add('4301');
  await region.pass(5);
  assert.equal(rootNumber(region, 'hub'), 0);
  region.dark.delete('4301');
  await region.pass(6);
  assertSame(region);
});

test('a member whose colleague shows another key than root 1 says does not sign it', async () => {
  const region = await openTestRegion();
  const { keeper } = region.node('3601');
  const honest = keeper.founding.bind(keeper);
  const liar = region.node('4301').keeper;
  let asked = 0;
  // Nanchang shows the hub its own card and everybody else Changsha's key as its own.
  keeper.founding = async () => {
    const own = await honest();
    return asked++ === 0 ? own : (await liar.founding()).replaceAll('"4301"', '"3601"');
  };
  await region.pass(6);
  assert.deepEqual(
    NODES.map((node) => rootNumber(region, node)),
    [0, 0, 0, 0, 0, 0],
  );
});

test('a changed section is in the next bundle everywhere, signed by at least three', async () => {
  const region = await foundTestRegion();
  const before = version(region, '3401');
  await rollOver(region, '4301');
  await region.pass(3);
  assertSame(region);
  assert.ok(version(region, '3401') > before);
  const bundle = region.node('3401').keeper.current().state?.bundle;
  const changsha = bundle?.signed.sections.find((section) => section.signed.party === '4301');
  assert.equal(changsha?.signed.number, 2);
  assert.ok((bundle?.signatures.length ?? 0) >= 3);
});

test('with the hub dark a member proposes, and the hub follows when it is back', async () => {
  const region = await foundTestRegion();
  region.dark.add('hub');
  await rollOver(region, '4201');
  await region.pass(8);
  const before = version(region, '4201');
  await region.pass(10);
  assertSame(region);
  assert.ok(version(region, '4201') > before);
  assert.ok(version(region, 'hub') < version(region, '4201'));
  region.dark.delete('hub');
  await region.pass(35);
  assertSame(region);
});

test('with the hub and one member dark the three others still make a bundle', async () => {
  const region = await foundTestRegion();
  region.dark.add('hub').add('3401');
  await rollOver(region, '4201');
  await region.pass(25);
  assertSame(region);
  region.dark.clear();
  await region.pass(35);
  assertSame(region);
});

test('with two members dark no bundle can be made, and it is made when one is back', async () => {
  const region = await foundTestRegion();
  const before = version(region, '4201');
  region.dark.add('3401').add('3601');
  await rollOver(region, '4201');
  await region.pass(20);
  assert.equal(version(region, '4201'), before);
  region.dark.delete('3601');
  await region.pass(35);
  assert.ok(version(region, '4201') > before);
});

test('a time statement follows each bundle at once and is renewed every hour', async () => {
  const region = await foundTestRegion();
  const timesOf = (node: NodeId): number[] =>
    region
      .node(node)
      .keeper.current()
      .state?.times.map((entry) => entry.signed.time) ?? [];
  const first = Math.max(...timesOf('4202'));
  await region.pass(3);
  assert.equal(Math.max(...timesOf('4202')), first, 'nothing changed, nothing signed');
  await rollOver(region, '4301');
  await region.pass(4);
  const second = Math.min(...timesOf('4202'));
  assert.ok(second > first, 'all four have signed again');
  region.now += 3600;
  await region.pass(3);
  assert.ok(Math.min(...timesOf('4202')) >= second + 3600);
});

test('a time statement from the future is refused by message and by pull', async () => {
  const region = await foundTestRegion();
  const honest = region.node('4301').ports.clock;
  const fast = { now: () => region.now + 1000 };
  Object.assign(region.node('4301').ports, { clock: fast });
  region.now += 3600;
  await region.pass(8);
  Object.assign(region.node('4301').ports, { clock: honest });
  for (const node of ['hub', '4201', OBSERVER]) {
    const highest = region.node(node).keeper.current().state?.highestSignedTime ?? 0;
    assert.ok(highest <= region.now, node);
  }
});

test('a revoked issuer key counts nowhere before the next bundle is made', async () => {
  const region = await foundTestRegion();
  const before = version(region, '4201');
  region.dark.add('3401').add('3601'); // no threshold, so no bundle
  const { store, keeper } = region.node('4301');
  await store.transaction((tx) => keeper.replaceIssuerKey(tx));
  keeper.kick();
  await region.node('4301').timers.settle(); // by message, before anybody has pulled
  await region.node('4201').keeper.keep();
  const { held } = region.node('4201').keeper.current();
  assert.equal(version(region, '4201'), before);
  const revoking = held?.revokingSections.find((section) => section.signed.party === '4301');
  assert.ok(
    revoking?.signed.keys.every((key) => key.purpose !== 'issuer' || key.revokedAt !== null),
  );
  region.dark.clear();
  await region.pass(35);
  assertSame(region);
  const bundled = region.node('4201').keeper.current().held?.bundle.sections;
  const changsha = bundled?.find((section) => section.signed.party === '4301')?.signed;
  const good = changsha?.keys.filter((key) => key.purpose === 'issuer' && key.revokedAt === null);
  assert.equal(good?.length, 1);
});

test('years of key changes, planned and in emergencies, never fill a section', async () => {
  const region = await foundTestRegion();
  const { store, keeper } = region.node('4301');
  for (let round = 0; round < 40; round++) {
    region.now += 30 * 86_400;
    const today = serviceDay(region.now);
    await store.transaction((tx) => keeper.addIssuerKey(tx, today));
    if (round % 4 === 0) await store.transaction((tx) => keeper.replaceIssuerKey(tx));
    keeper.kick();
    await region.pass(6);
    assertSame(region);
  }
  const bundle = region.node('4201').keeper.current().held?.bundle;
  const keys = bundle?.sections.find(({ signed }) => signed.party === '4301')?.signed.keys ?? [];
  assert.ok(keys.length < 12, String(keys.length));
  assert.ok(keys.every((key) => key.untilDay >= serviceDay(region.now)));
});

test('a key whose days were about to change is replaced as the bundle has it', async () => {
  const region = await foundTestRegion();
  const { store, keeper } = region.node('4301');
  await store.transaction((tx) => keeper.addIssuerKey(tx, serviceDay(region.now) + 8));
  await store.transaction((tx) => keeper.replaceIssuerKey(tx)); // before any bundle has the first
  keeper.kick();
  await region.pass(8);
  assertSame(region);
  const { held } = region.node('4201').keeper.current();
  assert.ok(held !== undefined);
  assert.deepEqual(
    held.revokingSections.map((section) => section.signed.party),
    ['4301'],
  );
  const bundled = held.bundle.sections.find(({ signed }) => signed.party === '4301')?.signed;
  const issuer = bundled?.keys.filter((key) => key.purpose === 'issuer') ?? [];
  assert.deepEqual(
    issuer.map((key) => key.revokedAt === null),
    [false, false, true],
  );
});
