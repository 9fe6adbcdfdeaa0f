import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentHash, findParty, issuerLookup, serviceDay, type NodeId } from '@tongyu/protocol';
import { PeerAway } from '../peers/types.ts';
import {
  foundTestRegion,
  MEMBERS,
  NODES,
  OBSERVER,
  type TestRegion,
} from './testing/test-region.ts';

function roleOf(region: TestRegion, at: NodeId, party: NodeId): string | undefined {
  const { root } = region.node(at).keeper.current();
  return root === undefined ? undefined : findParty(root, party)?.role;
}

function standingOf(region: TestRegion, at: NodeId, party: NodeId): string | undefined {
  const { held } = region.node(at).keeper.current();
  const section = held?.bundle.sections.find((entry) => entry.signed.party === party);
  const key = section?.signed.keys.find((entry) => entry.purpose === 'issuer');
  if (held === undefined || key === undefined) return undefined;
  const standing = issuerLookup(held)(party, key.keyId, serviceDay(region.now));
  return `${standing.party} ${standing.key.state}`;
}

async function openHash(region: TestRegion, at: NodeId): Promise<string> {
  const report = await region.node(at).keeper.report();
  const hash = report?.proposals[0]?.hash;
  assert.ok(hash !== undefined, `${at} sees the proposal`);
  return hash;
}

async function approve(region: TestRegion, nodes: readonly NodeId[]): Promise<void> {
  for (const node of nodes) {
    const hash = await openHash(region, node);
    assert.deepEqual(await region.node(node).keeper.approveRoot(hash), { ok: true });
  }
}

async function accede(region: TestRegion): Promise<void> {
  assert.deepEqual(await region.node(OBSERVER).keeper.requestRole('accession'), { ok: true });
  await region.pass(2);
  assert.ok((await region.hub.propose(OBSERVER)).ok);
  await region.pass(2);
  await approve(region, MEMBERS);
  await region.pass(5);
}

test('an observer joins when it has asked and every member has approved', async () => {
  const region = await foundTestRegion();
  assert.equal(standingOf(region, '4201', OBSERVER), 'observer good');
  await region.node(OBSERVER).keeper.requestRole('accession');
  await region.pass(2);
  assert.deepEqual(
    (await region.hub.requests()).map(({ party, kind, proposed }) => ({ party, kind, proposed })),
    [{ party: OBSERVER, kind: 'accession', proposed: false }],
  );
  assert.ok((await region.hub.propose(OBSERVER)).ok);
  await region.pass(2);
  await approve(region, MEMBERS.slice(1));
  await region.pass(3);
  assert.equal(roleOf(region, 'hub', OBSERVER), 'observer', 'one member is missing');
  await approve(region, MEMBERS.slice(0, 1));
  await region.pass(5);
  for (const node of NODES) {
    assert.equal(roleOf(region, node, OBSERVER), 'member', node);
    const { held } = region.node(node).keeper.current();
    assert.equal(held?.root.threshold, 4);
    assert.equal(held.bundle.root.hash, documentHash(held.root), 'the bundle has followed');
    assert.equal(standingOf(region, node, OBSERVER), 'member good');
  }
  assert.deepEqual(await region.hub.requests(), []);
  const status = await region.hub.status();
  const huangshi = status?.parties.find((entry) => entry.party === OBSERVER);
  assert.equal(huangshi?.rights['one-code'], 'acceded');
  const times = region.node('4201').keeper.current().state?.times ?? [];
  assert.ok(
    times.some((entry) => entry.signed.party === OBSERVER),
    'it signs time statements now',
  );
});

test('TRUST-6.2: who asks before the bundle of a new root is signed loses nothing', async () => {
  const region = await foundTestRegion();
  const { keeper } = region.node('hub');
  region.wire = (_from, _to, deliver) => {
    if (keeper.current().root?.number === 2) throw new PeerAway('the cable is cut');
    return deliver();
  };
  await accede(region);
  const { root, held } = keeper.current();
  assert.deepEqual([root?.number, held?.bundle.root.number], [2, 1]);
  const version = held?.bundle.version ?? 0;

  const numbersFor = async (have: { readonly root: number; readonly bundle: number }) => {
    const offer = await keeper.offer({ ...have, lists: {} }, 'terminal');
    return [offer.roots.map((each) => each.signed.number), offer.bundle?.signed.version];
  };
  assert.deepEqual(await numbersFor({ root: 0, bundle: 0 }), [[1], version]);
  assert.deepEqual(await numbersFor({ root: 1, bundle: version - 1 }), [[], version]);
  assert.deepEqual(await numbersFor({ root: 1, bundle: version }), [[2], undefined], 'and then it');

  region.wire = (_from, _to, deliver) => deliver();
  await region.pass(35);
  const next = keeper.current().held?.bundle;
  assert.equal(next?.root.number, 2);
  assert.deepEqual(await numbersFor({ root: 0, bundle: 0 }), [[1, 2], next.version]);
  assert.deepEqual(await numbersFor({ root: 1, bundle: version }), [[2], next.version]);
});

test('a member leaves when the others have approved, and may come back', async () => {
  const region = await foundTestRegion();
  await accede(region);
  assert.deepEqual(await region.node(OBSERVER).keeper.requestRole('withdrawal'), { ok: true });
  await region.pass(2);
  await approve(region, MEMBERS);
  await region.pass(5);
  for (const node of NODES) {
    assert.equal(roleOf(region, node, OBSERVER), 'observer', node);
    assert.equal(standingOf(region, node, OBSERVER), 'observer good');
  }
  await accede(region);
  assert.equal(roleOf(region, '3601', OBSERVER), 'member');
  assert.equal(region.node('3601').keeper.current().root?.number, 4);
});

test('the same request again keeps the proposal and the approvals that it has', async () => {
  const region = await foundTestRegion();
  await region.node(OBSERVER).keeper.requestRole('accession');
  await region.pass(2);
  const first = await region.hub.propose(OBSERVER);
  await region.pass(2);
  await approve(region, MEMBERS.slice(0, 2));
  region.now += 60;
  await region.node(OBSERVER).keeper.requestRole('accession');
  await region.pass(2);
  assert.deepEqual(await region.hub.propose(OBSERVER), first);
  await approve(region, MEMBERS.slice(2));
  await region.pass(5);
  assert.equal(roleOf(region, '4201', OBSERVER), 'member');
});

test('a party that has not asked is not made a member, whoever approves', async () => {
  const region = await foundTestRegion();
  await region.node('4201').keeper.proposeRoot({ kind: 'accession', party: OBSERVER });
  await region.pass(2);
  await approve(region, MEMBERS);
  await region.pass(5);
  assert.equal(roleOf(region, 'hub', OBSERVER), 'observer');
});

test('a suspension needs all others, counts at once and can be lifted', async () => {
  const region = await foundTestRegion();
  await region.node('4201').keeper.proposeRoot({ kind: 'suspension', party: '4301' });
  await region.pass(2);
  await approve(region, ['3401', '3601']);
  await region.pass(2);
  assert.equal(standingOf(region, '3401', '4301'), 'member good');
  await approve(region, ['4201']);
  await region.pass(5);
  assert.equal(standingOf(region, 'hub', '4301'), 'suspended good');
  await region.node('4201').keeper.proposeRoot({ kind: 'reinstatement', party: '4301' });
  await region.pass(2);
  await approve(region, ['3401', '3601', '4201']);
  await region.pass(5);
  assert.equal(
    region.node('4301').keeper.current().root?.number,
    2,
    'a member that comes back has to sign too',
  );
  await approve(region, ['4301']);
  await region.pass(5);
  assert.equal(standingOf(region, 'hub', '4301'), 'member good');
});

test('with the hub dark the members finish an accession among themselves', async () => {
  const region = await foundTestRegion();
  await region.node(OBSERVER).keeper.requestRole('accession');
  await region.pass(2);
  await region.hub.propose(OBSERVER);
  await region.pass(2);
  region.dark.add('hub');
  await approve(region, MEMBERS);
  await region.pass(40);
  assert.equal(roleOf(region, '4301', OBSERVER), 'member');
  assert.equal(standingOf(region, '4301', OBSERVER), 'member good');
  region.dark.delete('hub');
  await region.pass(35);
  assert.equal(roleOf(region, 'hub', OBSERVER), 'member');
});

test('a second content for the same number is not signed beside the first', async () => {
  const region = await foundTestRegion();
  const suspend = (party: NodeId): Promise<unknown> =>
    region.node('4201').keeper.proposeRoot({ kind: 'suspension', party });
  await suspend('4301');
  await suspend('3601');
  const { keeper } = region.node('4201');
  const [first, second] = (await keeper.report())?.proposals ?? [];
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(await keeper.approveRoot(first.hash), { ok: true });
  assert.deepEqual(await keeper.approveRoot(second.hash), {
    ok: false,
    refusal: { code: 'ROOT_OTHER_SIGNED' },
  });
  assert.deepEqual(await keeper.approveRoot(second.hash, first.hash), { ok: true });
  assert.deepEqual(await keeper.approveRoot('0'.repeat(64)), {
    ok: false,
    refusal: { code: 'PROPOSAL_UNKNOWN' },
  });
});
