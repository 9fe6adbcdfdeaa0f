import { Type } from '@fastify/type-provider-typebox';
import {
  documentText,
  heldTrust,
  MAX_SERVICE_FILE_LENGTH,
  parseServiceFile,
  runChecks,
  sectionOf,
  verifyServiceFile,
  type SignedServiceFile,
  type TrustState,
} from '@tongyu/protocol';
import { verifySync } from '../crypto/verify.ts';
import { createHttpExchange, type HttpExchange } from '../ports/http-exchange.ts';
import type { App } from './create-app.ts';
import { sendProblem } from './problem.ts';
import { RATE_LIMITS } from './rate-limits.ts';

const TIMEOUT_SECONDS = 5;

/**
 * Other cities' service files for this city's residents (TAP-1). The home city fetches, so that
 * the city that somebody looks at learns nothing of who is looking. Each file is checked
 * against its city's section; while that city is away the last good one is served.
 */
export async function addOtherServices(
  app: App,
  held: () => TrustState | undefined,
  exchange: HttpExchange = createHttpExchange({
    timeoutSeconds: TIMEOUT_SECONDS,
    maxAnswerBytes: MAX_SERVICE_FILE_LENGTH,
  }),
): Promise<void> {
  const kept = new Map<string, SignedServiceFile>();
  const params = Type.Object({ party: Type.String({ pattern: '^[1-9][0-9]{3}$' }) });
  await app.register(async (scope: App) => {
    await Promise.resolve();
    scope.addHook('onRequest', scope.rateLimit(RATE_LIMITS.resident));
    scope.get(
      '/resident/services/:party',
      { schema: { params, tags: ['resident'] } },
      async (request, reply) => {
        const { party } = request.params;
        const fetched = await fetchServices(exchange, held(), party, kept.get(party));
        if (fetched !== undefined) kept.set(party, fetched);
        const file = fetched ?? kept.get(party);
        if (file === undefined) return sendProblem(reply, { status: 503, code: 'CITY_AWAY' });
        reply.type('application/json; charset=utf-8').serializer((text: unknown) => String(text));
        return reply.send(documentText(file));
      },
    );
  });
}

/** Undefined when the city is unknown or away, or its file does not hold. */
async function fetchServices(
  exchange: HttpExchange,
  state: TrustState | undefined,
  party: string,
  kept: SignedServiceFile | undefined,
): Promise<SignedServiceFile | undefined> {
  const trust = state === undefined ? undefined : heldTrust(state);
  const section = trust === undefined ? undefined : sectionOf(trust, party);
  const url = section?.urls[0];
  if (url === undefined) return undefined;
  const text = await askText(exchange, `${url}/trust/services`);
  if (text === undefined) return undefined;
  const parsed = parseServiceFile(text);
  if (!parsed.ok) return undefined;
  const result = runChecks(verifyServiceFile(section, kept?.signed, parsed.value), verifySync);
  return result.ok ? result.file : undefined;
}

async function askText(exchange: HttpExchange, url: string): Promise<string | undefined> {
  try {
    const answer = await exchange({ method: 'GET', url });
    return answer.status === 200 ? answer.text : undefined;
  } catch {
    return undefined; // away: the caller has an answer for that
  }
}
