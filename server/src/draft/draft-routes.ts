import { Type } from '@fastify/type-provider-typebox';
import { entryShape } from '@tongyu/protocol';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import type { DraftFace } from './draft.ts';
import type { DraftFilter } from './draft-views.ts';
import { addImportRoute } from './import-route.ts';
import { addCommentRoutes, addFundingRoutes } from './office-routes.ts';
import { addFeedbackRoutes } from './feedback-routes.ts';
import { readMember, sendDraft } from './send-draft-result.ts';

const strict = { additionalProperties: false } as const;
const tags = ['console'];
const id = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
const byId = Type.Object({ id });
const listQuery = Type.Object(
  {
    kind: Type.Optional(
      Type.Union([
        Type.Literal('added'),
        Type.Literal('changed'),
        Type.Literal('removed'),
        Type.Literal('unchanged'),
        Type.Literal('drafted'),
      ]),
    ),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    /** `next` of the page before. */
    after: Type.Optional(id),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })),
  },
  strict,
);
/** One line of Chinese, or a text in three languages; looked at more closely inside. */
const reason = Type.Union([
  Type.String({ maxLength: 200 }),
  Type.Object(
    {
      zhCN: Type.String({ maxLength: 200 }),
      zhTW: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
      en: Type.Union([Type.String({ maxLength: 400 }), Type.Null()]),
    },
    strict,
  ),
]);
/** The entry's revision that its editor saw; 0 when nobody has drafted it before. */
const expect = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const putBody = Type.Object({ entry: Type.Unknown(), reason, expect }, strict);
const dropBody = Type.Object({ reason, expect }, strict);
const submitBody = Type.Object(
  { edition: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
  strict,
);

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
/** An entry with all its places, stops and rules. */
const MAX_ENTRY_BYTES = 1_000_000;

/** The office's routes of a city: draft, import, comments, funding, feedback. */
export function addDraftConsole(scope: App, draft: DraftFace): void {
  addReads(scope, draft);
  addWrites(scope, draft);
  addImportRoute(scope, draft);
  addCommentRoutes(scope, draft);
  addFundingRoutes(scope, draft);
  addFeedbackRoutes(scope, {
    list: (openOnly) => draft.feedback(openOnly),
    answer: (report, said, by) => draft.answerFeedback(report, said, by),
  });
}

function addReads(scope: App, draft: DraftFace): void {
  const reading = needs('viewer');
  scope.get(
    '/console/api/draft',
    { ...reading, schema: { querystring: listQuery, tags } },
    async (request, reply) => {
      const { limit, ...rest } = request.query;
      const filter: DraftFilter = {
        ...rest,
        limit: Math.min(Math.max(1, Number(limit ?? DEFAULT_LIMIT)), MAX_LIMIT),
      };
      return reply.send(await draft.list(filter));
    },
  );
  scope.get(
    '/console/api/draft/entries/:id',
    { ...reading, schema: { params: byId, tags } },
    async (request, reply) => sendDraft(reply, await draft.show(request.params.id)),
  );
  scope.get(
    '/console/api/draft/entries/:id/history',
    { ...reading, schema: { params: byId, tags } },
    async (request) => ({
      id: request.params.id,
      lines: await draft.history(request.params.id),
    }),
  );
  const file = { ...reading, schema: { tags } };
  scope.get('/console/api/draft/export.csv', file, async (_request, reply) => {
    reply.header('content-disposition', 'attachment; filename="tongyu-draft.csv"');
    return reply.type('text/csv; charset=utf-8').send(await draft.exportCsv());
  });
  scope.get('/console/api/draft/export.json', file, async (_request, reply) => {
    reply.header('content-disposition', 'attachment; filename="tongyu-draft.json"');
    return reply.send(await draft.exportJson());
  });
}

function addWrites(scope: App, draft: DraftFace): void {
  const editing = needs('editor');
  scope.put(
    '/console/api/draft/entries/:id',
    {
      ...editing,
      schema: { params: byId, body: putBody, tags },
      bodyLimit: MAX_ENTRY_BYTES,
    },
    async (request, reply) => {
      const { entry: given, ...edit } = request.body;
      const entry = readMember(reply, entryShape, 'entry', given);
      if (entry === undefined) return reply;
      const by = request.account;
      return sendDraft(reply, await draft.put(request.params.id, entry, { ...edit, by }));
    },
  );
  const dropping = { ...editing, schema: { params: byId, body: dropBody, tags } };
  scope.delete('/console/api/draft/entries/:id', dropping, async (request, reply) => {
    const edit = { ...request.body, by: request.account };
    return sendDraft(reply, await draft.remove(request.params.id, edit));
  });
  scope.post('/console/api/draft/entries/:id/revert', dropping, async (request, reply) => {
    const edit = { ...request.body, by: request.account };
    return sendDraft(reply, await draft.revert(request.params.id, edit));
  });
  scope.post(
    '/console/api/draft/submit',
    { ...needs('publisher'), schema: { body: submitBody, tags } },
    async (request, reply) => sendDraft(reply, await draft.submit(request.body.edition)),
  );
}
