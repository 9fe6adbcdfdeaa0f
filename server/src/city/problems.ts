import type { FastifyReply } from 'fastify';
import { sendProblem } from '../http/problem.ts';
import { CITY_REFUSALS, type CityResult } from './refusals.ts';

/** The value as the answer, or the refusal as a problem: `return sendResult(reply, …)`. */
export function sendResult<T>(reply: FastifyReply, result: CityResult<T>): FastifyReply {
  if (result.ok) return reply.send(result.value);
  const { code, facts } = result.refusal;
  const problem = { status: CITY_REFUSALS[code], code };
  return sendProblem(reply, facts === undefined ? problem : { ...problem, facts });
}
