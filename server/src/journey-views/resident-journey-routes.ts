import { Type } from '@fastify/type-provider-typebox';
import { OBJECTION_REASONS, type TapId } from '@tongyu/protocol';
import { sendResult } from '../city/problems.ts';
import type { Recognise } from '../city/resident-routes.ts';
import type { App } from '../http/create-app.ts';
import type { JourneyViews } from './journey-views.ts';
import { sendView } from './refusals.ts';

const strict = { additionalProperties: false } as const;
const tags = ['resident'];

const tapId = Type.Unsafe<TapId>(
  Type.String({ maxLength: 60, pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}/[1-9][0-9]{0,14}$' }),
);
/** `next` of the page before; what it counts is the city's own affair. */
const tripsQuery = Type.Object(
  { after: Type.Optional(Type.String({ pattern: '^[0-9]{1,12}$' })) },
  strict,
);
const repairBody = Type.Object(
  {
    journey: tapId,
    kind: Type.Union([Type.Literal('exit'), Type.Literal('entry'), Type.Literal('class')]),
    stop: Type.Union([Type.String({ pattern: '^[a-z0-9-]{1,40}$' }), Type.Null()]),
    time: Type.Union([Type.Integer({ minimum: 0, maximum: 0xffffffff }), Type.Null()]),
    class: Type.Union([Type.Integer({ minimum: 1, maximum: 0xffff }), Type.Null()]),
  },
  strict,
);
const objectionBody = Type.Object(
  { journey: tapId, reason: Type.Union(OBJECTION_REASONS.map((one) => Type.Literal(one))) },
  strict,
);
const BODY_BYTES = 1024;

/** A resident's own journeys: whose they are, only the phone's signature says. */
export function addResidentJourneys(
  scope: App,
  recognise: Recognise,
  views: Pick<JourneyViews, 'trips' | 'seen' | 'repair' | 'object'>,
): void {
  scope.get(
    '/resident/trips',
    { schema: { querystring: tripsQuery, tags } },
    async (request, reply) => {
      const phone = await recognise(request);
      if (!phone.ok) return sendResult(reply, phone);
      const { after } = request.query;
      const from = after === undefined ? undefined : Number(after);
      return views.trips(phone.value.residentRef, from);
    },
  );
  scope.get('/resident/seen', { schema: { tags } }, async (request, reply) => {
    const phone = await recognise(request);
    return phone.ok ? views.seen(phone.value.residentRef) : sendResult(reply, phone);
  });
  scope.post(
    '/resident/repairs',
    { schema: { body: repairBody, tags }, bodyLimit: BODY_BYTES },
    async (request, reply) => {
      const phone = await recognise(request);
      if (!phone.ok) return sendResult(reply, phone);
      return sendView(reply, await views.repair(phone.value.residentRef, request.body));
    },
  );
  scope.post(
    '/resident/objections',
    { schema: { body: objectionBody, tags }, bodyLimit: BODY_BYTES },
    async (request, reply) => {
      const phone = await recognise(request);
      if (!phone.ok) return sendResult(reply, phone);
      return sendView(reply, await views.object(phone.value.residentRef, request.body));
    },
  );
}
