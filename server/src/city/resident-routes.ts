import { createHash } from 'node:crypto';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../http/create-app.ts';
import { sendProblem } from '../http/problem.ts';
import { RATE_LIMITS } from '../http/rate-limits.ts';
import { parseStrictJson } from '../http/strict-json.ts';
import type { PhoneRow } from '../store/city-tables.ts';
import type { CityFace } from './city.ts';
import { sendResult } from './problems.ts';
import type { Proof } from './proofing.ts';
import type { CityResult } from './refusals.ts';

const strict = { additionalProperties: false } as const;
const key = Type.String({ pattern: '^[A-Za-z0-9_-]{44}$' });
const time = Type.Integer({ minimum: 0, maximum: 0xffffffff });
const phoneId = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' });
const persona = Type.String({ pattern: '^[0-9]{4}-[a-z]{1,20}$' });
const proof = Type.Object({ kind: Type.Literal('synthetic'), persona }, strict);

const bindBody = Type.Object(
  { proof, phoneKey: key, signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }), time },
  strict,
);
const wantedSlot = Type.Object(
  {
    day: Type.Integer({ minimum: 0, maximum: 65_535 }),
    slot: Type.Integer({ minimum: 0, maximum: 3 }),
    /** Base64url of a compressed point: begins with 02 or 03. */
    deviceKeys: Type.Array(Type.String({ pattern: '^A[g-z0-9_-][A-Za-z0-9_-]{42}$' }), {
      minItems: 1,
      maxItems: 16,
    }),
  },
  strict,
);
const poolBody = Type.Object(
  {
    wanted: Type.Array(wantedSlot, { minItems: 0, maxItems: 29 }),
    class: Type.Integer({ minimum: 0, maximum: 65_535 }),
  },
  strict,
);
const lostBody = Type.Object({ proof, phoneId: Type.Optional(phoneId) }, strict);

const tags = ['resident'];
const BODY_BYTES = 64 * 1024;

/** Whose phone a request comes from, by its signature over all of it. */
export type Recognise = (request: FastifyRequest) => Promise<CityResult<PhoneRow>>;

/**
 * Routes of residents' phones. Every body that a phone signs is hashed as it came.
 *
 * @param addMore further routes of other rooms, under the same roof
 */
export async function addResidentRoutes(
  app: App,
  city: CityFace,
  addMore?: (scope: App, recognise: Recognise) => void,
): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.resident));
    const bodyHashes = keepBodyHashes(scope);
    const recognise: Recognise = (request) =>
      recognisePhone(city, request, bodyHashes.get(request) ?? EMPTY_HASH);

    scope.get('/resident/personas', { schema: { tags } }, (_request, reply) => {
      const personas = city.personas();
      return personas ?? sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
    });
    scope.post(
      '/resident/bind',
      { schema: { body: bindBody, tags }, bodyLimit: 4096 },
      async (request, reply) => sendResult(reply, await city.bind(request.body)),
    );
    scope.post(
      '/resident/pool',
      { schema: { body: poolBody, tags }, bodyLimit: BODY_BYTES },
      async (request, reply) => {
        const phone = await recognise(request);
        if (!phone.ok) return sendResult(reply, phone);
        return sendResult(reply, await city.pool(phone.value.phoneId, request.body));
      },
    );
    scope.get('/resident/status', { schema: { tags } }, async (request, reply) => {
      const phone = await recognise(request);
      return phone.ok ? city.status(phone.value) : sendResult(reply, phone);
    });
    scope.get('/resident/classes', { schema: { tags } }, async (request, reply) => {
      const phone = await recognise(request);
      return sendResult(reply, phone.ok ? await city.classes(phone.value) : phone);
    });
    scope.post('/resident/unbind', { schema: { tags } }, async (request, reply) => {
      const phone = await recognise(request);
      if (!phone.ok) return sendResult(reply, phone);
      return sendResult(reply, await city.unbind(phone.value.phoneId));
    });
    scope.post(
      '/resident/report-lost',
      { schema: { body: lostBody, tags }, bodyLimit: 4096 },
      async (request, reply) => reportLost(city, request.body, reply),
    );
    addMore?.(scope, recognise);
  });
}

async function reportLost(
  city: CityFace,
  body: { readonly proof: Proof; readonly phoneId?: string },
  reply: FastifyReply,
): Promise<FastifyReply> {
  return sendResult(reply, await city.reportLost(body));
}

const EMPTY_HASH = sha256Hex('');

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The body's hash stays beside the request, since its text is gone once it is parsed. */
function keepBodyHashes(scope: App): WeakMap<FastifyRequest, string> {
  const hashes = new WeakMap<FastifyRequest, string>();
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    hashes.set(request, sha256Hex(String(text)));
    const value = parseStrictJson(String(text));
    if (value !== undefined) done(null, value);
    else done(Object.assign(new Error('not strict JSON'), { code: 'JSON_MALFORMED' }));
  });
  return hashes;
}

function recognisePhone(
  city: CityFace,
  request: FastifyRequest,
  bodyHash: string,
): Promise<CityResult<PhoneRow>> {
  const header = request.headers['tongyu-phone'];
  const method = request.method === 'POST' ? 'POST' : 'GET';
  return city.recognisePhone({
    header: typeof header === 'string' ? header : undefined,
    method,
    path: request.url,
    bodyHash,
  });
}
