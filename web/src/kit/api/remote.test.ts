import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReply } from './remote.ts';

function answer(status: number, text: string) {
  const body = new TextEncoder().encode(text);
  return { kind: 'answered' as const, status, headers: new Headers(), body };
}

test('a success is its JSON, and an empty success is undefined', () => {
  assert.deepEqual(readReply(answer(200, '{"a":1}')), { ok: true, value: { a: 1 } });
  assert.deepEqual(readReply(answer(204, '')), { ok: true, value: undefined });
});

test('a problem keeps its code and its reference', () => {
  const reply = readReply(answer(500, '{"code":"INTERNAL","reference":"r1","title":"x"}'));
  const problem = { status: 500, code: 'INTERNAL', reference: 'r1' };
  assert.deepEqual(reply, { ok: false, refusal: { kind: 'refused', problem } });
});

test('what a proxy or a broken node sends is a refusal too, never a throw', () => {
  for (const [status, text] of [
    [502, '<html>'],
    [200, '{"a":'],
    [404, 'null'],
    [400, '{"code":7}'],
  ] as const) {
    const reply = readReply(answer(status, text));
    const problem = { status, code: `HTTP ${String(status)}` };
    assert.deepEqual(reply, { ok: false, refusal: { kind: 'refused', problem } }, text);
  }
});

test('no connection is told apart from a refusal', () => {
  const reply = readReply({ kind: 'unreachable' });
  assert.deepEqual(reply, { ok: false, refusal: { kind: 'unreachable' } });
});
