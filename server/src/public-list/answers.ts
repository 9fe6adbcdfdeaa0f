import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Below this, compressing costs more than it saves. */
const SMALL_BYTES = 1_000;

/** A weak tag of a text: the same text may go out compressed or not. */
export function entityTag(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** Whether the asker holds this already (RFC 9110 §13.1.2: compared weakly, `*` is anything). */
export function holdsAlready(header: string | undefined, tag: string): boolean {
  const bare = (each: string): string => each.trim().replace(/^W\//, '');
  const held = (header ?? '').slice(0, 2_000).split(',').map(bare);
  return held.includes('*') || held.includes(bare(tag));
}

export type TextAnswer = { readonly type: string; readonly text: string; readonly status?: number };

/** Sends a text with its tag: 304 to whoever holds it, small to whoever can read that. */
export async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, text, status = 200 }: TextAnswer,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-cache').header('vary', vary(reply));
  if (status === 200) {
    const tag = entityTag(text);
    reply.header('etag', tag);
    if (holdsAlready(request.headers['if-none-match'], tag)) return reply.code(304).send();
  }
  reply
    .code(status)
    .type(type)
    .serializer((body: unknown) => body as string);
  if (!readsGzip(request) || text.length < SMALL_BYTES) return reply.send(text);
  return reply.header('content-encoding', 'gzip').send(await compress(text));
}

/** Sends a text in pieces as they are made; `tag` names its content beforehand. */
export function sendPieces(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: { readonly type: string; readonly tag: string; readonly name: string },
  pieces: () => AsyncIterable<string>,
): FastifyReply {
  reply.header('cache-control', 'no-cache').header('etag', answer.tag);
  reply.header('vary', vary(reply));
  if (holdsAlready(request.headers['if-none-match'], answer.tag)) return reply.code(304).send();
  reply.type(answer.type);
  reply.header('content-disposition', `attachment; filename="${answer.name}"`);
  if (request.method === 'HEAD') return reply.send('');
  const source = Readable.from(pieces(), { objectMode: false });
  if (!readsGzip(request)) return reply.send(source);
  const small = createGzip();
  source.on('error', (error) => small.destroy(error));
  small.on('close', () => source.destroy());
  return reply.header('content-encoding', 'gzip').send(source.pipe(small));
}

function readsGzip(request: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers['accept-encoding'] ?? '');
}

/** Caches keep both forms apart, and what the route itself depends on. */
function vary(reply: FastifyReply): string {
  const own = reply.getHeader('vary');
  return typeof own === 'string' && own !== '' ? `${own}, accept-encoding` : 'accept-encoding';
}
