import {
  canonicalJson,
  parseCatalogueOffer,
  parseTrustOffer,
  utf8,
  utf8Text,
  toBase64Url,
  type CatalogueHave,
  type CatalogueOffer,
  type Json,
  type TrustHave,
  type TrustOffer,
} from '@tongyu/protocol';
import { readReply } from '../../kit/api/remote.ts';
import { deviceSigner, type DeviceKey } from '../../kit/ports/crypto.ts';
import type { Net } from '../../kit/ports/fetch.ts';
import type { GateIdentity } from './gate-store.ts';

export type TapResult = {
  readonly number: number;
  readonly outcome: 'accepted' | 'duplicate' | 'refused';
  readonly refusal?: { readonly code: string; readonly field?: string };
};
export type UploadAnswer = {
  readonly results: readonly TapResult[];
  readonly serverTime: number;
};

export type LinkReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: { readonly code: string } };

/** Who asks, with the terminal's own key. */
export type Asked = { readonly terminal: string; readonly key: DeviceKey; readonly now: number };

/** What the city has registered this terminal as. */
export type Registration = Pick<GateIdentity, 'terminal' | 'service' | 'direction' | 'stop'>;

/** The host city as its terminals ask it. Code `AWAY`: it cannot be reached. */
export type CityLink = {
  readonly sync: (
    have: TrustHave,
    usedCursor: string,
    asked: Asked,
  ) => Promise<LinkReply<TrustOffer>>;
  readonly registration: (asked: Asked) => Promise<LinkReply<Registration>>;
  readonly list: (have: CatalogueHave) => Promise<LinkReply<CatalogueOffer>>;
  /** The text of a part of the list by its hash, unchecked. */
  readonly part: (hash: string) => Promise<LinkReply<string>>;
  readonly upload: (taps: readonly string[]) => Promise<LinkReply<UploadAnswer>>;
};

export function cityLink(net: Net): CityLink {
  return {
    sync: async (have, usedCursor, asked) => {
      const path = `/terminal/sync?${queryOf(have, usedCursor)}`;
      const headers = await signedHeaders(path, asked);
      const answer = await net(path, { headers, timeoutMilliseconds: 20_000 });
      if (answer.kind === 'unreachable') return away;
      const body = utf8Text(answer.body) ?? '';
      if (answer.status !== 200) return { ok: false, refusal: { code: codeOf(body) } };
      const offer = parseTrustOffer(body);
      // Everything in it is signed by others, so its form is checked to the last member.
      if (!offer.ok) return { ok: false, refusal: { code: 'OFFER_MALFORMED' } };
      return { ok: true, value: offer.value };
    },
    registration: async (asked) => {
      const path = '/terminal/registration';
      const reply = readReply<Registration>(
        await net(path, { headers: await signedHeaders(path, asked) }),
      );
      if (reply.ok) return { ok: true, value: reply.value };
      if (reply.refusal.kind === 'unreachable') return away;
      return { ok: false, refusal: { code: reply.refusal.problem.code } };
    },
    list: async (have) => {
      const reply = await textOf(net, `/terminal/list?${queryOfList(have)}`);
      if (!reply.ok) return reply;
      const offer = parseCatalogueOffer(reply.value);
      if (!offer.ok) return { ok: false, refusal: { code: 'OFFER_MALFORMED' } };
      return { ok: true, value: offer.value };
    },
    part: (hash) => textOf(net, `/catalogue/parts/${hash}`),
    upload: async (taps) => {
      // Signed taps travel as they were signed, not written anew.
      const body = `{"taps":[${taps.join(',')}]}`;
      const headers = { 'content-type': 'application/json' };
      const answer = await net('/terminal/taps', { method: 'POST', headers, body });
      if (answer.kind === 'unreachable') return away;
      const text = utf8Text(answer.body) ?? '';
      const value = answer.status === 200 ? readUpload(text) : undefined;
      if (value === undefined) return { ok: false, refusal: { code: codeOf(text) } };
      return { ok: true, value };
    },
  };
}

async function signedHeaders(path: string, { terminal, key, now }: Asked) {
  const text = `tongyu-terminal-1\n${path}\n${String(now)}`;
  const signature = toBase64Url(await deviceSigner(key).sign(utf8(text)));
  return { 'tongyu-terminal': `${terminal}.${String(now)}.${signature}` };
}

const away = { ok: false, refusal: { code: 'AWAY' } } as const;

function queryOf(have: TrustHave, usedCursor: string): string {
  const lists = Object.entries(have.lists).map(([party, number]) => `${party}.${String(number)}`);
  const query = new URLSearchParams({
    root: String(have.root),
    bundle: String(have.bundle),
    ...(lists.length === 0 ? {} : { lists: lists.sort().join(',') }),
    ...(usedCursor === '' ? {} : { used: usedCursor }),
  });
  return query.toString().replaceAll('%2C', ',');
}

async function textOf(net: Net, path: string): Promise<LinkReply<string>> {
  const answer = await net(path, { timeoutMilliseconds: 20_000 });
  if (answer.kind === 'unreachable') return away;
  const text = utf8Text(answer.body) ?? '';
  if (answer.status !== 200) return { ok: false, refusal: { code: codeOf(text) } };
  return { ok: true, value: text };
}

function queryOfList(have: CatalogueHave): string {
  const heads = Object.entries(have.heads).map(([party, number]) => `${party}.${String(number)}`);
  const numbers = `edition=${String(have.edition)}`;
  return heads.length === 0 ? numbers : `${numbers}&heads=${heads.sort().join(',')}`;
}

/** Only results whose number and outcome are plain are acted upon: a tap is deleted by them. */
function readUpload(text: string): UploadAnswer | undefined {
  const answer = jsonOf(text) as Partial<UploadAnswer> | undefined;
  if (!Array.isArray(answer?.results) || typeof answer.serverTime !== 'number') return undefined;
  const results = answer.results as readonly TapResult[];
  const isPlain = results.every(
    (each) =>
      Number.isSafeInteger(each.number) &&
      ['accepted', 'duplicate', 'refused'].includes(each.outcome),
  );
  return isPlain ? { results, serverTime: answer.serverTime } : undefined;
}

function codeOf(text: string): string {
  const { code } = (jsonOf(text) ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'AWAY';
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The export of a gate's lists: one signed tap a line, as the city takes them. */
export function exportText(rows: readonly { readonly text: string; readonly refusal?: string }[]) {
  return rows
    .map(({ text, refusal }) =>
      canonicalJson({ refusal: refusal ?? null, tap: JSON.parse(text) as Json }),
    )
    .join('\n');
}
