import { CATEGORIES, serviceDay, serviceDayDate, type PartyId } from '@tongyu/protocol';
import {
  entitle,
  MAX_REPORT_LENGTH,
  rulePrices,
  treat,
  type DifferencePage,
  type EditionPage,
  type EntryPage,
  type ExplainPage,
  type ListPage,
  type ListQuery,
  type PublicPage,
  type ReportPage,
  type ReportRefusal,
  type Rider,
} from '@tongyu/domain';
import type { ListView } from './list-view.ts';
import {
  DEFAULT_PAGE,
  findEdition,
  findEntries,
  LAST_OFFSET,
  type PublicList,
} from './public-list.ts';
import type { PublicReport } from './types.ts';

/** What an address asks for; a wrong wish is answered on the page. */
export type Query = Readonly<Record<string, unknown>>;

export type SitePorts = {
  readonly list: PublicList;
  readonly origin: string;
  readonly isDemo: boolean;
};

export function publicPage({ origin, isDemo }: SitePorts, view: ListView): PublicPage {
  return { now: view.now, isDemo, origin, inForce: view.inForce ?? null };
}

/** One value of a name that stands once; anything else is no value. */
function valueOf(query: Query, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}

export function listPage(ports: SitePorts, view: ListView, asked: Query): ListPage {
  const { query, isKnown } = listQuery(view, asked);
  const page = { ...publicPage(ports, view), query, cities: view.cities };
  if (!isKnown) return { ...page, result: { ok: false, refusal: 'FILTER_UNKNOWN' } };
  return { ...page, result: findEntries(view, query) };
}

/** What is asked for; a filter that does not exist is left out and told of. */
function listQuery(
  view: ListView,
  asked: Query,
): { readonly query: ListQuery; readonly isKnown: boolean } {
  let isKnown = true;
  const oneOf = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const value = valueOf(asked, name);
    const found = choices.find((choice) => choice === value) ?? null;
    if (value !== '' && found === null) isKnown = false;
    return found;
  };
  const city = oneOf('city', view.cities);
  const category = oneOf('category', CATEGORIES);
  const audience = oneOf('audience', ['residents', 'organisations'] as const);
  const usable = oneOf('usable', ['true'] as const) === 'true';
  const offset = offsetOf(asked);
  if (offset === undefined) isKnown = false;
  const paged = { offset: offset ?? 0, limit: DEFAULT_PAGE };
  return {
    query: { text: valueOf(asked, 'q'), city, category, audience, usable, ...paged },
    isKnown,
  };
}

/** Undefined for what is no offset. */
function offsetOf(asked: Query): number | undefined {
  const value = valueOf(asked, 'offset');
  if (value === '') return 0;
  const offset = /^[0-9]{1,7}$/.test(value) ? Number(value) : Number.NaN;
  return offset <= LAST_OFFSET ? offset : undefined;
}

/** Undefined when the list in force has no such entry. */
export function entryPage(
  ports: SitePorts,
  view: ListView,
  id: string,
  asked: Query,
): EntryPage | undefined {
  const listed = view.entry(id);
  if (listed === undefined) return undefined;
  const date = serviceDayDate(serviceDay(view.now));
  const rider = riderOf(asked);
  const { entry, suspendedRules } = listed;
  const treatment = rider === null ? undefined : treat({ entry, rider, date }, suspendedRules);
  return {
    ...publicPage(ports, view),
    listed,
    errata: view.errata.filter(
      (erratum) => erratum.entry === id && erratum.edition === view.inForce?.id,
    ),
    rider,
    quote: treatment?.admitted === true ? treatment : null,
    prices: rulePrices(listed, date),
  };
}

/** Every rule of an entry for one rider; undefined when the list in force has no such entry. */
export function explainPage(
  ports: SitePorts,
  view: ListView,
  id: string,
  asked: Query,
): ExplainPage | undefined {
  const listed = view.entry(id);
  if (listed === undefined) return undefined;
  const { entry } = listed;
  const date = serviceDayDate(serviceDay(view.now));
  const { residence = '', class: shown = '0' } = asked;
  const isText = typeof residence === 'string' && typeof shown === 'string';
  const isKnown = isText && (residence === '' || isPartyId(residence)) && /^[0-6]$/.test(shown);
  const rider = isKnown && residence !== '' ? { residence, class: Number(shown) } : null;
  const head = view.heads.get(entry.id.slice(0, 4));
  return {
    ...publicPage(ports, view),
    ...{ listed, rider, isKnown },
    treatment: rider === null ? null : entitle({ entry, head, rider, date, now: view.now }),
    prices: rulePrices(listed, date),
  };
}

function isPartyId(text: string): boolean {
  return /^[1-9][0-9]{3}$/.test(text);
}

/** Null until a home is chosen; a class that does not exist is none (CODE-3.7). */
function riderOf(asked: Query): Rider | null {
  const home = valueOf(asked, 'home');
  if (!isPartyId(home)) return null;
  const shown = valueOf(asked, 'class');
  return { residence: home, class: /^[0-6]$/.test(shown) ? Number(shown) : 0 };
}

export async function editionPage(
  ports: SitePorts,
  view: ListView,
  id: string,
): Promise<EditionPage | undefined> {
  const found = findEdition(view, id);
  if (found === undefined) return undefined;
  const difference = await ports.list.difference(view, found.facts.hash);
  if (difference === undefined) return undefined;
  return {
    ...publicPage(ports, view),
    edition: found.facts,
    counts: difference.counts,
    errata: view.errata.filter(({ edition }) => edition === id),
  };
}

const CHANGES_PER_PAGE = 50;

export async function differencePage(
  ports: SitePorts,
  view: ListView,
  id: string,
  asked: Query,
): Promise<DifferencePage | undefined> {
  const found = findEdition(view, id);
  if (found === undefined) return undefined;
  const difference = await ports.list.difference(view, found.facts.hash);
  if (difference === undefined) return undefined;
  const { counts, byCity } = difference;
  const wanted = valueOf(asked, 'city');
  const city = byCity.find(({ party }) => party === wanted)?.party ?? null;
  const changes = difference.changes.filter(({ party }) => (city ?? party) === party);
  const [offset, limit] = [offsetOf(asked) ?? 0, CHANGES_PER_PAGE];
  return {
    ...publicPage(ports, view),
    edition: found.facts,
    ...{ city, counts, byCity, offset, limit, total: changes.length },
    changes: changes.slice(offset, offset + limit),
  };
}

/** What somebody has written into the form so far. */
export type ReportForm = {
  readonly entry: string;
  readonly city: string;
  readonly kind: 'error' | 'wish';
  readonly text: string;
};

export function reportFormOf(fields: Query): ReportForm {
  return {
    entry: valueOf(fields, 'entry'),
    city: valueOf(fields, 'city'),
    kind: valueOf(fields, 'kind') === 'wish' ? 'wish' : 'error',
    text: valueOf(fields, 'text'),
  };
}

export function reportPage(
  ports: SitePorts,
  view: ListView,
  form: ReportForm,
  refusal: ReportRefusal | null,
): ReportPage {
  const entry = view.entry(form.entry)?.entry;
  return {
    ...publicPage(ports, view),
    entry: entry === undefined ? null : { id: entry.id, name: entry.name },
    city: cityOf(view, form),
    cities: view.cities,
    kind: form.kind,
    text: form.text.slice(0, 2 * MAX_REPORT_LENGTH),
    refusal,
  };
}

function cityOf(view: ListView, { city }: ReportForm): PartyId | null {
  return view.cities.find((party) => party === city) ?? null;
}

export type ReadReport =
  | { readonly ok: true; readonly report: PublicReport }
  | { readonly ok: false; readonly refusal: ReportRefusal };

/** Control characters but line ends; no form that a person fills in has any. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]+/g;

/** What goes to the city. */
export function readReport(view: ListView, form: ReportForm): ReadReport {
  if (form.entry !== '' && view.entry(form.entry) === undefined) {
    return { ok: false, refusal: 'ENTRY_UNKNOWN' };
  }
  const text = form.text.toWellFormed().replaceAll('\r\n', '\n').replace(CONTROLS, ' ').trim();
  if (text === '') return { ok: false, refusal: 'TEXT_MISSING' };
  if (text.length > MAX_REPORT_LENGTH) return { ok: false, refusal: 'TEXT_TOO_LONG' };
  const entry = form.entry === '' ? null : form.entry;
  const party = entry === null ? cityOf(view, form) : entry.slice(0, 4);
  return { ok: true, report: { entry, party, kind: form.kind, text } };
}
