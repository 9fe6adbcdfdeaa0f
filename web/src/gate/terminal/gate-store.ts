import {
  EMPTY_HOST_LIST,
  slotIndex,
  type Direction,
  type HostList,
  type PartyId,
  type Slot,
  type Tap,
} from '@tongyu/protocol';
import type { TrustState } from '@tongyu/protocol';
import type { DeviceKey } from '../../kit/ports/crypto.ts';
import { openDatabase, type Database, type Transaction } from '../../kit/ports/database.ts';

/** What makes this browser a terminal of its city. */
export type GateIdentity = {
  readonly terminal: string;
  readonly service: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly party: PartyId;
  readonly key: DeviceKey;
  readonly pinnedRootHash: string;
};

/** As the city grants it. */
export type NewGate = Omit<GateIdentity, 'key' | 'party'>;

/** An (issuer, tag) that was let through, until its slot has been over for a day. */
export type UsedTagRow = {
  /** Issuer and tag: `4301` and 20 hex digits. */
  readonly id: string;
  /** Time inside the code that was last accepted. */
  readonly time: number;
  readonly slotIndex: number;
};

export type OutboxRow = {
  readonly number: number;
  /** Canonical JSON of the signed tap. */
  readonly text: string;
  readonly tap: Tap;
};
/** What the city would not take stays, with its reason, until somebody has looked at it. */
export type RefusedRow = OutboxRow & { readonly refusal: string };
/** The city's clock has to come as far as the tap's time; nobody need do anything. */
export function isForLater({ refusal }: RefusedRow): boolean {
  return refusal === 'TAP_IN_FUTURE';
}

export type SentRow = { readonly number: number; readonly tap: Tap };

/** Accepts of one service day on trust older than 24 h. */
export type AgedAccepts = { readonly day: number; readonly count: number };

export type SyncFacts = {
  /** When the city last answered, this browser's clock. */
  readonly syncedAt: number | undefined;
  /** City's time minus this browser's clock. */
  readonly clockOffsetSeconds: number;
  readonly usedCursor: string;
  /** Refused parts of the last offer, for engineers. */
  readonly refusals: readonly string[];
};

export type GateMemory = {
  readonly identity: GateIdentity | undefined;
  readonly trust: TrustState | undefined;
  readonly list: HostList;
  readonly tapNumber: number;
  readonly agedAccepts: AgedAccepts;
  readonly facts: SyncFacts;
};

/** All that one scan leaves behind; written together before a verdict shows. */
export type ScanRecord = {
  readonly row: OutboxRow;
  readonly used: UsedTagRow | undefined;
  readonly agedAccepts: AgedAccepts;
};

export type UploadOutcome = {
  readonly number: number;
  readonly refusal: string | undefined;
};

const settingsStore = 'settings';
const keptSent = 200;
const stores = [
  { name: settingsStore },
  { name: 'used', keyPath: 'id' },
  { name: 'outbox', keyPath: 'number' },
  { name: 'refused', keyPath: 'number' },
  { name: 'sent', keyPath: 'number' },
] as const;

const noFacts: SyncFacts = {
  syncedAt: undefined,
  clockOffsetSeconds: 0,
  usedCursor: '',
  refusals: [],
};

export type GateStore = {
  readonly load: () => Promise<GateMemory>;
  readonly provision: (identity: GateIdentity) => Promise<void>;
  readonly lastAcceptedTime: (id: string) => Promise<number | undefined>;
  /**
   * Tag, tap and counter in one strictly durable transaction.
   * @throws when the tap's number is not the next one: another window has written meanwhile
   */
  readonly record: (record: ScanRecord) => Promise<void>;
  readonly saveSync: (part: {
    readonly trust: TrustState;
    readonly list: HostList;
    readonly used: readonly UsedTagRow[];
    readonly facts: SyncFacts;
  }) => Promise<void>;
  readonly pending: (limit: number) => Promise<readonly OutboxRow[]>;
  readonly refused: () => Promise<readonly RefusedRow[]>;
  readonly sent: () => Promise<readonly SentRow[]>;
  readonly counts: () => Promise<{ readonly pending: number; readonly refused: number }>;
  /** Sent taps leave the outbox, refused ones move to their own list. */
  /** Taps that were ahead of the city's clock wait to be sent again: taken as they are, later. */
  readonly retryFuture: () => Promise<void>;
  readonly settle: (outcomes: readonly UploadOutcome[], facts: SyncFacts) => Promise<void>;
  readonly prune: (now: Slot) => Promise<void>;
  /** Only for a gate with nothing left to send: forgets everything. */
  readonly erase: () => Promise<void>;
};

export async function openGateStore(name: string): Promise<GateStore> {
  return storeOver(await openDatabase(name, 1, stores));
}

function storeOver(database: Database): GateStore {
  const read = <T>(names: readonly string[], work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transact(names, 'readonly', work);
  const write = <T>(names: readonly string[], work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transact(names, 'readwrite', work);
  const rows = <T>(store: string, limit?: number): Promise<readonly T[]> =>
    read([store], async (tx) => (await tx.all(store, limit)) as T[]);
  return {
    load: () => read([settingsStore], loadMemory),
    provision: (identity) =>
      write([settingsStore], (tx) => tx.put(settingsStore, identity, 'identity')),
    lastAcceptedTime: (id) =>
      read(['used'], async (tx) => ((await tx.get('used', id)) as UsedTagRow | undefined)?.time),
    record: (record) => write([settingsStore, 'used', 'outbox'], (tx) => writeRecord(tx, record)),
    saveSync: ({ trust, list, used, facts }) =>
      write([settingsStore, 'used'], async (tx) => {
        await tx.put(settingsStore, trust, 'trust');
        await tx.put(settingsStore, list, 'list');
        await tx.put(settingsStore, facts, 'facts');
        for (const row of used) await putNewer(tx, row);
      }),
    pending: (limit) => rows<OutboxRow>('outbox', limit),
    refused: () => rows<RefusedRow>('refused'),
    sent: () => rows<SentRow>('sent'),
    counts: () =>
      read(['outbox', 'refused'], async (tx) => ({
        pending: await tx.count('outbox'),
        refused: await tx.count('refused'),
      })),
    settle: (outcomes, facts) =>
      write([settingsStore, 'outbox', 'refused', 'sent'], async (tx) => {
        for (const outcome of outcomes) await settleOne(tx, outcome);
        await dropOldSent(tx);
        await tx.put(settingsStore, facts, 'facts');
      }),
    retryFuture: () => write(['outbox', 'refused'], retryFuture),
    prune: (now) => write(['used'], (tx) => prune(tx, slotIndex(now))),
    erase: () =>
      write(
        stores.map(({ name }) => name),
        async (tx) => {
          for (const { name } of stores) await tx.clear(name);
        },
      ),
  };
}

async function loadMemory(tx: Transaction): Promise<GateMemory> {
  const get = (key: string): Promise<unknown> => tx.get(settingsStore, key);
  return {
    identity: identityOf((await get('identity')) as Partial<GateIdentity> | undefined),
    trust: (await get('trust')) as TrustState | undefined,
    list: ((await get('list')) as HostList | undefined) ?? EMPTY_HOST_LIST,
    tapNumber: ((await get('tapNumber')) as number | undefined) ?? 0,
    agedAccepts: ((await get('agedAccepts')) as AgedAccepts | undefined) ?? { day: 0, count: 0 },
    facts: ((await get('facts')) as SyncFacts | undefined) ?? noFacts,
  };
}

/** Gates of before directions and stops are registered without. */
function identityOf(kept: Partial<GateIdentity> | undefined): GateIdentity | undefined {
  return kept === undefined
    ? undefined
    : ({ direction: 'single', stop: null, ...kept } as GateIdentity);
}

async function writeRecord(tx: Transaction, record: ScanRecord): Promise<void> {
  const { row, used, agedAccepts } = record;
  const held = ((await tx.get(settingsStore, 'tapNumber')) as number | undefined) ?? 0;
  if (row.number !== held + 1) {
    throw new Error(`Tap ${String(row.number)} does not follow ${String(held)}`);
  }
  await tx.put(settingsStore, row.number, 'tapNumber');
  await tx.put(settingsStore, agedAccepts, 'agedAccepts');
  await tx.put('outbox', row);
  if (used !== undefined) await tx.put('used', used);
}

async function putNewer(tx: Transaction, row: UsedTagRow): Promise<void> {
  const held = (await tx.get('used', row.id)) as UsedTagRow | undefined;
  if (held === undefined || held.time < row.time) await tx.put('used', row);
}

async function settleOne(tx: Transaction, outcome: UploadOutcome): Promise<void> {
  const row = (await tx.get('outbox', outcome.number)) as OutboxRow | undefined;
  if (row === undefined) return;
  const { number, tap } = row;
  if (outcome.refusal === undefined) await tx.put('sent', { number, tap });
  else await tx.put('refused', { ...row, refusal: outcome.refusal });
  await tx.remove('outbox', number);
}

async function retryFuture(tx: Transaction): Promise<void> {
  const rows = (await tx.all('refused')) as RefusedRow[];
  for (const { number, text, tap } of rows.filter(isForLater)) {
    await tx.put('outbox', { number, text, tap });
    await tx.remove('refused', number);
  }
}

async function dropOldSent(tx: Transaction): Promise<void> {
  const over = (await tx.count('sent')) - keptSent;
  if (over <= 0) return;
  for (const key of await tx.keys('sent', over)) await tx.remove('sent', key);
}

/** A tag is needed until its slot is over; a day more is kept for clocks that were set back. */
async function prune(tx: Transaction, now: number): Promise<void> {
  const rows = (await tx.all('used')) as UsedTagRow[];
  const old = rows.filter((row) => row.slotIndex + 4 < now);
  await Promise.all(old.map((row) => tx.remove('used', row.id)));
}
