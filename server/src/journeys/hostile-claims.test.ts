import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GroupAnswer, GroupClaim, Json, SignedHead, TapId } from '@tongyu/protocol';
import { at, HEADS, LATER, SERVICES } from '../../../tools/vectors/journey-region.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { rideIn, type TestJourneys, type TestMessage } from './testing/two-cities.ts';
import { ridesOf } from './testing/wuhan-rides.ts';

const editionsOfWuhan = new Map([
  [3, SERVICES],
  [4, LATER],
]);
const { tap, wuhanAndChangsha } = ridesOf({ at, heads: HEADS, editions: editionsOfWuhan });

/** A host that lies, at a home city that has only its own evidence. */

type ClaimBody = {
  readonly groups: readonly GroupClaim[];
  readonly heads: readonly SignedHead[];
};

type Scene = {
  readonly world: TestJourneys;
  /** The host's honest claim of r-1's morning. */
  readonly claim: GroupClaim;
  readonly heads: readonly SignedHead[];
  /** Sends other claims in its place, and answers what the home city says of each. */
  send(groups: readonly Json[], heads?: readonly SignedHead[]): Promise<readonly string[]>;
};

async function scene(): Promise<Scene> {
  const world = await wuhanAndChangsha(() => createMemoryStore(memoryCityTables));
  await rideIn(world, '4201', '4301', [
    tap('1 metro entry a 08:00'),
    tap('2 metro exit c 08:20'),
    tap('3 bus single - 10:00'),
    tap('4 bus single - 08:30', { resident: 'r-2' }),
  ]);
  await world.city('4201').journeys.price();
  const [message] = world.messages.splice(0);
  const body = message?.body as unknown as ClaimBody;
  const claim = body.groups.find(({ taps }) => taps.length === 3);
  assert(claim !== undefined);
  return {
    ...{ world, claim, heads: body.heads },
    send: (groups, heads = body.heads) => sendClaims(world, groups, heads),
  };
}

async function sendClaims(
  world: TestJourneys,
  groups: readonly Json[],
  heads: readonly SignedHead[],
  from = '4201',
): Promise<readonly string[]> {
  const body: Json = { groups, heads };
  const message: TestMessage = { from, to: '4301', type: 'lines.claim', body };
  const answer = await world.carry(message);
  if (answer.outcome === 'refused') return [`${answer.code} ${answer.field ?? ''}`.trim()];
  const { groups: answers } = answer.answer as unknown as { groups: readonly GroupAnswer[] };
  return answers.flatMap(({ refusal, lines }) =>
    refusal === null ? lines.map(({ outcome, reason }) => reason ?? outcome) : [refusal],
  );
}

test('an honest claim is accepted, and again gets the same answer', async () => {
  const { claim, send } = await scene();
  assert.deepEqual(await send([claim]), ['accepted', 'accepted']);
  assert.deepEqual(await send([claim]), ['accepted', 'accepted']);
});

test('each way in which a group is not looked at has its name', async () => {
  const cases: readonly (readonly [string, (claim: GroupClaim) => Json])[] = [
    ['KEY_UNKNOWN', (claim) => ({ ...claim, key: 'ab'.repeat(16) })],
    ['KEY_UNKNOWN', (claim) => ({ ...claim, day: claim.day + 1 })],
    ['KEY_UNKNOWN', (claim) => ({ ...claim, fareGroup: '4201-other' })],
    ['TAP_UNKNOWN', (claim) => ({ ...claim, taps: [...claim.taps, '4201-gate/4'] })],
    ['TAP_UNKNOWN', (claim) => ({ ...claim, taps: [...claim.taps, '4201-gate/99'] })],
    ['REPAIR_UNKNOWN', (claim) => ({ ...claim, repairs: [repairOf(claim, '4301-r-x')] })],
    ['REPAIR_UNKNOWN', (claim) => ({ ...claim, repairs: [waiverOf(claim, '4301-r-x')] })],
  ];
  for (const [expected, change] of cases) {
    const { claim, send } = await scene();
    assert.deepEqual(await send([change(claim)]), [expected]);
    assert.deepEqual(await send([claim]), ['accepted', 'accepted'], 'nothing of it was kept');
  }
});

function repairOf({ taps: [journey] }: GroupClaim, id: string) {
  return { id, journey: journey ?? '', kind: 'class', stop: null, time: null, class: 2, at: 9 };
}

function waiverOf(claim: GroupClaim, id: string) {
  return { ...repairOf(claim, id), kind: 'waive', class: null };
}

test('a later revision may not lose a tap, nor come with another content', async () => {
  const { claim, send } = await scene();
  await send([{ ...claim, revision: 2 }]);
  const less = { ...claim, revision: 3, taps: claim.taps.slice(1), lines: claim.lines.slice(1) };
  assert.deepEqual(await send([less]), ['TAP_LOST']);
  assert.deepEqual(await send([{ ...claim, revision: 1 }]), ['REVISION_OLDER']);
  assert.deepEqual(await send([{ ...claim, revision: 2, asOf: claim.asOf + 1 }]), [
    'REVISION_OLDER',
  ]);
  assert.deepEqual(await send([{ ...claim, revision: 3 }]), ['accepted', 'accepted']);
});

test('a tap that yesterday’s group has is not claimed for its own day as well', async () => {
  const world = await wuhanAndChangsha(() => createMemoryStore(memoryCityTables));
  world.now = at('30:00');
  await rideIn(world, '4201', '4301', [tap('2 metro exit c 28:05')]);
  await world.city('4201').journeys.price();
  const [own] = world.messages.splice(0);
  await rideIn(world, '4201', '4301', [tap('1 metro entry a 23:50')]);
  await world.settle();
  assert(own !== undefined);
  const { groups, heads } = own.body as unknown as ClaimBody;
  const again = groups.map((group) => ({ ...group, revision: 9 }));
  assert.deepEqual(await sendClaims(world, again, heads), ['TAP_UNKNOWN']);
});

test('another city has no word in it', async () => {
  const { world, claim, heads } = await scene();
  const from = '4301'; // any but the host
  assert.deepEqual(await sendClaims(world, [claim], heads, from), ['KEY_UNKNOWN']);
});

test('lines that are not so are disputed one by one, whatever they name', async () => {
  const { world, claim, send } = await scene();
  const [metro, bus] = claim.lines;
  assert(metro !== undefined && bus !== undefined);
  const stranger = { ...bus, journey: '4201-gate/4' as TapId };
  let revision = 1;
  const sendLines = (lines: readonly Json[]) => send([{ ...claim, revision: ++revision, lines }]);
  assert.deepEqual(await sendLines([metro]), ['accepted', 'LINE_MISSING']);
  assert.deepEqual(await sendLines([metro, bus, stranger]), [
    ...['accepted', 'accepted', 'LINE_NOT_FOUND'],
  ]);
  const kept = await world.city('4301').store.read((tx) => tx.home.homeLine('4201', '4201-gate/4'));
  assert.equal(kept, undefined, 'no line of another resident is touched');
  for (const change of [
    { host: '4301' },
    { home: '4201' },
    { key: 'ab'.repeat(16) },
    { operator: '4201-other' },
    { day: claim.day + 1 },
    { head: 13 },
    { edition: 4 },
    { class: 2 },
    { fullFen: bus.fullFen + 1 },
    { shownFen: 1 },
    { taps: [...bus.taps, '4201-gate/1'] },
    { parts: [{ kind: 'waived', rule: null, funder: { kind: 'operator' }, fen: 1 }] },
  ]) {
    assert.deepEqual(await sendLines([metro, { ...bus, ...change }]), ['accepted', 'LINE_DIFFERS']);
  }
});

test('an entry that waits is no journey yet, whatever the host says the time is', async () => {
  const { world, send } = await scene();
  await rideIn(world, '4201', '4301', [tap('5 metro entry a 08:50', { resident: 'r-3' })]);
  const host = world.city('4201');
  const now = world.now;
  world.now = at('20:00');
  await host.journeys.price();
  const [message] = world.messages.splice(0);
  world.now = now;
  const { groups, heads } = message?.body as unknown as ClaimBody;
  const early = groups.filter(({ taps }) => taps.includes('4201-gate/5'));
  assert.equal(early.length, 1);
  assert.deepEqual(await send(early, heads), ['LINE_NOT_FOUND']);
});

test('heads count under the host’s list key only, the held one before any that comes', async () => {
  const { world, claim, send, heads } = await scene();
  const [honest] = heads;
  assert(honest !== undefined);
  const before = await send([claim], []);
  assert.deepEqual(before, ['TERMS_UNKNOWN'], 'no head, no look');
  const forged = { ...honest, signatures: honest.signatures.map((one) => ({ ...one, keyId: 2 })) };
  assert.deepEqual(await send([claim], [forged]), ['TERMS_UNKNOWN']);
  const other = await world.city('4301').sign({ ...honest.signed, party: '4201' });
  assert.deepEqual(await send([claim], [other]), ['TERMS_UNKNOWN']);
  const own = await world.city('4301').sign({ ...honest.signed, party: '4301' });
  assert.deepEqual(await send([claim], [own]), ['TERMS_UNKNOWN']);
  assert.deepEqual(await send([claim], [honest]), ['accepted', 'accepted']);
  // A second text under a number that is held changes nothing.
  const first = { ...HEADS[0], party: '4201' } as SignedHead['signed'];
  const host = world.city('4201');
  const changed = await host.sign({ ...first, number: 12, suspended: [] });
  assert.deepEqual(await send([{ ...claim, revision: 2 }], [honest, changed]), [
    ...['accepted', 'accepted'],
  ]);
});

test('a claim of wrong form is refused whole, naming the place', async () => {
  const { claim, send } = await scene();
  const lines = Array.from({ length: 501 }, () => claim.lines[0] as unknown as Json);
  assert.match((await send([{ ...claim, lines }]))[0] ?? '', /^MALFORMED body\.groups\[0\]/);
  const taps = claim.taps.toReversed();
  assert.match((await send([{ ...claim, taps }]))[0] ?? '', /^MALFORMED body\.groups\[0\]/);
  assert.match((await send([{ ...claim, more: 1 }]))[0] ?? '', /^MALFORMED/);
  assert.match((await send([]))[0] ?? '', /^MALFORMED/);
});

test('a group twice in one message is looked at once for each revision', async () => {
  const { claim, send } = await scene();
  const answers = await send([claim, { ...claim, revision: 2 }, claim]);
  assert.deepEqual(answers, ['accepted', 'accepted', 'accepted', 'accepted', 'REVISION_OLDER']);
});

test('500 lines about taps that nobody has are answered, not kept', async () => {
  const { world, claim, send } = await scene();
  const [line] = claim.lines;
  assert(line !== undefined);
  const lines = Array.from({ length: 500 }, (_, i) => ({
    ...line,
    journey: `4201-x/${String(i + 1)}`,
  }));
  const answers = await send([{ ...claim, lines }]);
  assert.equal(answers.filter((one) => one === 'LINE_NOT_FOUND').length, 500);
  assert.equal(answers.filter((one) => one === 'LINE_MISSING').length, 2);
  const kept = await world.city('4301').store.read((tx) => tx.home.homeLines({ limit: 999 }));
  assert.equal(kept.length, 2);
});

test('a group that the home city cannot look at yet is claimed again until it can', async () => {
  const world = await wuhanAndChangsha(() => createMemoryStore(memoryCityTables));
  const editions = world.editions.get('4201');
  editions?.delete(3);
  await rideIn(world, '4201', '4301', [tap('1 bus single - 08:00')]);
  const host = world.city('4201');
  // The host has its edition; the home city gets it an hour later.
  editions?.set(3, SERVICES);
  await host.journeys.price();
  editions?.delete(3);
  for (const message of world.messages.splice(0)) await world.carry(message);
  const [group] = await firstGroups(world);
  assert.deepEqual([group?.refusal, group?.answered, group?.tries], ['TERMS_UNKNOWN', true, 1]);
  editions?.set(3, SERVICES);
  world.now += 59;
  await world.settle();
  assert.equal((await firstGroups(world))[0]?.refusal, 'TERMS_UNKNOWN');
  world.now += 1;
  await world.settle();
  const [after] = await firstGroups(world);
  assert.deepEqual([after?.refusal, after?.answered, after?.revision], [null, true, 1]);
  const lines = await host.store.read((tx) => tx.host.lines({ limit: 9 }));
  assert.deepEqual(
    lines.map(({ state }) => state),
    ['accepted'],
  );
});

test('a host that was set back, or spoken for, goes on from the held revision', async () => {
  const { world, claim, send } = await scene();
  const host = world.city('4201');
  const [first, ...rest] = claim.lines;
  assert(first !== undefined);
  const dearer = { ...first, riderFen: first.riderFen + 1 };
  const forged = { ...claim, revision: 7, lines: [dearer, ...rest] };
  assert.deepEqual(await send([forged]), ['LINE_DIFFERS', 'accepted']);
  await rideIn(world, '4201', '4301', [tap('5 bus single - 12:00')]);
  await world.settle();
  const groups = await host.store.read((tx) => tx.host.groups([{ home: '4301', key: claim.key }]));
  assert.deepEqual(
    groups.map(({ revision, refusal, answered }) => [revision, refusal, answered]),
    [[8, null, true]],
  );
  const kept = await world.city('4301').store.read((tx) => tx.home.homeLines({ limit: 99 }));
  const own = kept.filter(({ text }) => text.includes(claim.key));
  assert.deepEqual([...new Set(own.map(({ outcome }) => outcome))], ['accepted']);
  assert.equal(own.length, claim.lines.length + 1);
});

test('one group that spoils a message is sent alone from then on', async () => {
  const world = await wuhanAndChangsha(() => createMemoryStore(memoryCityTables));
  await rideIn(world, '4201', '4301', [
    tap('1 bus single - 08:00'),
    tap('2 bus single - 08:00', { resident: 'r-2' }),
  ]);
  const host = world.city('4201');
  await host.journeys.price();
  const [message] = world.messages.splice(0);
  assert(message !== undefined);
  const refused = { of: 'x', hash: 'x', outcome: 'refused', refusal: null, answer: null } as const;
  await host.store.transaction(async (tx) => {
    const sent = { ...message, jti: 'x' };
    await host.journeys.receipts['lines.claim']?.(tx, sent, refused);
  });
  world.now += 60;
  await host.journeys.price();
  assert.equal(world.messages.length, 2);
  await world.settle();
  const lines = await host.store.read((tx) => tx.host.lines({ limit: 9 }));
  assert.deepEqual(
    lines.map(({ state }) => state),
    ['accepted', 'accepted'],
  );
});

test('a home city silent for ten days leaves an exception, whatever it says later', async () => {
  const world = await wuhanAndChangsha(() => createMemoryStore(memoryCityTables));
  const { journeys, store } = world.city('4201');
  await rideIn(world, '4201', '4301', [tap('1 bus single - 08:00')], { report: false });
  const count = () => journeys.countTaps(at('00:00'), at('24:00'));
  assert.equal((await count()).pending, 1);
  world.now = at('08:00') + 10 * 86_400;
  await journeys.keep();
  assert.equal((await count()).pending, 1);
  world.now += 1;
  await journeys.keep();
  assert.deepEqual((await count()).exceptions, { HOME_SILENT: 1 });
  const key = { journeyKey: 'aa', previousKey: null };
  const late = [{ terminal: '4201-gate', number: 1, home: 'accepted', key } as const];
  assert.deepEqual(await store.transaction((tx) => tx.city.setHome('4301', late)), []);
  assert.deepEqual((await count()).exceptions, { HOME_SILENT: 1 });
  const told = await store.read((tx) => tx.host.exceptions({ limit: 9 }));
  assert.deepEqual(
    told.map(({ tap: id, reason }) => [id, reason]),
    [['4201-gate/1', 'HOME_SILENT']],
  );
});

test('of one rider’s taps as many are priced as a claim can name', async () => {
  const world = await wuhanAndChangsha(() => createMemoryStore(memoryCityTables));
  const many = Array.from({ length: 520 }, (_, i) =>
    tap(`${String(i + 1)} bus single - 08:00`, { time: at('08:00') + i }),
  );
  await rideIn(world, '4201', '4301', many.slice(0, 300));
  await rideIn(world, '4201', '4301', many.slice(300));
  const again = Array.from({ length: 60 }, (_, i) =>
    tap(`${String(600 + i)} metro entry a 07:00`, { time: at('07:00') + i, resident: 'r-2' }),
  );
  await rideIn(world, '4201', '4301', again);
  world.now = at('20:00');
  await world.settle();
  const counts = await world.city('4201').journeys.countTaps(at('00:00'), at('24:00'));
  assert.deepEqual(counts.exceptions, { GROUP_FULL: 30 });
  assert.deepEqual([counts.inLines, counts.unpriced, counts.doubled], [550, 0, 0]);
  const lines = await world.city('4201').store.read((tx) => tx.host.lines({ limit: 999 }));
  assert.equal(lines.filter(({ state }) => state === 'accepted').length, 501);
});

test('groups are forgotten with all that hangs on them, after half a year', async () => {
  const { world, claim, send } = await scene();
  await world
    .city('4201')
    .store.transaction((tx) => tx.host.markDueAgain([{ ...claim, home: '4301' }]));
  await send([claim]);
  const cities = [world.city('4201'), world.city('4301')];
  world.now += 184 * 86_400;
  for (const { journeys } of cities) await journeys.keep();
  assert.equal(
    (await world.city('4201').store.read((tx) => tx.host.lines({ limit: 9 }))).length,
    3,
  );
  world.now += 86_400;
  for (const { journeys } of cities) await journeys.keep();
  assert.deepEqual(await world.city('4201').store.read((tx) => tx.host.lines({ limit: 9 })), []);
  assert.deepEqual(
    await world.city('4301').store.read((tx) => tx.home.homeLines({ limit: 9 })),
    [],
  );
});

async function firstGroups(world: TestJourneys) {
  const { store } = world.city('4201');
  const [line] = await store.read((tx) => tx.host.lines({ limit: 1 }));
  assert(line !== undefined);
  return store.read((tx) => tx.host.groups([line]));
}
