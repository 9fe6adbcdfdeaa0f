import { Type } from '@fastify/type-provider-typebox';
import { documentHash } from '@tongyu/protocol';
import type { EditionFacts, ListedEntry } from '@tongyu/domain';
import type { FastifyReply } from 'fastify';
import type { App } from '../http/create-app.ts';
import { sendProblem } from '../http/problem.ts';
import { RATE_LIMITS } from '../http/rate-limits.ts';
import { entityTag, sendPieces, sendText } from './answers.ts';
import * as schemas from './api-schemas.ts';
import {
  downloadText,
  DOWNLOAD_TYPES,
  type DownloadForm,
  type DownloadPorts,
} from './downloads.ts';
import { atomFeed } from './feed.ts';
import type { ListView } from './list-view.ts';
import { publicApiDocument } from './openapi.ts';
import {
  DEFAULT_PAGE,
  findEdition,
  findEntries,
  type FoundEdition,
  type PublicList,
} from './public-list.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const tags = ['public'];

export type ApiPorts = DownloadPorts & { readonly list: PublicList };

/**
 * API v1: the list for everybody, read only. Answers may be asked for from any site, carry a tag,
 * and are refused as problems.
 */
export async function addPublicApi(app: App, ports: ApiPorts): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.pages));
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('access-control-allow-origin', '*');
      reply.header('access-control-expose-headers', 'etag, link');
      reply.header('cross-origin-resource-policy', 'cross-origin');
      done();
    });
    scope.setSerializerCompiler(() => (body) => JSON.stringify(body));
    addPreflight(scope);
    addEntries(scope, ports);
    addEditions(scope, ports);
    addDownloads(scope, ports);
    addFeed(scope, ports);
    scope.get('/api/v1/openapi.json', { schema: { hide: true } }, (request, reply) => {
      const document = publicApiDocument(app, ports.origin);
      return sendText(request, reply, { type: JSON_TYPE, text: JSON.stringify(document) });
    });
  });
}

/** A browser asks beforehand when a page of another site wants to send `If-None-Match`. */
function addPreflight(scope: App): void {
  for (const address of ['/api/v1/*', '/feed.atom']) {
    scope.options(address, { schema: { hide: true } }, (_request, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', 'GET, HEAD')
        .header('access-control-allow-headers', 'if-none-match')
        .header('access-control-max-age', '86400')
        .send(),
    );
  }
}

const refusals = {
  400: schemas.problemAnswer,
  404: schemas.problemAnswer,
  429: schemas.problemAnswer,
};

function notFound(reply: FastifyReply, code: string): FastifyReply {
  return sendProblem(reply, { status: 404, code });
}

function addEntries(scope: App, { list, origin }: ApiPorts): void {
  scope.get(
    '/api/v1/entries',
    {
      schema: {
        tags,
        summary: 'Entries of the edition in force, searched and filtered',
        querystring: schemas.entriesQuery,
        response: { 200: schemas.entriesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const view = await list.view();
      const { q = '', city = null, category = null, audience = null } = request.query;
      const { usable = false, offset = 0, limit = DEFAULT_PAGE } = request.query;
      const query = { text: q, city, category, audience, usable, offset, limit };
      const found = findEntries(view, query);
      if (!found.ok) return sendProblem(reply, { status: 400, code: found.refusal });
      const links = pageLinks(origin, '/api/v1/entries', request.query, { ...query, ...found });
      const answer = {
        edition: view.inForce?.id ?? null,
        overdue: view.inForce?.isOverdue ?? false,
        ...{ total: found.total, offset, limit },
        entries: found.entries.map((listed) => entryBody(origin, listed)),
        links,
      };
      reply.header('link', linkHeader(links));
      return sendText(request, reply, { type: JSON_TYPE, text: JSON.stringify(answer) });
    },
  );
  const params = Type.Object({ id: schemas.entryIdSchema });
  scope.get(
    '/api/v1/entries/:id',
    {
      schema: {
        tags,
        summary: 'One entry of the edition in force',
        params,
        response: { 200: schemas.entryAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const listed = (await list.view()).entry(request.params.id);
      if (listed === undefined) return notFound(reply, 'ENTRY_UNKNOWN');
      const text = JSON.stringify(entryBody(origin, listed));
      return sendText(request, reply, { type: JSON_TYPE, text });
    },
  );
}

/** As `entryAnswer` describes it. */
function entryBody(origin: string, listed: ListedEntry) {
  const { entry, unusable, suspension, suspendedRules, checked, isTold } = listed;
  return {
    entry,
    city: entry.id.slice(0, 4),
    usable: unusable.length === 0,
    ...{ unusable, suspension, suspendedRules, checked },
    told: isTold,
    links: {
      self: `${origin}/api/v1/entries/${entry.id}`,
      page: `${origin}/list/${entry.id}`,
    },
  };
}

type Span = { readonly offset: number; readonly limit: number; readonly total: number };

/** Addresses of this page of a long answer and of those around it. */
function pageLinks(
  origin: string,
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
  { offset, limit, total }: Span,
): Record<string, string | null> {
  const to = (start: number): string => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) params.set(name, String(value));
    }
    params.set('offset', String(start));
    params.set('limit', String(limit));
    return `${origin}${path}?${params.toString()}`;
  };
  return {
    self: to(offset),
    previous: offset === 0 ? null : to(Math.max(0, offset - limit)),
    next: offset + limit >= total ? null : to(offset + limit),
  };
}

/** The same as RFC 8288 has it; addresses hold no sign that would end one. */
function linkHeader(links: Readonly<Record<string, string | null>>): string {
  return Object.entries({ prev: links['previous'] ?? null, next: links['next'] ?? null })
    .flatMap(([rel, url]) => (url === null ? [] : [`<${url}>; rel="${rel}"`]))
    .join(', ');
}

const byEdition = Type.Object({ id: schemas.editionIdSchema });

function addEditions(scope: App, ports: ApiPorts): void {
  const { list, origin } = ports;
  scope.get(
    '/api/v1/editions',
    {
      schema: {
        tags,
        summary: 'All published editions, rising',
        response: { 200: schemas.editionsAnswer, 429: schemas.problemAnswer },
      },
    },
    async (request, reply) => {
      const { editions } = await list.view();
      const answer = {
        editions: editions.map((facts) => editionBody(origin, facts)),
        links: { self: `${origin}/api/v1/editions` },
      };
      return sendText(request, reply, { type: JSON_TYPE, text: JSON.stringify(answer) });
    },
  );
  scope.get(
    '/api/v1/editions/:id',
    {
      schema: {
        tags,
        summary: 'One edition as it was signed, and the errata beside it',
        params: byEdition,
        response: { 200: schemas.editionAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const view = await list.view();
      const found = findEdition(view, request.params.id);
      if (found === undefined) return notFound(reply, 'EDITION_UNKNOWN');
      const answer = {
        ...editionBody(origin, found.facts),
        errata: view.errata.filter(({ edition }) => edition === found.facts.id),
        document: found.signed,
      };
      return sendText(request, reply, { type: JSON_TYPE, text: JSON.stringify(answer) });
    },
  );
  addDifference(scope, ports);
}

function addDifference(scope: App, { list, origin }: ApiPorts): void {
  scope.get(
    '/api/v1/editions/:id/difference',
    {
      schema: {
        tags,
        summary: 'An edition against the one before it, field by field',
        params: byEdition,
        querystring: schemas.differenceQuery,
        response: { 200: schemas.differenceAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const view = await list.view();
      const found = findEdition(view, request.params.id);
      if (found === undefined) return notFound(reply, 'EDITION_UNKNOWN');
      const { facts } = found;
      const difference = await list.difference(view, facts.hash);
      if (difference === undefined) return notFound(reply, 'PREVIOUS_NOT_HELD');
      const { city, offset = 0, limit = DEFAULT_PAGE } = request.query;
      const changes = difference.changes.filter(({ party }) => (city ?? party) === party);
      const path = `/api/v1/editions/${facts.id}/difference`;
      const span = { total: changes.length, offset, limit };
      const answer = {
        edition: { id: facts.id, hash: facts.hash },
        previous: facts.previous,
        counts: difference.counts,
        byCity: difference.byCity,
        ...span,
        changes: changes.slice(offset, offset + limit),
        links: pageLinks(origin, path, request.query, span),
      };
      return sendText(request, reply, { type: JSON_TYPE, text: JSON.stringify(answer) });
    },
  );
}

/** As `editionsAnswer` describes it. */
function editionBody(origin: string, { isOverdue, ...facts }: EditionFacts) {
  const self = `${origin}/api/v1/editions/${facts.id}`;
  return {
    ...facts,
    overdue: isOverdue,
    links: {
      self,
      page: `${origin}/editions/${facts.id}`,
      difference: `${self}/difference`,
      json: `${self}/download.json`,
      csv: `${self}/download.csv`,
      jsonld: `${self}/download.jsonld`,
    },
  };
}

const FORMS: readonly DownloadForm[] = ['json', 'csv', 'jsonld'];

const DOWNLOADS: Readonly<Record<DownloadForm, string>> = {
  json: 'The edition with its parts and roots, as one can check it without asking anybody',
  csv: 'The entries as a table',
  jsonld: 'The entries as linked data: schema.org and CPSV-AP 3.2',
};

function addDownloads(scope: App, ports: ApiPorts): void {
  for (const form of FORMS) {
    scope.get(
      `/api/v1/editions/:id/download.${form}`,
      {
        schema: { tags, summary: DOWNLOADS[form], params: byEdition },
        onRequest: scope.rateLimit(RATE_LIMITS.downloads),
      },
      async (request, reply) => {
        const found = findEdition(await ports.list.view(), request.params.id);
        if (found === undefined) return notFound(reply, 'EDITION_UNKNOWN');
        return sendPieces(request, reply, downloadFacts(found, form), () =>
          downloadText(ports, found.signed, form),
        );
      },
    );
  }
}

/** Content and signatures decide the bytes, so their hash is tag enough. */
function downloadFacts({ signed }: FoundEdition, form: DownloadForm) {
  return {
    type: DOWNLOAD_TYPES[form],
    tag: entityTag(`${form} ${documentHash(signed.signed)} ${JSON.stringify(signed.signatures)}`),
    name: `tongyu-${signed.signed.id}.${form}`,
  };
}

const feedQuery = Type.Object({
  lang: Type.Optional(
    Type.Union([Type.Literal('zh-CN'), Type.Literal('zh-TW'), Type.Literal('en')]),
  ),
});

function addFeed(scope: App, { list, origin }: ApiPorts): void {
  const schema = { tags, summary: 'Changes as an Atom feed', querystring: feedQuery };
  scope.get('/feed.atom', { schema }, async (request, reply) => {
    const view: ListView = await list.view();
    const text = atomFeed(view, request.query.lang ?? 'zh-CN', origin);
    return sendText(request, reply, { type: 'application/atom+xml; charset=utf-8', text });
  });
}
