import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './create-app.ts';
import type { BuiltPages, PageFile } from './page-files.ts';
import { RATE_LIMITS } from './rate-limits.ts';

/** Which documents a node serves, by address. */
export type PageRoutes = Readonly<Record<string, string>>;

export const CITY_PAGES: PageRoutes = {
  '/code': 'resident.html',
  '/gate': 'gate.html',
  '/console': 'console.html',
};
export const DEMO_PAGES: PageRoutes = { '/try': 'try.html' };
export const HUB_PAGES: PageRoutes = { '/console': 'console.html' };

export type Framing = {
  /** Origins whose pages may show ours in a frame: the demo's own; none in production. */
  readonly ancestors: readonly string[];
  /** Origins that the try page shows in frames. */
  readonly sources: readonly string[];
};

/** Adds the built documents and what they load: assets, workers, manifests, icons. */
export async function addPages(
  app: App,
  pages: BuiltPages,
  routes: PageRoutes,
  framing: Framing,
): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.pages));
    for (const [address, name] of Object.entries(routes)) {
      const file = pages.files.get(name);
      if (file === undefined) throw new Error(`the build has no ${name}`);
      const policy = policyFor(pages, name, framing);
      scope.get(address, { schema: { hide: true } }, (request, reply) => {
        reply.header('content-security-policy', policy);
        reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=()');
        return sendFile(request, reply, file);
      });
    }
    for (const [name, file] of pages.files) {
      if (name.endsWith('.html')) continue;
      scope.get(`/${name}`, { schema: { hide: true } }, (request, reply) => {
        reply.header('content-security-policy', partPolicy(name));
        return sendFile(request, reply, file);
      });
    }
  });
}

/**
 * The policy of what is no document. A service worker lives by the policy of its own file, and
 * without leave to fetch from its node it could keep nothing for the time without network.
 */
export function partPolicy(name: string): string {
  const isServiceWorker = /^sw-[a-z]+\.js$/.test(name);
  const fetches = isServiceWorker ? "; connect-src 'self'" : '';
  return `default-src 'none'${fetches}; frame-ancestors 'none'`;
}

/** The policy of a document with its placeholders filled in. */
export function policyFor(pages: BuiltPages, name: string, framing: Framing): string {
  const listOf = (origins: readonly string[]): string =>
    origins.length === 0 ? "'none'" : ["'self'", ...origins].join(' ');
  return (pages.policies[name] ?? "default-src 'none'; frame-ancestors 'none'")
    .replaceAll('{FRAME_ANCESTORS}', listOf(framing.ancestors))
    .replaceAll('{FRAME_SOURCES}', framing.sources.join(' '));
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  reply.header('etag', file.etag).header('vary', 'accept-encoding').type(file.type);
  reply.header(
    'cache-control',
    file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const { encoding, bytes } = file.encoded(request.headers['accept-encoding'] ?? '');
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.send(bytes);
}

/** A server-rendered page; `render` gets the language that the reader chose. */
export function addRenderedPage(
  app: App,
  address: string,
  pages: BuiltPages,
  render: (language: string) => string | Promise<string>,
): void {
  const policy = policyFor(pages, 'site.mjs', { ancestors: [], sources: [] });
  const onRequest = app.rateLimit(RATE_LIMITS.pages);
  app.get(address, { schema: { hide: true }, onRequest }, async (request, reply) => {
    const query = (request.query as Readonly<Record<string, unknown>>)['lang'];
    const language = pages.site.languageOf(query, request.headers['accept-language']);
    reply.header('content-security-policy', policy).header('vary', 'accept-language');
    return reply.type('text/html; charset=utf-8').send(await render(language));
  });
}

/** The pages of the service list are the hub's: a city leads there, whatever the page. */
export function addListWay(app: App, hubUrl: string): void {
  const onRequest = app.rateLimit(RATE_LIMITS.pages);
  app.get('/list/*', { schema: { hide: true }, onRequest }, (request, reply) =>
    reply.redirect(`${hubUrl}${request.url}`, 302),
  );
}
