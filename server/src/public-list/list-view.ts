import {
  dateAt,
  documentHash,
  editionInForce,
  type CatalogueState,
  type Entry,
  type Head,
  type LocalText,
  type PartyId,
  type SignedEdition,
} from '@tongyu/protocol';
import {
  isOverdue,
  listedEntry,
  whyUnusable,
  type EditionFacts,
  type ListedEntry,
  type ListedErratum,
} from '@tongyu/domain';
import type { Breathe } from '../ports/breathe.ts';
import type { Clock } from '../ports/clock.ts';
import { buildSearch, type Search, type SearchRow } from '../search/index.ts';
import type { PublicSource } from './types.ts';

/** Everything that the public list says at one moment. Nothing in it changes any more. */
export type ListView = {
  readonly now: number;
  /** Undefined before the first edition is in force. */
  readonly inForce: EditionFacts | undefined;
  /** Rising by number. */
  readonly editions: readonly EditionFacts[];
  readonly signedEditions: readonly SignedEdition[];
  readonly cities: readonly PartyId[];
  readonly heads: ReadonlyMap<PartyId, Head>;
  readonly errata: readonly ListedErratum[];
  readonly search: Search;
  entry(id: string): ListedEntry | undefined;
};

export type ListPorts = {
  readonly source: PublicSource;
  readonly clock: Clock;
  readonly breathe: Breathe;
};

/** The entries of one edition, ready to be searched. */
type Shelf = {
  readonly hash: string;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly search: Search;
};

/** The index with what the heads say on one day. */
type Marked = { readonly shelf: Shelf; readonly key: string; readonly search: Search };

const EMPTY_SHELF = '';

/**
 * The public list in memory. It is built anew, in slices, when another edition comes into force;
 * until that is done the one before is served. What cities say by the day needs no new index.
 */
export function createListView(ports: ListPorts): () => Promise<ListView> {
  let shelf: Shelf | undefined;
  let marked: Marked | undefined;
  let building: { readonly hash: string; readonly done: Promise<void> } | undefined;

  /** One build at a time; a part that is not here yet leaves everything as it is. */
  const build = (edition: SignedEdition | undefined, hash: string): Promise<void> => {
    if (building?.hash === hash) return building.done;
    const run = async (): Promise<void> => {
      try {
        shelf = (await fillShelf(ports, edition, hash)) ?? shelf;
      } finally {
        building = undefined;
      }
    };
    building = { hash, done: run() };
    return building.done;
  };

  return async () => {
    const state = await ports.source.state();
    const now = ports.clock.now();
    const edition = editionInForce(state.editions, now);
    const hash = edition === undefined ? EMPTY_SHELF : documentHash(edition.signed);
    if (shelf?.hash !== hash) {
      const done = build(edition, hash);
      if (shelf === undefined) await done;
      else done.catch(() => undefined); // tried again with the next request
    }
    const held = shelf ?? (await fillShelf(ports, undefined, EMPTY_SHELF));
    if (held === undefined) throw new Error('the list has no parts yet');
    const heads = new Map(state.heads.map(({ signed }) => [signed.party, signed]));
    const key = markKey(heads, now);
    if (marked?.shelf !== held || marked.key !== key) {
      marked = { shelf: held, key, search: markUsable(held, heads, now) };
    }
    return viewOf(state, held, heads, marked.search, now);
  };
}

function markKey(heads: ReadonlyMap<PartyId, Head>, now: number): string {
  const numbers = [...heads.values()].map(({ party, number }) => `${party}:${String(number)}`);
  return [dateAt(now), ...numbers.sort()].join(' ');
}

function markUsable(shelf: Shelf, heads: ReadonlyMap<PartyId, Head>, now: number): Search {
  return shelf.search.withUsable((id) => {
    const entry = shelf.entries.get(id);
    return entry !== undefined && whyUnusable(entry, heads.get(id.slice(0, 4)), now).length === 0;
  });
}

async function fillShelf(
  { source, breathe }: ListPorts,
  edition: SignedEdition | undefined,
  hash: string,
): Promise<Shelf | undefined> {
  const entries = new Map<string, Entry>();
  for (const named of edition?.signed.parts ?? []) {
    const part = await source.part(named.hash);
    if (part === undefined) return undefined;
    for (const entry of part.entries) entries.set(entry.id, entry);
    await breathe();
  }
  const search = await buildSearch([...entries.values()].map(searchRow), breathe);
  return { hash, entries, search };
}

/** An entry as the search sees it; whether it is usable is marked afterwards. */
function searchRow(entry: Entry): SearchRow {
  const texts: readonly LocalText[] = [
    entry.name,
    entry.operator.name,
    ...entry.places.map(({ name }) => name),
    entry.summary,
  ];
  const given = (values: readonly (string | null)[]): readonly string[] =>
    values.map((value) => value ?? '');
  const { residents, organisations } = entry.audience;
  return {
    id: entry.id,
    party: entry.id.slice(0, 4),
    category: entry.category,
    audience: [...(residents ? ['residents'] : []), ...(organisations ? ['organisations'] : [])],
    usable: false,
    zhCN: [...texts.map(({ zhCN }) => zhCN), entry.id],
    zhTW: given(texts.map(({ zhTW }) => zhTW)),
    en: given(texts.map(({ en }) => en)),
  };
}

function viewOf(
  state: CatalogueState,
  shelf: Shelf,
  heads: ReadonlyMap<PartyId, Head>,
  search: Search,
  now: number,
): ListView {
  const current = state.editions.find(({ signed }) => documentHash(signed) === shelf.hash);
  const editions = state.editions.map((edition) => editionFacts(state, edition, current, now));
  const cities = current?.signed.parts.filter(({ count }) => count > 0) ?? [];
  return {
    now,
    inForce: editions.find(({ hash }) => hash === shelf.hash),
    editions,
    signedEditions: state.editions,
    cities: cities.map(({ party }) => party),
    heads,
    errata: errataOf(state),
    search,
    entry: (id) => {
      const entry = shelf.entries.get(id);
      return entry && listedEntry(entry, heads.get(id.slice(0, 4)), now);
    },
  };
}

function editionFacts(
  state: CatalogueState,
  { signed, signatures }: SignedEdition,
  current: SignedEdition | undefined,
  now: number,
): EditionFacts {
  const { id, number, opened, made, effectiveFrom, previous, root, parts } = signed;
  const before = state.editions.find((one) => one.signed.number === previous?.number);
  const inForce = number === current?.signed.number;
  const isPast = number < (current?.signed.number ?? 0);
  return {
    ...{ id, number, opened, made, effectiveFrom, root, parts },
    hash: documentHash(signed),
    previous: previous && { id: before?.signed.id ?? null, hash: previous.hash },
    entries: parts.reduce((sum, { count }) => sum + count, 0),
    signedBy: [...new Set(signatures.map(({ by }) => by))].sort(),
    state: inForce ? 'in-force' : isPast ? 'past' : 'to-come',
    isOverdue: inForce && isOverdue(signed, now),
  };
}

/** Oldest first, each with the edition that it stands beside. */
function errataOf(state: CatalogueState): readonly ListedErratum[] {
  return state.errata
    .map(({ signed }) => {
      const { party, number, time, entry, field, correction, edition } = signed;
      const beside = state.editions.find((one) => one.signed.number === edition.number);
      return { party, number, time, entry, field, correction, edition: beside?.signed.id ?? null };
    })
    .sort((a, b) => a.time - b.time || (a.party < b.party ? -1 : 1) || a.number - b.number);
}
