import { createHash } from 'node:crypto';
import { Type } from '@fastify/type-provider-typebox';
import type { Tap, TapId } from '@tongyu/protocol';
import type { App } from './create-app.ts';
import { sendProblem } from './problem.ts';
import { RATE_LIMITS } from './rate-limits.ts';

/** What the try page needs; none of it exists in production mode. */
export type Demo = {
  /** Another city's code page, to be framed. */
  readonly phoneUrl: string;
  /** Origins between which the framed pages may talk. */
  readonly origins: readonly string[];
  readonly service: string;
  pinnedRootHash(): Promise<string | undefined>;
  /** Registers a browser's key as a terminal of the demo's operator; answers a refusal's code. */
  register(terminal: string, service: string, key: string): Promise<GrantedPlace | string>;
  /** This city's line for a tap at one of its own gates; undefined before there is one. */
  lineOf(tap: TapId): Promise<DemoLine | undefined>;
};

/** A host's line as it claims it, and what the home city has answered. */
export type DemoLine = {
  /** The bytes that both cities compare. */
  readonly text: string;
  readonly state: 'claimed' | 'accepted' | 'disputed';
  readonly field: string | null;
};

/** As registered: each tap repeats it. */
export type GrantedPlace = Pick<Tap, 'direction' | 'stop'>;

const keyBody = Type.Object(
  { key: Type.String({ pattern: '^[A-Za-z0-9_-]{44}$' }) },
  { additionalProperties: false },
);
const tapQuery = Type.Object(
  { tap: Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}/[1-9][0-9]{0,14}$' }) },
  { additionalProperties: false },
);
const tags = ['demo'];

export async function addDemoRoutes(app: App, party: string, demo: Demo): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.pages));
    scope.get('/demo/try', { schema: { tags } }, () => ({
      phoneUrl: demo.phoneUrl,
      origins: demo.origins,
    }));
    scope.get('/demo/line', { schema: { querystring: tapQuery, tags } }, async (request, reply) => {
      const line = await demo.lineOf(request.query.tap as TapId);
      return line ?? sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
    });
    scope.post('/demo/gate', { schema: { body: keyBody, tags } }, async (request, reply) => {
      const { key } = request.body;
      const pinnedRootHash = await demo.pinnedRootHash();
      if (pinnedRootHash === undefined) {
        return sendProblem(reply, { status: 503, code: 'NOT_FOUNDED' });
      }
      const name = createHash('sha256').update(key).digest('hex').slice(0, 12);
      const terminal = `${party}-demo-${name}`;
      const place = await demo.register(terminal, demo.service, key);
      if (typeof place === 'string') return sendProblem(reply, { status: 422, code: place });
      const { direction, stop } = place;
      return { terminal, service: demo.service, direction, stop, pinnedRootHash };
    });
  });
}
