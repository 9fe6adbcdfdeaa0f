import { Type } from '@fastify/type-provider-typebox';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import { problemBody, PROBLEM_TYPE, sendProblem } from '../http/problem.ts';
import type { DraftFace } from './draft.ts';
import type { ImportAsked } from './import-draft.ts';
import { sendDraft } from './send-draft-result.ts';
import { readReason } from './write-draft.ts';

const importQuery = Type.Object(
  {
    mode: Type.Union([Type.Literal('check'), Type.Literal('apply')]),
    missing: Type.Optional(Type.Union([Type.Literal('keep'), Type.Literal('remove')])),
    /** For rows that bring none of their own. */
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** `revision` of the draft that the editor saw. */
    expect: Type.Optional(Type.String({ pattern: '^[0-9]{1,10}$' })),
  },
  { additionalProperties: false },
);

/** A file of 2,500 full entries has some 6 MB; what is longer is cut off while it arrives. */
export const MAX_IMPORT_BYTES = 8_000_000;

/**
 * The file comes raw, as bytes: which encoding it has is found out by us. So this route has parsers
 * of its own, in a scope of its own.
 */
export function addImportRoute(scope: App, draft: DraftFace): void {
  scope.register((inner: App, _options, added) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser(
      ['text/csv', 'application/json'],
      { parseAs: 'buffer', bodyLimit: MAX_IMPORT_BYTES },
      (_request, bytes, done) => {
        done(null, bytes);
      },
    );
    const schema = { querystring: importQuery, tags: ['console'] };
    const options = { ...needs('editor'), schema, bodyLimit: MAX_IMPORT_BYTES };
    inner.post('/console/api/draft/import', options, async (request, reply) => {
      const { mode, missing = 'keep', reason: given, expect } = request.query;
      const reason = given === undefined ? undefined : readReason(given);
      if (reason?.ok === false) return sendDraft(reply, reason);
      if (!(request.body instanceof Uint8Array)) {
        return sendProblem(reply, { status: 415, code: 'MEDIA_TYPE' });
      }
      const asked: ImportAsked = {
        form: request.headers['content-type']?.startsWith('text/csv') === true ? 'csv' : 'json',
        ...{ mode, missing, reason: reason?.value, by: request.account },
        expect: expect === undefined ? undefined : Number(expect),
      };
      const imported = await draft.import(request.body, asked);
      if (!imported.ok || mode === 'check' || imported.value.applied) {
        return sendDraft(reply, imported);
      }
      const problem = problemBody({ status: 422, code: 'IMPORT_REFUSED' });
      return reply
        .code(422)
        .type(PROBLEM_TYPE)
        .send({ ...problem, report: imported.value });
    });
    added();
  });
}
