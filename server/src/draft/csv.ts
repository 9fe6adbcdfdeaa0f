/** A broken file: where it breaks, as a spreadsheet counts rows (the first is 1). */
export type CsvFault = {
  readonly code: 'CSV_QUOTE' | 'CSV_NEWLINE' | 'ROWS_TOO_MANY';
  readonly row: number;
};

export type CsvResult =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly fault: CsvFault };

const QUOTE = '"';

/**
 * Reads comma-separated values strictly by RFC 4180: a quote inside a cell that is not quoted, text
 * after a closing quote, a quote that is never closed and a CR without LF break the file. Cells
 * keep every character; what a cell may hold is for the caller. Reading stops after `maxRows`.
 */
export function parseCsv(text: string, maxRows: number): CsvResult {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const broken = (code: CsvFault['code']): CsvResult => ({
    ok: false,
    fault: { code, row: rows.length + 1 },
  });
  while (at < text.length) {
    if (row.length === 0 && rows.length === maxRows) return broken('ROWS_TOO_MANY');
    const cell = text[at] === QUOTE ? quotedCell(text, at) : plainCell(text, at);
    if (cell === undefined) return broken('CSV_QUOTE');
    row.push(cell.value);
    at = cell.end;
    if (text[at] === ',') {
      at++;
      if (at < text.length) continue;
      row.push(''); // the file ends after a comma
    } else if (text[at] === '\r') {
      if (text[at + 1] !== '\n') return broken('CSV_NEWLINE');
      at += 2;
    } else if (text[at] === '\n') at++;
    else if (at < text.length) return broken('CSV_QUOTE');
    rows.push(row);
    row = [];
  }
  return { ok: true, rows };
}

type Cell = { readonly value: string; readonly end: number };

const CELL_END = /[",\r\n]/g;

function plainCell(text: string, start: number): Cell | undefined {
  CELL_END.lastIndex = start;
  const end = CELL_END.exec(text)?.index ?? text.length;
  return text[end] === QUOTE ? undefined : { value: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Cell | undefined {
  let value = '';
  for (let at = start + 1; ;) {
    const quote = text.indexOf(QUOTE, at);
    if (quote === -1) return undefined;
    value += text.slice(at, quote);
    if (text[quote + 1] !== QUOTE) return { value, end: quote + 1 };
    value += QUOTE;
    at = quote + 2;
  }
}

/** With CRLF, and quotes only where they are needed. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cellText = (cell: string): string =>
    /[",\r\n]/.test(cell) ? `"${cell.replaceAll(QUOTE, '""')}"` : cell;
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** At the start of a cell a spreadsheet takes these for the start of a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** The same, and what an Asian keyboard writes; and the mark itself, so that it can be undone. */
const TO_BE_MARKED = /^[=+\-@\t\r'＝＋－＠]/;

export function isFormula(cell: string): boolean {
  return FORMULA.test(cell);
}

/** Puts an apostrophe before what a spreadsheet might execute; `unmarkedCell` takes it away. */
export function markedCell(text: string): string {
  return TO_BE_MARKED.test(text) ? `'${text}` : text;
}

export function unmarkedCell(cell: string): string {
  return cell.startsWith("'") && TO_BE_MARKED.test(cell.slice(1)) ? cell.slice(1) : cell;
}
