import type { FastifyReply } from 'fastify';

/** An RFC 9457 problem. `code` is stable; no text in it names a person or a secret. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  /** One sentence for whoever reads the answer. */
  readonly detail?: string;
  /** Further members, such as the field that broke or the node's time. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request took too long',
  409: 'Conflict',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Not available',
};

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function problemBody(problem: Problem): Readonly<Record<string, unknown>> {
  return {
    type: `urn:tongyu:problem:${problem.code}`,
    title: TITLES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...problem.facts,
  };
}

/** Answers a problem; `return sendProblem(reply, …)` ends a handler. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(problem));
}
