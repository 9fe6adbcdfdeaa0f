import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { needs } from '../http/console-guard.ts';
import type { App } from '../http/create-app.ts';
import { sendProblem } from '../http/problem.ts';
import type { Staff, StaffRefusal, StaffResult } from './staff.ts';

const strict = { additionalProperties: false } as const;
const tags = ['console'];
const name = Type.String({ pattern: '^[a-z][a-z0-9.-]{1,30}$' });
const operator = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
const role = Type.Union([
  Type.Literal('viewer'),
  Type.Literal('editor'),
  Type.Literal('publisher'),
  Type.Literal('keeper'),
]);
const accountBody = Type.Object(
  {
    name,
    roles: Type.Array(role, { minItems: 1, maxItems: 4, uniqueItems: true }),
    /** Whose people it belongs to; null or left out: the city's own. */
    operator: Type.Optional(Type.Union([operator, Type.Null()])),
  },
  strict,
);

const STATUS: Readonly<Record<StaffRefusal['code'], number>> = {
  STAFF_NAME_TAKEN: 409,
  STAFF_FULL: 409,
  STAFF_UNKNOWN: 404,
  STAFF_BUILT_IN: 409,
  OPERATOR_UNKNOWN: 422,
  OPERATOR_ROLES: 422,
};

/** Who am I, and the accounts of this node; the same at the hub and at every city. */
export function addStaffConsole(scope: App, staff: Staff): void {
  scope.get(
    '/console/api/me',
    { ...needs('signed-in', 'operators-too'), schema: { tags } },
    (request, reply) =>
      reply.send({ name: request.account, roles: request.roles, operator: request.operator }),
  );
  scope.get('/console/api/staff', { ...needs('keeper'), schema: { tags } }, async () => ({
    accounts: await staff.accounts(),
  }));
  scope.post(
    '/console/api/staff',
    { ...needs('keeper'), schema: { body: accountBody, tags } },
    async (request, reply) => {
      const { name: wanted, roles, operator: of = null } = request.body;
      return sendStaff(reply, await staff.create(request.account, wanted, roles, of));
    },
  );
  scope.post(
    '/console/api/staff/:name/disable',
    { ...needs('keeper'), schema: { params: Type.Object({ name }), tags } },
    async (request, reply) =>
      sendStaff(reply, await staff.disable(request.account, request.params.name)),
  );
}

function sendStaff<T>(reply: FastifyReply, result: StaffResult<T>): FastifyReply {
  if (result.ok) return reply.send(result.value);
  const { code } = result.refusal;
  return sendProblem(reply, { status: STATUS[code], code });
}
