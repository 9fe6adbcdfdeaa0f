import { slotIndex, slotOf, tagKey } from '@tongyu/protocol';
import {
  StorageFault,
  type PendingTap,
  type RefusedTap,
  type TapCommit,
  type TapOutcome,
  type TerminalStore,
  type UsedMark,
} from './terminal-store.ts';

/** Set `full` to make every write fail, as on a full disk. */
export type MemoryTerminalStore = TerminalStore & { full: boolean };

type Contents = {
  readonly kept: Map<string, string>;
  readonly used: Map<string, number>;
  readonly warned: Map<number, number>;
  readonly outbox: Map<number, string>;
  readonly refused: Map<number, RefusedTap>;
  lastNumber: number;
};

/** For tests and the simulation: what is here outlives a crash of the terminal that uses it. */
export function memoryTerminalStore(): MemoryTerminalStore {
  const it: Contents = {
    kept: new Map(),
    used: new Map(),
    warned: new Map(),
    outbox: new Map(),
    refused: new Map(),
    lastNumber: 0,
  };
  const store: MemoryTerminalStore = {
    full: false,
    loadKept: () => new Map(it.kept),
    saveKept: (changes) => {
      requireSpace(store);
      for (const [name, text] of changes) {
        if (text === null) it.kept.delete(name);
        else it.kept.set(name, text);
      }
    },
    lastNumber: () => it.lastNumber,
    lastUsedTime: (issuer, tag) => it.used.get(tagKey(issuer, tag)),
    warnedAccepts: (day) => it.warned.get(day) ?? 0,
    commitTap: (commit) => {
      requireSpace(store);
      commitTap(it, commit);
    },
    mergeUsed: (tags, cursor) => {
      requireSpace(store);
      for (const mark of tags) markUsed(it, mark);
      it.kept.set('usedCursor', cursor);
    },
    pruneUsed: (before, limit) => prune(it, before, limit),
    pending: (limit) => pending(it).slice(0, limit),
    pendingCount: () => it.outbox.size,
    settle: (outcomes) => {
      requireSpace(store);
      for (const outcome of outcomes) settle(it, outcome);
    },
    refused: () => [...it.refused.values()].sort((a, b) => a.number - b.number),
    retryRefused: (code) => {
      requireSpace(store);
      const taps = [...it.refused.values()].filter((tap) => tap.code === (code ?? tap.code));
      for (const { number, text } of taps) {
        it.outbox.set(number, text);
        it.refused.delete(number);
      }
      return taps.length;
    },
    close: () => undefined,
  };
  return store;
}

function requireSpace(store: MemoryTerminalStore): void {
  if (store.full) throw new StorageFault('the store is full');
}

function commitTap(it: Contents, commit: TapCommit): void {
  if (commit.number !== it.lastNumber + 1) throw new TypeError('tap numbers have no gaps');
  it.lastNumber = commit.number;
  it.outbox.set(commit.number, commit.text);
  if (commit.mark !== undefined) markUsed(it, commit.mark);
  if (commit.warnedDay !== undefined) {
    it.warned.set(commit.warnedDay, (it.warned.get(commit.warnedDay) ?? 0) + 1);
  }
}

function markUsed(it: Contents, { issuer, tag, time }: UsedMark): void {
  const key = tagKey(issuer, tag);
  it.used.set(key, Math.max(time, it.used.get(key) ?? 0));
}

function prune(it: Contents, before: number, limit: number): number {
  const old = [...it.used].filter(([, time]) => slotIndex(slotOf(time)) < before).slice(0, limit);
  for (const [key] of old) it.used.delete(key);
  return old.length;
}

function pending(it: Contents): PendingTap[] {
  return [...it.outbox]
    .map(([number, text]) => ({ number, text }))
    .sort((a, b) => a.number - b.number);
}

function settle(it: Contents, outcome: TapOutcome): void {
  const text = it.outbox.get(outcome.number);
  if (text === undefined) return;
  it.outbox.delete(outcome.number);
  if (outcome.outcome === 'delivered') return;
  const { number, code, field } = outcome;
  it.refused.set(number, { number, code, field, text });
}
