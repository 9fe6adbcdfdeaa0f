import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { fromBase64Url, utf8 } from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { verifySync } from '../crypto/verify.ts';
import { HttpAway, type HttpAnswer, type HttpRequest } from '../ports/http-exchange.ts';
import { httpHomeLink } from './home-link-http.ts';
import { HomeAway } from './ports.ts';

const key = generateSigner('ES256');
const AS = { phoneId: 'p'.repeat(22), key, time: 1_796_000_000, nonce: 'n'.repeat(22) };
const PROOF = { kind: 'synthetic', persona: 'adult' } as const;

function linkTo(answer: HttpAnswer | Error) {
  const requests: HttpRequest[] = [];
  const link = httpHomeLink('http://home', async (request) => {
    requests.push(request);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { link, requests };
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, text: JSON.stringify(value) };
}

void test('a phone’s request is signed over method, path, time, nonce and body', async () => {
  const pool = { passes: [], voidKeyIds: [3], serverTime: 1 };
  const { link, requests } = linkTo(json(200, pool));
  const answer = await link.pool(AS, [{ day: 20_000, slot: 1, deviceKeys: [] }], 2);
  assert.deepEqual(answer, { ok: true, value: pool });
  const [request] = requests;
  assert.equal(request?.url, 'http://home/resident/pool');
  assert.deepEqual(JSON.parse(request.body ?? ''), {
    wanted: [{ day: 20_000, slot: 1, deviceKeys: [] }],
    class: 2,
  });
  const header = request.headers?.['tongyu-phone'] ?? '';
  const [phoneId, time, nonce, signature = ''] = header.split('.');
  assert.deepEqual([phoneId, time, nonce], [AS.phoneId, String(AS.time), AS.nonce]);
  const hash = createHash('sha256')
    .update(request.body ?? '')
    .digest('hex');
  const text = `tongyu-phone-1\nPOST /resident/pool\n${String(AS.time)}\n${AS.nonce}\n${hash}`;
  const { alg, publicKey } = key;
  const raw = fromBase64Url(signature) ?? new Uint8Array(0);
  assert.ok(verifySync({ alg, publicKey, message: utf8(text), signature: raw }));
});

void test('a problem becomes a refusal with what a phone can act on', async () => {
  const problem = { type: 'urn:x', title: 'x', status: 401, code: 'PHONE_CLOCK', serverTime: 7 };
  const { link } = linkTo(json(401, problem));
  assert.deepEqual(await link.status(AS), {
    ok: false,
    refusal: { code: 'PHONE_CLOCK', serverTime: 7 },
  });
  const exhausted = linkTo(json(422, { code: 'POOL_EXHAUSTED', day: 20_000, slot: 2 }));
  assert.deepEqual(await exhausted.link.pool(AS, [], 0), {
    ok: false,
    refusal: { code: 'POOL_EXHAUSTED', slot: { day: 20_000, slot: 2 } },
  });
});

void test('reporting a phone lost needs no phone’s signature', async () => {
  const phones = [{ phoneId: 'q'.repeat(22), boundAt: 1, revokedAt: null }];
  const listing = linkTo(json(200, { phones }));
  assert.deepEqual(await listing.link.phonesOf(PROOF), { ok: true, value: phones });
  assert.deepEqual(listing.requests[0]?.headers, {});
  const reporting = linkTo(json(200, { revokedAt: 5, listNumber: 2 }));
  const answer = await reporting.link.reportLost(PROOF, 'q'.repeat(22));
  assert.deepEqual(answer, { ok: true, value: { revokedAt: 5, listNumber: 2 } });
  assert.equal(
    reporting.requests[0]?.body,
    JSON.stringify({ proof: PROOF, phoneId: 'q'.repeat(22) }),
  );
});

void test('a cut cable, a foreign error page and an odd answer count as away', async () => {
  for (const answer of [
    new HttpAway('cut'),
    { status: 502, text: '<html>' },
    { status: 302, text: '' },
    json(200, { passes: [{ pass: 'short' }], voidKeyIds: [], serverTime: 1 }),
    json(200, { passes: [], voidKeyIds: [], serverTime: 1, more: true }),
  ]) {
    await assert.rejects(linkTo(answer).link.pool(AS, [], 0), HomeAway);
  }
});

void test('what the home city proves is read strictly', async () => {
  const held = {
    ...{ class: 2, assurance: 'high', prover: 'birth-date', provedAt: 5, expires: null },
    standing: 'offered',
  };
  const { link, requests } = linkTo(json(200, { classes: [held] }));
  assert.deepEqual(await link.classes(AS), { ok: true, value: [held] });
  assert.equal(requests[0]?.url, 'http://home/resident/classes');
  for (const odd of [
    { ...held, class: 0 },
    { ...held, class: 65_536 },
    { ...held, assurance: 'sure' },
    { ...held, standing: 'maybe' },
    { ...held, expires: '2027-08-31' },
    { ...held, birthDate: '1958-02-26' },
    null,
  ]) {
    await assert.rejects(linkTo(json(200, { classes: [odd] })).link.classes(AS), HomeAway);
  }
});
