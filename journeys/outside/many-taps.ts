// Raw records of some days in two cities: taps that arrive late, twice, in any order or not at all,
// with everything around them that decides what a line says.
import {
  AT,
  encodeBase45,
  serviceDay,
  slotOf,
  slotStart,
  tapId,
  toHex,
  type Direction,
  type Entry,
  type Head,
  type Part,
  type PartyId,
  type Repair,
  type SignedTap,
  type Tap,
} from '@tongyu/protocol';
import { journeyKey } from '../../server/src/journeys/journey-key.ts';
import { EDITIONS, headsOf, HOMES, HOSTS, partOf, STOPS } from './two-cities-list.ts';

/** What the outside program reads; see there. */
export type Records = {
  readonly homes: Readonly<Record<PartyId, HomeBook>>;
  readonly editions: readonly { readonly number: number; readonly parts: readonly Part[] }[];
  readonly heads: readonly { readonly signed: Head }[];
  /** In the order in which their hosts stored them. */
  readonly taps: readonly RawTap[];
  readonly repairs: readonly Repair[];
  readonly ceilings: readonly Ceiling[];
  readonly asOf: number;
};

export type HomeBook = {
  /** Hexadecimal. */
  readonly secret: string;
  /** By tag, in hexadecimal. */
  readonly residents: Record<string, string>;
};

export type RawTap = {
  readonly tap: SignedTap;
  readonly stored: number;
  /** When the home city's word came; null for never. */
  readonly answered: number | null;
};

export type Ceiling = {
  readonly key: string;
  readonly service: string;
  readonly rule: string;
  readonly signature: string;
  readonly left: number;
};

type Dice = { below(end: number): number };

const FIRST_DAY = serviceDay(1_799_985_600); // 2027-01-15
const DAYS = 4;
const DAY_SECONDS = 86_400;
const SERVICES = ['bus', 'ferry', 'metro', 'park', 'tower', 'tram'] as const;
const SINGLES: readonly string[] = ['bus', 'park', 'tower'];
const CLASSES = [0, 0, 0, 1, 2, 3, 4, 5, 6, 9];
/** For whom a rule of the list has a funder. */
const FUNDED_CLASS = 5;
const TRIPS_A_DAY = 4;
const RATHER_LATE_SECONDS = 3 * DAY_SECONDS;
const TOO_LATE_SECONDS = 10 * DAY_SECONDS;

export function makeRecords(count: number, { below }: Dice): Records {
  const start = slotStart({ day: FIRST_DAY, slot: 0 });
  const heads = new Map(
    HOSTS.map((host) => [host, headsOf(host, start - 4 * DAY_SECONDS, 10, below)]),
  );
  const editions = EDITIONS.map((number) => ({
    number,
    parts: HOSTS.map((host) => partOf(host, number)),
  }));
  const people = makePeople(Math.max(6, Math.ceil(count / (DAYS * TRIPS_A_DAY * 1.9))), below);
  const gates = createGates(heads, editions, below);
  const taps: SignedTap[] = [];
  for (let ride = 0; taps.length < count; ride++) {
    const person = people.all[ride % people.all.length];
    if (person === undefined) break;
    const day = FIRST_DAY + (Math.floor(ride / (people.all.length * TRIPS_A_DAY)) % DAYS);
    taps.push(...rideOf(person, slotStart({ day, slot: 0 }), gates, below));
  }
  const raw = taps.slice(0, count).map((tap) => rawTapOf(tap, below));
  const asOf = Math.max(...raw.map(({ stored }) => stored)) + 7 * 3600;
  return {
    homes: people.homes,
    editions,
    heads: [...heads.values()].flat().map((signed) => ({ signed })),
    taps: raw.sort((a, b) => a.stored - b.stored),
    repairs: makeRepairs(taps, below),
    ceilings: makeCeilings(people, editions, below),
    asOf,
  };
}

type Person = {
  readonly home: PartyId;
  readonly ref: string;
  readonly class: number;
  /** A new tag for each ride, in the home city's book. */
  newTag(): string;
};

type People = { readonly homes: Record<PartyId, HomeBook>; readonly all: readonly Person[] };

/** As the test cities of `server/src/journeys/testing` have it. */
function secretOf(home: PartyId): string {
  return toHex(new Uint8Array(33).fill(Number(home) % 251));
}

function makePeople(count: number, below: Dice['below']): People {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const homes: Record<PartyId, HomeBook> = {};
  for (const home of HOMES) homes[home] = { secret: secretOf(home), residents: {} };
  const all = Array.from({ length: count }, (_, i): Person => {
    const home = HOMES[below(HOMES.length)] ?? '4201';
    const ref = `ref-${String(i)}`;
    return {
      home,
      ref,
      class: CLASSES[below(CLASSES.length)] ?? 0,
      newTag() {
        const tag = hex(20);
        // Somebody's code that the home city never issued.
        const book = homes[home];
        if (below(500) > 0 && book !== undefined) book.residents[tag] = ref;
        return tag;
      },
    };
  });
  return { homes, all };
}

/** The code as far as anybody reads it here; its signatures are another program's matter. */
function codeOf(person: Person, tag: string, time: number, shownClass: number): string {
  const bytes = new Uint8Array(AT.deviceSignature + 64).fill(7);
  const view = new DataView(bytes.buffer);
  const { day, slot } = slotOf(time);
  bytes[0] = 0x11;
  view.setUint16(AT.issuer, Number(person.home));
  view.setUint16(AT.keyId, 1);
  bytes.set(Buffer.from(tag, 'hex'), AT.tag);
  view.setUint16(AT.day, day);
  bytes[AT.slot] = slot;
  bytes[AT.flags] = 0;
  view.setUint16(AT.class, shownClass);
  bytes[AT.deviceKey] = 2;
  view.setUint32(AT.time, time - (time % 15));
  return `TY1:${encodeBase45(bytes)}`;
}

type Passage = {
  readonly service: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly time: number;
};

type Gates = (host: PartyId, passage: Passage, code: string) => SignedTap;

function createGates(
  heads: ReadonlyMap<PartyId, readonly Head[]>,
  editions: Records['editions'],
  below: Dice['below'],
): Gates {
  const numbers = new Map<string, number>();
  return (host, { service, direction, stop, time }, code) => {
    const where = stop ?? String(below(3));
    const terminal = `${host}-${service}-${direction}-${where}`;
    const number = (numbers.get(terminal) ?? 0) + 1;
    numbers.set(terminal, number);
    const held = heldBy(heads.get(host) ?? [], time, below);
    const entry = editions[held.editionNumber - 1]?.parts
      .find(({ party }) => party === host)
      ?.entries.find(({ id }) => id === `${host}-${service}`);
    const signed: Tap = {
      ...{ type: 'tongyu.tap', terminal, number, time, service: `${host}-${service}` },
      ...{ direction, stop, kind: 'scan', verdict: 'pass', refusal: null, assistedReason: null },
      code,
      shownPriceFen: shownBy(entry, below),
      ...{ shownRule: null, warned: false, held },
    };
    const signature = 'A'.repeat(86);
    return { signed, signatures: [{ by: terminal, keyId: 1, signature }] };
  };
}

/** Mostly the newest list; sometimes one of days ago, and rarely one that nobody knows. */
function heldBy(heads: readonly Head[], time: number, below: Dice['below']): Tap['held'] {
  const ages = [0, 0, 0, 0, 0, 20_000, 90_000, 170_000, 250_000];
  const asOf = time - (ages[below(ages.length)] ?? 0);
  const head = heads.findLast((one) => one.time <= asOf);
  const isUnknown = below(400) === 0;
  return {
    bundleVersion: 1,
    bundleHash: '0'.repeat(64),
    editionNumber: below(3) === 0 ? 2 : 1,
    headNumber: isUnknown ? 9_999 : (head?.number ?? 1),
    ...{ listNumber: 1, trustTime: time, listTime: time },
  };
}

/** What is asked for is at most the dearest; sometimes a screen showed less. */
function shownBy(entry: Entry | undefined, below: Dice['below']): number {
  const { tariff } = entry ?? { tariff: { kind: 'free' } as const };
  const most =
    tariff.kind === 'free'
      ? 0
      : tariff.kind === 'zones'
        ? (tariff.pricesFen.at(-1) ?? 0)
        : tariff.priceFen;
  return below(4) === 0 ? below(most + 1) : most;
}

/** One ride, or what is left of it: see the weights. */
function rideOf(
  person: Person,
  dayStart: number,
  gates: Gates,
  below: Dice['below'],
): readonly SignedTap[] {
  const host = HOSTS[below(HOSTS.length)] ?? '4201';
  const service = SERVICES[below(SERVICES.length)] ?? 'bus';
  const isNight = below(6) === 0;
  const start = dayStart + (isNight ? 17 * 3600 + below(11 * 3600) : below(86_400));
  const shownClass = below(12) === 0 ? 0 : person.class;
  const stopAt = (): string | null =>
    service !== 'metro' ? null : below(300) === 0 ? 'nowhere' : (STOPS[below(STOPS.length)] ?? 'a');
  const pass = (
    direction: Direction,
    stop: string | null,
    time: number,
    code?: string,
  ): SignedTap =>
    gates(
      host,
      { service, direction, stop, time },
      code ?? codeOf(person, person.newTag(), time, shownClass),
    );
  const again = (time: number): number => time + ([5, 90, 599, 600, 601, 900][below(6)] ?? 5);
  if (SINGLES.includes(service)) {
    const code = codeOf(person, person.newTag(), start, shownClass);
    const first = pass('single', null, start, code);
    // One code at two gates: the second is an exception.
    return below(40) === 0 ? [first, pass('single', null, start + 20, code)] : [first];
  }
  const [from, to] = [stopAt(), stopAt()];
  const lengths = [60, 300, 1_200, 1_800, 3_600, 7_200, 21_599, 21_600, 21_601, 30_000];
  const end = start + (lengths[below(lengths.length - (isNight ? 0 : 3))] ?? 60);
  const taps: SignedTap[] = [];
  const kind = below(20);
  if (kind !== 0) taps.push(pass('entry', from, start));
  if (kind === 1) taps.push(pass('entry', from, again(start)));
  if (kind === 2) taps.push(pass('entry', stopAt(), again(start)));
  if (kind !== 3) taps.push(pass('exit', to, end));
  if (kind === 4) taps.push(pass('exit', to, again(end)));
  if (kind === 5) taps.push(pass('exit', stopAt(), start - below(9_000)));
  return taps;
}

/** When it reached the host, and when the home city's word came back. */
function rawTapOf(tap: SignedTap, below: Dice['below']): RawTap {
  const { time } = tap.signed;
  const delay =
    below(1_000) === 0
      ? TOO_LATE_SECONDS + below(4) - 1
      : below(5) === 0
        ? below(RATHER_LATE_SECONDS)
        : below(600);
  const stored = time + delay;
  const answered =
    below(700) === 0 ? null : Math.min(stored + below(50_000), time + TOO_LATE_SECONDS);
  return { tap, stored, answered: stored > time + TOO_LATE_SECONDS ? null : answered };
}

function makeRepairs(taps: readonly SignedTap[], below: Dice['below']): readonly Repair[] {
  const repairs: Repair[] = [];
  for (let i = 0; i < taps.length / 15; i++) {
    const tap = taps[below(taps.length)]?.signed;
    if (tap === undefined) continue;
    const kind = (['exit', 'exit', 'entry', 'class', 'waive'] as const)[below(5)] ?? 'exit';
    const isEnd = kind === 'exit' || kind === 'entry';
    const away = below(8) === 0 ? 21_601 : below(21_601);
    const host = tap.terminal.slice(0, 4);
    const home = homeOf(tap);
    const maker = (kind === 'waive') === below(30) > 0 ? host : home;
    const at = tap.time + (below(10) === 0 ? 604_800 + below(2) : below(604_800));
    const stop = tap.stop === null || below(20) === 0 ? null : (STOPS[below(STOPS.length)] ?? 'a');
    repairs.push({
      id: `${maker}-r-${String(i)}`,
      journey: tapId(tap),
      kind,
      stop: isEnd ? stop : null,
      time: isEnd ? tap.time + (kind === 'exit' ? away : -away) : null,
      class: kind === 'class' ? 1 + below(6) : null,
      at,
    });
  }
  return repairs;
}

function homeOf(tap: Tap): PartyId {
  const text = tap.code ?? '';
  return HOMES.find((home) => text.startsWith(prefixOf(home))) ?? '3401';
}

/** The first two groups of base45 hold head and issuer. */
const prefixes = new Map<PartyId, string>();
function prefixOf(home: PartyId): string {
  const known = prefixes.get(home);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from([0x11, Number(home) >> 8, Number(home) & 255, 0]);
  const prefix = `TY1:${encodeBase45(bytes)}`;
  prefixes.set(home, prefix);
  return prefix;
}

/** For some groups little or nothing is left of what the funder signed. */
function makeCeilings(
  people: People,
  editions: Records['editions'],
  below: Dice['below'],
): readonly Ceiling[] {
  const ceilings: Ceiling[] = [];
  for (const { home, ref, class: own } of people.all) {
    const secret = Buffer.from(people.homes[home]?.secret ?? '', 'hex');
    if (own !== FUNDED_CLASS || below(3) === 0) continue;
    for (const { parts } of editions) {
      for (const entry of parts[below(parts.length)]?.entries ?? []) {
        const day = FIRST_DAY + below(DAYS);
        const key = journeyKey(secret, { residentRef: ref, fareGroup: entry.fareGroup, day });
        for (const { id, funder } of entry.rules) {
          if (funder.kind !== 'party') continue;
          const { signature } = funder.signature;
          const left = Math.max(0, below(400) - 100);
          ceilings.push({ key, service: entry.id, rule: id, signature, left });
        }
      }
    }
  }
  return ceilings;
}
