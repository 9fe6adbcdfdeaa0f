import { Type } from '@fastify/type-provider-typebox';
import { DIRECTIONS } from '@tongyu/protocol';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import type { TapFilter } from '../store/city-tables.ts';
import type { CityFace } from './city.ts';
import { sendResult } from './problems.ts';

const strict = { additionalProperties: false } as const;
const tags = ['console'];
const id = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
const key = Type.String({ pattern: '^A[g-z0-9_-][A-Za-z0-9_-]{42}$' });

const tapsQuery = Type.Object(
  {
    terminal: Type.Optional(id),
    verdict: Type.Optional(
      Type.Union([
        Type.Literal('pass'),
        Type.Literal('check'),
        Type.Literal('refuse'),
        Type.Literal('unknown'),
      ]),
    ),
    /** `next` of the page before. */
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })),
  },
  strict,
);
const operatorBody = Type.Object(
  {
    id,
    name: Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
  },
  strict,
);
/** Left out: one tap is a whole journey, and the gate stands at no stop. */
const placeMembers = {
  direction: Type.Optional(Type.Union(DIRECTIONS.map((one) => Type.Literal(one)))),
  stop: Type.Optional(Type.Union([Type.Null(), Type.String({ pattern: '^[a-z0-9-]{1,40}$' })])),
};
const terminalBody = Type.Object(
  {
    id,
    /** Left out: the operator of the service. */
    operator: Type.Optional(id),
    service: id,
    /** An ES256 key as text, or a key entry with its algorithm. */
    key: Type.Union([
      key,
      Type.Object(
        {
          keyId: Type.Literal(1),
          alg: Type.Union([Type.Literal('ES256'), Type.Literal('SM2')]),
          key,
        },
        strict,
      ),
    ]),
    ...placeMembers,
  },
  strict,
);
const reasonBody = Type.Object(
  {
    reason: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
  },
  strict,
);
const emptyBody = Type.Object({}, strict);

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** The city's part of the console; `scope` lets only staff in. */
export function addCityConsole(scope: App, city: CityFace): void {
  addReads(scope, city);
  addCatalogue(scope, city);
  scope.post(
    '/console/api/issuer-key/rollover',
    { ...needs('keeper'), schema: { body: emptyBody, tags } },
    async (_request, reply) => sendResult(reply, await city.rollOverIssuerKey()),
  );
  scope.post(
    '/console/api/issuer-key/replace',
    { ...needs('keeper'), schema: { body: reasonBody, tags } },
    async (_request, reply) => reply.send(await city.replaceIssuerKey()),
  );
}

function addReads(scope: App, city: CityFace): void {
  scope.get(
    '/console/api/taps',
    { ...needs('viewer', 'operators-too'), schema: { querystring: tapsQuery, tags } },
    async (request, reply) => {
      const { terminal, verdict, after, limit } = request.query;
      const filter: TapFilter = {
        limit: Math.min(Math.max(1, Number(limit ?? DEFAULT_LIMIT)), MAX_LIMIT),
        ...(terminal === undefined ? {} : { terminal }),
        ...(request.operator === null ? {} : { operator: request.operator }),
        ...(verdict === undefined ? {} : { verdict }),
        ...(after === undefined ? {} : { before: Number(after) }),
      };
      return reply.send(await city.taps(filter));
    },
  );
  const reading = { ...needs('viewer', 'operators-too'), schema: { tags } };
  scope.get('/console/api/exceptions', reading, async ({ operator }) => ({
    ...(await city.exceptions(MAX_LIMIT, operator)),
    next: null,
  }));
  scope.get('/console/api/gaps', reading, async ({ operator }) => ({
    gaps: await city.gaps(operator),
  }));
  scope.get('/console/api/terminals', reading, ({ operator }) => city.terminals(operator));
  scope.get('/console/api/residents/count', { ...needs('viewer'), schema: { tags } }, async () => ({
    count: await city.countResidents(),
  }));
}

function addCatalogue(scope: App, city: CityFace): void {
  const reading = { ...needs('viewer', 'operators-too'), schema: { tags } };
  scope.get('/console/api/services', reading, async ({ operator }) => ({
    services: (await city.services()).filter(
      (service) => operator === null || service.operator === operator,
    ),
  }));
  scope.post(
    '/console/api/operators',
    { ...needs('keeper'), schema: { body: operatorBody, tags } },
    async (request, reply) => sendResult(reply, await city.saveOperator(request.body)),
  );
  scope.post(
    '/console/api/terminals',
    { ...needs('keeper'), schema: { body: terminalBody, tags } },
    async (request, reply) => {
      const { key: given, ...terminal } = request.body;
      const entry = typeof given === 'string' ? ({ alg: 'ES256', key: given } as const) : given;
      const { alg, key: text } = entry;
      return sendResult(reply, await city.registerTerminal({ ...terminal, alg, key: text }));
    },
  );
  scope.post(
    '/console/api/terminals/:id/revoke',
    { ...needs('keeper'), schema: { params: Type.Object({ id }), tags } },
    async (request, reply) => sendResult(reply, await city.revokeTerminal(request.params.id)),
  );
}
