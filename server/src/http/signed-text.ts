import type { FastifyReply } from 'fastify';

/** Signed things travel in the one spelling that was signed. */
export function sendSignedText(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(text);
}
