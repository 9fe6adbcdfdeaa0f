import { createHash } from 'node:crypto';
import { ASSURANCES } from '@tongyu/domain';
import {
  base64Url,
  flag,
  integer,
  list,
  nullable,
  object,
  oneOf,
  partyShape,
  readShape,
  text,
  timeShape,
  toBase64Url,
  utf8,
  type Json,
  type Shape,
} from '@tongyu/protocol';
import { parseStrictJson } from '../http/strict-json.ts';
import type { HttpAnswer, HttpExchange, HttpRequest } from '../ports/http-exchange.ts';
import {
  HomeAway,
  type Bound,
  type HeldClass,
  type HomeAnswer,
  type HomeLink,
  type HomeRefusal,
  type ListedPhone,
  type LostReport,
  type Persona,
  type PhoneIdentity,
  type PhoneStatus,
  type Pool,
} from './ports.ts';

export const HOME_TIMEOUT_SECONDS = 10;
export const MAX_HOME_ANSWER_BYTES = 1_000_000;

const phoneIdShape = text(44, /^[A-Za-z0-9_-]{8,44}$/);
const keyIdsShape = list(integer(1, 0xffff), 0, 64);
const boundShape: Shape<Bound> = object({
  phoneId: phoneIdShape,
  party: partyShape,
  serverTime: timeShape,
});
const poolShape: Shape<Pool> = object({
  passes: list(object({ pass: base64Url(118) }), 0, 1_000),
  voidKeyIds: keyIdsShape,
  serverTime: timeShape,
});
const listedShape: Shape<ListedPhone> = object({
  phoneId: phoneIdShape,
  boundAt: timeShape,
  revokedAt: nullable(timeShape),
});
const statusShape: Shape<PhoneStatus> = object({
  phoneId: phoneIdShape,
  revoked: flag(),
  voidKeyIds: keyIdsShape,
  serverTime: timeShape,
  phones: list(
    object({
      phoneId: phoneIdShape,
      boundAt: timeShape,
      revokedAt: nullable(timeShape),
      thisPhone: flag(),
    }),
    0,
    1_000,
  ),
});
const classesShape: Shape<{ readonly classes: readonly HeldClass[] }> = object({
  classes: list(
    object({
      class: integer(1, 0xffff),
      assurance: oneOf(...ASSURANCES),
      prover: text(60),
      provedAt: timeShape,
      expires: nullable(timeShape),
      standing: oneOf('offered', 'weak', 'rare'),
    }),
    0,
    64,
  ),
});
const unboundShape = object({ unboundAt: timeShape });
const phonesShape = object({ phones: list(listedShape, 0, 1_000) });
const lostShape: Shape<LostReport> = object({
  revokedAt: timeShape,
  listNumber: integer(0, 0xffffffff),
});
const personasShape: Shape<readonly Persona[]> = list(
  object({ id: text(60), name: text(60), ageBand: text(60), note: text(300) }),
  0,
  100,
);

const anyJson: Shape<Json> = (value) => value ?? null;

/** The home city over HTTP, with the phone's signature on each request. */
export function httpHomeLink(homeUrl: string, exchange: HttpExchange): HomeLink {
  const call = async <T>(
    shape: Shape<T>,
    method: HttpRequest['method'],
    path: string,
    body?: unknown,
    as?: PhoneIdentity,
  ): Promise<HomeAnswer<T>> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = as === undefined ? {} : await phoneHeaders(as, method, path, text ?? '');
    const request = { method, url: homeUrl + path, headers };
    return readAnswer(
      shape,
      await reach(exchange, text === undefined ? request : { ...request, body: text }),
    );
  };
  return {
    personas: () => call(personasShape, 'GET', '/resident/personas'),
    bind: (request) => call(boundShape, 'POST', '/resident/bind', request),
    pool: (as, wanted, classNumber) =>
      call(poolShape, 'POST', '/resident/pool', { wanted, class: classNumber }, as),
    async classes(as) {
      const answer = await call(classesShape, 'GET', '/resident/classes', undefined, as);
      return answer.ok ? { ok: true, value: answer.value.classes } : answer;
    },
    status: (as) => call(statusShape, 'GET', '/resident/status', undefined, as),
    unbind: (as) => call(unboundShape, 'POST', '/resident/unbind', undefined, as),
    ask: (as, method, path, body) => call(anyJson, method, path, body, as),
    async phonesOf(proof) {
      const answer = await call(phonesShape, 'POST', '/resident/report-lost', { proof });
      return answer.ok ? { ok: true, value: answer.value.phones } : answer;
    },
    reportLost: (proof, phoneId) =>
      call(lostShape, 'POST', '/resident/report-lost', { proof, phoneId }),
  };
}

async function phoneHeaders(
  { phoneId, key, time, nonce }: PhoneIdentity,
  method: string,
  path: string,
  body: string,
): Promise<Readonly<Record<string, string>>> {
  const hash = createHash('sha256').update(body).digest('hex');
  const input = `tongyu-phone-1\n${method} ${path}\n${String(time)}\n${nonce}\n${hash}`;
  const signature = toBase64Url(await key.sign(utf8(input)));
  return { 'tongyu-phone': `${phoneId}.${String(time)}.${nonce}.${signature}` };
}

async function reach(exchange: HttpExchange, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await exchange(request);
  } catch (cause) {
    throw new HomeAway('the home city cannot be reached', { cause });
  }
}

function readAnswer<T>(shape: Shape<T>, answer: HttpAnswer): HomeAnswer<T> {
  const json = parseStrictJson(answer.text) as Json | undefined;
  if (answer.status >= 200 && answer.status < 300) {
    const read = readShape(shape, json);
    if (read.ok) return { ok: true, value: read.value };
    throw new HomeAway(`the home city's answer cannot be used (${read.path})`);
  }
  const refusal = refusalOf(json);
  if (refusal === undefined) throw new HomeAway(`the home city answered ${String(answer.status)}`);
  return { ok: false, refusal };
}

/** Of a problem (RFC 9457) only what a phone acts on; a proxy's own error page is none. */
function refusalOf(json: Json | undefined): HomeRefusal | undefined {
  if (json === undefined || json === null || typeof json !== 'object' || Array.isArray(json)) {
    return undefined;
  }
  const members = json as Readonly<Record<string, Json>>;
  const code = readShape(text(40, /^[A-Z][A-Z_]*$/), members['code']);
  if (!code.ok) return undefined;
  const time = readShape(timeShape, members['serverTime']);
  const day = readShape(integer(0, 65_535), members['day']);
  const slot = readShape(integer(0, 3), members['slot']);
  return {
    code: code.value,
    ...(time.ok ? { serverTime: time.value } : {}),
    ...(day.ok && slot.ok ? { slot: { day: day.value, slot: slot.value } } : {}),
  };
}
