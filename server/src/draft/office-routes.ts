import { Type } from '@fastify/type-provider-typebox';
import { entryShape } from '@tongyu/protocol';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import type { DraftFace } from './draft.ts';
import { unsignedRuleShape } from './funding-shape.ts';
import { readMember, sendDraft } from './send-draft-result.ts';

const strict = { additionalProperties: false } as const;
const tags = ['console'];
const party = Type.String({ pattern: '^[1-9][0-9]{3}$' });
const entry = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
const said = Type.String({ minLength: 1, maxLength: 1_000 });
const openQuery = Type.Object(
  { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('all')])) },
  strict,
);
const commentBody = Type.Object(
  {
    party,
    entry,
    kind: Type.Union([Type.Literal('comment'), Type.Literal('proposal')]),
    text: said,
    /** An entry; null with a comment. */
    proposed: Type.Unknown(),
  },
  strict,
);
const answerBody = Type.Object(
  {
    party,
    outcome: Type.Union([
      Type.Literal('taken'),
      Type.Literal('declined'),
      Type.Literal('answered'),
    ]),
    text: said,
    /** Of the change, when a proposal is taken. */
    reason: Type.Optional(Type.Unknown()),
    expect: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  },
  strict,
);
const MAX_BODY_BYTES = 1_000_000;

/** What cities tell each other about entries; the owner decides. */
export function addCommentRoutes(scope: App, draft: DraftFace): void {
  scope.get(
    '/console/api/comments',
    { ...needs('viewer'), schema: { querystring: openQuery, tags } },
    async (request) => draft.comments(request.query.state === 'open'),
  );
  scope.post(
    '/console/api/comments',
    { ...needs('editor'), schema: { body: commentBody, tags }, bodyLimit: MAX_BODY_BYTES },
    async (request, reply) => {
      const { proposed: given, ...asked } = request.body;
      const proposed = given === null ? null : readMember(reply, entryShape, 'proposed', given);
      if (proposed === undefined) return reply;
      return sendDraft(reply, await draft.sendComment({ ...asked, proposed }, request.account));
    },
  );
  const byId = Type.Object({ id: Type.String({ pattern: '^[0-9A-Za-z._-]{8,64}$' }) });
  scope.post(
    '/console/api/comments/:id/answer',
    { ...needs('editor'), schema: { params: byId, body: answerBody, tags } },
    async (request, reply) => {
      const { party: from, outcome, text, reason, expect } = request.body;
      const key = { party: from, id: request.params.id };
      const answer = { outcome, text, reason, expect };
      return sendDraft(reply, await draft.answerComment(key, answer, request.account));
    },
  );
}

const askBody = Type.Object({ entry, rule: Type.Unknown(), reason: Type.Unknown() }, strict);
const declineBody = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 400 }) }, strict);

/** Who pays for a concession: asked by the host's editor, decided by the funder's publisher. */
export function addFundingRoutes(scope: App, draft: DraftFace): void {
  scope.get('/console/api/funding', { ...needs('viewer'), schema: { tags } }, () =>
    draft.fundings(),
  );
  scope.post(
    '/console/api/funding',
    { ...needs('editor'), schema: { body: askBody, tags } },
    async (request, reply) => {
      const rule = readMember(reply, unsignedRuleShape, 'rule', request.body.rule);
      if (rule === undefined) return reply;
      return sendDraft(reply, await draft.askFunding({ ...request.body, rule }, request.account));
    },
  );
  const byHash = Type.Object({ hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) });
  scope.post(
    '/console/api/funding/:hash/approve',
    { ...needs('publisher'), schema: { params: byHash, tags } },
    async (request, reply) => {
      const { hash } = request.params;
      return sendDraft(reply, await draft.answerFunding(hash, { approve: true }, request.account));
    },
  );
  scope.post(
    '/console/api/funding/:hash/decline',
    { ...needs('publisher'), schema: { params: byHash, body: declineBody, tags } },
    async (request, reply) => {
      const decision = { approve: false, reason: request.body.reason } as const;
      const { hash } = request.params;
      return sendDraft(reply, await draft.answerFunding(hash, decision, request.account));
    },
  );
}
