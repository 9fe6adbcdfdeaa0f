import type { Entry, Json, LocalText } from '@tongyu/protocol';
import { parseStrictJson } from '../http/strict-json.ts';
import { isFormula, markedCell, unmarkedCell } from './csv.ts';

export type CellFault = {
  readonly field: string;
  readonly code: 'CELL_FORMULA' | 'CELL_JSON' | 'CELL_NUMBER' | 'REASON_INVALID';
};

/** How a member stands in a cell. */
type Cell =
  /** As it is; an empty cell is null. */
  | 'text'
  /** A whole number. */
  | 'number'
  /** Words or numbers with a space between. */
  | 'words'
  /** JSON. */
  | 'json';

const words3 = (name: string): readonly (readonly [string, Cell])[] => [
  [`${name}.zhCN`, 'text'],
  [`${name}.zhTW`, 'text'],
  [`${name}.en`, 'text'],
];

/** Every member of an entry, flat. The README of this room explains each form. */
const COLUMNS: ReadonlyMap<string, Cell> = new Map<string, Cell>([
  ['id', 'text'],
  ...words3('name'),
  ...words3('summary'),
  ['operator.id', 'text'],
  ...words3('operator.name'),
  ['category', 'text'],
  ['lifeEvent', 'text'],
  ['audience', 'words'],
  ['access', 'words'],
  ...words3('staffed'),
  ['contact.phone', 'text'],
  ['contact.url', 'text'],
  ['places', 'json'],
  ['admits', 'words'],
  ['tariff.kind', 'text'],
  ['tariff.priceFen', 'number'],
  ['tariff.zones', 'json'],
  ['fareGroup', 'text'],
  ['rules', 'json'],
  ['reductions', 'json'],
  ['asks', 'json'],
  ['assurance', 'text'],
  ['source.facts', 'text'],
  ['source.terms', 'text'],
  ...words3('source.text'),
  ['source.url', 'text'],
  ...words3('checked.by'),
  ['checked.on', 'text'],
  ['stage', 'text'],
]);

/** Why the entry is as it is; may be left out. */
const REASON_COLUMNS = words3('reason').map(([name]) => name);

export const CSV_HEADING: readonly string[] = [...COLUMNS.keys(), ...REASON_COLUMNS];

export type HeadingFault = {
  readonly code: 'COLUMN_UNKNOWN' | 'COLUMN_MISSING' | 'COLUMN_TWICE';
  readonly field: string;
};

/** The first thing wrong with a heading; columns may stand in any order. */
export function headingFault(heading: readonly string[]): HeadingFault | undefined {
  const unknown = heading.find((name) => !CSV_HEADING.includes(name));
  if (unknown !== undefined) return { code: 'COLUMN_UNKNOWN', field: unknown.slice(0, 60) };
  const twice = heading.find((name, i) => heading.indexOf(name) !== i);
  if (twice !== undefined) return { code: 'COLUMN_TWICE', field: twice };
  const missing = [...COLUMNS.keys()].find((name) => !heading.includes(name));
  return missing === undefined ? undefined : { code: 'COLUMN_MISSING', field: missing };
}

export type ReadRow = {
  readonly entry: Json;
  /** Undefined when its cells are empty. */
  readonly reason: Json | undefined;
  readonly faults: readonly CellFault[];
};

/** An entry as the cells give it; its form is still to be checked. */
export function readRow(heading: readonly string[], cells: readonly string[]): ReadRow {
  const faults: CellFault[] = [];
  const values = new Map<string, Json>();
  for (const [i, name] of heading.entries()) {
    const cell = cells[i] ?? '';
    if (isFormula(cell)) faults.push({ field: name, code: 'CELL_FORMULA' });
    else {
      const read = readCell(COLUMNS.get(name) ?? 'text', unmarkedCell(cell));
      if (read === undefined) faults.push({ field: name, code: faultOf(COLUMNS.get(name)) });
      else values.set(name, read.value);
    }
  }
  const reason = wordsOf(values, 'reason');
  const hasReason = Object.values(reason).some((text) => text !== null);
  return { entry: entryOf(values), reason: hasReason ? reason : undefined, faults };
}

function faultOf(form: Cell | undefined): CellFault['code'] {
  return form === 'json' ? 'CELL_JSON' : 'CELL_NUMBER';
}

function readCell(form: Cell, cell: string): { readonly value: Json } | undefined {
  if (form === 'words') return { value: cell === '' ? [] : cell.split(' ') };
  if (cell === '') return { value: form === 'json' ? [] : null };
  if (form === 'text') return { value: cell };
  if (form === 'number') return /^[0-9]{1,12}$/.test(cell) ? { value: Number(cell) } : undefined;
  const value = parseStrictJson(cell);
  return value === undefined ? undefined : { value: value as Json };
}

function wordsOf(values: ReadonlyMap<string, Json>, name: string): Record<string, Json> {
  const at = (language: string): Json => values.get(`${name}.${language}`) ?? null;
  return { zhCN: at('zhCN'), zhTW: at('zhTW'), en: at('en') };
}

function entryOf(values: ReadonlyMap<string, Json>): Json {
  const at = (name: string): Json => values.get(name) ?? null;
  const list = (name: string): readonly Json[] => (at(name) ?? []) as readonly Json[];
  const audience = list('audience');
  return {
    id: at('id'),
    name: wordsOf(values, 'name'),
    summary: wordsOf(values, 'summary'),
    operator: { id: at('operator.id'), name: wordsOf(values, 'operator.name') },
    category: at('category'),
    lifeEvent: at('lifeEvent'),
    audience: isAudience(audience)
      ? {
          residents: audience.includes('residents'),
          organisations: audience.includes('organisations'),
        }
      : null,
    access: list('access'),
    staffed: wordsOf(values, 'staffed'),
    contact: { phone: at('contact.phone'), url: at('contact.url') },
    places: list('places'),
    admits: list('admits'),
    tariff: tariffOf(at('tariff.kind'), at('tariff.priceFen'), at('tariff.zones')),
    fareGroup: at('fareGroup'),
    rules: list('rules'),
    reductions: list('reductions'),
    asks: list('asks'),
    assurance: at('assurance'),
    source: {
      facts: at('source.facts'),
      terms: at('source.terms'),
      text: wordsOf(values, 'source.text'),
      url: at('source.url'),
    },
    checked: { by: wordsOf(values, 'checked.by'), on: at('checked.on') },
    stage: at('stage'),
  };
}

const AUDIENCES = ['residents', 'organisations'] as const;

/** In that order, each once: one spelling for one meaning. */
function isAudience(words: readonly Json[]): boolean {
  const places = words.map((word) => AUDIENCES.findIndex((one) => one === word));
  return places.every((place, i) => place > (places[i - 1] ?? -1));
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A price where there are zones, or zones where there is a price, is left in and refused. */
function tariffOf(kind: Json, priceFen: Json, zones: Json): Json {
  const hasZones = !Array.isArray(zones) || zones.length > 0;
  const price = priceFen === null ? {} : { priceFen };
  if (kind !== 'zones') return { kind, ...price, ...(hasZones ? { zones } : {}) };
  return { ...(isObject(zones) ? zones : {}), kind, ...price };
}

/** The cells of an entry, in the order of `CSV_HEADING`; nothing in them can be executed. */
export function rowOf(entry: Entry, reason: LocalText | undefined): readonly string[] {
  const values = { ...entry, reason: reason ?? { zhCN: null, zhTW: null, en: null } };
  return CSV_HEADING.map((name) => markedCell(cellOf(entry, values, name)));
}

function cellOf(entry: Entry, values: Json, name: string): string {
  const { tariff, audience } = entry;
  if (name === 'audience') {
    return AUDIENCES.filter((word) => audience[word]).join(' ');
  }
  if (name === 'tariff.priceFen') return 'priceFen' in tariff ? String(tariff.priceFen) : '';
  if (name === 'tariff.zones') {
    if (tariff.kind !== 'zones') return '';
    return JSON.stringify({ stops: tariff.stops, pricesFen: tariff.pricesFen });
  }
  const value = name
    .split('.')
    .reduce<Json | undefined>(
      (at, member) => (at as Readonly<Record<string, Json>> | null)?.[member],
      values,
    );
  if (value === null || value === undefined) return '';
  if (COLUMNS.get(name) === 'words') return (value as readonly string[]).join(' ');
  if (COLUMNS.get(name) === 'json') {
    return (value as readonly Json[]).length === 0 ? '' : JSON.stringify(value);
  }
  return value as string;
}
