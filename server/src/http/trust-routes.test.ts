import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedMessages } from '../peers/failed-messages.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createApp } from './create-app.ts';
import { addTrustRoutes, type ReceivedEnvelope } from './trust-routes.ts';

test('who keeps sending what no known key has signed is turned away, nobody else', async () => {
  let now = 1_000_000;
  let read = 0;
  const app = await createApp({
    title: 'test',
    version: '0',
    log: silentLog,
    rng: systemRng(),
    strictTransport: false,
  });
  const nothing = () => Promise.resolve(undefined);
  await addTrustRoutes(app, {
    root: nothing,
    bundle: nothing,
    list: nothing,
    offer: nothing,
    times: () => Promise.resolve([]),
    founding: () => Promise.resolve('{}'),
    failed: failedMessages({ now: () => now }),
    receive: (text): Promise<ReceivedEnvelope> => {
      read += 1;
      if (text === 'good') return Promise.resolve({ ok: true, receipt: 'a.b.c' });
      return Promise.resolve({ ok: false, refusal: { code: text } });
    },
  });
  const send = async (payload: string, from: string): Promise<number> => {
    const headers = { 'content-type': 'application/jose', 'x-forwarded-for': from };
    const answer = await app.inject({ method: 'POST', url: '/peer', headers, payload });
    return answer.statusCode;
  };
  const city = '192.0.2.1';
  for (let i = 0; i < 200; i++) assert.equal(await send('good', city), 200);
  for (let i = 0; i < 100; i++) assert.equal(await send('PEER_IN_FUTURE', city), 422);
  assert.equal(await send('good', city), 200);

  const stranger = '192.0.2.2';
  for (let i = 0; i < 60; i++) assert.equal(await send('PEER_KEY_UNKNOWN', stranger), 422);
  const before = read;
  assert.equal(await send('PEER_KEY_UNKNOWN', stranger), 429);
  assert.equal(await send('good', stranger), 429);
  assert.equal(read, before, 'it is not even read');
  assert.equal(await send('good', city), 200);
  now += 60;
  assert.equal(await send('good', stranger), 200);
  await app.close();
});
