import { readShape, type Json, type Shape } from '@tongyu/protocol';
import type { FastifyReply } from 'fastify';
import { sendProblem } from '../http/problem.ts';
import { DRAFT_REFUSALS, type DraftResult } from './refusals.ts';

/** The value as the answer, or the refusal as a problem: `return sendDraft(reply, …)`. */
export function sendDraft<T>(reply: FastifyReply, result: DraftResult<T>): FastifyReply {
  if (result.ok) return reply.send(result.value);
  const { code, facts } = result.refusal;
  const problem = { status: DRAFT_REFUSALS[code], code };
  return sendProblem(reply, facts === undefined ? problem : { ...problem, facts });
}

/** A member of a body in a form that JSON Schema does not say; undefined once it was refused. */
export function readMember<T>(
  reply: FastifyReply,
  shape: Shape<T>,
  name: string,
  value: unknown,
): T | undefined {
  const read = readShape(shape, value as Json);
  if (read.ok) return read.value;
  const field = `${name}${read.path}`.slice(0, 120);
  sendProblem(reply, { status: 422, code: 'ENTRY_INVALID', facts: { field } });
  return undefined;
}
