import type { CityTables, RefusedUploadRow, StoredTap, TapFilter } from '../store/city-tables.ts';
import type { Gap, OperatorRow, TerminalRow } from '../store/city-tables.ts';
import type { CityRoom } from './ports.ts';

/** A tap as staff see it: no code, no tag, nothing that says who. */
export type TapView = Pick<
  StoredTap,
  | 'terminal'
  | 'number'
  | 'time'
  | 'receivedAt'
  | 'service'
  | 'kind'
  | 'verdict'
  | 'refusal'
  | 'assistedReason'
  | 'issuer'
  | 'charged'
  | 'exception'
  | 'field'
  | 'home'
  | 'shownPriceFen'
  | 'warned'
>;

export type TapPage = {
  /** Newest first. */
  readonly taps: readonly TapView[];
  /** Hand it in as `after` to get the older ones; null when there are none. */
  readonly next: string | null;
};

export async function listTaps<Tx extends CityTables>(
  room: CityRoom<Tx>,
  filter: TapFilter,
): Promise<TapPage> {
  const rows = await room.store.read((tx) => tx.city.taps(filter));
  const last = rows.at(-1);
  const next = rows.length < filter.limit || last === undefined ? null : String(last.sequence);
  return { taps: rows.map(viewOf), next };
}

function viewOf(row: StoredTap): TapView {
  const { terminal, number, time, receivedAt, service, kind, verdict, refusal } = row;
  const { assistedReason, issuer, charged, exception, field, home, shownPriceFen, warned } = row;
  return {
    ...{ terminal, number, time, receivedAt, service, kind, verdict, refusal, assistedReason },
    ...{ issuer, charged, exception, field, home, shownPriceFen, warned },
  };
}

export type Exceptions = {
  readonly taps: readonly TapView[];
  /** Uploads that were refused and not stored. */
  readonly refusedUploads: readonly RefusedUploadRow[];
};

export async function listExceptions<Tx extends CityTables>(
  room: CityRoom<Tx>,
  limit: number,
  operator: string | null,
): Promise<Exceptions> {
  const filter = { exceptionsOnly: true, limit, ...(operator === null ? {} : { operator }) };
  return room.store.read(async (tx) => {
    const own = operator === null ? undefined : [...(await terminalsOf(tx, operator))];
    return {
      taps: (await tx.city.taps(filter)).map(viewOf),
      refusedUploads: await tx.city.refusedUploads(limit, own),
    };
  });
}

async function terminalsOf(tx: CityTables, operator: string): Promise<ReadonlySet<string>> {
  const rows = await tx.city.terminals();
  return new Set(rows.filter((row) => row.operator === operator).map(({ id }) => id));
}

export type GapView = Gap & { readonly terminal: string };

/** Tap numbers that have not arrived although later ones have, by terminal. */
export async function listGaps<Tx extends CityTables>(
  room: CityRoom<Tx>,
  operator: string | null,
): Promise<readonly GapView[]> {
  const rows = await room.store.read(async (tx) => {
    const all = await tx.city.gaps();
    if (operator === null) return all;
    const own = await terminalsOf(tx, operator);
    return all.filter(({ terminal }) => own.has(terminal));
  });
  return rows.flatMap(({ terminal, gaps }) => gaps.map((gap) => ({ terminal, ...gap })));
}

export type TerminalsView = {
  readonly operators: readonly OperatorRow[];
  readonly terminals: readonly (Omit<TerminalRow, 'keyId'> & {
    readonly lastTapAt: number | null;
    readonly highestNumber: number;
  })[];
};

export async function listTerminals<Tx extends CityTables>(
  room: CityRoom<Tx>,
  operator: string | null,
): Promise<TerminalsView> {
  const isOwn = (id: string): boolean => operator === null || id === operator;
  return room.store.read(async (tx) => {
    const terminals = (await tx.city.terminals()).filter((row) => isOwn(row.operator));
    const progress = await tx.city.progress(terminals.map((row) => row.id));
    const progressOf = new Map(progress.map((row) => [row.terminal, row]));
    return {
      operators: (await tx.city.operators()).filter(({ id }) => isOwn(id)),
      terminals: terminals.map(
        ({ id, operator, service, alg, key, direction, stop, ...times }) => ({
          ...{ id, operator, service, alg, key, direction, stop },
          ...{ registeredAt: times.registeredAt, revokedAt: times.revokedAt },
          lastTapAt: progressOf.get(id)?.lastAt ?? null,
          highestNumber: progressOf.get(id)?.highest ?? 0,
        }),
      ),
    };
  });
}
