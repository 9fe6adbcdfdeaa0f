import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Type } from '@fastify/type-provider-typebox';
import type { PartyId } from '@tongyu/protocol';
import type { App } from '../http/create-app.ts';
import { sendProblem } from '../http/problem.ts';
import { RATE_LIMITS } from '../http/rate-limits.ts';
import { hereList, type HeldList, type HereText } from './here-list.ts';

const zipped = promisify(gzip);

type Packed = { readonly plain: Buffer; readonly zipped: Buffer };
type Kept = { readonly tag: string; readonly packed: Promise<Packed> };

/**
 * The list of any city for this city's phones. The same for everybody, and the question names no
 * phone. A list of 2,500 entries is written and compressed once for each change of edition or head.
 */
export async function addHereRoutes(app: App, held: HeldList): Promise<void> {
  const kept = new Map<PartyId, Kept>();
  const textOf = (party: PartyId, { tag, text }: HereText): Promise<Packed> => {
    const known = kept.get(party);
    if (known?.tag === tag) return known.packed;
    const packed = pack(text());
    kept.set(party, { tag, packed });
    return packed;
  };
  const params = Type.Object({ party: Type.String({ pattern: '^[1-9][0-9]{3}$' }) });
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.resident));
    scope.get(
      '/resident/list/:party',
      { schema: { params, tags: ['resident'] } },
      async (request, reply) => {
        const { party } = request.params;
        const list = await hereList(held, party);
        if (list === undefined) return sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
        const etag = `"${list.tag}"`;
        reply.header('etag', etag).header('cache-control', 'no-cache');
        reply.header('vary', 'accept-encoding');
        if (request.headers['if-none-match'] === etag) return reply.code(304).send();
        const text = await textOf(party, list);
        reply.type('application/json; charset=utf-8');
        if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
          return reply.send(text.plain);
        }
        return reply.header('content-encoding', 'gzip').send(text.zipped);
      },
    );
  });
}

async function pack(text: string): Promise<Packed> {
  const plain = Buffer.from(text);
  return { plain, zipped: await zipped(plain) };
}
