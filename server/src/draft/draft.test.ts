import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesFault } from '@tongyu/domain';
import type { Entry, Part } from '@tongyu/protocol';
import type { Edit } from './draft.ts';
import type { DraftResult } from './refusals.ts';
import { testEntry, text } from './testing/test-entry.ts';
import { testOffices, type TestOffice } from './testing/test-offices.ts';

const metro = testEntry('4201-metro');
const bus = testEntry('4201-bus', { name: text('武汉公交') });
const cheaper: Entry = { ...metro, tariff: { kind: 'flat', priceFen: 300 } };

function open(...entries: readonly Entry[]): TestOffice & { now: number } {
  const region = testOffices();
  const office = region.office('4201');
  office.publish(entries);
  return Object.defineProperty({ ...office, now: 0 }, 'now', {
    get: () => region.now,
    set: (now: number) => (region.now = now),
  });
}

function edit(by: string, expect: number, reason: unknown = '调整'): Edit {
  return { by, expect, reason };
}

function valueOf<T>(result: DraftResult<T>): T {
  assert(result.ok, result.ok ? '' : JSON.stringify(result.refusal));
  return result.value;
}

function refusalOf(result: DraftResult<unknown>): { code: string; facts: unknown } {
  assert(!result.ok, 'it was not refused');
  return { code: result.refusal.code, facts: result.refusal.facts };
}

test('an entry is added, changed and taken out, beside what is published', async () => {
  const { draft } = open(metro, bus);
  const added = testEntry('4201-ferry');
  valueOf(await draft.put(metro.id, cheaper, edit('wang', 0, '降价')));
  valueOf(await draft.put(added.id, added, edit('li', 0)));
  valueOf(await draft.remove(bus.id, edit('wang', 0, text('停运', 'Closed'))));
  const page = await draft.list({ limit: 10 });
  assert.deepEqual(page.counts, { added: 1, changed: 1, removed: 1, unchanged: 0 });
  assert.deepEqual(
    page.rows.map(({ id, kind, author, reason }) => [id, kind, author, reason?.zhCN]),
    [
      [bus.id, 'removed', 'wang', '停运'],
      [added.id, 'added', 'li', '调整'],
      [metro.id, 'changed', 'wang', '降价'],
    ],
  );
  const shown = valueOf(await draft.show(metro.id));
  assert.deepEqual(shown.changes, [{ path: 'tariff.priceFen', before: 400, after: 300 }]);
  assert.deepEqual([shown.base, shown.entry], [metro, cheaper]);
  assert.equal(valueOf(await draft.show(bus.id)).entry, null);
});

test('who saw an older revision is refused, and told who changed it', async () => {
  const office = open(metro);
  const first = valueOf(await office.draft.put(metro.id, cheaper, edit('wang', 0)));
  office.now += 60;
  const late = await office.draft.put(metro.id, { ...metro, stage: 'live' }, edit('li', 0));
  assert.deepEqual(refusalOf(late), {
    code: 'DRAFT_CHANGED',
    facts: { by: 'wang', at: office.now - 60, revision: first.revision },
  });
  for (const act of ['remove', 'revert'] as const) {
    assert.equal(refusalOf(await office.draft[act](metro.id, edit('li', 0))).code, 'DRAFT_CHANGED');
  }
  assert.deepEqual(valueOf(await office.draft.show(metro.id)).entry, cheaper);
  valueOf(await office.draft.put(metro.id, metro, edit('li', first.revision)));
});

test('an id that was once there and is nowhere now can be added again', async () => {
  const office = open(metro);
  const { draft } = office;
  valueOf(await draft.put(bus.id, bus, edit('wang', 0)));
  office.publish([bus, metro]);
  await draft.keep();
  const { revision } = valueOf(await draft.show(bus.id));
  const removed = await draft.remove(bus.id, edit('wang', revision));
  const stale = await draft.put(bus.id, bus, edit('li', 0));
  assert.equal(refusalOf(stale).code, 'DRAFT_CHANGED', 'it is still in what is published');
  valueOf(removed);
  office.publish([metro]);
  await draft.keep();
  valueOf(await draft.put(bus.id, bus, edit('li', 0)));
  assert.equal(refusalOf(await draft.put(bus.id, bus, edit('wang', 0))).code, 'DRAFT_CHANGED');
});

test('of two who save at the same moment one is told', async () => {
  const { draft } = open(metro);
  const both = await Promise.all([
    draft.put(metro.id, cheaper, edit('wang', 0)),
    draft.put(metro.id, { ...metro, stage: 'live' }, edit('li', 0)),
  ]);
  assert.deepEqual(both.map(({ ok }) => ok).sort(), [false, true]);
  assert.equal((await draft.history(metro.id)).length, 1);
});

test('history keeps every act with before, after, who and why, also of what is gone', async () => {
  const { draft } = open(metro);
  const { revision } = valueOf(await draft.put(metro.id, cheaper, edit('wang', 0, '降价')));
  const removed = valueOf(await draft.remove(metro.id, edit('li', revision, '停运')));
  const back = valueOf(await draft.revert(metro.id, edit('wang', removed.revision, '弄错了')));
  assert.equal(back.kind, null);
  const lines = await draft.history(metro.id);
  assert.deepEqual(
    lines.map(({ act, by, reason, before, after }) => [act, by, reason.zhCN, before, after]),
    [
      ['revert', 'wang', '弄错了', null, metro],
      ['remove', 'li', '停运', cheaper, null],
      ['put', 'wang', '降价', metro, cheaper],
    ],
  );
  assert.deepEqual((await draft.list({ limit: 5 })).counts.changed, 0);
});

test('only own entries in form and order are drafted, each with a reason', async () => {
  const { draft } = open(metro);
  const put = async (entry: Entry, reason: unknown = '改'): Promise<string> =>
    refusalOf(await draft.put(entry.id, entry, edit('wang', 0, reason))).code;
  assert.equal(await put(testEntry('4301-metro')), 'ENTRY_FOREIGN');
  assert.equal(await put({ ...metro, admits: ['4301', '4201'] }), 'ENTRY_ORDER');
  assert.equal(await put({ ...metro, access: ['counter'] }), 'ENTRY_ACCESS');
  assert.equal(await put(cheaper, ''), 'REASON_MISSING');
  assert.equal(await put(cheaper, '   '), 'REASON_INVALID');
  assert.equal(await put(cheaper, '长'.repeat(201)), 'REASON_INVALID');
  assert.equal(await put(cheaper, { zhCN: 'x' }), 'REASON_INVALID');
  const other = await draft.put('4201-other', cheaper, edit('wang', 0));
  assert.equal(refusalOf(other).code, 'ID_DIFFERS');
  const gone = await draft.remove('4201-none', edit('wang', 0));
  assert.equal(refusalOf(gone).code, 'ENTRY_UNKNOWN');
  assert.equal((await draft.history(metro.id)).length, 0);
});

test('saving what is there already leaves no line; another reason does', async () => {
  const { draft } = open(metro);
  const first = valueOf(await draft.put(metro.id, cheaper, edit('wang', 0, '降价')));
  const same = valueOf(await draft.put(metro.id, cheaper, edit('li', first.revision, '降价')));
  assert.deepEqual(same, first);
  const why = valueOf(await draft.put(metro.id, cheaper, edit('li', first.revision, '听证后降价')));
  assert.equal(why.revision, first.revision + 1);
  assert.equal(valueOf(await draft.show(metro.id)).reason?.zhCN, '听证后降价');
});

test('a direction mark and markup in a text are kept as they are', async () => {
  const { draft } = open(metro);
  const name = text('地铁\u202e<script>alert(1)</script>');
  valueOf(await draft.put(metro.id, { ...metro, name }, edit('wang', 0, '\u2066测试')));
  assert.deepEqual(valueOf(await draft.show(metro.id)).entry?.name, name);
});

test('the part has every entry, and a reason for each change and nothing else', async () => {
  const { draft, submitted } = open(metro, bus);
  valueOf(await draft.put('4201-a', testEntry('4201-a'), edit('wang', 0, '新增')));
  valueOf(await draft.remove(bus.id, edit('wang', 0, '停运')));
  const { count } = valueOf(await draft.submit(9));
  assert.equal(count, 2);
  const [part] = submitted;
  assert(part !== undefined);
  assert.deepEqual(part.entries, [testEntry('4201-a'), metro]);
  assert.deepEqual(part.changes, [
    { entry: '4201-a', kind: 'added', reason: text('新增') },
    { entry: bus.id, kind: 'removed', reason: text('停运') },
  ]);
  assert.equal(part.edition, '2027-H1');
  const before: Part = { ...part, entries: [bus, metro], changes: [] };
  assert.equal(changesFault(before, part), undefined);
  assert.equal(refusalOf(await draft.submit(8)).code, 'EDITION_UNKNOWN');
});

test('what an edition has taken in falls out of the draft; what came later stays', async () => {
  const office = open(metro, bus);
  const { draft, store } = office;
  const first = valueOf(await draft.put(metro.id, cheaper, edit('wang', 0, '降价')));
  valueOf(await draft.remove(bus.id, edit('wang', 0, '停运')));
  const handedIn = [cheaper];
  const later: Entry = { ...cheaper, stage: 'live' };
  valueOf(await draft.put(metro.id, later, edit('li', first.revision, '上线')));
  office.publish(handedIn);
  const page = await draft.list({ limit: 9 });
  assert.deepEqual(
    page.rows.map(({ id, kind, reason }) => [id, kind, reason?.zhCN]),
    [[metro.id, 'changed', '上线']],
  );
  assert.deepEqual(valueOf(await draft.show(metro.id)).changes, [
    { path: 'stage', before: 'pilot', after: 'live' },
  ]);
  await draft.keep();
  const kept = await store.read((tx) => tx.draft.changes());
  assert.deepEqual(
    kept.map(({ entry }) => entry),
    [metro.id],
  );
  assert.equal((await draft.history(bus.id)).length, 1, 'history stays');
});

test('rows are found by kind and by text, page by page', async () => {
  const many = Array.from({ length: 25 }, (_, i) =>
    testEntry(`4201-line-${String(i).padStart(2, '0')}`, { name: text(`线路${String(i)}`) }),
  );
  const { draft } = open(...many);
  const first = await draft.list({ limit: 10 });
  assert.equal(first.total, 25);
  const rest = await draft.list({ limit: 20, after: first.next ?? '' });
  assert.equal(rest.rows.length, 15);
  assert.equal(rest.next, null);
  assert.equal((await draft.list({ limit: 9, q: '线路2' })).total, 6);
  assert.equal((await draft.list({ limit: 9, q: 'LINE-07' })).total, 1);
  valueOf(await draft.put('4201-x', testEntry('4201-x'), edit('wang', 0)));
  assert.equal((await draft.list({ limit: 9, kind: 'drafted' })).total, 1);
  assert.equal((await draft.list({ limit: 9, kind: 'unchanged' })).total, 25);
  const [row] = (await draft.list({ limit: 9, kind: 'added' })).rows;
  assert.deepEqual(row?.missing, { zhTW: 9, en: 8 });
});
