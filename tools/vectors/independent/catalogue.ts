import { sha256Hex } from './crypto.ts';
import { faultOf, isFunded, rises, type Entry } from './entries.ts';
import { isDate, readDocument } from './schema.ts';
import { treatmentOf, type Asked } from './treatment.ts';
import {
  activeMembers,
  canonical,
  countSigners,
  goodKeys,
  hashOf,
  rootKeysOf,
  serviceDayOf,
  type Bundle,
  type Document,
  type Root,
} from './trust.ts';

/** The service list by the words of LIST: one answer for each vector. */
type Answer = {
  readonly refusal?: string;
  readonly party?: string | undefined;
  readonly entry?: string;
  readonly facts?: object;
};
type Input = Readonly<Record<string, unknown>>;
type Documents = Readonly<Record<string, string>>;

type Part = {
  readonly party: string;
  readonly edition: string;
  readonly entries: readonly Entry[];
  readonly changes: readonly { readonly entry: string; readonly kind: string }[];
};
type Reference = { readonly number: number; readonly hash: string };
type Edition = {
  readonly type: string;
  readonly number: number;
  readonly id: string;
  readonly previous: Reference | null;
  readonly root: Reference;
  readonly opened: number;
  readonly made: number;
  readonly effectiveFrom: number;
  readonly parts: readonly { party: string; hash: string; count: number }[];
};
type Head = {
  readonly type: string;
  readonly party: string;
  readonly number: number;
  readonly time: number;
  readonly edition: Reference | null;
  readonly verified: readonly { readonly entry: string }[];
  readonly suspended: readonly {
    readonly entry: string;
    readonly rule: string | null;
    readonly residence: string | null;
  }[];
};
type Erratum = {
  readonly type: string;
  readonly party: string;
  readonly number: number;
  readonly time: number;
  readonly entry: string;
};

type Opened<T> = Document<T> | null;

/** A document of the file by its name; the vectors' own are canonical and of their schema. */
const open = (documents: Documents, name: unknown): unknown =>
  JSON.parse(documents[String(name)] ?? 'null');
const textIn = (documents: Documents, value: unknown): string =>
  documents[String(value)] ?? String(value);

/** LIST-3.4 */
export function part(input: Input, documents: Documents): Answer {
  const root = (open(documents, input['root']) as Document<Root>).signed;
  const { party, hash, count } = input['named'] as Edition['parts'][number];
  const text = textIn(documents, input['text']);
  const refuse = (refusal: string, entry?: string): Answer =>
    entry === undefined ? { refusal, party } : { refusal, party, entry };
  if (sha256Hex(text) !== hash) return refuse('PART_DIFFERS');
  const value = readDocument('part', text) as Part | undefined;
  if (value === undefined) return refuse('PART_MALFORMED');
  const { entries, changes } = value;
  const isIt = value.party === party && value.edition === input['edition'];
  if (!isIt || entries.length !== count) return refuse('PART_DIFFERS');
  for (const ids of [entries.map(({ id }) => id), changes.map(({ entry }) => entry)]) {
    const wrong = ids.find((_, i) => !rises(ids.slice(0, i + 1)));
    if (wrong !== undefined) return refuse('PART_ORDER', wrong);
  }
  for (const entry of entries) {
    const fault = faultOf(party, entry);
    if (fault !== undefined) return refuse(fault, entry.id);
    if (!isFunded(entry, rootKeysOf(root))) return refuse('FUNDING_UNSIGNED', entry.id);
  }
  return { facts: { entries: entries.length } };
}

/** LIST-3.5 */
function namedRoot(edition: Edition, held: Root, earlier: readonly Root[]): Root | undefined {
  const { number, hash } = edition.root;
  if (number > held.number) return undefined;
  let root: (Root & { readonly previous?: string | null }) | undefined = held;
  for (let at = held.number; at > number && root !== undefined; at--) {
    const wanted: string | null | undefined = root.previous;
    root = earlier.find((one) => one.number === at - 1 && hashOf(one) === wanted);
  }
  return root !== undefined && hashOf(root) === hash ? root : undefined;
}

/** LIST-3.6 */
export function edition(input: Input, documents: Documents): Answer {
  const text = textIn(documents, input['edition']);
  const document = readDocument('edition', text) as Document<Edition> | undefined;
  if (document === undefined) return { refusal: 'MALFORMED' };
  const now = document.signed;
  const held = (open(documents, input['held']) as Opened<Edition>)?.signed;
  if (held !== undefined && now.number < held.number) return { refusal: 'EDITION_OLDER' };
  if (held?.number === now.number && hashOf(held) !== hashOf(now)) {
    return { refusal: 'TRUST_FORKED' };
  }
  const roots = (input['earlier'] as readonly string[]).map(
    (name) => (open(documents, name) as Document<Root>).signed,
  );
  const heldRoot = (open(documents, input['root']) as Document<Root>).signed;
  const root = namedRoot(now, heldRoot, roots);
  if (root === undefined) return { refusal: 'EDITION_ROOT_UNKNOWN' };
  if (held !== undefined && now.number > held.number) {
    const wanted = { hash: hashOf(held), number: held.number };
    if (canonical(now.previous) !== canonical(wanted)) return { refusal: 'EDITION_PREVIOUS' };
    const isLater = held.effectiveFrom < now.effectiveFrom && held.id < now.id;
    if (!isLater || now.root.number < held.root.number) return { refusal: 'EDITION_FORM' };
  }
  if (!isInForm(now, root)) return { refusal: 'EDITION_FORM' };
  const ofOne = (wanted: string) => (party: string) =>
    party === wanted ? rootKeysOf(root)(party) : [];
  for (const party of activeMembers(root)) {
    if (countSigners(document, ofOne(party)) === 0) return { refusal: 'EDITION_UNSIGNED', party };
  }
  return { facts: { number: now.number, hash: hashOf(now), root: root.number } };
}

function isInForm(now: Edition, root: Root): boolean {
  const parties = now.parts.map(({ party }) => party);
  const known = root.parties.map(({ party }) => party);
  const isWhole = activeMembers(root).every((party) => parties.includes(party));
  const isOurs = parties.every((party) => known.includes(party));
  const follows = now.previous === null || now.previous.number < now.number;
  const isInTime = now.opened <= now.made && now.effectiveFrom < halfYear(now.id).over;
  return rises(parties) && isWhole && isOurs && follows && isInTime;
}

/** LIST-3.1 */
function halfYear(id: string): { readonly begins: number; readonly over: number; next: string } {
  const [year, isFirst] = [Number(id.slice(0, 4)), id.endsWith('-H1')];
  const midnight = (y: number, month: number): number => Date.UTC(y, month, 1) / 1000 - 28_800;
  return isFirst
    ? { begins: midnight(year, 0), over: midnight(year, 6), next: `${String(year)}-H2` }
    : { begins: midnight(year, 6), over: midnight(year, 12), next: `${String(year + 1)}-H1` };
}

/** LIST-3.1, and dates. */
export function editionId(input: Input): Answer {
  const { time, edition: id, date } = input;
  if (typeof time === 'number') {
    const text = new Date((time + 28_800) * 1000).toISOString().slice(0, 10);
    const half = Number(text.slice(5, 7)) < 7 ? 'H1' : 'H2';
    return { facts: { date: text, edition: `${text.slice(0, 4)}-${half}` } };
  }
  if (typeof id === 'string') {
    return /^20\d\d-H[12]$/.test(id) ? { facts: halfYear(id) } : { refusal: 'MALFORMED' };
  }
  const text = String(date);
  if (!isDate(text)) return { refusal: 'MALFORMED' };
  const begins = Date.parse(`${text}T00:00:00+08:00`) / 1000;
  return { facts: { day: (begins + 28_800) / 86_400, begins } };
}

/** LIST-2.2 */
export function quote(input: Input, documents: Documents): Answer {
  const text = textIn(documents, input['entry']);
  const entry = readDocument('entry', text) as Entry | undefined;
  if (entry === undefined) throw new Error(`${String(input['entry'])} is no entry`);
  const { suspended } = input as { readonly suspended?: readonly string[] };
  const stops = (suspended ?? []).map((rule) => ({ entry: entry.id, rule, residence: null }));
  const asked = { ...input, fullFen: null, usesToday: null } as unknown as Asked;
  const facts = treatmentOf(entry, asked, { seconds: 0, suspended: stops });
  return facts['admitted'] === true ? { facts } : { refusal: 'NOT_ENTITLED' };
}

/** ENT */
export function treatment(input: Input, documents: Documents): Answer {
  const entry = readDocument('entry', textIn(documents, input['entry'])) as Entry | undefined;
  if (entry === undefined) throw new Error(`${String(input['entry'])} is no entry`);
  const head = open(documents, input['head']) as Opened<Head>;
  const { now } = input as { readonly now?: number | null };
  const told = head && {
    seconds: typeof now === 'number' ? now - head.signed.time : 0,
    suspended: head.signed.suspended,
  };
  return { facts: treatmentOf(entry, input as unknown as Asked, told) };
}

/** LIST-4.3, LIST-5.3 */
export function beside(input: Input, documents: Documents): Answer {
  const bundle = (open(documents, input['bundle']) as Document<Bundle>).signed;
  const isSigned = (document: Document<{ readonly type: string }>, party: string, time: number) => {
    const section = bundle.sections.find(({ signed }) => signed.party === party)?.signed;
    const keys = goodKeys(section, 'list', serviceDayOf(time));
    return countSigners(document, (by) => (by === party ? keys : [])) === 1;
  };
  const isHead = input['head'] !== undefined;
  const name = isHead ? 'head' : 'erratum';
  const document = readDocument(name, textIn(documents, input[name]));
  if (document === undefined) return { refusal: 'MALFORMED' };
  if (isHead) return headAnswer(input, documents, document as Document<Head>, isSigned);
  const { signed } = document as Document<Erratum>;
  const { party, number, time, entry } = signed;
  const isOwn = entry.startsWith(`${party}-`);
  if (!isOwn || !isSigned(document as Document<Erratum>, party, time)) {
    return { refusal: 'ERRATUM_SIGNATURE_INVALID', party };
  }
  const held = (open(documents, input['held']) as Opened<Erratum>)?.signed;
  const isFork = held?.number === number && hashOf(held) !== hashOf(signed);
  return isFork ? { refusal: 'TRUST_FORKED', party } : { facts: { number } };
}

function headAnswer(
  input: Input,
  documents: Documents,
  document: Document<Head>,
  isSigned: (document: Document<Head>, party: string, time: number) => boolean,
): Answer {
  const now = document.signed;
  const { party, number, time } = now;
  if (!isSigned(document, party, time)) return { refusal: 'HEAD_SIGNATURE_INVALID', party };
  const held = (open(documents, input['held']) as Opened<Head>)?.signed;
  if (held?.number === number && hashOf(held) !== hashOf(now)) {
    return { refusal: 'TRUST_FORKED', party };
  }
  const isBack =
    held !== undefined &&
    (number < held.number ||
      time < held.time ||
      (now.edition?.number ?? 0) < (held.edition?.number ?? 0));
  if (isBack) return { refusal: 'HEAD_OLDER', party };
  const own = [...now.verified, ...now.suspended].every(({ entry }) => entry.startsWith(party));
  // U+0001 stands before every character of an id, so that entries are compared before rules.
  const keys = now.suspended.map((one) =>
    [one.entry, one.rule, one.residence].map((name) => name ?? '').join('\u0001'),
  );
  const isOrdered = rises(now.verified.map(({ entry }) => entry)) && rises(keys);
  const isWhole = now.suspended.every(({ rule, residence }) => rule !== null || residence === null);
  if (!own || !isOrdered || !isWhole) return { refusal: 'HEAD_FORM', party };
  const list = (open(documents, input['edition']) as Document<Edition>).signed;
  const isOther = now.edition?.number === list.number && now.edition.hash !== hashOf(list);
  if (isOther) return { refusal: 'TRUST_FORKED', party };
  return { facts: { number, suspended: now.suspended.length } };
}

/** LIST-3.7 */
export function difference(input: Input, documents: Documents): Answer {
  const before = (open(documents, input['before']) as Part | null)?.entries ?? [];
  const after = readDocument('part', textIn(documents, input['after'])) as Part | undefined;
  if (after === undefined) throw new Error('no part');
  const was = (id: string): Entry | undefined => before.find((entry) => entry.id === id);
  const added = after.entries.filter(({ id }) => was(id) === undefined).map(({ id }) => id);
  const kept = after.entries.filter(({ id }) => was(id) !== undefined);
  const changed = kept.filter((entry) => canonical(was(entry.id)) !== canonical(entry));
  const removed = before
    .map(({ id }) => id)
    .filter((id) => after.entries.every((entry) => entry.id !== id));
  const made = [
    ...added.map((entry) => ({ entry, kind: 'added' })),
    ...changed.map(({ id }) => ({ entry: id, kind: 'changed' })),
    ...removed.map((entry) => ({ entry, kind: 'removed' })),
  ];
  const missing = made.find(
    ({ entry, kind }) => !after.changes.some((one) => one.entry === entry && one.kind === kind),
  );
  if (missing !== undefined) return { refusal: 'CHANGE_UNEXPLAINED', entry: missing.entry };
  const idle = after.changes.find(({ entry }) => made.every((one) => one.entry !== entry));
  if (idle !== undefined) return { refusal: 'CHANGE_NOT_MADE', entry: idle.entry };
  const paths = changed.map((entry) => {
    const found = new Set<string>();
    comparePaths('', was(entry.id), entry, found);
    return [entry.id, [...found].sort()] as const;
  });
  const unchanged = kept.length - changed.length;
  return { facts: { added, removed, changed: Object.fromEntries(paths), unchanged } };
}

type Named = Readonly<Record<string, unknown>>;

function comparePaths(at: string, before: unknown, after: unknown, found: Set<string>): void {
  if (before !== undefined && after !== undefined && canonical(before) === canonical(after)) return;
  const [a, b] = [namesOf(before), namesOf(after)];
  if (a === undefined || b === undefined) {
    found.add(at);
    return;
  }
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    comparePaths(at === '' ? name : `${at}.${name}`, a[name], b[name], found);
  }
  if (!Array.isArray(before)) return;
  const common = (from: Named, other: Named) => Object.keys(from).filter((id) => id in other);
  if (common(a, b).join() !== common(b, a).join()) found.add(at);
}

/** Objects by their members, lists of things with ids by these. */
function namesOf(value: unknown): Named | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) return value as Named;
  const things = value as readonly { readonly id?: unknown }[];
  if (things.length === 0 || things.some((thing) => typeof thing.id !== 'string')) return undefined;
  return Object.fromEntries(things.map((thing) => [String(thing.id), thing]));
}
