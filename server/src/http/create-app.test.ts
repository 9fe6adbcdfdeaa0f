import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from '@fastify/type-provider-typebox';
import { silentLog, type LogFields } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createApp, type App } from './create-app.ts';

type Line = { readonly fields: LogFields; readonly message: string; readonly error?: unknown };

async function makeApp(lines: Line[] = []): Promise<App> {
  const push = (fields: LogFields, message: string, error?: unknown): void => {
    lines.push({ fields, message, error });
  };
  const app = await createApp({
    title: 'test',
    version: '0',
    log: { info: push, warn: push, error: push },
    rng: systemRng(),
    strictTransport: false,
  });
  const body = Type.Object({ count: Type.Integer() }, { additionalProperties: false });
  const querystring = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1 })) });
  app.post('/things/:id', { schema: { body }, bodyLimit: 200 }, (request) => request.body);
  app.get('/things', { schema: { querystring } }, (request) => ({ limit: request.query.limit }));
  app.get('/broken', () => {
    throw new Error('secret detail at /home/someone/file.ts:1');
  });
  await app.ready();
  return app;
}

type Answer = { readonly status: number; readonly type: string; readonly body: string };

async function ask(
  app: App,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  payload?: string,
  type = 'application/json',
): Promise<Answer> {
  const headers = payload === undefined ? {} : { 'content-type': type };
  const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'] ?? '',
    body: answer.body,
  };
}

test('every refused request is an RFC 9457 problem with its status and a stable code', async () => {
  const app = await makeApp();
  const cases = [
    { given: ask(app, 'GET', '/nowhere'), status: 404, code: 'NOT_FOUND' },
    { given: ask(app, 'DELETE', '/things/7'), status: 405, code: 'METHOD_NOT_ALLOWED' },
    { given: ask(app, 'POST', '/things/7', '{'), status: 400, code: 'JSON_MALFORMED' },
    { given: ask(app, 'POST', '/things/7', '{"count":1,"count":2}'), status: 400 },
    { given: ask(app, 'POST', '/things/7', '{"count":"1"}'), status: 400, code: 'INVALID' },
    { given: ask(app, 'POST', '/things/7', '{"count":1,"more":1}'), status: 400, code: 'INVALID' },
    { given: ask(app, 'POST', '/things/7', ' '.repeat(201)), status: 413, code: 'BODY_TOO_LARGE' },
    { given: ask(app, 'POST', '/things/7', 'x', 'text/plain'), status: 415, code: 'MEDIA_TYPE' },
    { given: ask(app, 'GET', '/things?limit=0'), status: 400, code: 'INVALID' },
    { given: ask(app, 'GET', '/things?limit=x'), status: 400, code: 'INVALID' },
    { given: ask(app, 'GET', '/%zz'), status: 400, code: 'ADDRESS' },
  ];
  for (const { given, status, code } of cases) {
    const answer = await given;
    assert.equal(answer.status, status, answer.body);
    assert.match(answer.type, /^application\/problem\+json/);
    const problem = JSON.parse(answer.body) as { status: number; code: string };
    assert.equal(problem.status, status);
    if (code !== undefined) assert.equal(problem.code, code);
  }
  await app.close();
});

test('a good request is answered, numbers in the query as numbers', async () => {
  const app = await makeApp();
  assert.equal((await ask(app, 'POST', '/things/7', '{"count":1}')).body, '{"count":1}');
  assert.equal((await ask(app, 'GET', '/things?limit=5')).body, '{"limit":5}');
  await app.close();
});

test('a defect answers a reference number and nothing else; the log has the rest', async () => {
  const lines: Line[] = [];
  const app = await makeApp(lines);
  const answer = await ask(app, 'GET', '/broken');
  assert.equal(answer.status, 500);
  assert.doesNotMatch(answer.body, /secret|\.ts|at /);
  const { reference } = JSON.parse(answer.body) as { reference: string };
  const logged = lines.find((line) => line.fields.reference === reference);
  assert.match(String(logged?.error), /secret detail/);
  await app.close();
});

test('the log names the route by its pattern, never the address or its query', async () => {
  const lines: Line[] = [];
  const app = await makeApp(lines);
  await ask(app, 'GET', '/things?limit=5&name=private');
  await ask(app, 'POST', '/things/private', '{"count":1}');
  await ask(app, 'GET', '/private');
  assert.doesNotMatch(JSON.stringify(lines), /private/);
  assert.deepEqual(
    lines.map((line) => line.fields.route),
    ['/things', '/things/:id', 'unknown'],
  );
  await app.close();
});

test('every answer carries a closed policy and is not kept', async () => {
  const app = await makeApp();
  for (const url of ['/things', '/nowhere', '/broken']) {
    const { headers } = await app.inject({ method: 'GET', url });
    assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'");
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  }
  await app.close();
});

test('the OpenAPI document lists the routes with their schemas', async () => {
  const app = await makeApp();
  const answer = await app.inject({ method: 'GET', url: '/openapi.json' });
  const api = answer.json<{ openapi: string; paths: Record<string, unknown> }>();
  assert.equal(api.openapi, '3.1.0');
  assert.deepEqual(Object.keys(api.paths).sort(), ['/broken', '/things', '/things/{id}']);
  await app.close();
});

test('behind the proxy each address has its own rate limit; nobody else names one', async () => {
  const app = await createApp({
    ...{ title: 'test', version: '0', strictTransport: false },
    ...{ log: silentLog, rng: systemRng() },
  });
  const onRequest = app.rateLimit({ max: 1, timeWindow: 60_000 });
  app.get('/limited', { onRequest }, () => ({}));
  const statusFor = async (remoteAddress: string, address: string): Promise<number> => {
    const headers = { 'x-forwarded-for': address };
    return (await app.inject({ url: '/limited', remoteAddress, headers })).statusCode;
  };
  const proxy = '127.0.0.1';
  assert.equal(await statusFor(proxy, '192.0.2.1'), 200);
  assert.equal(await statusFor(proxy, '192.0.2.1'), 429);
  assert.equal(await statusFor(proxy, '192.0.2.2'), 200);
  assert.equal(await statusFor('198.51.100.7', '192.0.2.3'), 200);
  assert.equal(await statusFor('198.51.100.7', '192.0.2.4'), 429);
  await app.close();
});
