import { hostTerms, type HostTerms } from '@tongyu/domain';
import {
  documentHash,
  expandRevokedTags,
  heldTrust,
  issuerLookup,
  listSpeaksFor,
  listTime,
  parseRevocationList,
  slotIndex,
  slotOf,
  trustTime,
  type HeldNumbers,
  type HostList,
  type IssuerLookup,
  type PartyId,
  type RevocationList,
  type Slot,
  type TrustState,
} from '@tongyu/protocol';

/** What scans ask of the held trust, unpacked once per trust state and slot. */
export type GateTrust = {
  readonly state: TrustState;
  readonly list: HostList;
  readonly lookup: IssuerLookup;
  readonly trustTime: number | undefined;
  readonly listTime: (issuer: PartyId) => number | undefined;
  /** Whether the held list of an issuer still names all lost phones of a slot (REV-4.5). */
  readonly speaksFor: (issuer: PartyId, slot: Slot) => boolean;
  /** The list versions that a verdict now stands on. */
  readonly held: (issuer: PartyId | undefined, now: number) => HeldNumbers;
  /** The terms of this gate's service at a moment. */
  readonly terms: (now: number) => HostTerms;
  /** False also for a slot far from now, whose codes are refused by their time before. */
  readonly isRevoked: (key: string, slot: Slot) => boolean;
  /** Computes the tags of the slots around `now`, in slices; scans wait for it. */
  readonly expand: (now: number) => Promise<void>;
};

/** Seeds expanded before the page gets a breath: about 10 ms on a weak phone. */
const seedsPerSlice = 40;

export function gateTrust(
  state: TrustState,
  list: HostList,
  service: string,
  breathe: () => Promise<void>,
): GateTrust {
  const trust = heldTrust(state);
  const times = state.times.map((statement) => statement.signed);
  const bundleTime = trust === undefined ? undefined : trustTime(trust.root, trust.bundle, times);
  const bundleHash = trust === undefined ? '0'.repeat(64) : documentHash(trust.bundle);
  const numberOf = (issuer: PartyId): number | undefined =>
    state.lists.find((entry) => entry.party === issuer)?.number;
  const timeOf = (issuer: PartyId): number | undefined => {
    const number = numberOf(issuer);
    if (trust === undefined || number === undefined) return undefined;
    return listTime(trust.root, issuer, number, times);
  };
  const madeAt = new Map(
    state.lists.map(({ party, bytes }) => [party, parseRevocationList(bytes)?.made ?? 0]),
  );
  const terms = hostTerms(list, service.slice(0, 4), service);
  const revoked = new Map<number, Set<string>>();
  return {
    state,
    list,
    lookup: trust === undefined ? unknownIssuer : issuerLookup(trust),
    trustTime: bundleTime,
    listTime: timeOf,
    speaksFor: (issuer, slot) => {
      const made = madeAt.get(issuer);
      return made !== undefined && listSpeaksFor(made, slot);
    },
    held: (issuer, now) => ({
      bundleVersion: trust?.bundle.version ?? 0,
      bundleHash,
      editionNumber: terms(now).editionNumber,
      headNumber: terms(now).headNumber,
      listNumber: (issuer === undefined ? undefined : numberOf(issuer)) ?? null,
      trustTime: bundleTime ?? null,
      listTime: (issuer === undefined ? undefined : timeOf(issuer)) ?? null,
    }),
    terms,
    isRevoked: (key, slot) => revoked.get(slotIndex(slot))?.has(key) === true,
    expand: (now) => expandAround(state, revoked, now, breathe),
  };
}

const unknownIssuer: IssuerLookup = () => ({ party: 'unknown', key: { state: 'unknown' } });

/** A code may be 120 s old or 60 s ahead: two slots count at a border; the next is made ready. */
async function expandAround(
  state: TrustState,
  revoked: Map<number, Set<string>>,
  now: number,
  breathe: () => Promise<void>,
): Promise<void> {
  const current = slotIndex(slotOf(now));
  const wanted = [current, slotIndex(slotOf(now - 180)), current + 1];
  for (const index of revoked.keys()) if (index < current - 1) revoked.delete(index);
  for (const index of wanted) {
    if (revoked.has(index)) continue;
    const slot = { day: Math.floor(index / 4), slot: index % 4 };
    revoked.set(index, await expandSlot(state, slot, breathe));
  }
}

async function expandSlot(
  state: TrustState,
  slot: Slot,
  breathe: () => Promise<void>,
): Promise<Set<string>> {
  const tags = new Set<string>();
  for (const { bytes } of state.lists) {
    const list = parseRevocationList(bytes);
    if (list === undefined) continue;
    for (const slice of slicesOf(list)) {
      for (const tag of expandRevokedTags(slice, slot)) tags.add(tag);
      await breathe();
    }
  }
  return tags;
}

function* slicesOf(list: RevocationList): Generator<RevocationList> {
  for (const group of list.groups) {
    for (let at = 0; at < group.seeds.length; at += seedsPerSlice) {
      yield { ...list, groups: [{ ...group, seeds: group.seeds.slice(at, at + seedsPerSlice) }] };
    }
  }
}
