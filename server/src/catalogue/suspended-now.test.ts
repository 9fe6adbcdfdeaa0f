import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  documentHash,
  type ConcessionRule,
  type Entry,
  type Head,
  type NodeId,
  type PartyId,
} from '@tongyu/protocol';
import { foundTestRegion, MEMBERS, type TestRegion } from '../trust/testing/test-region.ts';
import {
  candidateOf,
  officeOf,
  openingAt,
  refusalOf,
  signAll,
  submit,
  valueOf,
} from './testing/list-region.ts';
import { testEntry, testPart, words } from './testing/test-entries.ts';

const CITIES: readonly PartyId[] = ['3401', '3601', '4201', '4202', '4301'];
const AGREEMENT = words('四城互认');
const reason = words('对方超支');

function mutual(own: Partial<ConcessionRule> = {}): ConcessionRule {
  const [rule] = testEntry('4201', 'any').rules;
  assert.ok(rule !== undefined);
  const residences = CITIES;
  const terms = { id: 'senior-guest', residences, agreement: AGREEMENT, perDay: null };
  return { ...rule, ...terms, reciprocity: 'mutual', ...own };
}

/** Metro and bus honour the agreement; the museum is of another category, the ferry on its own. */
function mutualEntries(party: PartyId): readonly Entry[] {
  const entryWith = (name: string, ...rules: ConcessionRule[]): Entry => {
    return { ...testEntry(party, name), admits: CITIES, rules };
  };
  return [
    entryWith('bus', mutual({ id: 'guest' })),
    entryWith('ferry', mutual({ reciprocity: 'unilateral' })),
    entryWith('metro', mutual(), mutual({ id: 'other-class', class: 4 })),
    { ...entryWith('museum', mutual()), category: 'culture' },
    entryWith('tram', mutual({ agreement: words('另一协议') })),
  ];
}

async function mutualRegion(): Promise<TestRegion> {
  const region = await foundTestRegion(mutualEntries);
  await region.pass(4);
  return region;
}

async function headAt(region: TestRegion, at: NodeId, party: NodeId = at): Promise<Head> {
  const { heads } = await region.node(at).catalogue.face.state();
  const head = heads.find(({ signed }) => signed.party === party);
  assert.ok(head !== undefined);
  return head.signed;
}

const stopped = ({ suspended }: Head): readonly string[] =>
  suspended.map(({ entry, rule, residence }) => `${entry} ${rule ?? '*'} ${residence ?? 'all'}`);

const metroOf = (party: PartyId) => ({ entry: `${party}-metro`, rule: 'senior-guest', reason });

test('what one side stops the others stop for its residents, of the like alone', async () => {
  const region = await mutualRegion();
  const { since } = valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'wang'));
  await region.pass(1);
  const changsha = await headAt(region, '4301');
  assert.deepEqual(stopped(changsha), ['4301-bus guest 4201', '4301-metro senior-guest 4201']);
  assert.deepEqual(changsha.suspended[0], {
    ...{ entry: '4301-bus', rule: 'guest', residence: '4201', since, reason },
  });
  assert.deepEqual(stopped(await headAt(region, '4201')), ['4201-metro senior-guest all']);
  assert.deepEqual(stopped(await headAt(region, '4201', '4301')), stopped(changsha), 'all know');
});

test('the word of a city that is no member binds nobody', async () => {
  const region = await mutualRegion();
  valueOf(await officeOf(region, '4202').suspend(metroOf('4202'), 'w'));
  await region.pass(3);
  assert.deepEqual(stopped(await headAt(region, '4301', '4202')), ['4202-metro senior-guest all']);
  assert.deepEqual(stopped(await headAt(region, '4301')), []);
});

test('a suspension that follows another is followed by none, so both end together', async () => {
  const region = await mutualRegion();
  const numbers = async () => {
    const heads = await Promise.all(MEMBERS.map((party) => headAt(region, party)));
    return heads.map(({ number }) => number);
  };
  const before = await numbers();
  valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'wang'));
  await region.pass(30);
  assert.deepEqual(
    await numbers(),
    before.map((number) => number + 1),
    'each side has said it once',
  );
  valueOf(await officeOf(region, '4201').restore(metroOf('4201'), 'wang'));
  await region.pass(30);
  for (const party of MEMBERS) assert.deepEqual(stopped(await headAt(region, party)), []);
  assert.deepEqual(
    await numbers(),
    before.map((number) => number + 2),
  );
});

test('two sides that both stop it each need both words to end', async () => {
  const region = await mutualRegion();
  valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'w'));
  valueOf(await officeOf(region, '4301').suspend(metroOf('4301'), 'w'));
  await region.pass(2);
  const wuhan = ['4201-bus guest 4301', '4201-metro senior-guest all'];
  assert.deepEqual(stopped(await headAt(region, '4201')), [
    ...wuhan,
    '4201-metro senior-guest 4301',
  ]);
  valueOf(await officeOf(region, '4201').restore(metroOf('4201'), 'w'));
  await region.pass(2);
  assert.deepEqual(stopped(await headAt(region, '4201')), [
    '4201-bus guest 4301',
    '4201-metro senior-guest 4301',
  ]);
  assert.deepEqual(stopped(await headAt(region, '4301')), ['4301-metro senior-guest all']);
  assert.deepEqual(stopped(await headAt(region, '3401')), [
    '3401-bus guest 4301',
    '3401-metro senior-guest 4301',
  ]);
});

test('who was away follows when it is back, and a silent partner’s last word counts', async () => {
  const region = await mutualRegion();
  region.dark.add('4301');
  valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'w'));
  await region.pass(2);
  assert.deepEqual(stopped(await headAt(region, '4301')), []);
  region.dark.delete('4301');
  region.dark.add('4201');
  await region.pass(20); // from the others: its own messages are late
  assert.equal((await headAt(region, '4301')).suspended.length, 2);
  region.now += 4 * 86_400; // its head is too old for any terminal by now
  await region.pass(5);
  assert.equal((await headAt(region, '4301')).suspended.length, 2);
});

test('words that arrive in reverse end where the last one says', async () => {
  const region = await mutualRegion();
  const held: (() => Promise<string>)[] = [];
  region.wire = (from, to, deliver) => {
    if (from !== '4201' || to !== '4301') return deliver();
    held.push(deliver);
    return Promise.reject(new Error('held back'));
  };
  const office = officeOf(region, '4201');
  const heads: Head[] = [];
  valueOf(await office.suspend(metroOf('4201'), 'w'));
  heads.push(await headAt(region, '4201'));
  valueOf(await office.restore(metroOf('4201'), 'w'));
  heads.push(await headAt(region, '4201'));
  assert.deepEqual(heads.map(stopped), [['4201-metro senior-guest all'], []]);
  const { keeper, catalogue } = region.node('4301');
  await catalogue.pull();
  for (let i = 0; i < 5; i++) await catalogue.pull(); // the newest, from whoever has it
  await catalogue.keep();
  const before = (await headAt(region, '4301')).number;
  region.wire = (_from, _to, deliver) => deliver();
  await region.pass(120); // the older message comes after all, and is refused
  assert.ok(keeper.current().held !== undefined);
  assert.deepEqual(stopped(await headAt(region, '4301')), []);
  assert.equal((await headAt(region, '4301')).number, before);
});

test('nothing of it is kept: a node that starts anew says the same, and once', async () => {
  const region = await mutualRegion();
  valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'w'));
  await region.pass(2);
  const { number } = await headAt(region, '4301');
  const { store } = region.node('4301');
  const rows = await store.read((tx) => tx.catalogue.suspensions());
  assert.deepEqual(rows, []);
  await store.transaction((tx) => tx.catalogue.setRevision('as a new process would read it'));
  await region.pass(3);
  assert.equal((await headAt(region, '4301')).number, number);
});

test('a crash before the head is signed only delays it', async () => {
  const region = await mutualRegion();
  region.crashAt = { node: '4301', point: 'catalogue/before-head-signed' };
  valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'w'));
  await region.pass(3);
  assert.equal(region.crashAt, undefined);
  assert.equal((await headAt(region, '4301')).suspended.length, 2);
});

test('a ceiling stops a rule, saying so again changes nothing, and staff lift it', async () => {
  const region = await mutualRegion();
  const office = officeOf(region, '4201');
  const first = valueOf(await office.suspend(metroOf('4201'), 'ceiling'));
  const { number } = await headAt(region, '4201');
  region.now += 5;
  assert.deepEqual(valueOf(await office.suspend(metroOf('4201'), 'ceiling')), first);
  assert.equal((await headAt(region, '4201')).number, number);
  assert.equal(refusalOf(await office.suspend(metroOf('4201'), 'wang')), 'ALREADY_SUSPENDED');
  valueOf(await office.restore(metroOf('4201'), 'wang'));
  const again = valueOf(await office.suspend(metroOf('4201'), 'ceiling'));
  assert.ok(again.since > first.since);
});

test('when the edition without the agreement takes effect, nothing is left to follow', async () => {
  const region = await mutualRegion();
  valueOf(await officeOf(region, '4201').suspend(metroOf('4201'), 'w'));
  await region.pass(2);
  const effectiveFrom = region.now + 600;
  const { number } = valueOf(
    await region.hub.catalogue.face.openEdition({ id: '2027-H1', effectiveFrom }),
  );
  await region.pass(1);
  for (const party of [...MEMBERS, '4202']) {
    const kinds = { bus: 'removed', ferry: 'removed', museum: 'removed', tram: 'removed' } as const;
    const changes = Object.entries({ ...kinds, metro: 'changed' } as const).map(([name, kind]) => {
      return [`${party}-${name}`, kind] as const;
    });
    const entries = [testEntry(party, 'metro')];
    await submit(region, number, testPart(party, '2027-H1', entries, Object.fromEntries(changes)));
  }
  await region.pass(4);
  const hash = documentHash(candidateOf(await openingAt(region, 'hub', number)));
  await signAll(region, number, hash);
  valueOf(await region.hub.catalogue.face.publish(number, hash));
  await region.pass(3);
  assert.equal((await headAt(region, '4301')).edition?.number, number);
  assert.equal((await headAt(region, '4301')).suspended.length, 2, 'the old one is in force');
  region.now = effectiveFrom;
  await region.pass(1);
  assert.deepEqual(stopped(await headAt(region, '4301')), []);
});
