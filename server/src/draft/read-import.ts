import {
  entryShape,
  MAX_PART_ENTRIES,
  readShape,
  type Entry,
  type Json,
  type LocalText,
} from '@tongyu/protocol';
import { parseStrictJson } from '../http/strict-json.ts';
import { headingFault, readRow, type CellFault } from './csv-columns.ts';
import { parseCsv } from './csv.ts';
import { decodeFile, type DecodedFile } from './decode-file.ts';
import { readReason } from './write-draft.ts';

/** What is wrong with a whole file: nothing of it can be looked at row by row. */
export type FileFault = { readonly code: FileFaultCode; readonly field: string | null };
export type FileFaultCode =
  | (DecodedFile & { readonly ok: false })['code']
  | 'FILE_JSON'
  | 'FILE_FORM'
  | 'CSV_DELIMITER'
  | 'CSV_QUOTE'
  | 'CSV_NEWLINE'
  | 'ROWS_TOO_MANY'
  | 'COLUMN_UNKNOWN'
  | 'COLUMN_MISSING'
  | 'COLUMN_TWICE';

export type RowFault = {
  readonly code: string;
  /** The member or column. */
  readonly field: string | null;
};

/** One row that could be read, and what is wrong with it by itself. */
export type ImportRow = {
  /** As a spreadsheet counts, the heading being 1; of a JSON file the place in its list. */
  readonly row: number;
  readonly id: string | null;
  /** Undefined when there are faults. */
  readonly entry: Entry | undefined;
  readonly reason: LocalText | undefined;
  readonly faults: readonly RowFault[];
};

export type ReadImport = {
  readonly encoding: 'utf-8' | 'gb18030' | null;
  readonly result:
    | { readonly ok: true; readonly rows: readonly ImportRow[] }
    | { readonly ok: false; readonly fault: FileFault };
};

export type ImportForm = 'csv' | 'json';

/** Reads a file of entries; knows nothing of the draft. */
export function readImport(bytes: Uint8Array, form: ImportForm): ReadImport {
  const decoded = decodeFile(bytes);
  if (!decoded.ok) return { encoding: null, result: broken(decoded.code) };
  const result = form === 'csv' ? readCsv(decoded.text) : readJson(decoded.text);
  return { encoding: decoded.encoding, result: result.ok ? withRepeats(result.rows) : result };
}

function broken(code: FileFaultCode, field: string | null = null) {
  return { ok: false, fault: { code, field } } as const;
}

function readCsv(text: string): ReadImport['result'] {
  const [firstLine = ''] = text.split('\n', 1);
  if (!firstLine.includes(',') && /[;\t]/.test(firstLine)) return broken('CSV_DELIMITER');
  const parsed = parseCsv(text, MAX_PART_ENTRIES + 1);
  if (!parsed.ok) return broken(parsed.fault.code, `row ${String(parsed.fault.row)}`);
  const [heading, ...records] = parsed.rows;
  if (heading === undefined) return broken('FILE_EMPTY');
  const fault = headingFault(heading);
  if (fault !== undefined) return broken(fault.code, fault.field);
  const rows = records.flatMap((cells, i): readonly ImportRow[] => {
    // Spreadsheets leave rows behind in which nothing stands.
    if (cells.every((cell) => cell === '')) return [];
    return [csvRow(heading, cells, i + 2)];
  });
  return { ok: true, rows };
}

function csvRow(heading: readonly string[], cells: readonly string[], row: number): ImportRow {
  if (cells.length !== heading.length) {
    const id = cells[heading.indexOf('id')] ?? null;
    return faulty(row, id, [{ code: 'ROW_RAGGED', field: null }]);
  }
  const { entry, reason, faults } = readRow(heading, cells);
  return readEntry(row, entry, reason, faults);
}

function readJson(text: string): ReadImport['result'] {
  const value = parseStrictJson(text) as Json | undefined;
  if (value === undefined) return broken('FILE_JSON');
  const isDraft = value !== null && typeof value === 'object' && !Array.isArray(value);
  const members = (isDraft ? value : { entries: value }) as Readonly<Record<string, Json>>;
  const { entries, reasons = {} } = members;
  if (!Array.isArray(entries)) return broken('FILE_FORM', 'entries');
  if (reasons === null || typeof reasons !== 'object') return broken('FILE_FORM', 'reasons');
  if (entries.length > MAX_PART_ENTRIES) return broken('ROWS_TOO_MANY');
  const given = reasons as Readonly<Record<string, Json>>;
  const rows = (entries as readonly Json[]).map((entry, i) => {
    const id = idOf(entry);
    const reason = id !== null && Object.hasOwn(given, id) ? given[id] : undefined;
    return readEntry(i + 1, entry, reason, []);
  });
  return { ok: true, rows };
}

function readEntry(
  row: number,
  given: Json,
  givenReason: Json | undefined,
  cellFaults: readonly CellFault[],
): ImportRow {
  const id = idOf(given);
  if (cellFaults.length > 0) return faulty(row, id, cellFaults);
  const read = readShape(entryShape, given);
  if (!read.ok) {
    return faulty(row, id, [{ code: 'ENTRY_INVALID', field: read.path.replace(/^\./, '') }]);
  }
  const reason = givenReason === undefined ? undefined : readReason(givenReason);
  if (reason?.ok === false) {
    return faulty(row, id, [{ code: reason.refusal.code, field: 'reason' }]);
  }
  return { row, id, entry: read.value, reason: reason?.value, faults: [] };
}

function idOf(entry: Json): string | null {
  const id = (entry as { readonly id?: Json } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 60) : null;
}

function faulty(row: number, id: string | null, faults: readonly RowFault[]): ImportRow {
  return { row, id, entry: undefined, reason: undefined, faults };
}

/** An id that stands in two rows is wrong in both: nobody can say which is meant. */
function withRepeats(rows: readonly ImportRow[]): ReadImport['result'] {
  const counts = new Map<string, number>();
  for (const { id } of rows) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  const checked = rows.map((one): ImportRow => {
    if (one.id === null || counts.get(one.id) === 1) return one;
    return faulty(one.row, one.id, [...one.faults, { code: 'ID_TWICE', field: 'id' }]);
  });
  return { ok: true, rows: checked };
}
