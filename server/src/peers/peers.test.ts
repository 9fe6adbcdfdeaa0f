import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readStoredPeerMessage,
  sealPeerMessage,
  toBase64Url,
  type Json,
  type NodeId,
  type PeerHeader,
  type PeerMessage,
  type PeerKeyLookup,
} from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { verifySync } from '../crypto/verify.ts';
import { silentLog } from '../ports/log.ts';
import { createMemoryCell, type MemoryCell } from '../store/memory-rows.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { memoryPeers } from '../store/peer-memory.ts';
import type { PeerTables } from '../store/peer-tables.ts';
import { countingRng, createTestTimers } from '../trust/testing/test-clockwork.ts';
import { deliverTo } from './deliver-peer.ts';
import { dropEvidence, EVIDENCE_MARGIN_SECONDS } from './drop-evidence.ts';
import { receivePeer, type ReceivedPeer } from './receive-peer.ts';
import { createOutbox } from './send-peer.ts';
import { applied, notHere, PeerAway, refused, type PeerHandlers } from './types.ts';

type Tables = PeerTables & { readonly effects: MemoryCell<readonly Json[]> };

const keys = { '4201': generateSigner('ES256'), '4301': generateSigner('ES256') };
const lookup: PeerKeyLookup = ({ iss }, keyId) =>
  keyId === 3 && (iss === '4201' || iss === '4301')
    ? { alg: 'ES256', key: toBase64Url(keys[iss].publicKey) }
    : undefined;

const EVIDENCE_SECONDS = 500;

/** One node whose `taps.report` has a visible effect. */
function createNode(self: '4201' | '4301', net: (text: string) => Promise<string>) {
  const store = createMemoryStore<Tables>((undo) => ({
    ...memoryPeers(undo),
    effects: createMemoryCell<readonly Json[]>(undo, []),
  }));
  const world = { now: 1000, crashAt: '' };
  const ports = {
    clock: { now: () => world.now },
    rng: countingRng(self),
    timers: createTestTimers(),
    log: silentLog,
    verify: verifySync,
    faults: {
      point(name: string) {
        if (world.crashAt !== name) return;
        world.crashAt = '';
        throw new Error(`crash at ${name}`);
      },
    },
    net: {
      send: (_to: NodeId, text: string) => net(text),
      fetchTrust: () => Promise.reject(new PeerAway('not here')),
      fetchFounding: () => Promise.reject(new PeerAway('not here')),
      fetchCatalogue: () => Promise.reject(new PeerAway('not here')),
      fetchPart: () => Promise.reject(new PeerAway('not here')),
    },
  };
  const handlers = Object.fromEntries(
    ['section.offer', 'root.propose', 'root.publish', 'bundle.propose', 'bundle.publish']
      .concat('time.publish', 'list.publish', 'party.apply', 'party.leave')
      .map((type) => [type, notHere<Tables>()]),
  ) as unknown as PeerHandlers<Tables>;
  const withTaps: PeerHandlers<Tables> = {
    ...handlers,
    'taps.report': (tx, message) => {
      if (message.body === 'bad') return Promise.resolve(refused('BAD', 'body'));
      tx.effects.set([...tx.effects.get(), message.body]);
      return Promise.resolve(applied({ count: tx.effects.get().length }));
    },
  };
  const ownKey = () => Promise.resolve({ keyId: 3, signer: keys[self] });
  const answers: Json[] = [];
  const options = {
    self,
    store,
    lookup: () => Promise.resolve(lookup),
    earlyKey: ({ iss, keyId }: PeerHeader) =>
      iss === '3601' ? ('brought' as const) : lookup({ iss } as PeerMessage, keyId),
    ownKey,
    handlers: withTaps,
    evidenceSeconds: EVIDENCE_SECONDS,
  };
  return {
    store,
    world,
    answers,
    outbox: createOutbox<Tables>(self, ports, ownKey),
    receive: (text: string) => receivePeer(text, ports, options),
    deliver: (to: NodeId) =>
      deliverTo<Tables>(to, ports, {
        ...options,
        longestPauseSeconds: 30,
        handlers: {
          'taps.report': (_tx, _sent, receipt) => {
            answers.push(receipt.answer);
            return Promise.resolve();
          },
        },
      }),
    dropEvidence: () => dropEvidence(store, ports.clock, EVIDENCE_SECONDS),
    effects: () => store.transaction((tx) => Promise.resolve(tx.effects.get())),
    pending: () =>
      store.transaction(async (tx) => (await tx.peers.pendingOutbox()).get('4201') ?? 0),
  };
}

function createPair() {
  const state = { wire: (deliver: () => Promise<string>) => deliver() };
  const wuhan = createNode('4201', () => Promise.reject(new PeerAway('not here')));
  const receive = async (text: string): Promise<string> => {
    const received = await wuhan.receive(text);
    if (!received.ok) throw new PeerAway(received.refusal.code);
    return received.receipt;
  };
  const changsha = createNode('4301', (text) => state.wire(() => receive(text)));
  const send = (body: Json, topic?: string): Promise<void> =>
    changsha.store.transaction((tx) =>
      changsha.outbox.send(tx, {
        to: '4201',
        type: 'taps.report',
        body,
        ...(topic === undefined ? {} : { topic }),
      }),
    );
  return { wuhan, changsha, send, state };
}

function seal(jti: string, body: Json, iss: '4201' | '4301' = '4301'): Promise<string> {
  const message = { iss, aud: '4201', jti, iat: 1000, type: 'taps.report' as const, body };
  return sealPeerMessage(message, 3, keys[iss]);
}

function receiptOf(received: ReceivedPeer): Record<string, Json> {
  assert.ok(received.ok);
  return readStoredPeerMessage(received.receipt)?.body as Record<string, Json>;
}

test('a message leaves with its transaction, and its answer comes back once', async () => {
  const { wuhan, changsha, send } = createPair();
  await assert.rejects(
    changsha.store.transaction(async (tx) => {
      await changsha.outbox.send(tx, { to: '4201', type: 'taps.report', body: 'lost' });
      throw new Error('rolled back');
    }),
  );
  await send('kept');
  await changsha.deliver('4201');
  await changsha.deliver('4201');
  assert.deepEqual(await wuhan.effects(), ['kept']);
  assert.deepEqual(changsha.answers, [{ count: 1 }]);
  assert.equal(await changsha.pending(), 0);
});

test('a lost answer, a lost message and a silent node end in one effect, in order', async () => {
  const { wuhan, changsha, send, state } = createPair();
  for (const body of ['a', 'b', 'c']) await send(body);
  let count = 0;
  state.wire = async (deliver) => {
    count++;
    if (count === 1) throw new PeerAway('lost on the way');
    const answer = await deliver();
    if (count === 2) throw new PeerAway('answer lost');
    return answer;
  };
  for (let i = 0; i < 8; i++) {
    await changsha.deliver('4201');
    changsha.world.now += 10;
  }
  assert.deepEqual(await wuhan.effects(), ['a', 'b', 'c']);
  assert.equal(changsha.answers.length, 3);
});

test('a silent node is asked less and less often, up to the longest pause', async () => {
  const { changsha, send, state } = createPair();
  const asked: number[] = [];
  state.wire = () => {
    asked.push(changsha.world.now);
    return Promise.reject(new PeerAway('silent'));
  };
  await send('a');
  for (let i = 0; i < 120; i++) {
    await changsha.deliver('4201');
    changsha.world.now++;
  }
  const pauses = asked.map((time, i) => time - (asked[i - 1] ?? time)).slice(1);
  assert.deepEqual(pauses, [1, 2, 4, 8, 16, 30, 30]);
});

test('in any order and doubled: the same effects, each once, one stored receipt', async () => {
  const { wuhan } = createPair();
  const texts = await Promise.all(['one-1111', 'two-2222', 'three-33'].map((id) => seal(id, id)));
  const order = [2, 0, 0, 1, 2, 1, 0];
  const receipts = new Map<string, string>();
  for (const i of order) {
    const text = texts[i] ?? '';
    const received = await wuhan.receive(text);
    assert.ok(received.ok);
    assert.equal(received.receipt, receipts.get(text) ?? received.receipt);
    receipts.set(text, received.receipt);
  }
  assert.deepEqual(await wuhan.effects(), ['three-33', 'one-1111', 'two-2222']);
  await Promise.all(Array.from({ length: 20 }, () => wuhan.receive(texts[0] ?? '')));
  assert.equal((await wuhan.effects()).length, 3);
});

test('the same id with other content is refused by field, and changes nothing', async () => {
  const { wuhan } = createPair();
  await wuhan.receive(await seal('same-id-1', { taps: [{ fen: 1 }, { fen: 2 }] }));
  const received = await wuhan.receive(await seal('same-id-1', { taps: [{ fen: 1 }, { fen: 9 }] }));
  const receipt = receiptOf(received);
  assert.deepEqual(receipt['refusal'], {
    code: 'PEER_CONTENT_DIFFERS',
    field: 'body.taps[1].fen',
  });
  assert.equal((await wuhan.effects()).length, 1);
  const again = receiptOf(
    await wuhan.receive(await seal('same-id-1', { taps: [{ fen: 1 }, { fen: 2 }] })),
  );
  assert.equal(again['outcome'], 'applied', 'the first one still has its receipt');
  const other = receiptOf(await wuhan.receive(await seal('same-id-1', 'x', '4201')));
  assert.equal(other['outcome'], 'applied', 'ids belong to their sender');
});

test('a crash before the commit leaves nothing, a crash after it leaves one effect', async () => {
  for (const point of [
    'peer/after-effect',
    'peer/before-inbox-commit',
    'peer/after-inbox-commit',
  ]) {
    const { wuhan } = createPair();
    const text = await seal('crash-11', 'x');
    wuhan.world.crashAt = point;
    await assert.rejects(wuhan.receive(text), /crash/);
    const expected = point === 'peer/after-inbox-commit' ? ['x'] : [];
    assert.deepEqual(await wuhan.effects(), expected, point);
    await wuhan.receive(text);
    assert.deepEqual(await wuhan.effects(), ['x'], point);
  }
});

test('a sender that dies before it stores the answer asks again, with one effect', async () => {
  for (const point of ['peer/after-send', 'peer/before-receipt-commit']) {
    const { wuhan, changsha, send } = createPair();
    await send('x');
    changsha.world.crashAt = point;
    await assert.rejects(changsha.deliver('4201'), /crash/);
    await changsha.deliver('4201');
    assert.deepEqual(await wuhan.effects(), ['x']);
    assert.equal(await changsha.pending(), 0);
  }
});

test('a message that is refused for ever holds up no other', async () => {
  const { wuhan, changsha, send, state } = createPair();
  await send('poison');
  await send('good');
  let poisonId = '';
  state.wire = async (deliver) => {
    const answer = await deliver();
    const got = { ok: true, receipt: answer, from: '4201', isNew: true } as const;
    const of = receiptOf({ ...got, type: 'taps.report' })['of'] as string;
    poisonId ||= of;
    if (of === poisonId) throw new PeerAway('never');
    return answer;
  };
  for (let i = 0; i < 60; i++) {
    await changsha.deliver('4201');
    changsha.world.now++;
  }
  assert.deepEqual(await wuhan.effects(), ['poison', 'good']);
  assert.equal(await changsha.pending(), 1);
});

test('a receipt that is not the receiver’s for this very message does not count', async () => {
  const { wuhan, changsha, send, state } = createPair();
  await send('first');
  let first = '';
  state.wire = async (deliver) => (first = await deliver());
  await changsha.deliver('4201');
  await send('second');
  const forged: (() => Promise<string>)[] = [
    () => Promise.resolve(first),
    () => Promise.resolve(''),
    () => Promise.resolve(first.slice(0, -2) + 'AA'),
    () => seal('not-a-receipt', 'x'),
  ];
  for (const answer of forged) {
    state.wire = answer;
    await changsha.deliver('4201');
    changsha.world.now += 60;
    assert.equal(await changsha.pending(), 1);
  }
  state.wire = (deliver) => deliver();
  await changsha.deliver('4201');
  assert.deepEqual(await wuhan.effects(), ['first', 'second']);
});

test('what no known key has signed is refused before it is read, in no transaction', async () => {
  const { wuhan } = createPair();
  const { store } = wuhan;
  let transactions = 0;
  const { transaction } = store;
  Object.assign(store, {
    transaction: (work: Parameters<typeof transaction>[0]) => {
      transactions += 1;
      return transaction(work);
    },
  });
  const good = await seal('good-123', 'x');
  const [header, , signature] = good.split('.');
  const unread = 'A'.repeat(3_999_000); // no JSON, and too much of it
  const asStranger = (iss: string): string => {
    const text = `{"alg":"ES256","kid":"${iss}.3","typ":"tongyu-peer+jws"}`;
    return `${toBase64Url(new TextEncoder().encode(text))}.${unread}.${signature ?? ''}`;
  };
  const cases: readonly (readonly [string, string])[] = [
    [`${header ?? ''}.${unread}.${signature ?? ''}`, 'PEER_SIGNATURE_INVALID'],
    [asStranger('5101'), 'PEER_KEY_UNKNOWN'],
    [asStranger('3601'), 'PEER_KEY_UNKNOWN'], // too long for a section that brings its key along
    [`${header ?? ''}.${unread}`, 'PEER_MALFORMED'],
    [`${unread}.${unread}`, 'PEER_MALFORMED'],
  ];
  for (const [text, code] of cases) {
    assert.deepEqual(await wuhan.receive(text), { ok: false, refusal: { code } });
  }
  assert.equal(transactions, 0);
  assert.ok((await wuhan.receive(good)).ok);
  assert.equal(transactions, 1);
});

test('newer content of a topic replaces what has not been delivered yet', async () => {
  const { wuhan, changsha, send } = createPair();
  for (const body of ['old', 'newer', 'newest']) await send(body, 'state');
  await send('other');
  await changsha.deliver('4201');
  assert.deepEqual(await wuhan.effects(), ['newest', 'other']);
});

test('a refusal is an answer: stored, signed and final', async () => {
  const { wuhan, changsha, send } = createPair();
  await send('bad');
  await changsha.deliver('4201');
  assert.equal(await changsha.pending(), 0);
  assert.deepEqual(await wuhan.effects(), []);
});

test('messages for others, unsigned ones and receipts are refused without a trace', async () => {
  const { wuhan } = createPair();
  const good = await seal('good-123', 'x');
  const toOther = await sealPeerMessage(
    { iss: '4301', aud: '3401', jti: 'other-12', iat: 1, type: 'taps.report', body: 1 },
    3,
    keys['4301'],
  );
  const receipt = await sealPeerMessage(
    { iss: '4301', aud: '4201', jti: 'rcpt-123', iat: 1, type: 'receipt', body: 1 },
    3,
    keys['4301'],
  );
  const unknownKey = await sealPeerMessage(
    { iss: '4301', aud: '4201', jti: 'key-1234', iat: 1, type: 'taps.report', body: 1 },
    4,
    keys['4301'],
  );
  const cases: readonly (readonly [string, string])[] = [
    [toOther, 'PEER_NOT_FOR_US'],
    [receipt, 'PEER_TYPE_UNEXPECTED'],
    [unknownKey, 'PEER_KEY_UNKNOWN'],
    [`${good.slice(0, -4)}AAAA`, 'PEER_SIGNATURE_INVALID'],
    [`${good}.`, 'PEER_MALFORMED'],
    ['', 'PEER_MALFORMED'],
  ];
  for (const [text, code] of cases) {
    assert.deepEqual(await wuhan.receive(text), { ok: false, refusal: { code } });
  }
  assert.deepEqual(await wuhan.effects(), []);
});

test('a message that was dropped from the inbox never counts again', async () => {
  const { wuhan } = createPair();
  const text = await seal('first-one', 'a tap');
  assert.ok((await wuhan.receive(text)).ok);
  const outcome = async (now: number) => {
    wuhan.world.now = now;
    await wuhan.dropEvidence();
    const again = await wuhan.receive(text);
    return again.ok ? `new: ${String(again.isNew)}` : again.refusal.code;
  };
  assert.equal(await outcome(1000 + EVIDENCE_SECONDS + 1), 'new: false');
  assert.equal(await outcome(1000 + EVIDENCE_SECONDS + EVIDENCE_MARGIN_SECONDS), 'new: false');
  assert.equal(await outcome(1001 + EVIDENCE_SECONDS + EVIDENCE_MARGIN_SECONDS), 'PEER_TOO_OLD');
  assert.deepEqual(await wuhan.effects(), ['a tap']);
});

test('a message from days ahead would outlive its own id, and is refused', async () => {
  const { wuhan } = createPair();
  const text = await seal('from-ahead', 'a tap');
  wuhan.world.now = 1000 - EVIDENCE_MARGIN_SECONDS / 2 - 1;
  const refused = await wuhan.receive(text);
  assert.ok(!refused.ok && refused.refusal.code === 'PEER_IN_FUTURE');
  wuhan.world.now += 1;
  assert.ok((await wuhan.receive(text)).ok);
});

test('old evidence is dropped, and what was not delivered stays', async () => {
  const { changsha, send, state } = createPair();
  await send('delivered');
  await changsha.deliver('4201');
  state.wire = () => Promise.reject(new PeerAway('cut'));
  await send('waiting');
  await changsha.deliver('4201');
  changsha.world.now = 1_000_000;
  await changsha.dropEvidence();
  assert.equal(await changsha.pending(), 1);
  const left = await changsha.store.transaction((tx) => tx.peers.dropDone(2_000_000, 9));
  assert.equal(left, 0);
});
