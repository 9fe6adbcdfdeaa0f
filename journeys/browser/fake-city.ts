// A city node as browsers see it: the built pages with their policies, and just enough of the
// phone's and the terminal's routes, with real signatures. For tests of the pages alone.
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  buildPass,
  bytesOf,
  documentText,
  parseDocument,
  passTag,
  runChecks,
  seedAt,
  slotOf,
  tapShape,
  toBase64Url,
  trustOfferText,
  utf8,
  verifyTapSignature,
  type PartyId,
  type SignedTap,
  type TapId,
} from '@tongyu/protocol';
import { verifySync } from '../../server/src/crypto/verify.ts';
import type { BuiltPages } from '../../server/src/http/page-files.ts';
import { partPolicy, policyFor } from '../../server/src/http/page-routes.ts';
import type { FakeList } from './fake-list.ts';
import { listRoutes } from './fake-list-routes.ts';
import { noTrips, tripRoutes, type FakeTrips } from './fake-trips.ts';
import { registrationRoutes, type FakePlace } from './fake-registration.ts';
import { keyIds, type TestRegion } from './test-region.ts';

export type FakeCity = {
  readonly url: string;
  /** While true every request is dropped on the floor, as by a cut cable. */
  isDown: boolean;
  /** While true taps are taken and the answer is lost on its way back. */
  losesAnswers: boolean;
  /** City's clock minus this machine's, seconds. */
  clockOffsetSeconds: number;
  /** Numbers of taps that it will not take. */
  readonly refusedTaps: Set<number>;
  /** Accepted taps by terminal and number, each with how often it arrived. */
  readonly taps: Map<string, { readonly tap: SignedTap; arrivals: number }>;
  /** When the members last signed a time; terminals' trust is as old. */
  statementTime: number | undefined;
  /** Terminal's public key by id, base64url. */
  readonly terminals: Map<string, string>;
  /** Direction and stop that staff registered, by terminal. */
  readonly places: Map<string, FakePlace>;
  readonly phones: Map<string, FakePhone>;
  /** Journeys of whoever asks. */
  readonly trips: FakeTrips;
  /** Whether every browser has a session of the console. */
  isConsoleOpen: boolean;
  /** How often each path was asked. */
  readonly asked: Map<string, number>;
  readonly close: () => Promise<void>;
};

export type FakePhone = {
  readonly phoneId: string;
  readonly persona: string;
  readonly key: string;
  readonly seed: Uint8Array;
  readonly boundAt: number;
  revokedAt: number | null;
  /** Issued device keys in order, per slot. */
  readonly issued: Map<string, string[]>;
  /** What the pass of each device key carries. */
  readonly classes: Map<string, number>;
};

export type FakeCityParts = {
  readonly party: PartyId;
  readonly region: TestRegion;
  readonly list: FakeList;
  readonly pages: BuiltPages;
  /** For /demo/try: where the phone's page is, known once all cities are up. */
  readonly tryPlace?: () => {
    readonly phoneUrl: string;
    readonly origins: readonly string[];
  };
};

const personas = [
  ['child', 'child', '湘小米', 'synthetic: child of 12'],
  ['adult', 'adult', '麓清和', 'synthetic: working adult'],
  ['senior', 'senior', '沙延寿', 'synthetic: senior of 68'],
  ['foreign', 'adult', 'Lucas Probeman', 'synthetic: foreign resident with a passport'],
].map(([id, ageBand, name, note]) => ({ id, ageBand, name, note }));

type Body = Readonly<Record<string, unknown>>;
export type Answer = { readonly status: number; readonly body: unknown; readonly etag?: string };
export type Handler = (
  request: IncomingMessage,
  text: string,
  url: URL,
) => Answer | Promise<Answer>;

/** Starts on a free port of 127.0.0.1. */
export async function startFakeCity(parts: FakeCityParts): Promise<FakeCity> {
  const city = {
    url: '',
    isDown: false,
    losesAnswers: false,
    clockOffsetSeconds: 0,
    refusedTaps: new Set<number>(),
    taps: new Map(),
    statementTime: undefined,
    terminals: new Map(),
    places: new Map(),
    phones: new Map(),
    trips: noTrips(),
    isConsoleOpen: false,
    asked: new Map(),
    close: async () => undefined,
  } as FakeCity & { url: string; close: () => Promise<void> };
  const routes = routesOf(city, parts);
  const server = createServer((request, response) => {
    if (city.isDown) return void request.socket.destroy();
    void answer(city, parts, routes, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  city.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  city.close = () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return city;
}

async function answer(
  city: FakeCity,
  parts: FakeCityParts,
  routes: Readonly<Record<string, Handler>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', city.url);
  city.asked.set(url.pathname, (city.asked.get(url.pathname) ?? 0) + 1);
  if (sendPage(parts, url.pathname, request, response)) return;
  const text = await readBody(request);
  const handler = routes[`${request.method ?? ''} ${url.pathname}`];
  const result =
    handler === undefined ? problem(404, 'NOT_FOUND') : await handler(request, text, url);
  if (city.losesAnswers && url.pathname === '/terminal/taps') return void request.socket.destroy();
  if (result.etag !== undefined) response.setHeader('etag', result.etag);
  response.writeHead(result.status, { 'content-type': 'application/json' });
  response.end(typeof result.body === 'string' ? result.body : JSON.stringify(result.body));
}

const documents: Readonly<Record<string, string>> = {
  '/code': 'resident.html',
  '/gate': 'gate.html',
  '/try': 'try.html',
};

function sendPage(
  { pages, tryPlace }: FakeCityParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const name = documents[path] ?? path.slice(1);
  const file = pages.files.get(name);
  if (file === undefined) return false;
  const origins = tryPlace?.().origins ?? [];
  response.setHeader('content-type', file.type);
  response.setHeader('cache-control', 'no-cache');
  const policy = name.endsWith('.html')
    ? policyFor(pages, name, { ancestors: origins, sources: origins })
    : partPolicy(name);
  response.setHeader('content-security-policy', policy);
  const { encoding, bytes } = file.encoded(request.headers['accept-encoding']?.toString() ?? '');
  if (encoding !== undefined) response.setHeader('content-encoding', encoding);
  response.end(bytes);
  return true;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function problem(status: number, code: string, facts: Body = {}): Answer {
  return { status, body: { type: `urn:tongyu:problem:${code}`, status, code, ...facts } };
}

function routesOf(city: FakeCity, parts: FakeCityParts): Readonly<Record<string, Handler>> {
  const { party, region } = parts;
  const now = (): number => Math.floor(Date.now() / 1000) + city.clockOffsetSeconds;
  const signed =
    (work: (phone: FakePhone, body: Body, url: URL) => Answer | Promise<Answer>): Handler =>
    (request, text, url) => {
      const found = signedPhone(city, request, text, url, now());
      if ('status' in found) return found;
      return work(found, text === '' ? {} : (JSON.parse(text) as Body), url);
    };
  return {
    'GET /health': () => ({ status: 200, body: { status: 'ok', node: party, version: '0' } }),
    'GET /resident/personas': () => ({ status: 200, body: personas }),
    'POST /resident/bind': (_request, text) => bind(city, parts, JSON.parse(text) as Body, now()),
    'POST /resident/pool': signed((phone, body) => pool(parts, phone, body, now())),
    'GET /resident/status': signed((phone) => ({
      status: 200,
      body: { revoked: phone.revokedAt !== null, voidKeyIds: [], serverTime: now() },
    })),
    ...Object.fromEntries(
      Object.entries(tripRoutes(city.trips)).map(([name, work]) => [
        name,
        signed((_phone, body, url) => work(body, url.searchParams, now())),
      ]),
    ),
    'POST /resident/unbind': signed((phone) => {
      city.phones.delete(phone.phoneId);
      return { status: 200, body: {} };
    }),
    'POST /resident/report-lost': (_request, text) =>
      reportLost(city, parts, JSON.parse(text) as Body, now()),
    ...listRoutes(parts, {
      time: () => city.statementTime ?? now() - 30,
      isConsoleOpen: () => city.isConsoleOpen,
    }),
    'GET /terminal/sync': async () => ({
      status: 200,
      body: trustOfferText(await region.offer(party, city.statementTime ?? now() - 30)),
    }),
    'POST /terminal/taps': (_request, text) => takeTaps(city, text, now()),
    'GET /demo/try': () =>
      parts.tryPlace === undefined
        ? problem(404, 'NOT_FOUND')
        : { status: 200, body: parts.tryPlace() },
    'GET /demo/line': (_request, _text, url) => {
      const line = city.trips.lines.get(url.searchParams.get('tap') as TapId);
      return line === undefined ? problem(404, 'NOT_FOUND') : { status: 200, body: line };
    },
    'GET /trust/roots/1': async () => {
      const [root] = (await region.offer(party, now() - 30)).roots;
      return root === undefined
        ? problem(404, 'NOT_FOUND')
        : { status: 200, body: documentText(root) };
    },
    ...registrationRoutes(city, parts),
  };
}

/** The phone whose key signed this request, or the problem to answer. */
function signedPhone(
  city: FakeCity,
  request: IncomingMessage,
  text: string,
  url: URL,
  now: number,
): FakePhone | Answer {
  const header = String(request.headers['tongyu-phone'] ?? '').split('.');
  const [phoneId = '', time = '', nonce = '', signature = ''] = header;
  const phone = city.phones.get(phoneId);
  if (phone === undefined) return problem(401, 'PHONE_UNKNOWN');
  const hash = createHash('sha256').update(text).digest('hex');
  const line = `${request.method ?? ''} ${url.pathname}${url.search}`;
  const message = utf8(`tongyu-phone-1\n${line}\n${time}\n${nonce}\n${hash}`);
  const publicKey = bytesOf(phone.key);
  const isSigned = verifySync({
    alg: 'ES256',
    publicKey,
    message,
    signature: bytesOf(signature),
  });
  if (!isSigned) return problem(401, 'PHONE_SIGNATURE_INVALID');
  if (Math.abs(Number(time) - now) > 120) return problem(401, 'PHONE_CLOCK', { serverTime: now });
  if (phone.revokedAt !== null) return problem(403, 'PHONE_REVOKED');
  return phone;
}

function bind(city: FakeCity, { party }: FakeCityParts, body: Body, now: number): Answer {
  const { persona } = body['proof'] as { persona: string };
  const time = body['time'] as number;
  const phoneKey = body['phoneKey'] as string;
  if (Math.abs(time - now) > 120) return problem(401, 'PHONE_CLOCK', { serverTime: now });
  const isSigned = verifySync({
    alg: 'ES256',
    publicKey: bytesOf(phoneKey),
    message: utf8(`tongyu-bind-1\n${phoneKey}\n${String(time)}`),
    signature: bytesOf(body['signature'] as string),
  });
  if (!isSigned) return problem(401, 'PHONE_SIGNATURE_INVALID');
  const phoneId = randomBytes(16).toString('base64url');
  city.phones.set(phoneId, {
    phoneId,
    persona,
    key: phoneKey,
    seed: new Uint8Array(randomBytes(16)),
    boundAt: now,
    revokedAt: null,
    issued: new Map(),
    classes: new Map(),
  });
  return { status: 200, body: { phoneId, party, serverTime: now } };
}

type Wanted = {
  readonly day: number;
  readonly slot: number;
  readonly deviceKeys: readonly string[];
};

/** At most 16 tags a slot; the seed counts as of the slot of binding. */
async function pool(
  { party, region }: FakeCityParts,
  phone: FakePhone,
  body: Body,
  now: number,
): Promise<Answer> {
  const passes = [];
  for (const { day, slot, deviceKeys } of body['wanted'] as readonly Wanted[]) {
    const at = { day, slot };
    const seed = seedAt(phone.seed, slotOf(phone.boundAt), at);
    if (seed === undefined) return problem(422, 'SLOT_OUT_OF_HORIZON', { serverTime: now });
    const name = `${String(day)}.${String(slot)}`;
    const issued = phone.issued.get(name) ?? [];
    phone.issued.set(name, issued);
    for (const key of deviceKeys) {
      let index = issued.indexOf(key);
      if (index < 0) index = issued.push(key) - 1;
      if (index >= 16) return problem(422, 'POOL_EXHAUSTED', { day, slot });
      const carried = phone.classes.get(key) ?? Number(body['class']);
      phone.classes.set(key, carried);
      const alike = issued.filter((other) => phone.classes.get(other) === carried);
      const content = {
        suite: 1,
        issuer: party,
        keyId: keyIds.issuer,
        tag: passTag(seed, party, at, index),
        slot: at,
        reserve: alike.indexOf(key) === 7,
        class: carried,
        deviceKey: bytesOf(key),
      } as const;
      passes.push({ pass: toBase64Url(await buildPass(content, region.issuerKey(party))) });
    }
  }
  return { status: 200, body: { passes, voidKeyIds: [], serverTime: now } };
}

function reportLost(
  city: FakeCity,
  { party, region }: FakeCityParts,
  body: Body,
  now: number,
): Answer {
  const { persona } = body['proof'] as { persona: string };
  const own = [...city.phones.values()].filter((phone) => phone.persona === persona);
  const phoneId = body['phoneId'];
  if (phoneId === undefined) {
    const phones = own.map(({ phoneId: id, boundAt, revokedAt }) => ({
      phoneId: id,
      boundAt,
      revokedAt,
    }));
    return { status: 200, body: { phones } };
  }
  const phone = own.find((each) => each.phoneId === phoneId);
  if (phone === undefined) return problem(404, 'NOT_FOUND');
  const seed = seedAt(phone.seed, slotOf(phone.boundAt), slotOf(now));
  if (seed !== undefined) region.revoke(party, seed, now);
  phone.revokedAt = now;
  return { status: 200, body: { revokedAt: now, listNumber: 2 } };
}

function takeTaps(city: FakeCity, text: string, now: number): Answer {
  const { taps } = JSON.parse(text) as { readonly taps: readonly unknown[] };
  const results = taps.map((each) => takeTap(city, JSON.stringify(each)));
  return { status: 200, body: { results, used: [], usedCursor: '', serverTime: now } };
}

function takeTap(city: FakeCity, text: string) {
  const parsed = parseDocument(tapShape, text, 4_000);
  if (!parsed.ok) throw new Error(`a tap that is malformed at ${parsed.refusal.path}`);
  const tap = parsed.value;
  const { terminal, number } = tap.signed;
  const key = city.terminals.get(terminal) ?? '';
  const isSigned = runChecks(verifyTapSignature(tap, { keyId: 1, alg: 'ES256', key }), verifySync);
  const refuse = (code: string) => ({ number, outcome: 'refused', refusal: { code } });
  if (!isSigned) return refuse('TAP_SIGNATURE_INVALID');
  if (city.refusedTaps.has(number)) return refuse('TAP_IN_FUTURE');
  const id = `${terminal}/${String(number)}`;
  const known = city.taps.get(id);
  if (known !== undefined) {
    known.arrivals += 1;
    return { number, outcome: 'duplicate' };
  }
  city.taps.set(id, { tap, arrivals: 1 });
  return { number, outcome: 'accepted' };
}
