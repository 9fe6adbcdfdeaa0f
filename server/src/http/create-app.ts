import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { FastifyBaseLogger, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../ports/log.ts';
import type { Rng } from '../ports/rng.ts';
import { KnownRoutes } from './known-routes.ts';
import { sendProblem, type Problem } from './problem.ts';
import { parseStrictJson } from './strict-json.ts';

/** Fastify with our validator: plugins of rooms take this type. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type AppOptions = {
  readonly title: string;
  readonly version: string;
  readonly log: Log;
  readonly rng: Rng;
  /** Sent in production only: browsers then refuse plain HTTP to this host. */
  readonly strictTransport: boolean;
};

/** What a body may weigh unless its route says more. */
export const DEFAULT_BODY_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 15_000;
const HEADER_TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 8 * 1024;

/**
 * An HTTP server with everything that all nodes' routes share: problems (RFC 9457), limits,
 * headers, the OpenAPI document. The rooms' plugins add their routes; `listen` is the caller's.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const app: App = Fastify({
    logger: false,
    bodyLimit: DEFAULT_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 30_000,
    http: { headersTimeout: HEADER_TIMEOUT_MS, maxHeaderSize: MAX_HEADER_BYTES },
    // Nodes listen on the loopback; the proxy with TLS before them says whose request it is, else
    // all residents of a city would share one rate limit.
    trustProxy: 'loopback',
    forceCloseConnections: true,
    return503OnClosing: true,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 100 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(reply, problemOfError(error));
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  addParsers(app);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(helmet, helmetOptions(options.strictTransport));
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: options.title, version: options.version } },
  });
  addAnswers(app, options);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}

function addParsers(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    const value = parseStrictJson(String(text));
    if (value !== undefined) done(null, value);
    else done(Object.assign(new Error('not strict JSON'), { code: 'JSON_MALFORMED' }));
  });
  app.addContentTypeParser('application/jose', { parseAs: 'string' }, (_request, text, done) => {
    done(null, text);
  });
}

/** Headers of every answer; the policy of each document is set where the document is sent. */
function helmetOptions(strictTransport: boolean): Parameters<typeof helmet>[1] & object {
  return {
    contentSecurityPolicy: false,
    frameguard: false, // `frame-ancestors` of the policy says it, and some pages may be framed
    hsts: strictTransport ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  };
}

const BARE_POLICY = "default-src 'none'; frame-ancestors 'none'";

function addAnswers(app: App, { log, rng }: AppOptions): void {
  const routes = new KnownRoutes();
  app.addHook('onRoute', (route) => {
    routes.add(route.url, [route.method].flat());
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('content-security-policy')) {
      reply.header('content-security-policy', BARE_POLICY);
    }
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, never the address: a query may carry what must not be kept.
    const route = request.routeOptions.url ?? 'unknown';
    const milliseconds = Math.round(reply.elapsedTime);
    const { method } = request;
    log.info({ route, method, status: reply.statusCode, milliseconds }, 'request');
    done();
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.methodsOf(request.url);
    if (allowed.length === 0) return sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
    reply.header('allow', allowed.join(', '));
    return sendProblem(reply, { status: 405, code: 'METHOD_NOT_ALLOWED' });
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOfError(error);
    if (problem.status < 500) return sendProblem(reply, problem);
    // A defect or fault: the answer says a number, the log has the rest under it.
    const reference = rng.id().slice(0, 10);
    const route = request.routeOptions.url ?? 'unknown';
    log.error({ reference, route, method: request.method }, 'request failed', error);
    return sendProblem(reply, { ...problem, facts: { reference } });
  });
}

/** Fastify's own errors and broken schemas as problems; everything else is a defect. */
function problemOfError(error: FastifyError): Problem {
  if (error.validation !== undefined) {
    const first = error.validation[0] as { instancePath?: string } | undefined;
    const where = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
    return { status: 400, code: 'INVALID', facts: { field: where.slice(0, 120) } };
  }
  const { status, code } = ERRORS[error.code] ?? { status: error.statusCode ?? 500, code: '' };
  if (status === 429) return { status, code: 'TOO_MANY_REQUESTS' };
  if (status >= 400 && status < 500) return { status, code: code === '' ? 'BAD_REQUEST' : code };
  if (status === 503) return { status, code: 'NOT_AVAILABLE' };
  return { status: 500, code: 'INTERNAL' };
}

const ERRORS: Readonly<Record<string, { readonly status: number; readonly code: string }>> = {
  JSON_MALFORMED: { status: 400, code: 'JSON_MALFORMED' },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'BODY_TOO_LARGE' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'MEDIA_TYPE' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'JSON_MALFORMED' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'CONTENT_LENGTH' },
  FST_ERR_BAD_URL: { status: 400, code: 'ADDRESS' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'ADDRESS' },
};

/** Bytes that are no HTTP request never reach a route: one short problem, and the line is cut. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, name]: readonly [number, string] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const body = JSON.stringify({ type: 'about:blank', title: name, status });
  socket.end(
    `HTTP/1.1 ${String(status)} ${name}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${String(body.length)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
