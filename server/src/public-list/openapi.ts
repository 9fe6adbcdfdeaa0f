import type { App } from '../http/create-app.ts';

type ApiDocument = { readonly paths?: Readonly<Record<string, unknown>> };

/** API v1 alone, out of the document of all the node's routes. */
export function publicApiDocument(app: App, origin: string): object {
  const all = app.swagger() as ApiDocument;
  const paths = Object.entries(all.paths ?? {}).filter(
    ([path]) => path.startsWith('/api/v1/') || path === '/feed.atom',
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tongyu service list',
      version: '1.0.0',
      description:
        'The service list of the member cities: read only, for everybody, from any site. ' +
        'Times are Unix seconds, prices are in 分. Refusals are RFC 9457 problems.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    tags: [{ name: 'public', description: 'Entries, editions, differences, downloads' }],
    paths: Object.fromEntries(paths),
  };
}
