import type { EditionId, Entry, LocalText } from '@tongyu/protocol';

/** The columns of the CSV download, in their order; one row for each entry. */
const COLUMNS: readonly (readonly [name: string, value: (entry: Entry) => Cell])[] = [
  ['id', ({ id }) => id],
  ['city', ({ id }) => id.slice(0, 4)],
  ...inThreeLanguages('name', ({ name }) => name),
  ...inThreeLanguages('summary', ({ summary }) => summary),
  ['operator', ({ operator }) => operator.id],
  ...inThreeLanguages('operator_name', ({ operator }) => operator.name),
  ['category', ({ category }) => category],
  ['life_event', ({ lifeEvent }) => lifeEvent],
  ['for_residents', ({ audience }) => audience.residents],
  ['for_organisations', ({ audience }) => audience.organisations],
  ['access', ({ access }) => access.join(' ')],
  ...inThreeLanguages('staffed', ({ staffed }) => staffed),
  ['phone', ({ contact }) => contact.phone],
  ['url', ({ contact }) => contact.url],
  ['places', ({ places }) => (places.length === 0 ? null : JSON.stringify(places))],
  ['admits', ({ admits }) => admits.join(' ')],
  ['tariff', ({ tariff }) => JSON.stringify(tariff)],
  ['fare_group', ({ fareGroup }) => fareGroup],
  ['rules', ({ rules }) => (rules.length === 0 ? null : JSON.stringify(rules))],
  ['reductions', ({ reductions }) => (reductions.length === 0 ? null : JSON.stringify(reductions))],
  ['asks', ({ asks }) => (asks.length === 0 ? null : JSON.stringify(asks))],
  ['assurance', ({ assurance }) => assurance],
  ['source_facts', ({ source }) => source.facts],
  ['source_terms', ({ source }) => source.terms],
  ...inThreeLanguages('source', ({ source }) => source.text),
  ['source_url', ({ source }) => source.url],
  ...inThreeLanguages('checked_by', ({ checked }) => checked.by),
  ['checked_on', ({ checked }) => checked.on],
  ['stage', ({ stage }) => stage],
];

type Cell = string | number | boolean | null;

function inThreeLanguages(
  name: string,
  text: (entry: Entry) => LocalText,
): readonly (readonly [string, (entry: Entry) => Cell])[] {
  return [
    [`${name}_zh_cn`, (entry) => text(entry).zhCN],
    [`${name}_zh_tw`, (entry) => text(entry).zhTW],
    [`${name}_en`, (entry) => text(entry).en],
  ];
}

/** Spreadsheets take UTF-8 for something else without it. */
const BYTE_ORDER_MARK = '\ufeff';

export function csvHead(): string {
  return BYTE_ORDER_MARK + csvLine(['edition', ...COLUMNS.map(([name]) => name)]);
}

export function csvRow(edition: EditionId, entry: Entry): string {
  return csvLine([edition, ...COLUMNS.map(([, value]) => value(entry))]);
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * A cell that no spreadsheet takes for a formula: what begins as one gets an apostrophe before it,
 * which they show as text.
 */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  const plain = String(value);
  const text = /^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@|%＝＋－＠]/.test(plain)
    ? `'${plain}`
    : plain;
  return /[",\r\n'\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
