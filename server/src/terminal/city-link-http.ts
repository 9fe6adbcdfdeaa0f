import {
  integer,
  list,
  MAX_TRUST_OFFER_LENGTH,
  object,
  oneOf,
  parseCatalogueOffer,
  parseTrustOffer,
  partyShape,
  readShape,
  text,
  timeShape,
  toBase64Url,
  utf8,
  type Json,
  type Shape,
  type Signer,
  type TrustHave,
  type TrustOffer,
} from '@tongyu/protocol';
import { parseStrictJson } from '../http/strict-json.ts';
import { queryOfCatalogueHave } from '../http/catalogue-query.ts';
import { queryOfHave } from '../http/trust-query.ts';
import type { Clock } from '../ports/clock.ts';
import type { HttpAnswer, HttpExchange } from '../ports/http-exchange.ts';
import { CityAway, type CityLink, type UploadAnswer } from './ports.ts';
import { TAPS_PER_UPLOAD } from './upload-taps.ts';

export const CITY_TIMEOUT_SECONDS = 5;
export const MAX_CITY_ANSWER_BYTES = MAX_TRUST_OFFER_LENGTH;

export type HttpCityLinkSettings = {
  /** `https://city.example`, without a path. */
  readonly cityUrl: string;
  readonly terminal: string;
  readonly key: Signer;
  readonly clock: Clock;
  readonly exchange: HttpExchange;
};

/** The host city over HTTP. Every answer is read strictly; one that is odd counts as none. */
export function httpCityLink(settings: HttpCityLinkSettings): CityLink {
  const { cityUrl, exchange } = settings;
  return {
    async sync(have, usedCursor) {
      const path = `/terminal/sync?${syncQuery(have, usedCursor)}`;
      const request = { method: 'GET', url: cityUrl + path } as const;
      const headers = { 'tongyu-terminal': await terminalHeader(settings, path) };
      const answer = await reach(() => exchange({ ...request, headers }));
      // Not registered yet, or with a wrong clock: trust is for everybody all the same.
      const isStranger = answer.status === 401 || answer.status === 403;
      return readOffer(isStranger ? await reach(() => exchange(request)) : answer);
    },
    async list(have) {
      const url = `${cityUrl}/terminal/list?${queryOfCatalogueHave(have)}`;
      const answer = await reach(() => exchange({ method: 'GET', url }));
      if (answer.status !== 200) throw unusable(answer, 'status');
      const offer = parseCatalogueOffer(answer.text);
      if (!offer.ok) throw unusable(answer, offer.refusal.path);
      return offer.value;
    },
    async part(hash) {
      const url = `${cityUrl}/catalogue/parts/${hash}`;
      const answer = await reach(() => exchange({ method: 'GET', url }));
      if (answer.status !== 200) throw unusable(answer, 'status');
      return answer.text; // whether it is the part of that hash is looked at when it is taken
    },
    async uploadTaps(batch, usedCursor) {
      const url = `${cityUrl}/terminal/taps`;
      const cursor = JSON.stringify(usedCursor === '' ? FROM_THE_START : usedCursor);
      // Each tap is canonical JSON already.
      const body = `{"taps":[${batch.join(',')}],"usedCursor":${cursor}}`;
      return readUploadAnswer(await reach(() => exchange({ method: 'POST', url, body })));
    },
  };
}

/** Beginning of the operator's feed of used tags. */
const FROM_THE_START = '0';

function syncQuery(have: TrustHave, usedCursor: string): string {
  const cursor = usedCursor === '' ? FROM_THE_START : usedCursor;
  return `${queryOfHave(have)}&used=${encodeURIComponent(cursor)}`;
}

/** Says who asks, so that the city hands out the operator's used tags. */
async function terminalHeader(
  { terminal, key, clock }: HttpCityLinkSettings,
  path: string,
): Promise<string> {
  const time = String(clock.now());
  const signature = await key.sign(utf8(`tongyu-terminal-1\n${path}\n${time}`));
  return `${terminal}.${time}.${toBase64Url(signature)}`;
}

async function reach(exchange: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await exchange();
  } catch (cause) {
    throw new CityAway('the host city cannot be reached', { cause });
  }
}

function readOffer(answer: HttpAnswer): TrustOffer {
  if (answer.status !== 200) throw unusable(answer, 'status');
  const offer = parseTrustOffer(answer.text);
  if (!offer.ok) throw unusable(answer, offer.refusal.path);
  return offer.value;
}

/** A member that may be left out or null. */
function optional<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === undefined || value === null ? null : shape(value, path));
}

const codeShape = text(40, /^[A-Z][A-Z_]*$/);

const uploadAnswerShape: Shape<UploadAnswer> = object({
  results: list(
    object({
      number: integer(1, 2 ** 48),
      outcome: oneOf('accepted', 'duplicate', 'refused'),
      refusal: optional(object({ code: codeShape, field: optional(text(200)) })),
    }),
    0,
    TAPS_PER_UPLOAD,
  ),
  used: list(
    object({ issuer: partyShape, tag: text(20, /^[0-9a-f]{20}$/), time: timeShape }),
    0,
    50_000,
  ),
  usedCursor: text(80, /^[0-9A-Za-z._:-]*$/),
  serverTime: timeShape,
});

function readUploadAnswer(answer: HttpAnswer): UploadAnswer {
  if (answer.status !== 200) throw unusable(answer, 'status');
  const read = readShape(uploadAnswerShape, parseStrictJson(answer.text) as Json | undefined);
  if (!read.ok) throw unusable(answer, read.path);
  return read.value;
}

function unusable(answer: HttpAnswer, where: string): CityAway {
  return new CityAway(
    `the host city answered ${String(answer.status)} that cannot be used (${where})`,
  );
}
