import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { after } from 'node:test';
import { generateSigner } from '../crypto/sign.ts';
import { createHttpExchange } from '../ports/http-exchange.ts';
import { httpCityLink } from './city-link-http.ts';
import { CityAway, type CityLink } from './ports.ts';

let answer: (response: http.ServerResponse) => void = (response) => response.end();
const server = http.createServer((_request, response) => {
  answer(response);
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
after(() => {
  server.closeAllConnections();
  server.close();
});

function link(): CityLink {
  return httpCityLink({
    cityUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    terminal: '4201-gate-1',
    key: generateSigner('ES256'),
    clock: { now: () => 1 },
    exchange: createHttpExchange({ timeoutSeconds: 0.2, maxAnswerBytes: 10_000 }),
  });
}

const HAVE = { root: 0, bundle: 0, services: 0, lists: {} };
const GOOD = { results: [], used: [], usedCursor: '', serverTime: 1 };

async function upload(body: unknown): Promise<unknown> {
  answer = (response) => response.end(typeof body === 'string' ? body : JSON.stringify(body));
  return link().uploadTaps([], '');
}

void test('a good answer is read, refusals with and without a field', async () => {
  const results = [
    { number: 1, outcome: 'accepted' },
    { number: 2, outcome: 'refused', refusal: { code: 'TAP_CONTENT_DIFFERS', field: 'time' } },
    { number: 3, outcome: 'refused', refusal: { code: 'TAP_IN_FUTURE' } },
  ];
  const read = (await upload({ ...GOOD, results })) as typeof GOOD;
  assert.deepEqual(read.results, [
    { number: 1, outcome: 'accepted', refusal: null },
    { number: 2, outcome: 'refused', refusal: { code: 'TAP_CONTENT_DIFFERS', field: 'time' } },
    { number: 3, outcome: 'refused', refusal: { code: 'TAP_IN_FUTURE', field: null } },
  ]);
});

const ODD: readonly (readonly [string, unknown])[] = [
  ['no JSON', '<html>'],
  ['a member too many', { ...GOOD, extra: 1 }],
  [
    'a member given twice',
    '{"results":[],"used":[],"usedCursor":"","serverTime":1,"serverTime":2}',
  ],
  ['an unknown outcome', { ...GOOD, results: [{ number: 1, outcome: 'lost' }] }],
  ['a number that is none', { ...GOOD, results: [{ number: 1.5, outcome: 'accepted' }] }],
  ['a tag of a wrong length', { ...GOOD, used: [{ issuer: '4301', tag: 'ab', time: 1 }] }],
];

for (const [name, body] of ODD) {
  void test(`an answer with ${name} counts as none`, async () => {
    await assert.rejects(upload(body), CityAway);
  });
}

void test('an error page, a redirect and an offer that is no offer count as none', async () => {
  for (const [status, body] of [
    [503, '{}'],
    [302, ''],
    [200, '{"roots":[]}'],
  ] as const) {
    answer = (response) => response.writeHead(status, { location: '/x' }).end(body);
    await assert.rejects(link().sync(HAVE, ''), CityAway);
  }
});

void test('an answer that is too long, cut or never comes counts as none', async () => {
  answer = (response) => response.end('x'.repeat(20_000));
  await assert.rejects(link().sync(HAVE, ''), CityAway);
  answer = (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"roots"');
    response.socket?.end();
  };
  await assert.rejects(link().sync(HAVE, ''), CityAway);
  answer = () => undefined;
  await assert.rejects(link().sync(HAVE, ''), CityAway);
});
