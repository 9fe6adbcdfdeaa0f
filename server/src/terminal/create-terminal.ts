import type { Admission } from '@tongyu/domain';
import { slotIndex, slotOf, SLOTS_PER_DAY, type AssistedReason } from '@tongyu/protocol';
import { inTurn, joined } from './in-turn.ts';
import { readKeptTrust, type KeptTrust } from './kept-trust.ts';
import { viewTrust, type TrustView } from './held-trust.ts';
import type { TerminalParts } from './ports.ts';
import { recentVerdicts } from './recent-verdicts.ts';
import { decideScan, recordAssistedPassage, recordScan } from './record-tap.ts';
import { expandInSlices, type RevokedTags } from './revoked-tags.ts';
import { answerOfFault, type ScanAnswer } from './scan-answer.ts';
import { fetchNews, takeNews, type SyncAnswer, type SyncRefusal } from './sync-trust.ts';
import { terminalStatus, type TerminalStatus } from './terminal-status.ts';
import { StorageFault, StoreUnusable } from './terminal-store.ts';
import { uploadTaps, type UploadReport } from './upload-taps.ts';

/** A gate, validator or handheld without its screen: it decides alone, online or not. */
export type Terminal = {
  /** Expands the lists of lost phones; scans wait for the first time. Call it every few minutes. */
  prepare(): Promise<void>;
  /** Decides on one text that was read. Scans are answered one after the other. */
  scan(text: string): Promise<ScanAnswer>;
  /** What `scan` would decide now, recording nothing; for trials and measurements. */
  decide(text: string): Admission;
  /** A guard lets a person through without a code. */
  assist(reason: AssistedReason): Promise<ScanAnswer>;
  /** Throws `CityAway` when the host city gives no answer. */
  sync(): Promise<SyncAnswer>;
  /** Throws `CityAway` when the host city gives no answer; nothing is lost by that. */
  upload(): Promise<UploadReport>;
  /** Puts the taps that the city refused back among the unsent ones. */
  retryRefused(): number;
  status(): TerminalStatus;
};

/** The mutable heart of a terminal; everything that must last is in the store. */
export type TerminalState = {
  view: TrustView;
  revoked: RevokedTags;
  trustWarnings: readonly SyncRefusal[];
  lastSyncAt: number | undefined;
  lastUploadAt: number | undefined;
  blocked: string | null;
  /** When taps that were ahead of the city's clock were last sent again; this clock. */
  futureRetriedAt: number | undefined;
};

/** Throws `StoreUnusable` when the store belongs to another terminal or root. */
export function createTerminal(parts: TerminalParts): Terminal {
  const { ports, store, config } = parts;
  const kept = store.loadKept();
  claimStore(parts, kept);
  const state: TerminalState = {
    view: viewTrust(readKeptTrust(kept, config.pinnedRootHash), config.service),
    revoked: new Map(),
    trustWarnings: [],
    lastSyncAt: undefined,
    lastUploadAt: undefined,
    blocked: null,
    futureRetriedAt: undefined,
  };
  const recent = recentVerdicts(config.debounceSeconds);
  const scanTurn = inTurn();
  const trustTurn = inTurn();

  /** New trust counts from the moment that its lists are expanded, all at once. */
  const adopt = async (trust: KeptTrust): Promise<void> => {
    const { lists } = trust.state;
    const now = ports.clock.now();
    const revoked = await expandInSlices(state.revoked, lists, now, ports.pause);
    state.revoked = revoked;
    if (trust !== state.view.kept) state.view = viewTrust(trust, config.service);
  };
  const prepare = async (): Promise<void> => {
    await adopt(state.view.kept);
    await pruneUsed(parts, state);
    isPrepared = true;
  };
  const firstPrepared = joined(() => trustTurn(prepare));
  let isPrepared = false;

  const answering = (work: () => Promise<ScanAnswer>): Promise<ScanAnswer> =>
    scanTurn(async () => {
      if (!isPrepared) await firstPrepared();
      try {
        return await work();
      } catch (error) {
        if (error instanceof StorageFault) return answerOfFault('storage');
        throw error;
      }
    });

  return {
    prepare: () => (isPrepared ? trustTurn(prepare) : firstPrepared()),
    scan: (text) =>
      answering(async () => {
        const now = ports.clock.now();
        const again = recent.find(text, now);
        if (again !== undefined) return again;
        const answer = await recordScan(parts, state, text, now);
        recent.keep(text, now, answer);
        return answer;
      }),
    decide: (text) => decideScan(parts, state, text, ports.clock.now()).admission,
    assist: (reason) => answering(() => recordAssistedPassage(parts, state, reason)),
    sync: joined(async () => {
      const news = await fetchNews(parts, state); // outside the turn: the network may be slow
      return trustTurn(() => takeNews(parts, state, news, adopt));
    }),
    upload: joined(() => uploadTaps(parts, state)),
    retryRefused: () => store.retryRefused(),
    status: () => terminalStatus(parts, state),
  };
}

/** One folder is one terminal: tap numbers and the pin belong to it. */
function claimStore({ store, config }: TerminalParts, kept: ReadonlyMap<string, string>): void {
  const owner = kept.get('terminal');
  if (owner !== undefined && owner !== config.terminal) {
    throw new StoreUnusable(
      `The data folder belongs to terminal ${owner}, not ${config.terminal}.`,
    );
  }
  if (owner === undefined) store.saveKept(new Map([['terminal', config.terminal]]));
}

const PRUNE_AT_ONCE = 200;

/**
 * Used tags are kept until a day after their slot. That day is counted by the highest time that a
 * node signed: a terminal whose clock runs ahead must not forget what it accepted.
 */
async function pruneUsed({ store, ports }: TerminalParts, state: TerminalState): Promise<void> {
  const { highestSignedTime } = state.view.kept.state;
  if (highestSignedTime === 0) return;
  const before = slotIndex(slotOf(highestSignedTime)) - SLOTS_PER_DAY;
  while (store.pruneUsed(before, PRUNE_AT_ONCE) === PRUNE_AT_ONCE) await ports.pause();
}
