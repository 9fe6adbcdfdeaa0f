import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './create-app.ts';
import type { ConsoleSessions } from './console-session.ts';
import { sendProblem } from './problem.ts';
import { RATE_LIMITS } from './rate-limits.ts';

/** The cookie carries the node's id: ports do not separate cookies of nodes on one host. */
export function consoleCookie(nodeId: string): string {
  return `tongyu-${nodeId}-console`;
}

export type ConsoleAccess = {
  readonly nodeId: string;
  readonly sessions: ConsoleSessions;
  /** Marks the cookie Secure: in production, where TLS stands before the node. */
  readonly secure: boolean;
};

/**
 * Everything under `/console/` that only staff may use: `addRoutes` gets a scope in which every
 * request has an open session, and every one that changes something the header `tongyu-csrf: 1`,
 * which another origin's page cannot send.
 */
export async function addConsole(
  app: App,
  access: ConsoleAccess,
  addRoutes: (scope: App) => void | Promise<void>,
): Promise<void> {
  const name = consoleCookie(access.nodeId);
  await app.register(async (scope: App) => {
    await addEntry(scope, access, name);
  });
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', guard(access, name));
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.console));
    scope.post('/console/leave', { schema: { tags: ['console'] } }, (request, reply) => {
      access.sessions.leave(request.cookies[name] ?? '');
      return reply.clearCookie(name, { path: '/' }).code(204).send();
    });
    await addRoutes(scope);
  });
}

function guard(access: ConsoleAccess, name: string) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    await Promise.resolve();
    if (!access.sessions.isOpen(request.cookies[name])) {
      return sendProblem(reply, { status: 401, code: 'CONSOLE_CLOSED' });
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && request.headers['tongyu-csrf'] !== '1') {
      return sendProblem(reply, { status: 403, code: 'CSRF_HEADER_MISSING' });
    }
    return undefined;
  };
}

const enterBody = Type.Object(
  { token: Type.String({ minLength: 20, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' }) },
  { additionalProperties: false },
);

async function addEntry(scope: App, access: ConsoleAccess, name: string): Promise<void> {
  await Promise.resolve();
  const schema = { body: enterBody, tags: ['console'] };
  const onRequest = scope.rateLimit(RATE_LIMITS.consoleEntry);
  scope.post('/console/enter', { schema, onRequest, bodyLimit: 1024 }, (request, reply) => {
    if (request.headers['tongyu-csrf'] !== '1') {
      return sendProblem(reply, { status: 403, code: 'CSRF_HEADER_MISSING' });
    }
    const session = access.sessions.enter(request.body.token);
    if (session === undefined) return sendProblem(reply, { status: 401, code: 'ENTRY_UNKNOWN' });
    return reply
      .setCookie(name, session, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: access.secure,
      })
      .code(204)
      .send();
  });
}
