import { Type } from '@fastify/type-provider-typebox';
import { needs } from './console-guard.ts';
import type { App } from './create-app.ts';
import { sendProblem } from './problem.ts';

type Answered = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };
type Refusal = { readonly code: string };

/** What a city's staff see and decide of the region's trust. */
export type TrustDesk = {
  /** Undefined before the founding. */
  report(): Promise<object | undefined>;
  approveRoot(hash: string): Promise<Answered>;
  requestRole(kind: 'accession' | 'withdrawal'): Promise<Answered>;
};

const tags = ['console'];
const hashBody = Type.Object(
  { hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  { additionalProperties: false },
);

/** Adds the console's routes of trust to a scope that is guarded already. */
export function addTrustConsole(scope: App, desk: TrustDesk): void {
  scope.get(
    '/console/api/trust',
    { ...needs('viewer'), schema: { tags } },
    async (_request, reply) => {
      const report = await desk.report();
      return report ?? sendProblem(reply, { status: 503, code: 'NOT_FOUNDED' });
    },
  );
  const approval = { ...needs('keeper'), schema: { body: hashBody, tags } };
  scope.post('/console/api/root/approve', approval, async (request, reply) => {
    const approved = await desk.approveRoot(request.body.hash);
    if (approved.ok) return { approved: request.body.hash };
    return sendProblem(reply, { status: 409, code: approved.refusal.code });
  });
  for (const [path, kind] of [
    ['/console/api/accession/apply', 'accession'],
    ['/console/api/leave', 'withdrawal'],
  ] as const) {
    scope.post(path, { ...needs('keeper'), schema: { tags } }, async (_request, reply) => {
      const requested = await desk.requestRole(kind);
      if (requested.ok) return { requested: kind };
      return sendProblem(reply, { status: 409, code: requested.refusal.code });
    });
  }
}
