import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../http/create-app.ts';
import type { BuiltPages } from '../http/page-files.ts';
import { policyFor } from '../http/page-routes.ts';
import { RATE_LIMITS } from '../http/rate-limits.ts';
import { sendText } from './answers.ts';
import type { ListView } from './list-view.ts';
import {
  differencePage,
  editionPage,
  entryPage,
  explainPage,
  listPage,
  publicPage,
  readReport,
  reportFormOf,
  reportPage,
  type Query,
  type SitePorts,
} from './site-pages.ts';
import type { ReportDesk } from './types.ts';

export type ListSitePorts = SitePorts & { readonly pages: BuiltPages; readonly desk: ReportDesk };

/** Much more than the form's own limit, in any encoding. */
const MAX_FORM_BYTES = 16 * 1024;
const HTML = 'text/html; charset=utf-8';

/** The pages of the list: rendered here, complete without a script, in the reader's language. */
export async function addListSite(app: App, ports: ListSitePorts): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.pages));
    const policy = policyFor(ports.pages, 'site.mjs', { ancestors: [], sources: [] });
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('content-security-policy', policy).header('vary', 'accept-language');
      done();
    });
    addListPages(scope, ports);
    addReportPages(scope, ports);
  });
}

function languageFor({ pages }: ListSitePorts, request: FastifyRequest): string {
  const { lang } = request.query as Query;
  return pages.site.languageOf(lang, request.headers['accept-language']);
}

const REFUSED_STATUS: Readonly<Record<string, number>> = { TOO_MANY: 429, DESK_CLOSED: 503 };

type Rendered = { readonly status?: number; readonly text: string };

function addListPages(scope: App, ports: ListSitePorts): void {
  const { list, pages } = ports;
  const { site } = pages;
  type Params = Readonly<Record<string, string>>;
  type Asked = { readonly params: Params; readonly query: Query; readonly language: string };
  /** A page at an address; undefined where nothing stands. */
  const add = (
    address: string,
    render: (view: ListView, asked: Asked) => Promise<Rendered | undefined> | Rendered | undefined,
  ): void => {
    scope.get(address, { schema: { hide: true } }, async (request, reply) => {
      const language = languageFor(ports, request);
      const view = await list.view();
      const asked = {
        params: request.params as Params,
        query: request.query as Query,
        language,
      };
      const path = request.url.split('?', 1)[0] ?? '';
      const rendered = (await render(view, asked)) ?? {
        status: 404,
        text: site.renderMissing(publicPage(ports, view), language, path),
      };
      return sendText(request, reply, { type: HTML, ...rendered });
    });
  };
  add('/list', (view, { query, language }) => {
    const page = listPage(ports, view, query);
    return { status: page.result.ok ? 200 : 400, text: site.renderList(page, language) };
  });
  add('/list/:id', (view, { params, query, language }) => {
    const page = entryPage(ports, view, params['id'] ?? '', query);
    return page && { text: site.renderEntry(page, language) };
  });
  add('/list/:id/explain', (view, { params, query, language }) => {
    const page = explainPage(ports, view, params['id'] ?? '', query);
    return page && { status: page.isKnown ? 200 : 400, text: site.renderExplain(page, language) };
  });
  add('/editions', (view, { language }) => ({
    text: site.renderEditions({ ...publicPage(ports, view), editions: view.editions }, language),
  }));
  add('/editions/:id', async (view, { params, language }) => {
    const page = await editionPage(ports, view, params['id'] ?? '');
    return page && { text: site.renderEdition(page, language) };
  });
  add('/editions/:id/difference', async (view, { params, query, language }) => {
    const page = await differencePage(ports, view, params['id'] ?? '', query);
    return page && { text: site.renderDifference(page, language) };
  });
}

/**
 * The form for everybody. It has no session and no cookie, so another site that sends it for
 * somebody gains nothing; the source's address is counted for a minute and kept nowhere.
 */
function addReportPages(scope: App, ports: ListSitePorts): void {
  const { list, desk, pages } = ports;
  const { site } = pages;
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_request, text, done) => {
      done(null, fieldsOf(String(text)));
    },
  );
  const limited = scope.createRateLimit(RATE_LIMITS.reports);
  const schema = { hide: true };
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    fields: Query,
    refusal: Parameters<typeof reportPage>[3],
  ): Promise<FastifyReply> => {
    const page = reportPage(ports, await list.view(), reportFormOf(fields), refusal);
    const text = site.renderReport(page, languageFor(ports, request));
    const status = refusal === null ? 200 : (REFUSED_STATUS[refusal] ?? 422);
    return sendText(request, reply, { type: HTML, text, status });
  };
  scope.get('/report', { schema }, (request, reply) =>
    show(request, reply, request.query as Query, null),
  );
  scope.post('/report', { schema, bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const fields = request.body as Query | null;
    if (fields === null || typeof fields !== 'object') {
      return show(request, reply, {}, 'MALFORMED');
    }
    const read = readReport(await list.view(), reportFormOf(fields));
    if (!read.ok) return show(request, reply, fields, read.refusal);
    const count = await limited(request);
    if (!count.isAllowed && count.isExceeded) return show(request, reply, fields, 'TOO_MANY');
    const taken = await desk.add(read.report);
    if (!taken.ok) {
      const isUnknown = taken.refusal.code === 'ENTRY_UNKNOWN';
      return show(request, reply, fields, isUnknown ? 'ENTRY_UNKNOWN' : 'DESK_CLOSED');
    }
    const { id } = taken.value;
    const language = languageFor(ports, request);
    return reply.redirect(`/report/sent/${encodeURIComponent(id)}?lang=${language}`, 303);
  });
  scope.get('/report/sent/:id', { schema }, async (request, reply) => {
    const { id = '' } = request.params as Readonly<Record<string, string>>;
    const [view, language] = [await list.view(), languageFor(ports, request)];
    const page = publicPage(ports, view);
    const text = /^[0-9A-Za-z_-]{1,40}$/.test(id)
      ? site.renderSent({ ...page, reference: id }, language)
      : site.renderMissing(page, language, '/report');
    return sendText(request, reply, { type: HTML, text });
  });
}

/** A form's fields; one that stands twice counts as none. */
function fieldsOf(text: string): Query {
  const params = new URLSearchParams(text);
  const fields: Record<string, unknown> = {};
  for (const name of ['entry', 'city', 'kind', 'text']) {
    const values = params.getAll(name);
    if (values.length === 1) fields[name] = values[0];
  }
  return fields;
}
