import {
  AT,
  equalBytes,
  serviceDay,
  slotIndex,
  toHex,
  type ParsedCode,
  type PartyId,
  type SignedTap,
  type TapId,
} from '@tongyu/protocol';
import { journeyKey } from '../journeys/journey-key.ts';
import type { CityTables, PassId, TapKey, TapKeys, TripRow } from '../store/city-tables.ts';
import { findAmended, withPreviousKeys } from './carry-exits.ts';

/** A passage of one of this city's residents; the code's device signature has been checked. */
export type HomeTap = {
  readonly tap: SignedTap;
  readonly hash: string;
  /** The signed tap, canonical. */
  readonly text: string;
  readonly charged: boolean;
  /** As the host says; lines are refused where it is not the service's. */
  readonly fareGroup: string;
  readonly code: ParsedCode;
};

export type TripResult = TapKey & {
  readonly isNew: boolean;
  readonly refusal: { readonly code: TripRefusalCode; readonly field: string | null } | null;
  /** What the host may count the tap under; null for one that is refused or not charged. */
  readonly key: TapKeys | null;
};
export type TripRefusalCode = 'PASS_UNKNOWN' | 'TAP_CONTENT_DIFFERS';

export type KeptTrips = {
  readonly results: readonly TripResult[];
  /** Exits reported earlier that turned out to end a journey of the day before. */
  readonly amended: readonly AmendedTap[];
};
export type AmendedTap = { readonly tap: TapId; readonly previousKey: string };

/**
 * Finds the resident by the pass that this city issued and keeps what the resident needs of the
 * passage. A pass counts when it is in the city's own book, whatever has become of its key since:
 * so a forged one with a stolen key is told apart (TAP-3.6).
 * @param secret what journey keys are made with (JRN-1.1)
 */
export async function keepTrips(
  tx: CityTables,
  secret: Uint8Array,
  host: PartyId,
  taps: readonly HomeTap[],
): Promise<KeptTrips> {
  const keys = new Map(taps.map(({ tap }) => [keyText(tap.signed), keyOf(tap.signed)]));
  const stored = await tx.city.tripHashes([...keys.values()]);
  const known = new Map(stored.map((row) => [keyText(row), row]));
  const residents = await findResidents(tx, taps);
  const fresh = new Map<string, TripRow>();
  const results = taps.map((entry): TripResult => {
    const key = keyOf(entry.tap.signed);
    const before = known.get(keyText(key)) ?? fresh.get(keyText(key));
    if (before !== undefined) {
      if (before.hash === entry.hash) return { ...key, isNew: false, refusal: null, key: null };
      const refusal = { code: 'TAP_CONTENT_DIFFERS', field: null } as const;
      return { ...key, isNew: false, refusal, key: null };
    }
    const residentRef = residents(entry.code);
    if (residentRef === undefined) {
      const refusal = { code: 'PASS_UNKNOWN', field: 'code' } as const;
      return { ...key, isNew: false, refusal, key: null };
    }
    fresh.set(keyText(key), tripOf(secret, host, residentRef, entry));
    return { ...key, isNew: true, refusal: null, key: null };
  });
  const trips = await withPreviousKeys(tx, secret, [...fresh.values()]);
  if (trips.length > 0) await tx.city.addTrips(trips);
  const amended = await findAmended(tx, trips);
  const answered = new Map<string, TapKeys>();
  const chargedNow = new Set(
    taps.filter(({ charged }) => charged).map(({ tap }) => keyText(tap.signed)),
  );
  for (const row of [...stored, ...trips]) {
    if (!chargedNow.has(keyText(row))) continue; // JRN-1.1
    answered.set(keyText(row), { journeyKey: row.key, previousKey: row.previousKey });
  }
  return {
    results: results.map((result) =>
      result.refusal === null ? { ...result, key: answered.get(keyText(result)) ?? null } : result,
    ),
    amended,
  };
}

function tripOf(
  secret: Uint8Array,
  host: PartyId,
  residentRef: string,
  { tap, hash, text, charged, fareGroup, code }: HomeTap,
): TripRow {
  const { time, service, shownPriceFen, direction, stop, held } = tap.signed;
  const day = serviceDay(time);
  return {
    ...keyOf(tap.signed),
    ...{ hash, residentRef, host, time, service, shownPriceFen, charged, direction, stop },
    ...{ class: code.pass.class, fareGroup, edition: held.editionNumber, head: held.headNumber },
    ...{ day, key: journeyKey(secret, { residentRef, fareGroup, day }), previousKey: null, text },
  };
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
