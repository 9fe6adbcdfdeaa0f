import { Type } from '@fastify/type-provider-typebox';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import type { FeedbackRow } from '../store/feedback-tables.ts';
import type { DraftResult } from './refusals.ts';
import { sendDraft } from './send-draft-result.ts';

const strict = { additionalProperties: false } as const;
const tags = ['console'];
const openQuery = Type.Object(
  { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('all')])) },
  strict,
);
const answerBody = Type.Object({ text: Type.String({ minLength: 1, maxLength: 500 }) }, strict);
const byId = Type.Object({ id: Type.String({ pattern: '^[0-9A-Za-z._-]{8,64}$' }) });

export type FeedbackDesk = {
  list(openOnly: boolean): Promise<readonly FeedbackRow[]>;
  answer(id: string, text: string, by: string): Promise<DraftResult<FeedbackRow>>;
};

/** What the public has reported; the same at the hub and at every city. */
export function addFeedbackRoutes(scope: App, desk: FeedbackDesk): void {
  scope.get(
    '/console/api/feedback',
    { ...needs('viewer'), schema: { querystring: openQuery, tags } },
    async (request) => ({ reports: await desk.list(request.query.state === 'open') }),
  );
  scope.post(
    '/console/api/feedback/:id/answer',
    { ...needs('editor'), schema: { params: byId, body: answerBody, tags } },
    async (request, reply) => {
      const { text } = request.body;
      return sendDraft(reply, await desk.answer(request.params.id, text, request.account));
    },
  );
}
