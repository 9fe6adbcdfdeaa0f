import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvText, isFormula, markedCell, parseCsv, unmarkedCell } from './csv.ts';

const rowsOf = (text: string): readonly (readonly string[])[] => {
  const parsed = parseCsv(text, 100);
  assert(parsed.ok);
  return parsed.rows;
};
const faultOf = (text: string, maxRows = 100): unknown => {
  const parsed = parseCsv(text, maxRows);
  return parsed.ok ? undefined : parsed.fault;
};

test('cells, quotes and both line ends are read as RFC 4180 says', () => {
  assert.deepEqual(rowsOf('a,b\r\n1,2\r\n'), [
    ['a', 'b'],
    ['1', '2'],
  ]);
  assert.deepEqual(rowsOf('a\n"x ""y"", z\r\n2"\n'), [['a'], ['x "y", z\r\n2']]);
  assert.deepEqual(rowsOf('a,,\n,'), [
    ['a', '', ''],
    ['', ''],
  ]);
  assert.deepEqual(rowsOf('""'), [['']]);
  assert.deepEqual(rowsOf('a\n\nb'), [['a'], [''], ['b']]);
  assert.deepEqual(rowsOf(''), []);
});

test('a file that is broken says where, and nothing is guessed', () => {
  assert.deepEqual(faultOf('a,b\n1,x"y'), { code: 'CSV_QUOTE', row: 2 });
  assert.deepEqual(faultOf('a\n"never closed\n1\n2'), { code: 'CSV_QUOTE', row: 2 });
  assert.deepEqual(faultOf('"a"b'), { code: 'CSV_QUOTE', row: 1 });
  assert.deepEqual(faultOf('a\rb'), { code: 'CSV_NEWLINE', row: 1 });
  assert.deepEqual(faultOf('"a"\rb'), { code: 'CSV_NEWLINE', row: 1 });
  assert.deepEqual(faultOf('1\n2\n3', 2), { code: 'ROWS_TOO_MANY', row: 3 });
  assert.equal(faultOf('1\n2\n', 2), undefined);
});

test('what is written is read back, whatever stands in the cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '中', "'", '=', ' ') });
  const rows = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
    );
  fc.assert(
    fc.property(rows, (written) => {
      assert.deepEqual(rowsOf(csvText(written)), written);
    }),
  );
});

test('what a spreadsheet might execute is marked, and unmarked to what it was', () => {
  const texts = ['=1+1', '+86 27', '-5', '@x', '\t=1', '\r', "'quoted", "''", "'=x", '＝1', '武汉'];
  for (const text of texts) {
    const marked = markedCell(text);
    assert(!isFormula(marked), text);
    assert.equal(unmarkedCell(marked), text);
  }
  assert.equal(markedCell('武汉 -1'), '武汉 -1');
  assert.equal(unmarkedCell("'quoted"), "'quoted", 'typed by a person, not marked by us');
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('=', '+', "'", 'a', '＋', '\t') }), (text) => {
      assert.equal(unmarkedCell(markedCell(text)), text);
      assert(!isFormula(markedCell(text)));
    }),
  );
});
