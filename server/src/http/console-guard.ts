import assert from 'node:assert/strict';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Staff } from '../staff/staff.ts';
import type { StaffRole } from '../store/staff-tables.ts';
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
  readonly staff: Pick<Staff, 'signIn' | 'standingOf'>;
  /** Marks the cookie Secure: in production, where TLS stands before the node. */
  readonly secure: boolean;
};

/** What a console route asks for: a role, or only that somebody is signed in. */
export type NeededRole = StaffRole | 'signed-in';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Stated by every route behind the console's guard. */
    role?: NeededRole;
    /** An operator's account may call it too: what it answers is that operator's alone. */
    operatorsToo?: boolean;
  }
  interface FastifyRequest {
    /** Whose session it is; empty outside the console. */
    account: string;
    roles: readonly StaffRole[];
    /** Whose people the account belongs to; null for the city's own. Answers must obey it. */
    operator: string | null;
  }
}

type Needs = { readonly config: { readonly role: NeededRole; readonly operatorsToo: boolean } };

/**
 * Every route behind the guard states what it needs: `{ ...needs('editor'), schema }`. An
 * operator's account gets in only with `operators-too`; such a route answers by `request.operator`.
 */
export function needs(role: NeededRole, also?: 'operators-too'): Needs {
  return { config: { role, operatorsToo: also === 'operators-too' } };
}

/** Whoever has a role may read everything of the node; beyond that each role is for itself. */
export function mayDo(roles: readonly StaffRole[], needed: NeededRole): boolean {
  if (needed === 'signed-in' || needed === 'viewer') return roles.length > 0;
  return roles.includes(needed);
}

/**
 * Everything under `/console/` that only staff may use: `addRoutes` gets a scope in which every
 * request has an open session whose account has the role that the route states, and every one that
 * changes something the header `tongyu-csrf: 1`, which another origin's page cannot send. A route
 * that states no role cannot be added.
 */
export async function addConsole(
  app: App,
  access: ConsoleAccess,
  addRoutes: (scope: App) => void | Promise<void>,
): Promise<void> {
  const name = consoleCookie(access.nodeId);
  app.decorateRequest('account', '');
  app.decorateRequest('roles');
  app.decorateRequest('operator', null);
  await app.register(async (scope: App) => {
    await addEntry(scope, access, name);
  });
  await app.register(async (scope: App) => {
    scope.addHook('onRoute', ({ method, url, config }) => {
      assert(config?.role !== undefined, `${String(method)} ${url} states no role`);
    });
    scope.addHook('onRequest', guard(access, name));
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.console));
    const leaving = { ...needs('signed-in', 'operators-too'), schema: { tags: ['console'] } };
    scope.post('/console/leave', leaving, (request, reply) => {
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
    const account = access.sessions.accountOf(request.cookies[name]);
    const standing = account === undefined ? undefined : await access.staff.standingOf(account);
    if (account === undefined || standing === undefined || standing.roles.length === 0) {
      return sendProblem(reply, { status: 401, code: 'CONSOLE_CLOSED' });
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && request.headers['tongyu-csrf'] !== '1') {
      return sendProblem(reply, { status: 403, code: 'CSRF_HEADER_MISSING' });
    }
    const { roles, operator } = standing;
    const { role, operatorsToo } = request.routeOptions.config;
    if (operator !== null && operatorsToo !== true) {
      return sendProblem(reply, { status: 403, code: 'OPERATOR_ACCOUNT' });
    }
    if (role === undefined || !mayDo(roles, role)) {
      const facts = { needed: role ?? null };
      return sendProblem(reply, { status: 403, code: 'ROLE_MISSING', facts });
    }
    request.account = account;
    request.roles = roles;
    request.operator = operator;
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
  scope.post('/console/enter', { schema, onRequest, bodyLimit: 1024 }, async (request, reply) => {
    if (request.headers['tongyu-csrf'] !== '1') {
      return sendProblem(reply, { status: 403, code: 'CSRF_HEADER_MISSING' });
    }
    const session = await signIn(access, request.body.token);
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

/** A one-time link opens the built-in account's session, a token that of its own account. */
async function signIn(
  { sessions, staff }: ConsoleAccess,
  token: string,
): Promise<string | undefined> {
  const first = sessions.enter(token);
  if (first !== undefined) return first;
  const account = await staff.signIn(token);
  return account === undefined ? undefined : sessions.open(account);
}
