import {
  acceptHostList,
  acceptOffer,
  catalogueHaveOf,
  EMPTY_CATALOGUE_OFFER,
  heldTrust,
  runChecks,
  trustHaveOf,
  wantedParts,
  type AcceptedHostList,
  type CatalogueOffer,
  type CatalogueRefusal,
  type HeldTrust,
  type HostList,
  type PartRefusal,
  type PartyId,
  type TrustOffer,
  type TrustRefusal,
} from '@tongyu/protocol';
import type { TerminalState } from './create-terminal.ts';
import { trustChanges, type KeptTrust } from './kept-trust.ts';
import { heldUsedCursor, mergeUsedTags } from './merge-used-tags.ts';
import { CityAway, type TerminalParts } from './ports.ts';

/** What one synchronisation brought. Refusals name parts of the offer that were not taken. */
export type SyncAnswer = {
  readonly changed: boolean;
  readonly bundleVersion: number;
  readonly editionNumber: number;
  readonly headNumber: number;
  readonly refusals: readonly SyncRefusal[];
};

export type SyncRefusal = {
  readonly code: AnyRefusal['code'];
  readonly party: PartyId | null;
};

/** What the host city has that is newer, unchecked. */
export type News = {
  readonly trust: TrustOffer;
  readonly list: CatalogueOffer;
  /** Texts of the list's parts by the hash that was asked for. */
  readonly parts: ReadonlyMap<string, string>;
};

/** Asks the host city for what is newer. Throws `CityAway`. */
export async function fetchNews(parts: TerminalParts, state: TerminalState): Promise<News> {
  const { city } = parts.ports;
  const { state: trust, list: held } = state.view.kept;
  const offer = await city.sync(trustHaveOf(trust), heldUsedCursor(parts.store));
  try {
    const list = await city.list(catalogueHaveOf(held.catalogue));
    const texts = new Map<string, string>();
    const now = parts.ports.clock.now();
    for (const hash of wantedParts(held, hostOf(parts), list, now)) {
      texts.set(hash, await city.part(hash));
    }
    return { trust: offer, list, parts: texts };
  } catch (error) {
    if (!(error instanceof CityAway)) throw error;
    return { trust: offer, list: EMPTY_CATALOGUE_OFFER, parts: new Map() }; // trust goes first
  }
}

function hostOf({ config }: TerminalParts): PartyId {
  return config.terminal.slice(0, 4);
}

/**
 * Checks news, saves what is good and then uses it. Numbers and the signed time only go up, and a
 * refused part leaves the held one in its place.
 */
export async function takeNews(
  parts: TerminalParts,
  state: TerminalState,
  news: News,
  adopt: (trust: KeptTrust) => Promise<void>,
): Promise<SyncAnswer> {
  const { ports, store } = parts;
  const before = state.view.kept;
  const accepted = runChecks(acceptOffer(before.state, news.trust), ports.verify);
  const listed = takeList(parts, heldTrust(accepted.state), before.list, news);
  const refusals = [...accepted.refusals, ...listed.refusals].map(asSyncRefusal);
  const after: KeptTrust = { state: accepted.state, list: listed.list };
  const changed = after.state !== before.state || after.list !== before.list;
  if (changed) {
    store.saveKept(trustChanges(before, after));
    ports.faults.point('terminal/trust-saved');
    await adopt(after);
  }
  await mergeUsedTags(parts, news.trust.used, news.trust.usedCursor);

  const { bundleVersion } = state.view.numbers;
  const { editionNumber, headNumber } = state.view.service(ports.clock.now());
  const answer = { changed, bundleVersion, editionNumber, headNumber, refusals };
  state.trustWarnings = [...state.trustWarnings.filter(isFork).slice(-8), ...refusals];
  state.lastSyncAt = ports.clock.now();
  return answer;
}

function takeList(
  parts: TerminalParts,
  trust: HeldTrust | undefined,
  list: HostList,
  news: News,
): AcceptedHostList {
  if (trust === undefined) return { list, refusals: [] };
  const { clock, verify } = parts.ports;
  const host = hostOf(parts);
  return runChecks(acceptHostList(trust, list, host, news.list, news.parts, clock.now()), verify);
}

function asSyncRefusal(refusal: AnyRefusal): SyncRefusal {
  return { code: refusal.code, party: 'party' in refusal ? (refusal.party ?? null) : null };
}

type AnyRefusal = TrustRefusal | CatalogueRefusal | PartRefusal;

/** Two contents under one number are an attack or a grave mistake: named until the next start. */
function isFork(refusal: SyncRefusal): boolean {
  return refusal.code === 'TRUST_FORKED';
}
