import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeStore } from './node-store.ts';
import type { InboxRow, OutboxRow, PeerTables } from './peer-tables.ts';

function outboxRow(jti: string, change: Partial<OutboxRow> = {}): OutboxRow {
  return {
    jti,
    to: '4201',
    type: 'taps.report',
    topic: null,
    text: `text of ${jti}`,
    madeAt: 100,
    attempts: 0,
    dueAt: 100,
    state: 'pending',
    receipt: null,
    ...change,
  };
}

const inboxRow: InboxRow = {
  iss: '4301',
  jti: 'one',
  hash: 'ab'.repeat(32),
  type: 'section.offer',
  text: 'text',
  receipt: 'receipt',
  receivedAt: 7,
};

/** What both implementations of the peer tables must do; each test begins with an empty store. */
export function peerTablesContract(name: string, open: () => Promise<NodeStore<PeerTables>>): void {
  test(`${name}: due messages come per node, in the order of sending`, async () => {
    const store = await open();
    await store.transaction(async ({ peers }) => {
      for (const jti of ['z', 'a', 'm']) await peers.putOutbox(outboxRow(jti));
      await peers.putOutbox(outboxRow('later', { dueAt: 200 }));
      await peers.putOutbox(outboxRow('other', { to: 'hub' }));
    });
    const due = (now: number, limit: number): Promise<string[]> =>
      store.transaction(async ({ peers }) =>
        (await peers.dueOutbox('4201', now, limit)).map((row) => row.jti),
      );
    assert.deepEqual(await due(100, 10), ['z', 'a', 'm']);
    assert.deepEqual(await due(100, 2), ['z', 'a']);
    assert.deepEqual(await due(99, 10), []);
    assert.deepEqual(await due(200, 10), ['z', 'a', 'm', 'later']);
    const pending = await store.transaction(({ peers }) => peers.pendingOutbox());
    assert.deepEqual([...pending].sort(), [
      ['4201', 4],
      ['hub', 1],
    ]);
  });

  test(`${name}: postponing counts one attempt and moves all that wait for the node`, async () => {
    const store = await open();
    await store.transaction(async ({ peers }) => {
      await peers.putOutbox(outboxRow('a'));
      await peers.putOutbox(outboxRow('b'));
      await peers.putOutbox(outboxRow('c', { to: 'hub' }));
      await peers.postponeOutbox('a', '4201', 500);
    });
    const [a, b, c] = await store.transaction(({ peers }) =>
      Promise.all(['a', 'b', 'c'].map((jti) => peers.outbox(jti))),
    );
    assert.deepEqual([a?.attempts, a?.dueAt], [1, 500]);
    assert.deepEqual([b?.attempts, b?.dueAt], [0, 500]);
    assert.deepEqual([c?.attempts, c?.dueAt], [0, 100]);
    await store.transaction(({ peers }) => peers.wakeOutbox('4201', 300));
    const woken = await store.transaction(({ peers }) => peers.dueOutbox('4201', 300, 9));
    assert.equal(woken.length, 2);
  });

  test(`${name}: a message that never gets through ends up behind the others`, async () => {
    const store = await open();
    const order = await store.transaction(async ({ peers }) => {
      for (const jti of ['never', 'a', 'b']) await peers.putOutbox(outboxRow(jti));
      for (let i = 0; i < 4; i++) await peers.postponeOutbox('never', '4201', 100);
      return (await peers.dueOutbox('4201', 100, 9)).map((row) => row.jti);
    });
    assert.deepEqual(order, ['a', 'b', 'never']);
  });

  test(`${name}: a topic supersedes what is pending for that node and nothing else`, async () => {
    const store = await open();
    await store.transaction(async ({ peers }) => {
      await peers.putOutbox(outboxRow('old', { topic: 'time' }));
      await peers.putOutbox(outboxRow('elsewhere', { topic: 'time', to: 'hub' }));
      await peers.putOutbox(outboxRow('answered', { topic: 'time', to: '3401' }));
      await peers.answerOutbox('answered', 'receipt');
      await peers.putOutbox(outboxRow('new', { topic: 'time' }));
      await peers.putOutbox(outboxRow('new too', { topic: 'time', to: '3401' }));
    });
    const states = await store.transaction(async ({ peers }) => {
      const rows = ['old', 'elsewhere', 'answered', 'new'].map((jti) => peers.outbox(jti));
      return (await Promise.all(rows)).map((row) => row?.state);
    });
    assert.deepEqual(states, ['superseded', 'pending', 'answered', 'pending']);
  });

  test(`${name}: text and receipt are kept whole`, async () => {
    const store = await open();
    await store.transaction(async ({ peers }) => {
      await peers.putOutbox(outboxRow('a'));
      await peers.answerOutbox('a', 'the receipt');
      await peers.putInbox(inboxRow);
    });
    await store.transaction(async ({ peers }) => {
      const row = outboxRow('a', { state: 'answered', receipt: 'the receipt' });
      assert.deepEqual(await peers.outbox('a'), row);
      assert.equal(await peers.outbox('b'), undefined);
      assert.deepEqual(await peers.inbox('4301', 'one'), inboxRow);
      assert.equal(await peers.inbox('4201', 'one'), undefined);
    });
  });

  test(`${name}: old messages are dropped once they are done with, never before`, async () => {
    const store = await open();
    await store.transaction(async ({ peers }) => {
      await peers.putOutbox(outboxRow('waiting', { dueAt: 10 }));
      await peers.putOutbox(outboxRow('old', { dueAt: 10, to: '3401', topic: 'time' }));
      await peers.putOutbox(outboxRow('newer', { dueAt: 20, to: '3401', topic: 'time' }));
      await peers.putOutbox(outboxRow('answered', { dueAt: 10 }));
      await peers.answerOutbox('answered', 'receipt');
      await peers.putOutbox(outboxRow('lately', { dueAt: 20 }));
      await peers.answerOutbox('lately', 'receipt');
      await peers.putInbox({ ...inboxRow, receivedAt: 19 });
      await peers.putInbox({ ...inboxRow, jti: 'two', receivedAt: 20 });
      await peers.putInbox({ ...inboxRow, jti: 'three', receivedAt: 5 });
    });
    const drop = (limit: number): Promise<number> =>
      store.transaction(({ peers }) => peers.dropDone(20, limit));
    assert.equal(await drop(1), 2);
    assert.equal(await drop(9), 2);
    assert.equal(await drop(9), 0);
    const left = await store.transaction(async ({ peers }) => {
      const sent = ['waiting', 'old', 'newer', 'answered', 'lately'].map((jti) =>
        peers.outbox(jti),
      );
      const received = ['one', 'two', 'three'].map((jti) => peers.inbox('4301', jti));
      const rows = [...(await Promise.all(sent)), ...(await Promise.all(received))];
      return rows.flatMap((row) => (row === undefined ? [] : [row.jti]));
    });
    assert.deepEqual(left, ['waiting', 'newer', 'lately', 'two']);
  });

  test(`${name}: what a failed transaction wrote is gone`, async () => {
    const store = await open();
    await store.transaction(({ peers }) => peers.putOutbox(outboxRow('kept', { topic: 't' })));
    const failing = store.transaction(async ({ peers }) => {
      await peers.putOutbox(outboxRow('gone', { topic: 't' }));
      await peers.putInbox(inboxRow);
      await peers.answerOutbox('gone', 'receipt');
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    await store.transaction(async ({ peers }) => {
      assert.equal((await peers.outbox('kept'))?.state, 'pending');
      assert.equal(await peers.outbox('gone'), undefined);
      assert.equal(await peers.inbox('4301', 'one'), undefined);
      assert.deepEqual([...(await peers.pendingOutbox())], [['4201', 1]]);
    });
  });

  test(`${name}: ten put one message at once: one writes, the others see it`, async () => {
    const store = await open();
    let written = 0;
    const take = (): Promise<boolean> =>
      store.transaction(async ({ peers }) => {
        if ((await peers.inbox('4301', 'one')) !== undefined) return false;
        await peers.putInbox(inboxRow);
        return true;
      });
    for (const wrote of await Promise.all(Array.from({ length: 10 }, take))) {
      if (wrote) written++;
    }
    assert.equal(written, 1);
  });
}
