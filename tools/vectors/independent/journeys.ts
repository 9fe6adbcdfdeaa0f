import type { Entry } from './entries.ts';
import { treatmentOf } from './treatment.ts';

/** JRN by its words: pairing, pricing and the answer to a claim, another way than the project's. */
type Answer = { readonly facts: object };
type Input = Readonly<Record<string, unknown>>;
type Documents = Readonly<Record<string, string>>;

type Tap = {
  readonly id: string;
  readonly time: number;
  readonly service: string;
  readonly operator: string;
  readonly direction: 'single' | 'entry' | 'exit';
  readonly stop: string | null;
  readonly class: number;
  readonly shownFen: number;
  readonly edition: number;
  readonly head: number;
  readonly carried: boolean;
};
type Repair = {
  readonly id: string;
  readonly journey: string;
  readonly kind: string;
  readonly stop: string | null;
  readonly time: number | null;
  readonly class: number | null;
  readonly at: number;
};
type Suspended = { readonly entry: string; readonly rule: string | null; residence: string | null };
type Head = { readonly number: number; readonly time: number; readonly suspended: Suspended[] };
type Stop = { readonly id: string; readonly zone: number };
type Funder = { readonly kind: string; readonly party?: string };
type Service = Entry & {
  readonly tariff: { readonly kind: string; priceFen?: number; pricesFen?: number[] };
  readonly reductions: readonly {
    readonly kind: string;
    readonly withinMinutes?: number;
    readonly lessFen?: number;
    readonly capFen?: number;
    readonly funder: string;
  }[];
};
type End = { readonly time: number; readonly stop: string | null };
type Part = { readonly kind: string; rule: string | null; funder: Funder; fen: number };
export type Line = {
  readonly journey: string;
  parts: readonly Part[];
  readonly service: string;
} & Record<string, unknown>;

/** A journey while it is being found; `kind` says by which tap it began. */
type Ride = {
  readonly kind: Tap['direction'];
  readonly taps: Tap[];
  exit: Tap | null;
  isOver: boolean;
};

const HOUR = 3600;
const dayBegins = (day: number): number => day * 24 * HOUR - 4 * HOUR;

function placeOf(id: string): readonly [string, bigint] {
  const [terminal = '', number = ''] = id.split('/');
  return [terminal, BigInt(number)];
}

function byId(a: string, b: string): number {
  const [[terminalA, numberA], [terminalB, numberB]] = [placeOf(a), placeOf(b)];
  if (terminalA === terminalB) return numberA < numberB ? -1 : numberA > numberB ? 1 : 0;
  return terminalA < terminalB ? -1 : 1;
}

const isSamePlace = (a: Tap, b: Tap): boolean => a.service === b.service && a.stop === b.stop;

/** JRN-2 */
function ridesOf(taps: readonly Tap[], day: number, asOf: number): readonly Ride[] {
  const once = [...new Map(taps.map((tap) => [tap.id, tap])).values()];
  const rides: Ride[] = [];
  const open = (): Ride | undefined => rides.find((ride) => ride.kind === 'entry' && !ride.isOver);
  const isLate = (ride: Ride): boolean =>
    ride.kind === 'entry' && (ride.taps[0]?.time ?? 0) >= dayBegins(day) + 18 * HOUR;
  let before: Ride | undefined; // which the exit just before has ended
  for (const tap of once.sort((a, b) => a.time - b.time || byId(a.id, b.id))) {
    const mayBe = (ride: Ride): boolean => !tap.carried || isLate(ride);
    const waiting = open();
    const first = waiting?.taps[0];
    if (tap.direction === 'exit') {
      const last = before?.exit;
      const start = before?.taps[0];
      const isAgain =
        last?.stop === tap.stop && start?.service === tap.service && tap.time <= last.time + 600;
      if (before !== undefined && isAgain && mayBe(before)) {
        before.taps.push(tap);
      } else if (
        waiting !== undefined &&
        first?.service === tap.service &&
        tap.time <= first.time + 6 * HOUR &&
        mayBe(waiting)
      ) {
        waiting.taps.push(tap);
        waiting.exit = tap;
        waiting.isOver = true;
        before = waiting;
      } else if (!tap.carried) {
        before = { kind: 'exit', taps: [tap], exit: tap, isOver: true };
        rides.push(before);
      }
    } else if (!tap.carried) {
      before = undefined;
      const isAgain =
        first !== undefined && isSamePlace(first, tap) && tap.time - first.time <= 600;
      if (tap.direction === 'entry' && isAgain) waiting?.taps.push(tap);
      else {
        if (tap.direction === 'entry' && waiting !== undefined) waiting.isOver = true;
        const isOver = tap.direction === 'single';
        rides.push({ kind: tap.direction, taps: [tap], exit: null, isOver });
      }
    }
  }
  const waiting = open();
  if (waiting !== undefined && asOf > (waiting.taps[0]?.time ?? 0) + 6 * HOUR)
    waiting.isOver = true;
  return rides;
}

export type Facts = {
  readonly host: string;
  readonly home: string;
  readonly key: string;
  readonly fareGroup: string;
  readonly day: number;
  readonly asOf: number;
  readonly taps: readonly Tap[];
  readonly repairs: readonly Repair[];
  /** Names of documents: entries by edition, and heads. */
  readonly editions: Readonly<Record<string, readonly string[]>>;
  readonly heads: readonly string[];
  /** What is left under each signature's ceiling; a signature that is not named has no limit. */
  readonly ceilings: Readonly<Record<string, number>>;
};

type Terms = { readonly entry: Service; readonly head: Head; readonly headThen: Head };

/** Documents by their text: each is read once. */
const known = new Map<string, unknown>();

function read(documents: Documents, name: string): unknown {
  const text = documents[name] ?? 'null';
  const value: unknown = known.get(text) ?? JSON.parse(text);
  known.set(text, value);
  return value;
}

/** JRN-3.1, JRN-3.5 */
function termsOf(facts: Facts, documents: Documents, tap: Tap): Terms | undefined {
  const entries = (facts.editions[String(tap.edition)] ?? []).map((name) => read(documents, name));
  const entry = (entries as Service[]).find(({ id }) => id === tap.service);
  const heads = facts.heads.map((name) => read(documents, name) as Head);
  const head = heads.find(({ number }) => number === tap.head);
  if (entry === undefined || head === undefined) return undefined;
  const made = heads.filter(({ time }) => time <= tap.time).sort((a, b) => b.number - a.number)[0];
  const isAged = tap.time - head.time > 24 * HOUR && made !== undefined;
  return { entry, head, headThen: isAged && made.number > head.number ? made : head };
}

type Mended = { state: string; from: End | null; to: End | null; class: number; waived: boolean };

/** JRN-5 */
function mend(ride: Ride, facts: Facts, stops: readonly string[] | null | undefined): Mended {
  const [first] = ride.taps;
  if (first === undefined) throw new Error('a ride without taps');
  const end = ({ time, stop }: Tap): End => ({ time, stop });
  const lacks =
    ride.kind === 'exit' ? 'entry' : ride.kind === 'entry' && ride.exit === null ? 'exit' : '';
  const own = facts.repairs
    .filter(({ journey }) => ride.taps.some(({ id }) => id === journey))
    .filter(({ id, kind }) => id.split('-')[0] === (kind === 'waive' ? facts.host : facts.home))
    .filter(({ kind, at }) => kind === 'waive' || at <= first.time + 7 * 24 * HOUR)
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at - b.at));
  const isPlaced = (repair: Repair): boolean => {
    const { time, stop } = repair;
    if (stops === undefined || time === null || time > repair.at) return false;
    if (!(stops === null ? stop === null : stop !== null && stops.includes(stop))) return false;
    const gap = repair.kind === 'exit' ? time - first.time : first.time - time;
    return repair.kind === lacks && gap > 0 && gap <= 6 * HOUR;
  };
  const told = own.find(isPlaced);
  const given: End | null = told === undefined ? null : { time: told.time ?? 0, stop: told.stop };
  const missing = ride.isOver ? `missing-${lacks}` : 'open';
  return {
    state: lacks === '' ? 'complete' : given !== null ? 'repaired' : missing,
    from: ride.kind === 'exit' ? given : end(first),
    to: ride.exit !== null ? end(ride.exit) : lacks === 'exit' ? given : null,
    class: own.find(({ kind }) => kind === 'class')?.class ?? first.class,
    waived: own.some(({ kind }) => kind === 'waive'),
  };
}

/** JRN-3.3; null where a stop is not the tariff's. */
function fareOf({ tariff }: Service, from: End | null, to: End | null): number | null {
  const prices = tariff.pricesFen;
  if (prices === undefined) return tariff.priceFen ?? 0;
  const last = prices[prices.length - 1] ?? 0;
  if (from === null || to === null) return last;
  const zones = [from, to].map(({ stop }) =>
    (tariff.stops as readonly Stop[]).filter(({ id }) => id === stop).map(({ zone }) => zone),
  );
  const [[a] = [], [b] = []] = zones;
  if (a === undefined || b === undefined) return null;
  return a > b ? (prices[a - b] ?? last) : (prices[b - a] ?? last);
}

/** JRN-3.4: the treatment by ENT, on the head that the tap names. */
function treat(facts: Facts, terms: Terms, full: number, klass: number, before: readonly Line[]) {
  const { entry, head } = terms;
  const uses = entry.rules.map(({ id }) => {
    const own = before.filter(({ service }) => service === entry.id);
    return [id, own.filter(({ parts }) => parts.some(({ rule }) => rule === id)).length] as const;
  });
  const asked = {
    ...{ residence: facts.home, class: klass, fullFen: full, usesToday: Object.fromEntries(uses) },
    date: new Date(facts.day * 86_400_000).toISOString().slice(0, 10),
  };
  const told = { seconds: 0, suspended: head.suspended };
  return treatmentOf(entry, asked, told) as { priceFen: number; rule: string | null };
}

function stops(head: Head, entry: string, rule: string, home: string): boolean {
  return head.suspended.some(
    (one) => one.entry === entry && one.rule === rule && [null, home].includes(one.residence),
  );
}

type Taken = Map<string, number>;

/** JRN-3.4 to JRN-3.6 */
function concessionParts(
  facts: Facts,
  { entry, head, headThen }: Terms,
  ruleId: string,
  fen: number,
  taken: Taken,
): readonly Part[] {
  const rule = entry.rules.find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error(`no rule ${ruleId}`);
  const part = (kind: string, funder: Funder, amount: number): Part => ({
    ...{ kind, rule: ruleId, funder, fen: amount },
  });
  const isShut = headThen.suspended.some((one) => one.entry === entry.id && one.rule === null);
  const isStopped = isShut || stops(headThen, entry.id, ruleId, facts.home);
  if (headThen !== head && isStopped) return [part('concession', { kind: 'host' }, fen)];
  const { kind, party = '', signature } = rule.funder;
  if (kind !== 'party') return [part('concession', { kind }, fen)];
  const name = signature?.signature ?? '';
  const left = (facts.ceilings[name] ?? Infinity) - (taken.get(name) ?? 0);
  const paid = left < 0 ? 0 : left < fen ? left : fen;
  taken.set(name, (taken.get(name) ?? 0) + paid);
  return [
    part('concession', { kind, party }, paid),
    part('over-ceiling', { kind: 'host' }, fen - paid),
  ];
}

/** JRN-3.7, JRN-3.8: what the reductions of the terms take from what is left. */
function reductionPart(
  reduction: Service['reductions'][number],
  rest: number,
  mended: Mended,
  service: string,
  lines: readonly Line[],
): Part {
  const { kind, funder, withinMinutes = 0, lessFen = 0, capFen = 0 } = reduction;
  const part = (fen: number): Part => ({ kind, rule: null, funder: { kind: funder }, fen });
  if (kind === 'daily-cap') {
    const sum = lines.reduce((all, line) => all + Number(line['riderFen']), rest);
    return part(Math.max(0, Math.min(sum - capFen, rest)));
  }
  const last = lines[lines.length - 1];
  const ended = (last?.['to'] ?? last?.['from']) as End | null | undefined;
  const isWhole = last?.['state'] === 'complete' || last?.['state'] === 'repaired';
  if (!isWhole || last.service === service || mended.from === null || !ended) return part(0);
  const minutes = (mended.from.time - ended.time) / 60;
  return part(minutes >= 0 && minutes <= withinMinutes ? Math.min(lessFen, rest) : 0);
}

export type Group = {
  readonly lines: Line[];
  readonly exceptions: { readonly tap: string; readonly reason: string }[];
  readonly open: string[];
  readonly taps: string[];
};

export function price(facts: Facts, documents: Documents): Group {
  const group: Group = { lines: [], exceptions: [], open: [], taps: [] };
  const taken: Taken = new Map();
  for (const ride of ridesOf(facts.taps, facts.day, facts.asOf)) {
    const ids = ride.taps.map(({ id }) => id);
    group.taps.push(...ids);
    const [first] = ride.taps;
    const terms = first && termsOf(facts, documents, first);
    const { kind, stops: list = [] } = terms?.entry.tariff ?? {};
    const stopIds = kind === 'zones' ? list.map(({ id }) => id) : null;
    const mended = mend(ride, facts, terms === undefined ? undefined : stopIds);
    if (mended.state === 'open') {
      group.open.push(...ids);
      continue;
    }
    const line = lineOf(facts, ride, mended, terms, group.lines, taken);
    if (typeof line !== 'string') group.lines.push(line);
    else for (const tap of ids) group.exceptions.push({ tap, reason: line });
  }
  group.exceptions.sort((a, b) => byId(a.tap, b.tap));
  group.open.sort(byId);
  group.taps.sort(byId);
  return group;
}

function lineOf(
  facts: Facts,
  ride: Ride,
  mended: Mended,
  terms: Terms | undefined,
  lines: readonly Line[],
  taken: Taken,
): Line | string {
  const [first] = ride.taps;
  if (first === undefined || terms === undefined) return 'TERMS_UNKNOWN';
  if (!terms.entry.admits.includes(facts.home)) return 'NO_PRICE';
  const { state, from, to } = mended;
  const full = fareOf(terms.entry, from, to);
  if (full === null) return 'STOP_UNKNOWN';
  const treatment = treat(facts, terms, full, mended.class, lines);
  const parts: Part[] = [];
  const rest = (): number => parts.reduce((left, { fen }) => left - fen, full);
  if (treatment.rule !== null) {
    const less = full - treatment.priceFen;
    parts.push(...concessionParts(facts, terms, treatment.rule, less, taken));
  }
  for (const reduction of terms.entry.reductions) {
    parts.push(reductionPart(reduction, rest(), mended, first.service, lines));
  }
  const shownFen = ride.taps.map((tap) => tap.shownFen).sort((a, b) => a - b)[0] ?? 0;
  const above = (kind: string, funder: string, fen: number): void => {
    parts.push({ kind, rule: null, funder: { kind: funder }, fen: Math.max(0, fen) });
  };
  above('shown', 'host', rest() - shownFen);
  if (mended.waived) above('waived', 'operator', rest());
  const { service, operator, edition, head } = first;
  return {
    ...{ type: 'tongyu.line', host: facts.host, home: facts.home, journey: first.id },
    ...{ key: facts.key, fareGroup: facts.fareGroup, day: facts.day, service, operator, state },
    ...{ taps: ride.taps.map(({ id }) => id), from, to, edition, head, class: mended.class },
    ...{ fullFen: full, riderFen: rest(), shownFen, parts: parts.filter(({ fen }) => fen > 0) },
  };
}

/** JRN-2, JRN-3 */
export function journeys(input: Input, documents: Documents): Answer {
  return { facts: price(input as unknown as Facts, documents) };
}
