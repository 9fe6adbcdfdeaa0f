import { Type } from '@fastify/type-provider-typebox';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import { cursorOf } from './console-lines.ts';
import type { JourneyViews } from './journey-views.ts';
import { sendView } from './refusals.ts';

const strict = { additionalProperties: false } as const;
const tags = ['console'];

const date = Type.String({ pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$' });
const cursor = Type.String({
  maxLength: 73,
  pattern: '^[0-9]{1,12}/[1-9][0-9]{3}-[a-z0-9-]{1,34}/[1-9][0-9]{0,14}$',
});
const limit = Type.String({ pattern: '^[0-9]{1,3}$' });
const service = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
const paging = { after: Type.Optional(cursor), limit: Type.Optional(limit) };
const range = { from: Type.Optional(date), to: Type.Optional(date) };
const answered = [Type.Literal('accepted'), Type.Literal('disputed')] as const;

const linesQuery = Type.Object(
  {
    service: Type.Optional(service),
    state: Type.Optional(Type.Union([Type.Literal('claimed'), ...answered])),
    ...paging,
  },
  strict,
);
const homeLinesQuery = Type.Object(
  { state: Type.Optional(Type.Union([...answered])), ...paging },
  strict,
);
/** The dates are those of the counts; the list goes on to the oldest. */
const exceptionsQuery = Type.Object({ ...paging, ...range }, strict);
const rangeQuery = Type.Object(range, strict);
const objectionId = Type.Object({
  id: Type.String({ pattern: '^[1-9][0-9]{3}-o-[A-Za-z0-9_-]{1,50}$' }),
});
const decisionBody = Type.Object(
  { decision: Type.Union([Type.Literal('upheld'), Type.Literal('rejected')]) },
  strict,
);

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

function limitOf(given: string | undefined): number {
  return Math.min(Math.max(1, Number(given ?? DEFAULT_LIMIT)), MAX_LIMIT);
}

/** Journeys of a city's console; an operator's people see what is their operator's. */
export function addConsoleJourneys(scope: App, views: JourneyViews): void {
  addLines(scope, views);
  addObjections(scope, views);
  addParity(scope, views);
}

function addLines(scope: App, views: JourneyViews): void {
  scope.get(
    '/console/api/journeys',
    { ...needs('viewer', 'operators-too'), schema: { querystring: linesQuery, tags } },
    ({ query, operator }) =>
      views.lines({
        limit: limitOf(query.limit),
        ...(query.service === undefined ? {} : { service: query.service }),
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.after === undefined ? {} : { after: cursorOf(query.after) }),
        ...(operator === null ? {} : { operator }),
      }),
  );
  scope.get(
    '/console/api/journey-exceptions',
    { ...needs('viewer', 'operators-too'), schema: { querystring: exceptionsQuery, tags } },
    async ({ query, operator }, reply) => {
      const { after, from, to } = query;
      const place = after === undefined ? undefined : cursorOf(after);
      const filter = {
        limit: limitOf(query.limit),
        ...(place === undefined ? {} : { after: { at: place.updatedAt, tap: place.journey } }),
        ...(operator === null ? {} : { operator }),
      };
      return sendView(reply, await views.exceptions(filter, rangeOf(from, to)));
    },
  );
  scope.get(
    '/console/api/home-lines',
    { ...needs('viewer'), schema: { querystring: homeLinesQuery, tags } },
    ({ query }) => {
      const place = query.after === undefined ? undefined : cursorOf(query.after);
      return views.homeLines({
        limit: limitOf(query.limit),
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(place === undefined ? {} : { after: { at: place.updatedAt, journey: place.journey } }),
      });
    },
  );
}

function addObjections(scope: App, views: JourneyViews): void {
  scope.get(
    '/console/api/objections',
    { ...needs('viewer', 'operators-too'), schema: { tags } },
    ({ operator }) => views.objections(operator),
  );
  scope.post(
    '/console/api/objections/:id/answer',
    {
      ...needs('editor', 'operators-too'),
      schema: { params: objectionId, body: decisionBody, tags },
    },
    async ({ params, body, account, operator }, reply) =>
      sendView(reply, await views.answerObjection(params.id, body.decision, { account, operator })),
  );
}

function addParity(scope: App, views: JourneyViews): void {
  const reading = {
    ...needs('viewer', 'operators-too'),
    schema: { querystring: rangeQuery, tags },
  };
  scope.get('/console/api/parity', reading, async ({ query, operator }, reply) =>
    sendView(reply, await views.parity(rangeOf(query.from, query.to), operator)),
  );
  scope.get('/console/api/parity.csv', reading, async ({ query, operator }, reply) => {
    const table = await views.parityTable(rangeOf(query.from, query.to), operator);
    if (table.ok) {
      reply.type('text/csv; charset=utf-8');
      reply.header('content-disposition', 'attachment; filename="parity.csv"');
    }
    return sendView(reply, table);
  });
}

function rangeOf(from: string | undefined, to: string | undefined) {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
