import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Root } from '@tongyu/protocol';
import { memoryFeedback } from '../store/feedback-memory.ts';
import type { FeedbackTables } from '../store/feedback-tables.ts';
import { createMemoryStore, type NodeStore } from '../store/node-store.ts';
import { countingRng } from '../trust/testing/test-clockwork.ts';
import {
  createHubFeedback,
  MAX_REPORTS,
  type FeedbackAsked,
  type HubFeedback,
} from './feedback.ts';
import type { DraftResult } from './refusals.ts';
import { NOON, testOffices, type TestMessage, type TestOffices } from './testing/test-offices.ts';

type Hub = {
  now: number;
  readonly desk: HubFeedback;
  readonly store: NodeStore<FeedbackTables>;
  readonly sent: TestMessage[];
  readonly region: TestOffices;
};

function openHub(): Hub {
  const store = createMemoryStore<FeedbackTables>(memoryFeedback);
  const sent: TestMessage[] = [];
  const parties = ['4201', '4301'].map((party) => ({ party, rootKeys: [{}] }));
  const hub: Hub = {
    ...{ now: NOON, store, sent, region: testOffices() },
    desk: createHubFeedback<FeedbackTables>({
      ports: { clock: { now: () => hub.now }, rng: countingRng('hub') },
      store,
      root: () => Promise.resolve({ parties } as unknown as Root),
      peers: {
        send(_tx, { to, type, body }) {
          sent.push({ from: 'hub', to, type, body });
          return Promise.resolve();
        },
        kick: () => undefined,
      },
    }),
  };
  return hub;
}

const error: FeedbackAsked = { entry: '4201-metro', kind: 'error', text: '电话打不通' };

function codeOf(result: DraftResult<unknown>): string {
  return result.ok ? 'ok' : result.refusal.code;
}

test('a report reaches the office whose entry it is, which answers it', async () => {
  const { desk, sent, region } = openHub();
  const taken = await desk.add({ ...error, text: '  电话打不通\r\n一直忙 ' });
  assert(taken.ok && taken.value.isNew);
  const { id } = taken.value;
  assert.deepEqual(
    sent.map(({ to, type, body }) => [to, type, body]),
    [
      [
        '4201',
        'feedback.forward',
        { id, entry: '4201-metro', kind: 'error', text: '电话打不通\n一直忙', at: NOON },
      ],
    ],
  );
  const wuhan = region.office('4201');
  const [message] = sent;
  assert(message !== undefined);
  for (let i = 0; i < 2; i++) {
    const answer = await wuhan.take('hub', message.type, message.body);
    assert.equal(answer.outcome, 'applied');
  }
  assert.equal((await wuhan.draft.feedback(true)).length, 1, 'twice is once');
  const answered = await wuhan.draft.answerFeedback(id, '已修好', 'wang');
  assert(answered.ok);
  assert.deepEqual([answered.value.state, answered.value.answer?.by], ['answered', 'wang']);
  assert.equal(codeOf(await wuhan.draft.answerFeedback(id, '再答', 'li')), 'ANSWERED_ALREADY');
  assert.equal(
    codeOf(await wuhan.draft.answerFeedback('nothing-here', '答', 'li')),
    'FEEDBACK_UNKNOWN',
  );
  assert.equal(codeOf(await desk.answer(id, '由武汉答复', 'admin')), 'FEEDBACK_UNKNOWN');
});

test('the same words about the same entry are one report that is counted', async () => {
  const { desk, sent, store } = openHub();
  const first = await desk.add(error);
  const again = await desk.add(error);
  assert(first.ok && again.ok);
  assert.deepEqual(again.value, { id: first.value.id, isNew: false });
  await desk.add({ ...error, kind: 'wish' });
  await desk.add({ ...error, entry: '4201-bus' });
  const counts = await store.read(({ feedback }) => feedback.countsByEntry());
  assert.deepEqual(
    [...counts],
    [
      ['4201-metro', { errors: 1, wishes: 1 }],
      ['4201-bus', { errors: 1, wishes: 0 }],
    ],
  );
  assert.equal(sent.length, 3);
  const rows = await desk.list(true);
  assert.equal(rows.find(({ id }) => id === first.value.id)?.times, 2);
});

test('a wish for a new service is the hub’s to answer, or a city’s that it names', async () => {
  const { desk, sent } = openHub();
  const wish = { entry: null, kind: 'wish', text: '希望有夜间公交' } as const;
  const loose = await desk.add(wish);
  assert(loose.ok);
  assert.equal(sent.length, 0);
  assert((await desk.answer(loose.value.id, '已转告各市', 'admin')).ok);
  assert((await desk.add({ ...wish, party: '4301' })).ok);
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['4301'],
  );
});

test('what is no report is refused: empty, too long, control characters, no city', async () => {
  const { desk } = openHub();
  const add = async (more: Partial<FeedbackAsked>): Promise<string> =>
    codeOf(await desk.add({ ...error, ...more }));
  assert.equal(await add({ text: ' \n ' }), 'TEXT_INVALID');
  assert.equal(await add({ text: '长'.repeat(501) }), 'TEXT_INVALID');
  assert.equal(await add({ text: 'a\u0000b' }), 'TEXT_INVALID');
  assert.equal(await add({ text: 'a\ud800' }), 'TEXT_INVALID');
  assert.equal(await add({ entry: '../../x' }), 'ENTRY_UNKNOWN');
  assert.equal(await add({ entry: '9999-metro' }), 'PARTY_UNKNOWN');
  assert.equal(await add({ entry: null, party: '9999' }), 'PARTY_UNKNOWN');
  assert.equal((await desk.list(false)).length, 0);
  assert.equal(await add({ text: '<script>\u202e' }), 'ok');
});

test('the hub keeps a bounded number of reports, and none for ever', async () => {
  const hub = openHub();
  const { desk, store } = hub;
  await store.transaction(async ({ feedback }) => {
    for (let i = 0; i < MAX_REPORTS; i++) {
      await feedback.saveReport({
        ...{ id: `old-${String(i)}`, party: null, entry: null, kind: 'wish', text: String(i) },
        ...{ times: 1, at: NOON, state: 'open', answer: null },
      });
    }
  });
  assert.equal(codeOf(await desk.add(error)), 'FEEDBACK_FULL');
  hub.now += 401 * 86_400;
  assert.equal(codeOf(await desk.add(error)), 'ok');
  assert.equal((await desk.list(false)).length, 1);
});

test('a city takes reports from the hub alone, about its own entries', async () => {
  const { region } = openHub();
  const wuhan = region.office('4201');
  const body = { id: 'report-1', entry: '4201-metro', kind: 'error', text: '错', at: NOON };
  const take = async (from: string, more: object = {}): Promise<string> => {
    const answer = await wuhan.take(from, 'feedback.forward', { ...body, ...more });
    return answer.outcome === 'refused' ? answer.code : 'applied';
  };
  assert.equal(await take('4301'), 'FEEDBACK_FOREIGN');
  assert.equal(await take('hub', { entry: '4301-metro' }), 'FEEDBACK_FOREIGN');
  assert.equal(await take('hub', { text: 'x'.repeat(501) }), 'MALFORMED');
  assert.equal(await take('hub', { name: '张三' }), 'MALFORMED');
  assert.equal((await wuhan.draft.feedback(false)).length, 0);
  assert.equal(await take('hub', { entry: null }), 'applied');
});
