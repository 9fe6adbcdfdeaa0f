import {
  acceptHostList,
  acceptOffer,
  catalogueHaveOf,
  heldTrust,
  runChecksAsync,
  slotIndex,
  slotOf,
  trustHaveOf,
  wantedParts,
  type AcceptedHostList,
  type TrustOffer,
  type TrustState,
} from '@tongyu/protocol';
import type { Asked, CityLink } from './city-link.ts';
import type { SyncFacts, UsedTagRow } from './gate-store.ts';
import type { Gate } from './gate.ts';
import { gateTrust } from './held-trust.ts';

export type LinkState = { readonly ok: boolean; readonly code: string | undefined };

/** Fetches what is newer, checks it, and lets scans stand on it only after it is saved. */
export async function syncGate(gate: Gate, link: CityLink): Promise<LinkState> {
  const { state, identity } = gate;
  const { trust, facts } = state;
  const have = trustHaveOf(trust.state);
  const now = gate.now();
  const asked = {
    terminal: identity.terminal,
    key: identity.key,
    now: now + facts.clockOffsetSeconds,
  };
  const reply = await link.sync(have, facts.usedCursor, asked);
  if (!reply.ok) return { ok: false, code: reply.refusal.code };
  await followRegistration(gate, link, asked);
  const offer = reply.value;
  const accepted = await runChecksAsync(acceptOffer(trust.state, offer), gate.verify);
  const listed = await syncList(gate, link, accepted.state, now);
  const nextFacts: SyncFacts = {
    ...facts,
    syncedAt: now,
    usedCursor: offer.usedCursor,
    refusals: [...accepted.refusals, ...listed.refusals].map(({ code }) => code),
  };
  const isChanged = accepted.changed || listed.list !== trust.list;
  const next = isChanged
    ? gateTrust(accepted.state, listed.list, identity.service, gate.breathe)
    : trust;
  await next.expand(now); // before the switch, so that no scan meets an unfinished list
  await gate.inTurn(async () => {
    await gate.store.saveSync({
      trust: next.state,
      list: next.list,
      used: usedRows(offer, now),
      facts: nextFacts,
    });
    state.trust = next;
    state.facts = nextFacts;
  });
  return { ok: true, code: nextFacts.refusals[0] };
}

const REGISTRATION_SECONDS = 3600;

/**
 * What the city put right before this gate's first tap counts here too: each tap repeats direction
 * and stop, and one that names others is no evidence.
 */
async function followRegistration(gate: Gate, link: CityLink, asked: Asked): Promise<void> {
  const { state } = gate;
  const last = state.placeAskedAt;
  if (last !== undefined && Math.abs(asked.now - last) < REGISTRATION_SECONDS) return;
  const told = await link.registration(asked);
  if (!told.ok) return;
  state.placeAskedAt = asked.now;
  const { direction, stop } = told.value;
  if (direction === state.identity.direction && stop === state.identity.stop) return;
  await gate.inTurn(async () => {
    const identity = { ...state.identity, direction, stop };
    await gate.store.provision(identity);
    state.identity = identity;
  });
}

/** What is newer in the list. A city that answers nothing useful leaves what is held. */
async function syncList(
  gate: Gate,
  link: CityLink,
  state: TrustState,
  now: number,
): Promise<AcceptedHostList> {
  const { list } = gate.state.trust;
  const { party } = gate.identity;
  const nothing = { list, refusals: [] };
  const trust = heldTrust(state);
  if (trust === undefined) return nothing;
  const offer = await link.list(catalogueHaveOf(list.catalogue));
  if (!offer.ok) return nothing;
  const texts = new Map<string, string>();
  for (const hash of wantedParts(list, party, offer.value, now)) {
    const text = await link.part(hash);
    if (text.ok) texts.set(hash, text.value);
  }
  const check = acceptHostList(trust, list, party, offer.value, texts, now);
  return runChecksAsync(check, gate.verify);
}

/** Accepted elsewhere by the same operator: the slot is that of the code's own time. */
function usedRows(offer: TrustOffer, now: number): UsedTagRow[] {
  return offer.used
    .filter((each) => each.time <= now + 24 * 3600)
    .map(({ issuer, tag, time }) => ({
      id: issuer + tag,
      time,
      slotIndex: slotIndex(slotOf(time)),
    }));
}

const batchSize = 200;

/**
 * Sends waiting taps in the order of their numbers. A tap leaves the outbox only when the city says
 * that it has it; when the answer is lost, the same taps go again and count once.
 * @param isRound not right after a scan: then taps from the future are tried again, too
 */
export async function uploadGate(gate: Gate, link: CityLink, isRound: boolean): Promise<LinkState> {
  if (isRound) await gate.inTurn(() => gate.store.retryFuture());
  for (let batch = 0; batch < 50; batch++) {
    const rows = await gate.store.pending(batchSize);
    if (rows.length === 0) return { ok: true, code: undefined };
    const reply = await link.upload(rows.map((row) => row.text));
    if (!reply.ok) return { ok: false, code: reply.refusal.code };
    const { results, serverTime } = reply.value;
    const sent = new Set(rows.map((row) => row.number));
    const outcomes = results
      .filter((result) => sent.has(result.number))
      .map(({ number, outcome, refusal }) => ({
        number,
        refusal: outcome === 'refused' ? (refusal?.code ?? 'REFUSED') : undefined,
      }));
    if (outcomes.length === 0) return { ok: false, code: 'UPLOAD_UNANSWERED' };
    await gate.inTurn(async () => {
      const clockOffsetSeconds = serverTime - gate.now();
      const facts = { ...gate.state.facts, clockOffsetSeconds };
      await gate.store.settle(outcomes, facts);
      gate.state.facts = facts;
    });
  }
  return { ok: true, code: undefined };
}
