import {
  concat,
  readUint16,
  readUint32,
  uint16,
  uint32,
  utf8,
  type Bytes,
} from '../encoding/bytes.ts';
import type { PartyId } from '../code/pass.ts';
import type { Checked, Signer } from '../signature/check.ts';
import { SIGNATURE_BYTES } from '../signature/algorithms.ts';
import { slotFromIndex, slotIndex, serviceDay, type Slot } from '../time/service-day.ts';
import { bytesOf } from '../encoding/shape.ts';
import { currentKeys, type Section } from '../trust/section.ts';
import { HORIZON_SLOTS, SEED_BYTES } from './seed.ts';

/** A city's list of lost phones (REV-4): binary, so that 10,000 phones stay near 160 KB. */
export type RevocationList = {
  readonly issuer: PartyId;
  /** Rises with every change; an empty first list has number 1. */
  readonly number: number;
  readonly made: number;
  readonly groups: readonly RevocationGroup[];
};

/** Phones that were reported in the same slot and whose last issued slot is the same. */
export type RevocationGroup = {
  readonly from: Slot;
  readonly last: Slot;
  /** 16 bytes each: the seed as of `from`. */
  readonly seeds: readonly Uint8Array[];
};

export type SignedRevocationList = {
  readonly list: RevocationList;
  readonly bytes: Uint8Array;
};

const MAGIC = utf8('TYR1');
const CONTEXT = utf8('tongyu.revocations\n');
const HEAD_BYTES = 16;
const GROUP_BYTES = 10;
const TAIL_BYTES = 2 + SIGNATURE_BYTES;
/** As high as a time statement can name. */
const MAX_NUMBER = 1_000_000_000;
const MAX_PHONES = 1_000_000;

/**
 * | bytes | field |
 * |---|---|
 * | 4 | `TYR1` | 2 | issuer | 4 | number | 4 | made | 2 | group count |
 * | each group: 2+1 | from day, slot | 2+1 | last day, slot | 4 | count | 16 × count | seeds |
 * | 2 | list key id | 64 | signature over `tongyu.revocations\n` and all before |
 */
export async function buildRevocationList(
  list: RevocationList,
  keyId: number,
  listKey: Signer,
): Promise<Bytes> {
  const groups = list.groups.map((group) =>
    concat(
      slotBytes(group.from),
      slotBytes(group.last),
      uint32(group.seeds.length),
      ...group.seeds,
    ),
  );
  const content = concat(
    MAGIC,
    uint16(Number(list.issuer)),
    uint32(list.number),
    uint32(list.made),
    uint16(list.groups.length),
    ...groups,
    uint16(keyId),
  );
  return concat(content, await listKey.sign(concat(CONTEXT, content)));
}

export type RevocationListRefusal = {
  readonly code: 'LIST_MALFORMED' | 'LIST_SIGNATURE_INVALID' | 'LIST_OLDER' | 'TRUST_FORKED';
};

export type RevocationListResult =
  | { readonly ok: true; readonly list: RevocationList }
  | { readonly ok: false; readonly refusal: RevocationListRefusal };

/** Form only: lengths first, then ranges, groups in strictly rising order, no empty group. */
export function parseRevocationList(bytes: Uint8Array): RevocationList | undefined {
  if (bytes.length < HEAD_BYTES + TAIL_BYTES) return undefined;
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined;
  const issuer = readUint16(bytes, 4);
  const number = readUint32(bytes, 6);
  const groupCount = readUint16(bytes, 14);
  if (issuer < 1000 || issuer > 9999 || number === 0 || number > MAX_NUMBER) return undefined;
  const groups: RevocationGroup[] = [];
  const end = bytes.length - TAIL_BYTES;
  let at = HEAD_BYTES;
  let before = -1;
  for (let i = 0; i < groupCount; i++) {
    if (at + GROUP_BYTES > end) return undefined;
    const from = readSlot(bytes, at);
    const last = readSlot(bytes, at + 3);
    const count = readUint32(bytes, at + 6);
    at += GROUP_BYTES;
    if (from === undefined || last === undefined) return undefined;
    const reach = slotIndex(last) - slotIndex(from);
    const order = slotIndex(from) * 64 + reach;
    if (reach < 0 || reach > HORIZON_SLOTS || order <= before) return undefined;
    if (count === 0 || count > MAX_PHONES || at + count * SEED_BYTES > end) return undefined;
    before = order;
    groups.push({ from, last, seeds: readSeeds(bytes, at, count) });
    at += count * SEED_BYTES;
  }
  if (at !== end || readUint16(bytes, end) === 0) return undefined;
  return { issuer: String(issuer), number, made: readUint32(bytes, 10), groups };
}

/**
 * A list against its issuer's section and the number held before. It binds that issuer only: no
 * city can revoke another's phone (REV-4.2).
 */
export function* verifyRevocationList(
  bytes: Uint8Array,
  section: Section | undefined,
  held: { readonly number: number; readonly bytes: Uint8Array } | undefined,
): Checked<RevocationListResult> {
  const refuse = (code: RevocationListRefusal['code']): RevocationListResult => ({
    ok: false,
    refusal: { code },
  });
  const list = parseRevocationList(bytes);
  if (list === undefined) return refuse('LIST_MALFORMED');
  const keyId = readUint16(bytes, bytes.length - TAIL_BYTES);
  const key =
    section?.party === list.issuer
      ? currentKeys(section, 'list', serviceDay(list.made)).find((entry) => entry.keyId === keyId)
      : undefined;
  if (key === undefined) return refuse('LIST_SIGNATURE_INVALID');
  const good = yield {
    alg: key.alg,
    publicKey: bytesOf(key.key),
    message: concat(CONTEXT, bytes.subarray(0, bytes.length - SIGNATURE_BYTES)),
    signature: bytes.subarray(bytes.length - SIGNATURE_BYTES),
  };
  if (!good) return refuse('LIST_SIGNATURE_INVALID');
  if (held !== undefined && list.number < held.number) return refuse('LIST_OLDER');
  if (held?.number === list.number && !sameContent(bytes, held.bytes)) {
    return refuse('TRUST_FORKED');
  }
  return { ok: true, list };
}

/** The signature may differ (ECDSA is not deterministic), the content may not. */
function sameContent(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length - SIGNATURE_BYTES; i++) if (a[i] !== b[i]) return false;
  return true;
}

function slotBytes(slot: Slot): Bytes {
  return concat(uint16(slot.day), new Uint8Array([slot.slot]));
}

function readSlot(bytes: Uint8Array, at: number): Slot | undefined {
  const slot = bytes[at + 2] ?? 255;
  return slot > 3 ? undefined : slotFromIndex(readUint16(bytes, at) * 4 + slot);
}

function readSeeds(bytes: Uint8Array, at: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) =>
    bytes.subarray(at + i * SEED_BYTES, at + (i + 1) * SEED_BYTES),
  );
}
