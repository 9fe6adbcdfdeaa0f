import { clockIsBehind, MAX_AGE_SECONDS } from '@tongyu/domain';
import { missingEdition, serviceDay, type PartyId } from '@tongyu/protocol';
import type { TerminalState } from './create-terminal.ts';
import type { TerminalParts } from './ports.ts';
import type { SyncRefusal } from './sync-trust.ts';
import type { RefusedTap } from './terminal-store.ts';

/** What an attendant or a technician wants to know. Ages and times in seconds. */
export type TerminalStatus = {
  readonly terminal: string;
  readonly service: string;
  /** Null when the terminal's service does not stand in the edition in force. */
  readonly serviceOpen: boolean | null;
  readonly now: number;
  /** False when the clock is behind what members have signed (TIME-3.2): every verdict is 不能判定. */
  readonly clockGood: boolean;
  readonly rootNumber: number;
  readonly bundleVersion: number;
  readonly bundleHash: string;
  /** The edition in force. */
  readonly editionNumber: number;
  /** All that the terminal holds: also those to come. */
  readonly editions: readonly { readonly id: string; readonly number: number }[];
  /** A later one that the host's head names and the terminal could not take (LIST-4.7). */
  readonly editionMissing: number | null;
  readonly headNumber: number;
  readonly headAgeSeconds: number | null;
  readonly trustAgeSeconds: number | null;
  /** Until when codes are accepted without the cable; null when none are now. */
  readonly usableUntil: number | null;
  readonly lists: readonly {
    readonly party: PartyId;
    readonly number: number;
    readonly ageSeconds: number | null;
  }[];
  readonly warnedAcceptsToday: number;
  readonly lastTap: number;
  readonly pending: number;
  readonly refused: readonly Omit<RefusedTap, 'text'>[];
  /** The city takes no tap of this terminal: its code, e.g. TERMINAL_UNKNOWN. */
  readonly uploadBlocked: string | null;
  readonly lastSyncAt: number | null;
  readonly lastUploadAt: number | null;
  /** Refused parts of the last offer, and every fork since the start. They need a person. */
  readonly trustWarnings: readonly SyncRefusal[];
};

/** Throws `StorageFault` when the store cannot be read. */
export function terminalStatus(parts: TerminalParts, state: TerminalState): TerminalStatus {
  const { ports, store, config } = parts;
  const { view } = state;
  const now = ports.clock.now();
  const { state: trust } = view.kept;
  const { catalogue } = view.kept.list;
  const { terms, editionNumber, headNumber } = view.service(now);
  const ageOf = (time: number | undefined): number | null =>
    time === undefined ? null : now - time;
  const until = view.trustTime === undefined ? null : view.trustTime + MAX_AGE_SECONDS;
  return {
    terminal: config.terminal,
    service: config.service,
    serviceOpen: terms?.open ?? null,
    now,
    clockGood: !clockIsBehind(now, trust.highestSignedTime),
    rootNumber: trust.root?.signed.number ?? 0,
    ...view.numbers,
    editionNumber,
    editions: catalogue.editions.map(({ signed: { id, number } }) => ({ id, number })),
    editionMissing: missingEdition(view.kept.list, config.terminal.slice(0, 4)) ?? null,
    headNumber,
    headAgeSeconds: ageOf(catalogue.heads[0]?.signed.time),
    trustAgeSeconds: ageOf(view.trustTime),
    usableUntil: until !== null && until >= now ? until : null,
    lists: trust.lists.map(({ party, number }) => {
      return { party, number, ageSeconds: ageOf(view.list(party)?.time) };
    }),
    warnedAcceptsToday: store.warnedAccepts(serviceDay(now)),
    lastTap: store.lastNumber(),
    pending: store.pendingCount(),
    refused: store.refused().map(({ number, code, field }) => ({ number, code, field })),
    uploadBlocked: state.blocked,
    lastSyncAt: state.lastSyncAt ?? null,
    lastUploadAt: state.lastUploadAt ?? null,
    trustWarnings: state.trustWarnings,
  };
}
