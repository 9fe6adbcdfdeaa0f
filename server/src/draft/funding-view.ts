import type { FundingRow } from '../store/draft-tables.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { done, type DraftResult } from './refusals.ts';

/** A request for funds as the two offices see it. */
export type FundingAsk = Omit<FundingRow, 'state' | 'answer'> & {
  readonly entry: string;
  /** At the host `open` until the signed rule is in the draft. */
  readonly state: Exclude<FundingRow['state'], 'granted'>;
  readonly answer: {
    /** The own account; null where the other party answered. */
    readonly by: string | null;
    readonly at: number;
    /** Why not; null where it was signed. */
    readonly reason: string | null;
  } | null;
};

export type Fundings = {
  readonly asked: readonly FundingAsk[];
  readonly toSign: readonly FundingAsk[];
};

const SHOWN = 500;

/** Both newest first. */
export function listFundings<Tx extends OfficeTables>({ store }: DraftRoom<Tx>): Promise<Fundings> {
  return store.read(async ({ draft }) => ({
    asked: (await draft.fundings('sent', SHOWN)).map(viewOf),
    toSign: (await draft.fundings('received', SHOWN)).map(viewOf),
  }));
}

export async function viewed(
  work: Promise<DraftResult<FundingRow>>,
): Promise<DraftResult<FundingAsk>> {
  const result = await work;
  return result.ok ? done(viewOf(result.value)) : result;
}

function viewOf({ state, answer, ...row }: FundingRow): FundingAsk {
  const { text = '', by = null, at = 0 } = answer ?? {};
  return {
    ...row,
    entry: row.funding.entry,
    state: state === 'granted' ? 'open' : state,
    answer: answer === null ? null : { by, at, reason: text === '' ? null : text },
  };
}
