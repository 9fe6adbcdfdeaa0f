import {
  AT,
  equalBytes,
  slotIndex,
  toHex,
  type ParsedCode,
  type PartyId,
  type SignedTap,
} from '@tongyu/protocol';
import type { CityTables, PassId, TapKey } from '../store/city-tables.ts';

/** A passage of one of this city's residents; the code's device signature has been checked. */
export type HomeTap = {
  readonly tap: SignedTap;
  readonly hash: string;
  readonly charged: boolean;
  readonly code: ParsedCode;
};

export type TripResult = TapKey & {
  readonly isNew: boolean;
  readonly refusal: { readonly code: TripRefusalCode; readonly field: string | null } | null;
};
export type TripRefusalCode = 'PASS_UNKNOWN' | 'TAP_CONTENT_DIFFERS';

/**
 * Finds the resident by the pass that this city issued and keeps what the resident needs of the
 * passage. A pass counts when it is in the city's own book, whatever has become of its key since:
 * so a forged one with a stolen key is told apart (TAP-3.6).
 */
export async function keepTrips(
  tx: CityTables,
  host: PartyId,
  taps: readonly HomeTap[],
): Promise<readonly TripResult[]> {
  const keys = new Map(taps.map(({ tap }) => [keyText(tap.signed), keyOf(tap.signed)]));
  const known = new Map<string, string>();
  for (const row of await tx.city.tripHashes([...keys.values()])) known.set(keyText(row), row.hash);
  const residents = await findResidents(tx, taps);
  const results: TripResult[] = [];
  for (const { tap, hash, charged, code } of taps) {
    const key = keyOf(tap.signed);
    const before = known.get(keyText(key));
    if (before !== undefined) {
      const refusal =
        before === hash ? null : ({ code: 'TAP_CONTENT_DIFFERS', field: null } as const);
      results.push({ ...key, isNew: false, refusal });
      continue;
    }
    const residentRef = residents(code);
    if (residentRef === undefined) {
      results.push({ ...key, isNew: false, refusal: { code: 'PASS_UNKNOWN', field: 'code' } });
      continue;
    }
    const { time, service, shownPriceFen } = tap.signed;
    const trip = { ...key, hash, residentRef, host, time, service, shownPriceFen, charged };
    await tx.city.addTrips([trip]);
    known.set(keyText(key), hash);
    results.push({ ...key, isNew: true, refusal: null });
  }
  return results;
}

/** Whose pass it is, when its 54 signed bytes are those that this city issued. */
async function findResidents(
  tx: CityTables,
  taps: readonly HomeTap[],
): Promise<(code: ParsedCode) => string | undefined> {
  const passes = await tx.city.passes(uniqueIds(taps));
  const phoneIds = [...new Set(passes.map((pass) => pass.phoneId))];
  const residents = new Map<string, string>();
  for (const phoneId of phoneIds) {
    const phone = await tx.city.phone(phoneId);
    if (phone !== undefined) residents.set(phoneId, phone.residentRef);
  }
  const byId = new Map(passes.map((pass) => [idText(pass), pass]));
  return (code) => {
    const pass = byId.get(idText(idOf(code)));
    if (pass === undefined || !equalBytes(contentOf(pass.bytes), contentOf(code.bytes))) {
      return undefined;
    }
    return residents.get(pass.phoneId);
  };
}

function uniqueIds(taps: readonly HomeTap[]): readonly PassId[] {
  return [...new Map(taps.map(({ code }) => [idText(idOf(code)), idOf(code)])).values()];
}

function idOf({ pass }: ParsedCode): PassId {
  return { slot: slotIndex(pass.slot), tag: toHex(pass.tag) };
}

function idText(id: PassId): string {
  return `${String(id.slot)} ${id.tag}`;
}

function contentOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, AT.issuerSignature);
}

function keyOf({ terminal, number }: TapKey): TapKey {
  return { terminal, number };
}

function keyText(key: TapKey): string {
  return `${key.terminal} ${String(key.number)}`;
}
