import { sortedStretch } from './choose-page.ts';
import { findRows, marksFor, MIN_STEPS, STEPS_PER_ROW, type Found } from './find-rows.ts';
import type { Marks } from './find-rows.ts';
import { indexRows } from './index-rows.ts';
import type { Budget } from './plan-clause.ts';
import { joinSyllables, readTerm, termsOf, type Term } from './read-query.ts';
import { ANY_SLIP, NEAR_SLIP, NO_SLIP, type Slip } from './read-sounds.ts';
import type { SearchIndex } from './search-index.ts';
import {
  MAX_LIMIT,
  MAX_QUERY_LENGTH,
  MAX_QUERY_WORDS,
  type Search,
  type SearchAnswer,
  type SearchQuery,
  type SearchRefusal,
  type SearchRow,
} from './types.ts';

/** Told after each search how many steps it took: what it costs, whatever the machine. */
export type WatchSteps = (steps: number) => void;

/** Builds the index at once. In a process that answers others meanwhile, use `buildSearch`. */
export function createSearch(rows: Iterable<SearchRow>, watch?: WatchSteps): Search {
  const source = [...rows];
  const building = indexRows(source);
  for (;;) {
    const step = building.next();
    if (step.done === true) return searchIn(step.value, usableOf(source), watch);
  }
}

/** Builds the index in slices of some milliseconds, with a breath between them. */
export async function buildSearch(
  rows: Iterable<SearchRow>,
  breathe: () => Promise<void>,
): Promise<Search> {
  const source = [...rows];
  const building = indexRows(source);
  for (;;) {
    const step = building.next();
    if (step.done === true) return searchIn(step.value, usableOf(source));
    await breathe();
  }
}

function usableOf(rows: readonly SearchRow[]): (id: string) => boolean {
  const usable = new Set(rows.filter((row) => row.usable).map((row) => row.id));
  return (id) => usable.has(id);
}

function searchIn(
  index: SearchIndex,
  isUsable: (id: string) => boolean,
  watch: WatchSteps = () => undefined,
): Search {
  const marks = marksFor(index.ids.length);
  const steps = Math.max(MIN_STEPS, index.ids.length * STEPS_PER_ROW);
  const withUsable = (usableNow: (id: string) => boolean): Search => {
    const usable = Uint8Array.from(index.ids, (id) => (usableNow(id) ? 1 : 0));
    return {
      size: index.ids.length,
      search(query) {
        const budget = { steps };
        const answered = answer({ index, marks, usable, budget }, query);
        watch(steps - budget.steps);
        return answered;
      },
      withUsable,
    };
  };
  return withUsable(isUsable);
}

/** Everything that one search works with. */
type Session = {
  readonly index: SearchIndex;
  readonly marks: Marks;
  readonly usable: Uint8Array;
  readonly budget: Budget;
};

function answer(session: Session, query: SearchQuery): SearchAnswer {
  const { text, offset, limit } = query;
  if (text.length > MAX_QUERY_LENGTH) {
    return refuse({ code: 'QUERY_TOO_LONG', maxLength: MAX_QUERY_LENGTH });
  }
  if (!Number.isSafeInteger(offset) || offset < 0 || !Number.isSafeInteger(limit) || limit < 0) {
    return refuse({ code: 'PAGE_OUT_OF_RANGE', maxLimit: MAX_LIMIT });
  }
  if (limit > MAX_LIMIT) return refuse({ code: 'PAGE_OUT_OF_RANGE', maxLimit: MAX_LIMIT });
  if (text.trim() === '') return listAll(session, query);
  const terms = termsOf(text);
  if (terms.length === 0) return { ok: true, total: 0, ids: [] };
  if (terms.length > MAX_QUERY_WORDS) {
    return refuse({ code: 'QUERY_TOO_MANY_WORDS', maxWords: MAX_QUERY_WORDS });
  }
  return findTerms(session, query, terms);
}

function refuse(refusal: SearchRefusal): SearchAnswer {
  return { ok: false, refusal };
}

function listAll(session: Session, query: SearchQuery): SearchAnswer {
  const { ids } = session.index;
  const passes = filterOf(session, query);
  const page: string[] = [];
  let total = 0;
  for (let row = 0; row < ids.length; row++) {
    if (!passes(row)) continue;
    if (total >= query.offset && page.length < query.limit) page.push(ids[row] ?? '');
    total++;
  }
  return { ok: true, total, ids: page };
}

/**
 * Slips are forgiven only where the query as it stands finds nothing, or only sounds in long
 * texts; and unusual ones only where the near ones find no more.
 */
function findTerms(session: Session, query: SearchQuery, terms: readonly Term[]): SearchAnswer {
  const joined = joinSyllables(terms, session.index.sounds);
  const tries: readonly (readonly [readonly Term[], Slip])[] = [
    ...(joined.length < terms.length ? [[joined, NO_SLIP] as const] : []),
    [terms, NO_SLIP],
    [terms, NEAR_SLIP],
    [terms, ANY_SLIP],
  ];
  let best: SearchAnswer | undefined;
  let doubtful = 0;
  for (const [tried, slip] of tries) {
    const clauses = tried.map((term) => readTerm(term, session.index, slip));
    const found = findRows(session.index, clauses, session.marks, session.budget);
    // What is found without slips is an answer; that there was no time to forgive some is not told.
    if (session.budget.steps < 0) return best ?? refuse({ code: 'QUERY_TOO_BROAD' });
    const rows = found.rows.filter(filterOf(session, query));
    const more = doubtful > 0 && rows.length > doubtful;
    if (best === undefined || rows.length > 0) best = pageOf(session, query, { ...found, rows });
    if ((rows.length > 0 && found.certain) || more) break;
    doubtful = rows.length;
  }
  return best ?? { ok: true, total: 0, ids: [] };
}

/** All scores are below this. */
const ABOVE_ALL_SCORES = 2 ** 16;

/** By score, then the shorter name, then the id. */
function pageOf({ index }: Session, { offset, limit }: SearchQuery, found: Found): SearchAnswer {
  const { nameLength } = index.characters;
  const keys = new Float64Array(found.rows.length);
  for (let i = 0; i < keys.length; i++) {
    const row = found.rows[i] ?? 0;
    const worse = ABOVE_ALL_SCORES - (found.score[row] ?? 0);
    keys[i] = (worse * 256 + (nameLength[row] ?? 0)) * 2 ** 28 + row;
  }
  const page = sortedStretch(keys, offset, offset + limit);
  const ids = Array.from(page, (key) => index.ids[key % 2 ** 28] ?? '');
  return { ok: true, total: keys.length, ids };
}

function filterOf({ index, usable }: Session, query: SearchQuery): (row: number) => boolean {
  const { facts } = index;
  const party = codeOf(facts.parties, query.party);
  const category = codeOf(facts.categories, query.category);
  const audience = codeOf(facts.audiences, query.audience);
  const wanted = query.usable === undefined ? undefined : query.usable ? 1 : 0;
  return (row) =>
    (party === undefined || facts.partyOf[row] === party) &&
    (category === undefined || facts.categoryOf[row] === category) &&
    (audience === undefined || holds(facts.audiencesOf[row] ?? 0, audience)) &&
    (wanted === undefined || usable[row] === wanted);
}

const IN_NO_ROW = -1;

function codeOf(codes: ReadonlyMap<string, number>, name: string | undefined): number | undefined {
  return name === undefined ? undefined : (codes.get(name) ?? IN_NO_ROW);
}

function holds(bits: number, bit: number): boolean {
  return bit !== IN_NO_ROW && ((bits >>> bit) & 1) === 1;
}
