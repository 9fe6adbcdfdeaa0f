import { promisify } from 'node:util';
import { gzip, type ZlibOptions } from 'node:zlib';
import { Type } from '@fastify/type-provider-typebox';
import { canonicalJson, documentHash, documentText } from '@tongyu/protocol';
import type { FastifyRequest } from 'fastify';
import type { Catalogue } from '../catalogue/types.ts';
import { catalogueHaveOfQuery, catalogueQuery } from './catalogue-query.ts';
import type { App } from './create-app.ts';
import { sendProblem } from './problem.ts';
import { sendSignedText } from './signed-text.ts';

export type PublicCatalogue = Pick<Catalogue, 'state' | 'partText' | 'offer'>;

const JSON_TYPE = 'application/json; charset=utf-8';
const FOR_EVER = 'public, max-age=31536000, immutable';
const tags = ['list'];
const hash = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** The list as consumers fetch it, the same at the hub and at every city (LIST-6). */
export async function addCatalogueRoutes(app: App, catalogue: PublicCatalogue): Promise<void> {
  const compressed = createCompressed();
  await app.register(async (scope: App) => {
    await Promise.resolve();
    const offered = { schema: { querystring: catalogueQuery, tags } };
    scope.get('/catalogue/offer', offered, async (request, reply) => {
      const offer = await catalogue.offer(catalogueHaveOfQuery(request.query));
      return sendSignedText(reply, canonicalJson(offer));
    });
    const byHash = { schema: { params: Type.Object({ hash }), tags } };
    scope.get('/catalogue/parts/:hash', byHash, async (request, reply) => {
      const etag = `"${request.params.hash}"`;
      const text = await catalogue.partText(request.params.hash);
      if (text === undefined) return sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
      reply.header('cache-control', FOR_EVER).header('etag', etag);
      reply.header('vary', 'accept-encoding');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      if (!takesGzip(request)) return sendSignedText(reply, text);
      const bytes = await compressed(request.params.hash, text);
      return reply.type(JSON_TYPE).header('content-encoding', 'gzip').send(bytes);
    });
    const number = Type.Integer({ minimum: 1, maximum: 1_000_000 });
    const byNumber = { schema: { params: Type.Object({ number }), tags } };
    scope.get('/catalogue/editions/:number', byNumber, async (request, reply) => {
      const { editions } = await catalogue.state();
      const edition = editions.find(({ signed }) => signed.number === request.params.number);
      if (edition === undefined) return sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
      const etag = `"${documentHash(edition.signed)}"`;
      reply.header('cache-control', FOR_EVER).header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return sendSignedText(reply, documentText(edition));
    });
  });
}

function takesGzip({ headers }: FastifyRequest): boolean {
  const accepted = headers['accept-encoding']?.toString();
  return /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?(\s*,|\s*$))/i.test(accepted ?? '');
}

const KEPT_BYTES = 16_000_000;
const compress = promisify<string, ZlibOptions, Buffer>(gzip);

/** The last parts that somebody asked for, compressed once: all terminals of a city ask for one. */
function createCompressed(): (name: string, text: string) => Promise<Buffer> {
  const kept = new Map<string, Buffer>();
  let taken = 0;
  return async (name, text) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const bytes = await compress(text, { level: 9 });
    if (!kept.has(name)) taken += bytes.length;
    kept.set(name, bytes);
    for (const [oldest, { length }] of kept) {
      if (taken <= KEPT_BYTES || oldest === name) break;
      kept.delete(oldest);
      taken -= length;
    }
    return bytes;
  };
}
