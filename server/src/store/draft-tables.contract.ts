import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, Funding } from '@tongyu/protocol';
import { testEntry } from '../draft/testing/test-entry.ts';
import type {
  CommentRow,
  DraftChange,
  DraftTables,
  FundingRow,
  HistoryLine,
} from './draft-tables.ts';
import type { FeedbackRow, FeedbackTables } from './feedback-tables.ts';
import type { NodeStore } from './node-store.ts';

type Open<T> = () => Promise<NodeStore<T>>;
type Line = Omit<HistoryLine, 'position'>;

const reason = { zhCN: '票价调整', zhTW: null, en: 'New price' };
const metro: Entry = testEntry('4201-metro');
const bus: Entry = testEntry('4201-bus');

function change(entry: Entry, after: Entry | null = entry): DraftChange {
  return { entry: entry.id, after, reason, author: 'wang', at: 10 };
}

function line(entry: Entry, more: Partial<Line> = {}): Line {
  const act = 'put' as const;
  return { entry: entry.id, act, by: 'wang', at: 10, before: null, after: entry, reason, ...more };
}

/** What both implementations of the draft's tables must do; each test begins with no rows. */
export function draftTablesContract(name: string, open: Open<DraftTables>): void {
  test(`${name}: drafted changes are kept by entry, replaced and dropped`, async () => {
    const store = await open();
    const removed = change(metro, null);
    await store.transaction(async ({ draft }) => {
      await draft.saveChanges([change(metro), change(bus)]);
      await draft.saveChanges([removed]);
    });
    assert.deepEqual(await store.read(({ draft }) => draft.changes()), [change(bus), removed]);
    assert.deepEqual(await store.read(({ draft }) => draft.change(bus.id)), change(bus));
    await store.transaction(({ draft }) => draft.dropChanges([bus.id, '4201-none']));
    assert.deepEqual(await store.read(({ draft }) => draft.changes()), [removed]);
    assert.equal(await store.read(({ draft }) => draft.change(bus.id)), undefined);
  });

  test(`${name}: history only grows, in one order over all entries`, async () => {
    const store = await open();
    assert.equal(await store.read(({ draft }) => draft.newestLine()), undefined);
    const last = await store.transaction(async ({ draft }) => {
      await draft.addHistory([line(metro), line(bus)]);
      return draft.addHistory([line(metro, { act: 'remove', before: metro, after: null })]);
    });
    assert.equal(last, 3);
    await assert.rejects(
      store.transaction(async ({ draft }) => {
        await draft.addHistory([line(bus)]);
        throw new Error('rolled back');
      }),
      /rolled back/,
    );
    const lines = await store.read(({ draft }) => draft.historyOf(metro.id, 10));
    assert.deepEqual(lines, [
      { ...line(metro, { act: 'remove', before: metro, after: null }), position: 3 },
      { ...line(metro), position: 1 },
    ]);
    assert.equal((await store.read(({ draft }) => draft.historyOf(metro.id, 1))).length, 1);
    assert.equal((await store.read(({ draft }) => draft.newestLine()))?.position, 3);
    const revisions = await store.read(({ draft }) => draft.revisions());
    assert.deepEqual([...revisions].sort(), [
      [bus.id, 2],
      [metro.id, 3],
    ]);
  });

  talkContract(name, open);
}

function talkContract(name: string, open: Open<DraftTables>): void {
  const comment: CommentRow = {
    ...{ direction: 'received', party: '4301', id: 'comment-1', entry: metro.id },
    ...{ kind: 'proposal', text: '营业时间\u202e不对', proposed: metro, at: 20, author: null },
    ...{ state: 'open', answer: null, refusal: null },
  };

  test(`${name}: comments are kept by direction, party and id, with their answer`, async () => {
    const store = await open();
    const other: CommentRow = { ...comment, direction: 'sent', author: 'wang', proposed: null };
    const later: CommentRow = { ...comment, id: 'comment-2', at: 30, party: '3401' };
    const taken: CommentRow = {
      ...comment,
      state: 'taken',
      answer: { text: '采纳', by: 'li', at: 40 },
    };
    await store.transaction(async ({ draft }) => {
      for (const row of [comment, other, later]) await draft.saveComment(row);
    });
    assert.equal(await store.read(({ draft }) => draft.countOpenComments('4301')), 1);
    await store.transaction(({ draft }) => draft.saveComment(taken));
    const all = await store.read(({ draft }) => draft.comments('received', false, 10));
    assert.deepEqual(all, [later, taken]);
    assert.deepEqual(await store.read(({ draft }) => draft.comments('received', true, 10)), [
      later,
    ]);
    assert.deepEqual(await store.read(({ draft }) => draft.comment(other)), other);
    assert.equal(await store.read(({ draft }) => draft.countOpenComments('4301')), 0);
    const unknown = { ...comment, party: '3601' };
    assert.equal(await store.read(({ draft }) => draft.comment(unknown)), undefined);
  });

  test(`${name}: requests for funds are kept by direction and hash, with the answer`, async () => {
    const store = await open();
    const funding: Funding = {
      ...{ type: 'tongyu.funding', host: '4201', entry: metro.id, tariff: metro.tariff },
      ...{ rule: { ...rule }, funder: '4301', ceilingFen: 1000 },
    };
    const asked: FundingRow = {
      ...{ direction: 'sent', party: '4301', hash: 'ab'.repeat(32), funding, reason, at: 10 },
      ...{ author: 'wang', state: 'open', answer: null, signature: null },
    };
    const signed: FundingRow = {
      ...asked,
      state: 'signed',
      answer: { text: '', by: null, at: 20 },
      signature: { by: '4301', keyId: 1, signature: 'c2ln' },
    };
    const received: FundingRow = { ...asked, direction: 'received', reason: null, author: null };
    await store.transaction(async ({ draft }) => {
      await draft.saveFunding({ ...asked, state: 'granted' });
      assert.equal((await draft.grantedFundings()).length, 1);
      await draft.saveFunding(received);
      await draft.saveFunding(signed);
    });
    assert.deepEqual(await store.read(({ draft }) => draft.funding('sent', asked.hash)), signed);
    assert.deepEqual(await store.read(({ draft }) => draft.fundings('received', 9)), [received]);
    assert.equal(await store.read(({ draft }) => draft.countOpenFundings('4301')), 1);
    assert.equal(await store.read(({ draft }) => draft.countOpenFundings('3401')), 0);
    assert.deepEqual(await store.read(({ draft }) => draft.grantedFundings()), []);
  });
}

const rule: Funding['rule'] = {
  ...{ id: 'senior-65', name: reason, class: 2, residences: ['4301'] },
  ...{ benefit: { kind: 'share', permille: 500 }, reciprocity: 'unilateral' },
  ...{ agreement: reason, from: '2026-07-01', until: '2026-12-31', perDay: null },
};

/** What both implementations of the feedback tables must do. */
export function feedbackTablesContract(name: string, open: Open<FeedbackTables>): void {
  const row: FeedbackRow = {
    ...{ id: 'report-1', party: '4201', entry: metro.id, kind: 'error', text: '电话不通' },
    ...{ times: 1, at: 10, state: 'open', answer: null },
  };

  test(`${name}: reports are found by what they say, counted by entry, and dropped`, async () => {
    const store = await open();
    const wish: FeedbackRow = { ...row, id: 'report-2', kind: 'wish', at: 20 };
    const loose: FeedbackRow = { ...wish, id: 'report-3', party: null, entry: null, at: 30 };
    await store.transaction(async ({ feedback }) => {
      for (const one of [row, wish, loose]) await feedback.saveReport(one);
      await feedback.saveReport({ ...row, times: 2 });
    });
    const { read } = store;
    assert.deepEqual(await read(({ feedback }) => feedback.reportLike(loose)), loose);
    assert.deepEqual(await read(({ feedback }) => feedback.reportLike(row)), { ...row, times: 2 });
    assert.equal(
      await read(({ feedback }) => feedback.reportLike({ ...row, text: '别的' })),
      undefined,
    );
    assert.deepEqual(
      await read(({ feedback }) => feedback.countsByEntry()),
      new Map([[metro.id, { errors: 1, wishes: 1 }]]),
    );
    const answered: FeedbackRow = {
      ...wish,
      state: 'answered',
      answer: { text: '已改', by: 'wang', at: 50 },
    };
    await store.transaction(({ feedback }) => feedback.saveReport(answered));
    assert.deepEqual(await read(({ feedback }) => feedback.report(wish.id)), answered);
    assert.deepEqual(await read(({ feedback }) => feedback.reports(false, 2)), [loose, answered]);
    assert.equal((await read(({ feedback }) => feedback.reports(true, 9))).length, 2);
    await store.transaction(({ feedback }) => feedback.dropBefore(20));
    assert.equal(await read(({ feedback }) => feedback.countReports()), 2);
  });
}
