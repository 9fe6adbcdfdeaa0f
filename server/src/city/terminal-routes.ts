import { Type } from '@fastify/type-provider-typebox';
import {
  canonicalJson,
  trustOfferText,
  MAX_TAP_LENGTH,
  type Json,
  type TrustHave,
  type TrustOffer,
} from '@tongyu/protocol';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/create-app.ts';
import { sendSignedText } from '../http/signed-text.ts';
import { catalogueHaveOfQuery, catalogueQuery } from '../http/catalogue-query.ts';
import { haveOfQuery, trustQuery } from '../http/trust-query.ts';
import type { TerminalRow } from '../store/city-tables.ts';
import type { CityFace } from './city.ts';
import { sendResult } from './problems.ts';
import { done } from './refusals.ts';
import { TAPS_PER_BATCH } from './tap-results.ts';
import { NO_FEED, type UsedFeed } from './used-feed.ts';

/** What terminals get of the node's trust; used tags are added here. */
export type OfferSource = {
  offer(have: TrustHave, offerFor: 'terminal'): Promise<TrustOffer>;
};

const tapsBody = Type.Object(
  {
    // Each tap is read strictly by its own shape, so that a bad one is answered by itself.
    taps: Type.Array(Type.Unknown(), { minItems: 0, maxItems: TAPS_PER_BATCH }),
    usedCursor: Type.Optional(Type.String({ maxLength: 80, pattern: '^[0-9A-Za-z._:-]*$' })),
  },
  { additionalProperties: false },
);

const tags = ['terminal'];

/**
 * Routes of terminals: signed taps prove themselves, and trust is public. No rate limit: a gate
 * that
 * drains a long outbox must not be turned away.
 */
export async function addTerminalRoutes(
  app: App,
  city: CityFace,
  trust: OfferSource,
): Promise<void> {
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.get(
      '/terminal/sync',
      { schema: { querystring: trustQuery, tags } },
      async (request, reply) => {
        const have = haveOfQuery(request.query);
        const offer = await trust.offer(have, 'terminal');
        const feed = await feedOf(city, request, request.query.used ?? '');
        const whole = { ...offer, used: feed.used, usedCursor: feed.cursor };
        return sendSignedText(reply, trustOfferText(whole));
      },
    );
    scope.get('/terminal/registration', { schema: { tags } }, async (request, reply) => {
      const header = request.headers['tongyu-terminal'];
      const asked = typeof header === 'string' ? header : '';
      const terminal = await city.recogniseTerminal(asked, request.url);
      return sendResult(reply, terminal.ok ? done(registrationOf(terminal.value)) : terminal);
    });
    scope.get(
      '/terminal/list',
      { schema: { querystring: catalogueQuery, tags } },
      async (request, reply) =>
        sendSignedText(
          reply,
          canonicalJson(await city.listOffer(catalogueHaveOfQuery(request.query))),
        ),
    );
    scope.post(
      '/terminal/taps',
      { schema: { body: tapsBody, tags }, bodyLimit: TAPS_PER_BATCH * (MAX_TAP_LENGTH + 200) },
      async (request, reply) => {
        const { taps, usedCursor } = request.body;
        return reply.send(await city.takeTaps(taps as readonly Json[], usedCursor));
      },
    );
  });
}

/** What the city has registered: a terminal that learns it here need not be told by hand. */
function registrationOf({ id, operator, service, direction, stop }: TerminalRow) {
  return { terminal: id, operator, service, direction, stop };
}

/**
 * The operator's used tags for a terminal that shows who it is. Whoever does not, or whose clock is
 * wrong, gets its trust all the same, as everybody does.
 */
async function feedOf(city: CityFace, request: FastifyRequest, cursor: string): Promise<UsedFeed> {
  const header = request.headers['tongyu-terminal'];
  if (typeof header !== 'string') return NO_FEED;
  const terminal = await city.recogniseTerminal(header, request.url);
  return terminal.ok ? city.used(terminal.value, cursor) : NO_FEED;
}
