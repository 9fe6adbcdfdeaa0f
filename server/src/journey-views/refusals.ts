import type { FastifyReply } from 'fastify';
import { sendProblem } from '../http/problem.ts';

/** Why a wish about a journey is not granted, with the HTTP status of the answer. */
export const VIEW_REFUSALS = {
  /** No journey of this resident: whether it is somebody else's is not told. */
  TRIP_UNKNOWN: 404,
  REPAIR_TOO_LATE: 422,
  REPAIR_OUT_OF_BOUNDS: 422,
  REPAIR_NOT_NEEDED: 409,
  REPAIRS_USED_UP: 409,
  CLASS_NOT_PROVED: 422,
  OBJECTION_OPEN: 409,
  /** So many objections to this journey have been decided that no further one is taken. */
  OBJECTIONS_USED_UP: 409,
  OBJECTION_UNKNOWN: 404,
  OBJECTION_DECIDED: 409,
  /** The report's dates: none, in the wrong order, or too far apart. */
  RANGE_ODD: 422,
} as const satisfies Record<string, number>;

export type ViewRefusalCode = keyof typeof VIEW_REFUSALS;
type Refused = { readonly ok: false; readonly refusal: { readonly code: ViewRefusalCode } };
export type ViewResult<T> = { readonly ok: true; readonly value: T } | Refused;

export function refuse(code: ViewRefusalCode): Refused {
  return { ok: false, refusal: { code } };
}

export function sendView<T>(reply: FastifyReply, result: ViewResult<T>): FastifyReply {
  if (result.ok) return reply.send(result.value);
  const { code } = result.refusal;
  return sendProblem(reply, { status: VIEW_REFUSALS[code], code });
}
