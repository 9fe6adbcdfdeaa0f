import { hmac, sha256Hex, signatureIsGood } from './crypto.ts';

/** TRUST-1: documents as plain JSON; the vectors' documents are canonical already. */
export type Key = {
  readonly keyId: number;
  readonly alg: string;
  readonly key: string;
  readonly purpose?: string;
  readonly fromDay?: number;
  readonly untilDay?: number;
  readonly revokedAt?: number | null;
};
export type Document<T> = {
  readonly signed: T;
  readonly signatures: readonly {
    readonly by: string;
    readonly keyId: number;
    readonly signature: string;
  }[];
};
export type Root = {
  readonly type: string;
  readonly number: number;
  readonly threshold: number;
  readonly parties: readonly {
    readonly party: string;
    readonly role: string;
    readonly status: string;
    readonly rootKeys: readonly Key[];
  }[];
};
export type Section = {
  readonly type: string;
  readonly party: string;
  readonly number: number;
  readonly keys: readonly Key[];
};
export type Bundle = {
  readonly type: string;
  readonly version: number;
  readonly root: { readonly number: number; readonly hash: string };
  readonly sections: readonly Document<Section>[];
};
export type TimeStatement = {
  readonly type: string;
  readonly party: string;
  readonly time: number;
  readonly bundle: { readonly version: number; readonly hash: string };
  readonly lists: Readonly<Record<string, number>>;
};
export type ListPart = {
  readonly party: string;
  readonly entries: readonly {
    readonly id: string;
    readonly admits: readonly string[];
    readonly tariff: { readonly priceFen: number };
    readonly rules: readonly {
      readonly residences: readonly string[];
      readonly benefit: { readonly priceFen: number };
    }[];
  }[];
};
export type ListHead = {
  readonly type: string;
  readonly time: number;
  readonly suspended: readonly { readonly entry: string }[];
};

/** TRUST-1.2 for values that are known to be plain: members sorted by UTF-16 units. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, v]) => `${JSON.stringify(name)}:${canonical(v)}`).join(',')}}`;
}

export function hashOf(content: unknown): string {
  return sha256Hex(canonical(content));
}

/** How many of these parties signed with one of these keys, each counted once (TRUST-1.3). */
export function countSigners(
  document: Document<{ readonly type: string }>,
  keysOf: (party: string) => readonly Key[],
): number {
  const message = Buffer.from(`${document.signed.type}\n${canonical(document.signed)}`, 'utf8');
  const good = document.signatures.filter((entry) => {
    const key = keysOf(entry.by).find((candidate) => candidate.keyId === entry.keyId);
    if (key === undefined) return false;
    const point = Buffer.from(key.key, 'base64url');
    return signatureIsGood(key.alg, point, message, Buffer.from(entry.signature, 'base64url'));
  });
  return new Set(good.map((entry) => entry.by)).size;
}

export function activeMembers(root: Root): readonly string[] {
  return root.parties
    .filter((entry) => entry.role === 'member' && entry.status === 'active')
    .map((entry) => entry.party);
}

export function rootKeysOf(root: Root): (party: string) => readonly Key[] {
  return (party) => root.parties.find((entry) => entry.party === party)?.rootKeys ?? [];
}

export function goodKeys(
  section: Section | undefined,
  purpose: string,
  day: number,
): readonly Key[] {
  const keys = section?.keys ?? [];
  return keys.filter(
    (key) =>
      key.purpose === purpose &&
      key.revokedAt === null &&
      day >= (key.fromDay ?? 0) &&
      day <= (key.untilDay ?? 0),
  );
}

export function serviceDayOf(time: number): number {
  return Math.floor((time + 14_400) / 86_400);
}

/** TIME-2.4 and REV-4.3, over the statements that speak of nothing newer. */
export function secondNewest(root: Root, statements: readonly TimeStatement[]): number | null {
  const members = activeMembers(root);
  const newest = new Map<string, number>();
  for (const { party, time } of statements) {
    if (members.includes(party)) newest.set(party, Math.max(time, newest.get(party) ?? 0));
  }
  const times = [...newest.values()].sort((a, b) => b - a);
  return times[members.length === 1 ? 0 : 1] ?? null;
}

/** REV-1.2 and REV-2.1. */
export function steppedSeed(seed: Buffer, steps: number): Buffer {
  let stepped = seed;
  for (let i = 0; i < steps; i++) stepped = hmac(stepped, Buffer.from('next')).subarray(0, 16);
  return stepped;
}

export function tagOf(seed: Buffer, issuer: string, day: number, slot: number, i: number): string {
  const message = Buffer.alloc(9);
  message.write('tag', 0, 'ascii');
  message.writeUInt16BE(Number(issuer), 3);
  message.writeUInt16BE(day, 5);
  message.writeUInt8(slot, 7);
  message.writeUInt8(i, 8);
  return hmac(seed, message).toString('hex', 0, 10);
}

/** REV-4.1 and REV-3.2: the list's number, and its tags in one slot. The form is taken as good. */
export function readList(
  bytes: Buffer,
  day: number,
  slot: number,
): { readonly number: number; readonly tags: readonly string[] } {
  const issuer = String(bytes.readUInt16BE(4));
  const wanted = 4 * day + slot;
  const tags: string[] = [];
  let at = 16;
  for (let group = 0; group < bytes.readUInt16BE(14); group++) {
    const from = 4 * bytes.readUInt16BE(at) + bytes.readUInt8(at + 2);
    const last = 4 * bytes.readUInt16BE(at + 3) + bytes.readUInt8(at + 5);
    const count = bytes.readUInt32BE(at + 6);
    at += 10;
    for (let i = 0; i < count; i++, at += 16) {
      if (wanted < from || wanted > last) continue;
      const seed = steppedSeed(bytes.subarray(at, at + 16), wanted - from);
      for (let tag = 0; tag < 16; tag++) tags.push(tagOf(seed, issuer, day, slot, tag));
    }
  }
  return { number: bytes.readUInt32BE(6), tags };
}

export function listIsSigned(bytes: Buffer, section: Section | undefined): boolean {
  const keyId = bytes.readUInt16BE(bytes.length - 66);
  const day = serviceDayOf(bytes.readUInt32BE(10));
  const key = goodKeys(section, 'list', day).find((candidate) => candidate.keyId === keyId);
  if (key === undefined) return false;
  const message = Buffer.concat([
    Buffer.from('tongyu.revocations\n'),
    bytes.subarray(0, bytes.length - 64),
  ]);
  const point = Buffer.from(key.key, 'base64url');
  return signatureIsGood(key.alg, point, message, bytes.subarray(bytes.length - 64));
}
