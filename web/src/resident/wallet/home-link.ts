import type { Assurance } from '@tongyu/domain';
import { toBase64Url, toHex, utf8, type PartyId, type Slot } from '@tongyu/protocol';
import { deviceSigner, sha256, type DeviceKey } from '../../kit/ports/crypto.ts';
import type { Net } from '../../kit/ports/fetch.ts';
import type { Rng } from '../../kit/ports/rng.ts';

/** A synthetic resident whom the city of this page offers in demo mode. */
export type Persona = {
  readonly id: string;
  readonly name: string;
  readonly ageBand: string;
  readonly note: string;
};

export type Bound = {
  readonly phoneId: string;
  readonly party: PartyId;
  readonly serverTime: number;
};
export type WantedSlot = Slot & { readonly deviceKeys: readonly string[] };
export type PoolAnswer = {
  readonly passes: readonly { readonly pass: string }[];
  readonly voidKeyIds: readonly number[];
  readonly serverTime: number;
};
/** A class that the home city has proved of the resident, and whether passes may carry it. */
export type HeldClass = {
  readonly class: number;
  readonly assurance: Assurance;
  readonly prover: string;
  readonly provedAt: number;
  /** The first second at which the proof holds no more; null for no end. */
  readonly expires: number | null;
  readonly standing: 'offered' | 'weak' | 'rare';
};
export type ClassesAnswer = { readonly classes: readonly HeldClass[] };
export type StatusAnswer = {
  readonly revoked: boolean;
  readonly voidKeyIds: readonly number[];
  readonly serverTime: number;
};
export type KnownPhone = {
  readonly phoneId: string;
  readonly boundAt: number;
  readonly revokedAt: number | null;
};

/** Why the home city did not do it. `AWAY` when it cannot be reached. */
export type HomeRefusal = {
  readonly code: string;
  readonly serverTime?: number;
  /** Which slot it is about, where it is about one. */
  readonly slot?: Slot;
};
export type HomeReply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: HomeRefusal };

export type PhoneIdentity = { readonly phoneId: string; readonly key: DeviceKey };

/** The home city as the phone asks it (the phone's routes of a city node). */
export type HomeLink = {
  readonly personas: () => Promise<HomeReply<readonly Persona[]>>;
  readonly bind: (persona: string, key: DeviceKey, now: number) => Promise<HomeReply<Bound>>;
  readonly pool: (
    phone: PhoneIdentity,
    now: number,
    wanted: readonly WantedSlot[],
    /** What the passes are to carry, 0 for none. */
    classNumber: number,
  ) => Promise<HomeReply<PoolAnswer>>;
  readonly classes: (phone: PhoneIdentity, now: number) => Promise<HomeReply<ClassesAnswer>>;
  readonly status: (phone: PhoneIdentity, now: number) => Promise<HomeReply<StatusAnswer>>;
  /** A phone that is at hand gives itself up; its city forgets the binding. */
  readonly unbind: (phone: PhoneIdentity, now: number) => Promise<HomeReply<unknown>>;
  readonly phonesOf: (persona: string) => Promise<HomeReply<readonly KnownPhone[]>>;
  readonly reportLost: (persona: string, phoneId: string) => Promise<HomeReply<unknown>>;
  /** Any other route of the phone's, signed as all of them are. */
  readonly signed: <T>(
    phone: PhoneIdentity,
    now: number,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ) => Promise<HomeReply<T>>;
};

export function homeLink(net: Net, rng: Rng): HomeLink {
  const signed = async <T>(
    phone: PhoneIdentity,
    now: number,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<HomeReply<T>> => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const header = await phoneHeader(phone, now, toBase64Url(rng.bytes(16)), method, path, text);
    return ask<T>(net, method, path, body === undefined ? undefined : text, header);
  };
  const post = <T>(path: string, body: unknown): Promise<HomeReply<T>> =>
    ask<T>(net, 'POST', path, JSON.stringify(body));
  return {
    signed,
    personas: () => ask(net, 'GET', '/resident/personas'),
    bind: async (persona, key, now) => {
      const phoneKey = toBase64Url(key.publicKey);
      const text = utf8(`tongyu-bind-1\n${phoneKey}\n${String(now)}`);
      const signature = toBase64Url(await deviceSigner(key).sign(text));
      return post('/resident/bind', { proof: proofOf(persona), phoneKey, signature, time: now });
    },
    pool: (phone, now, wanted, classNumber) =>
      signed(phone, now, 'POST', '/resident/pool', { wanted, class: classNumber }),
    classes: (phone, now) => signed(phone, now, 'GET', '/resident/classes'),
    status: (phone, now) => signed(phone, now, 'GET', '/resident/status'),
    unbind: (phone, now) => signed(phone, now, 'POST', '/resident/unbind'),
    phonesOf: async (persona) => {
      const reply = await post<{ readonly phones: readonly KnownPhone[] }>(
        '/resident/report-lost',
        { proof: proofOf(persona) },
      );
      return reply.ok ? { ok: true, value: reply.value.phones } : reply;
    },
    reportLost: (persona, phoneId) =>
      post('/resident/report-lost', { proof: proofOf(persona), phoneId }),
  };
}

function proofOf(persona: string) {
  return { kind: 'synthetic', persona } as const;
}

/** What a phone signs over each request, and the header that carries it. */
async function phoneHeader(
  phone: PhoneIdentity,
  now: number,
  nonce: string,
  method: string,
  path: string,
  body: string,
): Promise<Readonly<Record<string, string>>> {
  const bodyHash = toHex(await sha256(utf8(body)));
  const text = `tongyu-phone-1\n${method} ${path}\n${String(now)}\n${nonce}\n${bodyHash}`;
  const signature = toBase64Url(await deviceSigner(phone.key).sign(utf8(text)));
  return { 'tongyu-phone': `${phone.phoneId}.${String(now)}.${nonce}.${signature}` };
}

async function ask<T>(
  net: Net,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HomeReply<T>> {
  const answer = await net(path, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.kind === 'unreachable') return { ok: false, refusal: { code: 'AWAY' } };
  const content = jsonOf(answer.body);
  if (answer.status >= 200 && answer.status < 300 && content !== undefined) {
    // The node of this very origin also served this page: its answers have their declared type.
    return { ok: true, value: content as T };
  }
  return { ok: false, refusal: refusalOf(answer.status, content) };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** A proxy's own error page counts as a city that is away. */
function refusalOf(status: number, content: unknown): HomeRefusal {
  const fields = typeof content === 'object' && content !== null ? content : {};
  const { code, serverTime, day, slot } = fields as Readonly<Record<string, unknown>>;
  if (typeof code !== 'string') return { code: status >= 500 ? 'AWAY' : `HTTP ${String(status)}` };
  return {
    code,
    ...(typeof serverTime === 'number' ? { serverTime } : {}),
    ...(typeof day === 'number' && typeof slot === 'number' ? { slot: { day, slot } } : {}),
  };
}
