import {
  acceptOffer,
  heldTrust,
  runChecks,
  sectionOf,
  trustHaveOf,
  verifyServiceFile,
  type Checked,
  type PartyId,
  type ServiceFileRefusal,
  type SignedServiceFile,
  type TrustOffer,
  type TrustRefusal,
  type TrustState,
} from '@tongyu/protocol';
import type { TerminalState } from './create-terminal.ts';
import { trustChanges, type KeptTrust } from './kept-trust.ts';
import { heldUsedCursor, mergeUsedTags } from './merge-used-tags.ts';
import type { TerminalParts } from './ports.ts';

/** What one synchronisation brought. Refusals name parts of the offer that were not taken. */
export type SyncAnswer = {
  readonly changed: boolean;
  readonly bundleVersion: number;
  readonly servicesNumber: number;
  readonly refusals: readonly SyncRefusal[];
};

export type SyncRefusal = {
  readonly code: (TrustRefusal | ServiceFileRefusal)['code'];
  readonly party: PartyId | null;
};

/** Asks the host city for what is newer. Throws `CityAway`. */
export function fetchOffer(parts: TerminalParts, state: TerminalState): Promise<TrustOffer> {
  const { state: trust, services } = state.view.kept;
  const have = trustHaveOf(trust, services?.signed.number ?? 0);
  return parts.ports.city.sync(have, heldUsedCursor(parts.store));
}

/**
 * Checks an offer, saves what is good and then uses it. Numbers and the signed time only go up, and
 * a refused part leaves the held one in its place.
 */
export async function takeOffer(
  parts: TerminalParts,
  state: TerminalState,
  offer: TrustOffer,
  adopt: (trust: KeptTrust) => Promise<void>,
): Promise<SyncAnswer> {
  const { ports, store, config } = parts;
  const before = state.view.kept;
  const accepted = runChecks(acceptOffer(before.state, offer), ports.verify);
  const host = config.terminal.slice(0, 4);
  const services = runChecks(acceptServices(accepted.state, before, offer, host), ports.verify);
  const refusals = [...accepted.refusals, ...services.refusals].map(asSyncRefusal);
  const after: KeptTrust = { state: accepted.state, services: services.file };
  const changed = after.state !== before.state || after.services !== before.services;
  if (changed) {
    store.saveKept(trustChanges(before, after));
    ports.faults.point('terminal/trust-saved');
    await adopt(after);
  }
  await mergeUsedTags(parts, offer.used, offer.usedCursor);

  const { bundleVersion, servicesNumber } = state.view.numbers;
  const answer = { changed, bundleVersion, servicesNumber, refusals };
  state.trustWarnings = [...state.trustWarnings.filter(isFork).slice(-8), ...refusals];
  state.lastSyncAt = ports.clock.now();
  return answer;
}

type AcceptedServices = {
  readonly file: SignedServiceFile | undefined;
  readonly refusals: readonly ServiceFileRefusal[];
};

function* acceptServices(
  trust: TrustState,
  before: KeptTrust,
  offer: TrustOffer,
  host: PartyId,
): Checked<AcceptedServices> {
  const held = heldTrust(trust);
  const { services } = before;
  if (offer.services === null || held === undefined) return { file: services, refusals: [] };
  if (offer.services.signed.number === services?.signed.number) {
    const again = yield* verifyServiceFile(sectionOf(held, host), services.signed, offer.services);
    return { file: services, refusals: again.ok ? [] : [again.refusal] };
  }
  const result = yield* verifyServiceFile(sectionOf(held, host), services?.signed, offer.services);
  return result.ok
    ? { file: result.file, refusals: [] }
    : { file: services, refusals: [result.refusal] };
}

function asSyncRefusal(refusal: TrustRefusal | ServiceFileRefusal): SyncRefusal {
  return { code: refusal.code, party: 'party' in refusal ? (refusal.party ?? null) : null };
}

/** Two contents under one number are an attack or a grave mistake: named until the next start. */
function isFork(refusal: SyncRefusal): boolean {
  return refusal.code === 'TRUST_FORKED';
}
