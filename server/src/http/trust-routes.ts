import { Type } from '@fastify/type-provider-typebox';
import {
  documentHash,
  documentText,
  MAX_PEER_MESSAGE_LENGTH,
  trustOfferText,
  type SignedDocument,
  type TrustHave,
  type TrustOffer,
} from '@tongyu/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FailedMessages } from '../peers/failed-messages.ts';
import type { App } from './create-app.ts';
import { sendProblem } from './problem.ts';
import { sendSignedText } from './signed-text.ts';
import { haveOfQuery, trustQuery } from './trust-query.ts';

type AnyDocument = SignedDocument<{ readonly type: string }>;

/** What a node tells everybody of the trust that it holds, and takes from its peers. */
export type PublicTrust = {
  root(number: number): Promise<AnyDocument | undefined>;
  bundle(): Promise<AnyDocument | undefined>;
  times(): Promise<readonly AnyDocument[]>;
  list(party: string): Promise<Uint8Array | undefined>;
  offer(have: TrustHave): Promise<TrustOffer | undefined>;
  /** Canonical JSON of the founding answer. */
  founding(): Promise<string>;
  receive(envelope: string): Promise<ReceivedEnvelope>;
  /** Counts by address what `receive` refuses. */
  readonly failed: FailedMessages;
};

export type ReceivedEnvelope =
  | { readonly ok: true; readonly receipt: string }
  | { readonly ok: false; readonly refusal: { readonly code: string } };

const tags = ['trust'];

/** The routes of trust and peers, the same at the hub and at every city (TRUST-6, PEER-1). */
export async function addTrustRoutes(app: App, trust: PublicTrust): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    const number = Type.Integer({ minimum: 1, maximum: 1_000_000 });
    const party = Type.String({ pattern: '^[1-9][0-9]{3}$' });
    const byNumber = { params: Type.Object({ number }), tags };
    const byParty = { params: Type.Object({ party }), tags };

    scope.get('/trust/roots/:number', { schema: byNumber }, async (request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return sendDocument(request, reply, await trust.root(request.params.number));
    });
    scope.get('/trust/bundle', { schema: { tags } }, async (request, reply) =>
      sendDocument(request, reply, await trust.bundle()),
    );
    scope.get('/trust/times', { schema: { tags } }, async (_request, reply) => {
      const times = await trust.times();
      return sendSignedText(reply, `{"times":[${times.map(documentText).join(',')}]}`);
    });
    scope.get('/trust/lists/:party', { schema: byParty }, async (request, reply) => {
      const bytes = await trust.list(request.params.party);
      if (bytes === undefined) return sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
      return reply.type('application/octet-stream').send(Buffer.from(bytes));
    });
    scope.get(
      '/trust/offer',
      { schema: { querystring: trustQuery, tags } },
      async (request, reply) => {
        const offer = await trust.offer(haveOfQuery(request.query));
        if (offer === undefined) return sendProblem(reply, { status: 503, code: 'NOT_FOUNDED' });
        return sendSignedText(reply, trustOfferText(offer));
      },
    );
    scope.get('/founding', { schema: { tags } }, async (_request, reply) =>
      sendSignedText(reply, await trust.founding()),
    );
    addPeerRoute(scope, trust);
  });
}

/** Refusals of what a known key has signed: no stranger's doing. */
const SIGNED: readonly string[] = ['PEER_TOO_OLD', 'PEER_IN_FUTURE'];

function addPeerRoute(scope: App, trust: PublicTrust): void {
  // Base64 takes four letters for three bytes; the envelope's own limit is looked at again inside.
  const { failed } = trust;
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!failed.isOver(request.ip)) return undefined;
    reply.header('retry-after', failed.pauseSeconds); // before the body is read
    return sendProblem(reply, { status: 429, code: 'TOO_MANY_REQUESTS' });
  };
  const options = { bodyLimit: MAX_PEER_MESSAGE_LENGTH + 1024, schema: { tags }, onRequest };
  scope.post('/peer', options, async (request, reply) => {
    if (typeof request.body !== 'string') {
      return sendProblem(reply, { status: 415, code: 'MEDIA_TYPE' });
    }
    const received = await trust.receive(request.body);
    if (received.ok) return reply.type('application/jose').send(received.receipt);
    const { code } = received.refusal;
    if (!SIGNED.includes(code)) failed.count(request.ip);
    return sendProblem(reply, { status: 422, code });
  });
}

function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: AnyDocument | undefined,
): FastifyReply {
  if (document === undefined) {
    reply.header('cache-control', 'no-store');
    return sendProblem(reply, { status: 404, code: 'NOT_FOUND' });
  }
  const etag = `"${documentHash(document.signed)}"`;
  reply.header('etag', etag);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return sendSignedText(reply, documentText(document));
}
