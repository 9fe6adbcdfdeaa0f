import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedMessages } from './failed-messages.ts';

test('a source is not listened to after sixty failures within a minute, the others are', () => {
  let now = 1_000_000;
  const failed = failedMessages({ now: () => now });
  for (let i = 0; i < 59; i++) failed.count('192.0.2.1');
  assert.equal(failed.isOver('192.0.2.1'), false);
  failed.count('192.0.2.1');
  assert.equal(failed.isOver('192.0.2.1'), true);
  assert.equal(failed.isOver('192.0.2.2'), false);
  now += 59;
  assert.equal(failed.isOver('192.0.2.1'), true);
  now += 1;
  assert.equal(failed.isOver('192.0.2.1'), false);
  failed.count('192.0.2.1');
  now -= 7200; // the clock was set back
  assert.equal(failed.isOver('192.0.2.1'), false);
});

test('very many sources do not fill the memory', () => {
  const failed = failedMessages({ now: () => 1_000_000 });
  for (let i = 0; i < 60; i++) failed.count('first');
  for (let i = 0; i < 10_000; i++) failed.count(String(i));
  assert.equal(failed.isOver('first'), false, 'it was forgotten');
});
