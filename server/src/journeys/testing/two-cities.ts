import {
  canonicalJson,
  parseCanonicalJson,
  serviceDay,
  signContent,
  toBase64Url,
  type Entry,
  type Head,
  type Json,
  type Part,
  type PartyId,
  type Section,
  type SignedHead,
  type SignedTap,
  type Tap,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { generateSigner, type SyncSigner } from '../../crypto/sign.ts';
import { verifySync } from '../../crypto/verify.ts';
import { takeReportAnswer } from '../../city/home-report.ts';
import { keepTrips, type HomeTap } from '../../city/keep-trips.ts';
import type { HandledType, PeerAnswer, ReceiptBody } from '../../peers/types.ts';
import { noFaults, type Faults } from '../../ports/faults.ts';
import { silentLog } from '../../ports/log.ts';
import type { CityTables, TapRow } from '../../store/city-tables.ts';
import type { NodeStore } from '../../store/node-store.ts';
import { createJourneys } from '../journeys.ts';
import type { JourneyList, Journeys, RuleToSuspend } from '../types.ts';

/**
 * Cities with journeys over whatever store the test gives, for tests of this room: taps come in as
 * rows, since who signed them is another room's; messages wait until the test carries them.
 */
export type TestJourneys = {
  now: number;
  faults: Faults;
  readonly messages: TestMessage[];
  /** What the list of each host is, by edition. */
  readonly editions: Map<PartyId, Map<number, readonly Entry[]>>;
  city(party: PartyId): TestJourneyCity;
  /** Until nothing is due and nothing waits; answers what was carried. */
  settle(): Promise<readonly TestMessage[]>;
  carry(message: TestMessage): Promise<PeerAnswer>;
};

export type TestMessage = {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly type: HandledType;
  readonly body: Json;
};

export type TestJourneyCity = {
  readonly party: PartyId;
  readonly store: NodeStore<CityTables>;
  readonly journeys: Journeys<CityTables>;
  readonly heads: Map<number, SignedHead>;
  readonly suspended: RuleToSuspend[];
  readonly listKey: SyncSigner;
  sign(head: Head): Promise<SignedHead>;
  /** Another city's head comes in by the list's own way. */
  hear(head: SignedHead): void;
};

export async function testJourneys(
  now: number,
  parties: readonly PartyId[],
  makeStore: (party: PartyId) => NodeStore<CityTables>,
): Promise<TestJourneys> {
  const cities = new Map<PartyId, TestJourneyCity>();
  const world: TestJourneys = {
    now,
    faults: noFaults,
    messages: [],
    editions: new Map(),
    city(party) {
      const found = cities.get(party);
      if (found === undefined) throw new Error('no such city in the test');
      return found;
    },
    async settle() {
      const carried: TestMessage[] = [];
      for (;;) {
        for (const { journeys } of cities.values()) await journeys.price();
        const waiting = world.messages.splice(0);
        if (waiting.length === 0) return carried;
        for (const message of waiting) await world.carry(message);
        carried.push(...waiting);
      }
    },
    async carry(message) {
      const { from, to, type, body } = message;
      const receiver = cities.get(to);
      const sender = cities.get(from);
      if (receiver === undefined || sender === undefined) throw new Error('no such city');
      const sent = { iss: from, aud: to, type, body: again(body) } as VerifiedPeerMessage;
      const handler = receiver.journeys.handlers[type as keyof Journeys<CityTables>['handlers']];
      const answer = await receiver.store.transaction((tx) => handler(tx, sent));
      const receipt: ReceiptBody = {
        ...{ of: 'jti', hash: '', outcome: answer.outcome, refusal: null },
        answer: again(answer.answer ?? null),
      };
      await sender.store.transaction(async (tx) => {
        await sender.journeys.receipts[type]?.(tx, { to, jti: 'jti', type, body }, receipt);
      });
      return answer;
    },
  };
  for (const party of parties) cities.set(party, testCity(world, party, makeStore(party)));
  return Promise.resolve(world);
}

/** As it arrives: other objects, and nothing that is no JSON. */
function again(body: Json): Json {
  return parseCanonicalJson(canonicalJson(body), 9_000_000) ?? null;
}

function testCity(
  world: TestJourneys,
  party: PartyId,
  store: NodeStore<CityTables>,
): TestJourneyCity {
  const listKey = generateSigner('ES256');
  const heads = new Map<number, SignedHead>();
  const suspended: RuleToSuspend[] = [];
  const kept = new Map<string, SignedHead>();
  const headsOf = (of: PartyId): readonly SignedHead[] =>
    of === party
      ? [...heads.values()]
      : [...kept.values()].filter(({ signed }) => signed.party === of);
  const hear = (head: SignedHead): void => {
    kept.set(`${head.signed.party} ${String(head.signed.number)}`, head);
  };
  let ids = 0;
  const list: JourneyList<CityTables> = {
    part: (_tx, of, edition) => {
      const entries = world.editions.get(of)?.get(edition);
      return Promise.resolve(entries === undefined ? undefined : partOf(of, entries));
    },
    head: (_tx, of, number) =>
      Promise.resolve(headsOf(of).find(({ signed }) => signed.number === number)),
    headAt: (_tx, of, time) =>
      Promise.resolve(
        headsOf(of)
          .filter(({ signed }) => signed.time <= time)
          .toSorted((a, b) => a.signed.number - b.signed.number)
          .at(-1),
      ),
    keepHead: (_tx, head) => {
      hear(head);
      return Promise.resolve();
    },
    suspendRule: (rule) => {
      suspended.push(rule);
      return Promise.resolve(true);
    },
  };
  const journeys = createJourneys<CityTables>(
    {
      clock: { now: () => world.now },
      rng: { bytes: (length) => new Uint8Array(length), id: () => `id${String(++ids)}` },
      faults: {
        point: (name) => {
          world.faults.point(name);
        },
      },
      timers: { every: () => undefined, soon: () => undefined, stop: () => Promise.resolve() },
      log: silentLog,
      breathe: () => Promise.resolve(),
      verify: verifySync,
    },
    store,
    list,
    {
      send: (_tx, { to, type, body }) => {
        world.messages.push({ from: party, to, type, body });
        return Promise.resolve();
      },
      kick: () => undefined,
      section: (_tx, of) => Promise.resolve(sectionWith(of, world.city(of).listKey)),
    },
    party,
  );
  const sign = async (head: Head): Promise<SignedHead> => ({
    signed: head,
    signatures: [await signContent(head, party, 1, listKey)],
  });
  return { party, store, journeys, heads, suspended, listKey, sign, hear };
}

const parts = new WeakMap<readonly Entry[], Part>();

function partOf(party: PartyId, entries: readonly Entry[]): Part {
  const known = parts.get(entries);
  const part: Part = known ?? {
    ...{ type: 'tongyu.part', party, edition: '2027-H1', entries, changes: [] },
  };
  parts.set(entries, part);
  return part;
}

function sectionWith(party: PartyId, listKey: SyncSigner): Section {
  const key = toBase64Url(listKey.publicKey);
  const days = { fromDay: 0, untilDay: 99_999, revokedAt: null };
  return {
    ...{ type: 'tongyu.section', party, number: 1, made: 1, urls: [] },
    keys: [{ keyId: 1, alg: 'ES256', key, purpose: 'list', ...days }],
  };
}

/** A passage as a test says it: structure of the vectors' taps. */
export type TestTap = Pick<
  Tap,
  'terminal' | 'number' | 'time' | 'service' | 'direction' | 'stop'
> & {
  readonly resident: string;
  readonly class: number;
  readonly shownFen: number;
  readonly edition: number;
  readonly head: number;
  readonly fareGroup: string;
  readonly operator: string;
};

/** Takes taps in at the host, and reports them home unless they are to wait. */
export async function rideIn(
  world: TestJourneys,
  hostParty: PartyId,
  homeParty: PartyId,
  taps: readonly TestTap[],
  { report = true }: { readonly report?: boolean } = {},
): Promise<void> {
  const host = world.city(hostParty);
  await host.store.transaction((tx) =>
    tx.city.addTaps(taps.map((tap) => tapRow(tap, homeParty, world.now))),
  );
  if (report) await reportIn(world, hostParty, homeParty, taps);
}

export async function reportIn(
  world: TestJourneys,
  hostParty: PartyId,
  homeParty: PartyId,
  taps: readonly TestTap[],
): Promise<void> {
  const [host, home] = [world.city(hostParty), world.city(homeParty)];
  await home.store.transaction((tx) => enrol(tx, taps));
  const secret = new Uint8Array(33).fill(Number(homeParty) % 251);
  const answer = await home.store.transaction((tx) =>
    keepTrips(tx, secret, hostParty, taps.map(homeTap)),
  );
  const results = answer.results.map(({ terminal, number, key, refusal }) => ({
    tap: `${terminal}/${String(number)}`,
    outcome: refusal === null ? 'accepted' : 'refused',
    ...{ refusal, key },
  }));
  await host.store.transaction(async (tx) => {
    const { amended } = answer;
    await takeReportAnswer(
      tx,
      { to: homeParty },
      { outcome: 'applied', answer: { results, amended } },
    );
  });
}

async function enrol(tx: CityTables, taps: readonly TestTap[]): Promise<void> {
  for (const resident of new Set(taps.map((tap) => tap.resident))) {
    await tx.city.lockResident(resident, 1);
    if ((await tx.city.phone(`phone-${resident}`)) !== undefined) continue;
    await tx.city.addPhone({
      ...{ phoneId: `phone-${resident}`, residentRef: resident, phoneKey: `key-${resident}` },
      ...{ boundAt: 1, revokedAt: null, unboundAt: null },
      ...{ seed: new Uint8Array(16), seedSlot: 0, lastIssuedSlot: null },
    });
    await tx.city.addPasses([
      {
        ...{ slot: 0, tag: tagOf(resident), phoneId: `phone-${resident}`, deviceKey: '' },
        ...{ tagIndex: 0, keyId: 1, reserve: false, bytes: passBytes(resident) },
      },
    ]);
  }
}

function passBytes(resident: string): Uint8Array {
  const bytes = new Uint8Array(118);
  bytes.set(new TextEncoder().encode(resident).subarray(0, 10));
  return bytes;
}

function tagOf(resident: string): string {
  return Buffer.from(passBytes(resident).subarray(0, 10)).toString('hex');
}

function homeTap(tap: TestTap): HomeTap {
  const signed = signedTap(tap);
  const tag = passBytes(tap.resident).subarray(0, 10);
  const pass = { class: tap.class, slot: { day: 0, slot: 0 }, tag };
  return {
    ...{ tap: signed, hash: canonicalJson(signed), text: canonicalJson(signed), charged: true },
    fareGroup: tap.fareGroup,
    code: { pass, bytes: passBytes(tap.resident) } as unknown as HomeTap['code'],
  };
}

function signedTap(tap: TestTap): SignedTap {
  const { terminal, number, time, service, direction, stop, shownFen, edition, head } = tap;
  const held = { editionNumber: edition, headNumber: head } as Tap['held'];
  const signed = { terminal, number, time, service, direction, stop, shownPriceFen: shownFen };
  return { signed: { ...signed, held } as Tap, signatures: [] };
}

function tapRow(tap: TestTap, home: PartyId, receivedAt: number): TapRow {
  const { terminal, number, operator, time, service, direction, stop, fareGroup } = tap;
  const { edition, head } = tap;
  return {
    ...{ terminal, number, operator, hash: 'h', time, receivedAt, service, kind: 'scan' },
    ...{ verdict: 'pass', refusal: null, assistedReason: null, issuer: home, charged: true },
    ...{ exception: null, field: null, home: 'pending', shownPriceFen: tap.shownFen },
    ...{ warned: false, direction, stop, class: tap.class, fareGroup, edition, head },
    ...{ journeyKey: null, previousKey: null, text: `{"day":${String(serviceDay(time))}}` },
  };
}
