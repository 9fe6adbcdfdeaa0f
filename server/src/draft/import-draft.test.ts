import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_PART_ENTRIES, type Entry } from '@tongyu/protocol';
import { CSV_HEADING, rowOf } from './csv-columns.ts';
import { csvText } from './csv.ts';
import type { DraftRow } from './draft-views.ts';
import type { ImportAsked, ImportReport } from './import-draft.ts';
import { someEntries } from './testing/some-entries.ts';
import { testEntry, text } from './testing/test-entry.ts';
import { testOffices, type TestOffice } from './testing/test-offices.ts';

const metro = testEntry('4201-metro');
const bus = testEntry('4201-bus');

function open(...entries: readonly Entry[]): TestOffice {
  const office = testOffices().office('4201');
  office.publish(entries);
  return office;
}

const utf8 = (file: string): Uint8Array => new TextEncoder().encode(file);

async function load(
  { draft }: TestOffice,
  file: string | Uint8Array,
  more: Partial<ImportAsked> = {},
): Promise<ImportReport> {
  const asked: ImportAsked = {
    ...{ form: 'csv', mode: 'apply', missing: 'keep', reason: text('导入'), expect: undefined },
    ...{ by: 'wang', ...more },
  };
  const imported = await draft.import(typeof file === 'string' ? utf8(file) : file, asked);
  assert(imported.ok, imported.ok ? '' : imported.refusal.code);
  return imported.value;
}

function csvOf(...entries: readonly Entry[]): string {
  return csvText([CSV_HEADING, ...entries.map((entry) => rowOf(entry, undefined))]);
}

/** Row, column and code of each fault. */
function faultsOf({ file, rows }: ImportReport): readonly unknown[] {
  if (file !== null) return [[file.code, file.field]];
  return rows.flatMap(({ row, faults }) => faults.map(({ code, field }) => [row, code, field]));
}

async function isUntouched({ store, draft }: TestOffice): Promise<void> {
  assert.deepEqual(await store.read((tx) => tx.draft.changes()), []);
  assert.equal((await draft.list({ limit: 1 })).revision, 0);
}

test('a check says what each row would do; applying does it, with history', async () => {
  const office = open(metro, bus);
  const file = csvOf({ ...metro, stage: 'live' }, bus, testEntry('4201-ferry'));
  const check = await load(office, file, { mode: 'check' });
  const outcomes = [
    [2, metro.id, 'changed'],
    [3, bus.id, 'unchanged'],
    [4, '4201-ferry', 'added'],
  ];
  assert.deepEqual(
    check.rows.map(({ row, id, outcome }) => [row, id, outcome]),
    outcomes,
  );
  assert.equal(check.applied, false);
  await isUntouched(office);
  const done = await load(office, file, { expect: check.revision });
  assert.equal(done.applied, true);
  assert.deepEqual(done.counts, {
    ...{ rows: 3, added: 1, changed: 1, removed: 0, unchanged: 1, refused: 0 },
  });
  const [line] = await office.draft.history(metro.id);
  assert.deepEqual([line?.act, line?.by, line?.reason], ['import', 'wang', text('导入')]);
  assert.equal(done.revision, 2);
});

test('one bad row and nothing is drafted; the report names row, column and fault', async () => {
  const office = open(metro);
  const cells = (more: Readonly<Record<string, string>>): string[] => {
    const row = rowOf(testEntry('4201-good'), undefined);
    return CSV_HEADING.map((name, i) => more[name] ?? row[i] ?? '');
  };
  const rows = [
    cells({}),
    cells({ id: '4201-a', 'name.zhCN': '=HYPERLINK("x")' }),
    cells({ id: '4201-b', 'tariff.priceFen': 'four', places: '[{]' }),
    cells({ id: '4301-metro' }),
    cells({ id: '4201-d' }).slice(1),
    cells({ id: '4201-e', 'name.zhCN': '' }),
    cells({ id: '4201-f', admits: '4301 4201' }),
    cells({ id: '4201-g' }),
    cells({ id: '4201-g', stage: 'live' }),
    cells({ id: '4201-h', 'summary.zhCN': 'a\u0000b' }),
    cells({ id: '4201-i', 'tariff.zones': '{"stops":[],"pricesFen":[1]}' }),
    cells({ id: '4201-j', audience: 'organisations residents' }),
    cells({ id: '4201-k', 'reason.en': 'only English' }),
    CSV_HEADING.map(() => ''),
  ];
  // Without NULs: those break a file before its rows are looked at.
  const file = csvText([CSV_HEADING, ...rows]).replaceAll('\u0000', '\u0001');
  const report = await load(office, file);
  assert.equal(report.applied, false);
  assert.deepEqual(faultsOf(report), [
    [3, 'CELL_FORMULA', 'name.zhCN'],
    [4, 'CELL_JSON', 'places'],
    [4, 'CELL_NUMBER', 'tariff.priceFen'],
    [5, 'ENTRY_FOREIGN', 'id'],
    [6, 'ROW_RAGGED', null],
    [7, 'ENTRY_INVALID', 'name.zhCN'],
    [8, 'ENTRY_ORDER', 'admits'],
    [9, 'ID_TWICE', 'id'],
    [10, 'ID_TWICE', 'id'],
    [11, 'ENTRY_INVALID', 'summary.zhCN'],
    [12, 'ENTRY_INVALID', 'tariff.zones'],
    [13, 'ENTRY_INVALID', 'audience'],
    [14, 'REASON_INVALID', 'reason'],
  ]);
  assert.equal(report.rows[1]?.faults[0]?.message, 'import.CELL_FORMULA');
  await isUntouched(office);
});

test('formula cells are refused whatever they begin with, phone numbers too', async () => {
  const office = open();
  for (const start of ['=', '+', '-', '@', '\t']) {
    const row = rowOf(metro, undefined).map((cell, i) =>
      CSV_HEADING[i] === 'contact.phone' ? `${start}86 27` : cell,
    );
    const report = await load(office, csvText([CSV_HEADING, row]));
    assert.deepEqual(faultsOf(report), [[2, 'CELL_FORMULA', 'contact.phone']], start);
  }
  const returned = csvOf(metro).replace('武汉地铁', '"\r=1"');
  assert.deepEqual(faultsOf(await load(office, returned)), [[2, 'CELL_FORMULA', 'name.zhCN']]);
  await isUntouched(office);
});

test('a file that is none says why as a whole', async () => {
  const office = open(metro);
  const good = csvOf(metro);
  const heading = CSV_HEADING.join(',');
  const cases: readonly (readonly [string | Uint8Array, unknown])[] = [
    ['', ['FILE_EMPTY', null]],
    [Buffer.from(good, 'utf16le'), ['FILE_UTF16', null]],
    [
      utf8(good).map((byte, i, all) => (i === all.indexOf(0xe6) ? 0x41 : byte)),
      ['FILE_ENCODING', null],
    ],
    [good.replace('武汉', '\u0000武汉'), ['FILE_NUL', null]],
    [good.replace('lifeEvent', 'colour'), ['COLUMN_UNKNOWN', 'colour']],
    [good.replace('lifeEvent,', ''), ['COLUMN_MISSING', 'lifeEvent']],
    [`${heading},id\n`, ['COLUMN_TWICE', 'id']],
    [good.replaceAll(',', ';'), ['CSV_DELIMITER', null]],
    [good.replaceAll(',', '\t'), ['CSV_DELIMITER', null]],
    [`${heading}\n"open`, ['CSV_QUOTE', 'row 2']],
    [`${heading}\r1`, ['CSV_NEWLINE', 'row 1']],
    ['x'.repeat(1_000_000), ['COLUMN_UNKNOWN', 'x'.repeat(60)]],
  ];
  for (const [file, expected] of cases) {
    assert.deepEqual(faultsOf(await load(office, file)), [expected]);
  }
  await isUntouched(office);
});

test('GB18030 is read like UTF-8', async () => {
  const office = open();
  const report = await load(office, gb18030(csvOf(metro)));
  assert.deepEqual([report.applied, report.encoding], [true, 'gb18030']);
  const shown = await office.draft.show(metro.id);
  assert(shown.ok);
  assert.deepEqual(shown.value.entry, metro);
});

test('more rows than a part may have are refused before they are looked at', async () => {
  const office = open();
  const row = csvText([rowOf(metro, undefined)]);
  const many = csvText([CSV_HEADING]) + row.repeat(MAX_PART_ENTRIES + 1);
  assert.deepEqual(faultsOf(await load(office, many)), [
    ['ROWS_TOO_MANY', `row ${String(MAX_PART_ENTRIES + 2)}`],
  ]);
  const list = JSON.stringify(Array.from({ length: MAX_PART_ENTRIES + 1 }, () => 1));
  assert.deepEqual(faultsOf(await load(office, list, { form: 'json' })), [['ROWS_TOO_MANY', null]]);
});

test('a JSON file is a list of entries or an exported draft, and nothing else', async () => {
  const office = open();
  const json = (value: unknown): Promise<ImportReport> =>
    load(office, JSON.stringify(value), { form: 'json' });
  assert.deepEqual(faultsOf(await json([{ ...metro, extra: 1 }, 5, null])), [
    [1, 'ENTRY_INVALID', 'extra'],
    [2, 'ENTRY_INVALID', ''],
    [3, 'ENTRY_INVALID', ''],
  ]);
  assert.deepEqual(faultsOf(await json({ items: [] })), [['FILE_FORM', 'entries']]);
  assert.deepEqual(faultsOf(await json({ entries: [], reasons: 'x' })), [['FILE_FORM', 'reasons']]);
  for (const broken of ['{', '[1,]', '{"a":1,"a":2}', '['.repeat(40)]) {
    assert.deepEqual(faultsOf(await load(office, broken, { form: 'json' })), [['FILE_JSON', null]]);
  }
  await isUntouched(office);
  const reasons = { [metro.id]: '自己的理由' };
  assert.equal((await json({ entries: [metro, bus], reasons })).applied, true);
  const [line] = await office.draft.history(metro.id);
  assert.equal(line?.reason.zhCN, '自己的理由');
});

test('rows that change something need a reason, their own or one for all', async () => {
  const office = open(metro);
  const file = csvOf(metro, bus);
  const report = await load(office, file, { reason: undefined });
  assert.deepEqual(faultsOf(report), [[3, 'REASON_MISSING', 'reason']]);
  await isUntouched(office);
});

test('who checked before somebody else changed the draft is told', async () => {
  const office = open(metro);
  await office.draft.put(bus.id, bus, { by: 'li', reason: '新增', expect: 0 });
  const asked: ImportAsked = {
    ...{ form: 'csv', mode: 'apply', missing: 'keep', reason: text('导入'), expect: 0, by: 'wang' },
  };
  const late = await office.draft.import(utf8(csvOf(metro)), asked);
  assert(!late.ok);
  assert.equal(late.refusal.code, 'DRAFT_CHANGED');
  assert.equal(late.refusal.facts?.['by'], 'li');
});

test('entries that the file does not name stay, or are taken out if so asked', async () => {
  const office = open(metro, bus);
  assert.equal((await load(office, csvOf(metro))).counts.removed, 0);
  await isUntouched(office);
  const report = await load(office, csvOf(metro), { missing: 'remove' });
  assert.deepEqual(report.rows.at(-1), { row: null, id: bus.id, outcome: 'removed', faults: [] });
  const page = await office.draft.list({ limit: 9, kind: 'removed' });
  assert.deepEqual(
    page.rows.map(({ id }) => id),
    [bus.id],
  );
});

test('an exported draft comes back as the same draft, from CSV and from JSON', async () => {
  await fc.assert(
    fc.asyncProperty(someEntries, someEntries, async (published, drafted) => {
      const first = open(...published);
      const given = { form: 'json', missing: 'remove' } as const;
      assert.equal((await load(first, JSON.stringify(drafted), given)).applied, true);
      const rows = (await first.draft.list({ limit: 500 })).rows.map(withoutTime);
      for (const form of ['csv', 'json'] as const) {
        const file =
          form === 'csv'
            ? await first.draft.exportCsv()
            : JSON.stringify(await first.draft.exportJson());
        const second = open(...published);
        const report = await load(second, file, { form, missing: 'remove', by: 'wang' });
        assert.equal(report.applied, true, JSON.stringify(faultsOf(report)));
        const same = (await second.draft.list({ limit: 500 })).rows.map(withoutTime);
        assert.deepEqual(same, rows);
        const [before, after] = [await first.draft.exportJson(), await second.draft.exportJson()];
        assert.deepEqual(after, before);
        const again = await load(first, file, { form, missing: 'remove' });
        assert.equal(again.counts.unchanged, again.counts.rows, 'the same draft has nothing to do');
      }
    }),
    { numRuns: 60 },
  );
});

test('no cell of an exported file begins as a formula does', async () => {
  await fc.assert(
    fc.asyncProperty(someEntries, async (published) => {
      const file = await open(...published).draft.exportCsv();
      assert(!/(^|[,\n"])[=+\-@\t]/.test(file.replaceAll(/"(?:[^"]|"")*"/g, firstOf)), file);
    }),
    { numRuns: 40 },
  );
});

/** Of a quoted cell only what a spreadsheet looks at first; its inside may hold anything. */
function firstOf(quoted: string): string {
  return `"${quoted[1] ?? ''}"`;
}

function withoutTime({ revision: _at, ...row }: DraftRow): object {
  return row;
}

/** As a Chinese office program would write it: Node can read GB18030 and not write it. */
function gb18030(file: string): Uint8Array {
  const codes = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const letter = decoder.decode(new Uint8Array([lead, trail]));
      if (letter.length === 1 && !codes.has(letter)) codes.set(letter, [lead, trail]);
    }
  }
  return new Uint8Array(
    Array.from(file).flatMap((letter) =>
      letter < '\u0080' ? [letter.charCodeAt(0)] : (codes.get(letter) ?? [0x3f]),
    ),
  );
}
