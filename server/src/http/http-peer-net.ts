import {
  MAX_CATALOGUE_OFFER_LENGTH,
  MAX_PART_LENGTH,
  MAX_PEER_MESSAGE_LENGTH,
  MAX_TRUST_OFFER_LENGTH,
  parseCatalogueOffer,
  parseTrustOffer,
  type NodeId,
} from '@tongyu/protocol';
import { PeerAway, type PeerNet } from '../peers/types.ts';
import {
  createHttpExchange,
  HttpAway,
  type HttpAnswer,
  type HttpExchange,
  type HttpRequest,
} from '../ports/http-exchange.ts';
import { queryOfCatalogueHave } from './catalogue-query.ts';
import { queryOfHave } from './trust-query.ts';

const PEER_TIMEOUT_SECONDS = 5;
/** A part of the list, or an offer of it, at three bytes for each letter. */
const MAX_CATALOGUE_BYTES = 3 * Math.max(MAX_PART_LENGTH, MAX_CATALOGUE_OFFER_LENGTH);

/** Where each node is; undefined for one that is not known. */
export type AddressOf = (node: NodeId) => string | undefined;

/** Other nodes over HTTP: a fixed deadline, bounded answers, no redirects. */
export function httpPeerNet(addressOf: AddressOf): PeerNet {
  const small = createHttpExchange({
    timeoutSeconds: PEER_TIMEOUT_SECONDS,
    maxAnswerBytes: MAX_PEER_MESSAGE_LENGTH,
  });
  const large = createHttpExchange({
    timeoutSeconds: 4 * PEER_TIMEOUT_SECONDS,
    maxAnswerBytes: MAX_TRUST_OFFER_LENGTH,
  });
  const largest = createHttpExchange({
    timeoutSeconds: 4 * PEER_TIMEOUT_SECONDS,
    maxAnswerBytes: MAX_CATALOGUE_BYTES,
  });
  const ask = async (
    exchange: HttpExchange,
    node: NodeId,
    request: Omit<HttpRequest, 'url'> & { readonly path: string },
  ): Promise<string> => {
    const address = addressOf(node);
    if (address === undefined) throw new PeerAway(`${node} has no address`);
    const { path, ...rest } = request;
    const answer = await reach(() => exchange({ ...rest, url: address + path }));
    if (answer.status !== 200) throw new PeerAway(`${node} answered ${String(answer.status)}`);
    return answer.text;
  };
  return {
    send: (to, body) =>
      ask(small, to, {
        method: 'POST',
        path: '/peer',
        headers: { 'content-type': 'application/jose', accept: 'application/jose' },
        body,
      }),
    async fetchTrust(from, have) {
      const path = `/trust/offer?${queryOfHave(have)}`;
      const offer = parseTrustOffer(await ask(large, from, { method: 'GET', path }));
      if (!offer.ok) throw new PeerAway(`${from} made an offer in no known form`);
      return offer.value;
    },
    fetchFounding: (from) => ask(small, from, { method: 'GET', path: '/founding' }),
    async fetchCatalogue(from, have) {
      const path = `/catalogue/offer?${queryOfCatalogueHave(have)}`;
      const offer = parseCatalogueOffer(await ask(largest, from, { method: 'GET', path }));
      if (!offer.ok) throw new PeerAway(`${from} offered the list in no known form`);
      return offer.value;
    },
    fetchPart: (from, hash) =>
      ask(largest, from, { method: 'GET', path: `/catalogue/parts/${hash}` }),
  };
}

async function reach(exchange: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await exchange();
  } catch (cause) {
    if (cause instanceof HttpAway) throw new PeerAway(cause.message, { cause });
    throw cause;
  }
}
