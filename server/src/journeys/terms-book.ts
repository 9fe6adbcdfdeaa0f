import { headThen, type GroupTap, type JourneyTerms } from '@tongyu/domain';
import type { Entry, JourneyLine, Part, PartyId, SignedHead } from '@tongyu/protocol';
import type { JourneyList } from './types.ts';

/** What a tap says of the list that its terminal held. */
export type HeldByTap = Pick<GroupTap, 'service' | 'edition' | 'head' | 'time'>;

/** The terms of taps of one host, loaded once so that pricing waits for nothing. */
export type TermsBook = {
  terms(tap: HeldByTap): JourneyTerms | undefined;
  /** The signed heads that the terms of a tap stand on: the held one, and a newer one by then. */
  headsOf(tap: HeldByTap): readonly SignedHead[];
  /** Whether edition and head are here; the service need not be in the edition. */
  holds(tap: HeldByTap): boolean;
  /** Of all taps that the book was opened for, each once. */
  readonly entries: readonly Entry[];
};

/** A line as its terms are looked up: by its first tap. */
export function heldByLine({ service, edition, head, from, to }: JourneyLine): HeldByTap {
  return { service, edition, head, time: (from ?? to)?.time ?? 0 };
}

/**
 * Reads editions and heads that taps name, each once.
 *
 * @param brought heads that are good and need not be in the tables
 * @param isRough takes the newest head of the tap's time where the named one is not here: good
 *   enough to show a rider, not to answer a claim
 */
export async function openTermsBook<Tx>(
  list: JourneyList<Tx>,
  tx: Tx,
  host: PartyId,
  taps: readonly HeldByTap[],
  { brought = [], isRough = false }: { brought?: readonly SignedHead[]; isRough?: boolean } = {},
): Promise<TermsBook> {
  const parts = new Map<number, Part | undefined>();
  for (const edition of new Set(taps.map((tap) => tap.edition))) {
    parts.set(edition, await list.part(tx, host, edition));
  }
  const heads = new Map(brought.map((head) => [head.signed.number, head]));
  for (const number of new Set(taps.map((tap) => tap.head))) {
    if (heads.has(number)) continue;
    const head = await list.head(tx, host, number);
    if (head !== undefined) heads.set(number, head);
  }
  const newestAt = await newestHeads(list, tx, host, agedOf(taps, heads, isRough));
  const headOf = (tap: HeldByTap): SignedHead | undefined =>
    heads.get(tap.head) ?? (isRough ? newestAt.get(tap.time) : undefined);
  const thenOf = (tap: HeldByTap, held: SignedHead): SignedHead => {
    const later = [...brought, newestAt.get(tap.time)].filter((head) => head !== undefined);
    const then = headThen(
      held.signed,
      later.map(({ signed }) => signed),
      tap.time,
    );
    return later.find(({ signed }) => signed === then) ?? held;
  };
  const entryAt = (tap: HeldByTap): Entry | undefined => {
    const part = parts.get(tap.edition);
    return part === undefined ? undefined : entryOf(part, tap.service);
  };
  return {
    entries: [...new Set(taps.map(entryAt).filter((entry) => entry !== undefined))],
    holds: (tap) => parts.get(tap.edition) !== undefined && headOf(tap) !== undefined,
    terms(tap) {
      const entry = entryAt(tap);
      const held = headOf(tap);
      if (entry === undefined || held === undefined) return undefined;
      return { entry, head: held.signed, headThen: thenOf(tap, held).signed };
    },
    headsOf(tap) {
      const held = headOf(tap);
      return held === undefined ? [] : [...new Set([held, thenOf(tap, held)])];
    },
  };
}

/** A terminal's list is at most this old, or its host bears what that costs (JRN-3.5). */
const LIST_LIFE_SECONDS = 86_400;

/** Times of taps whose head says too little: it was old by then, or it is not here. */
function agedOf(
  taps: readonly HeldByTap[],
  heads: ReadonlyMap<number, SignedHead>,
  isRough: boolean,
): ReadonlySet<number> {
  const aged = taps.filter((tap) => {
    const held = heads.get(tap.head)?.signed;
    return held === undefined ? isRough : tap.time - held.time > LIST_LIFE_SECONDS;
  });
  return new Set(aged.map(({ time }) => time));
}

async function newestHeads<Tx>(
  list: JourneyList<Tx>,
  tx: Tx,
  host: PartyId,
  times: ReadonlySet<number>,
): Promise<ReadonlyMap<number, SignedHead>> {
  const found = new Map<number, SignedHead>();
  for (const time of times) {
    const head = await list.headAt(tx, host, time);
    if (head !== undefined) found.set(time, head);
  }
  return found;
}

/** A part is looked through once; parts are the same objects for as long as they are used. */
const entries = new WeakMap<Part, ReadonlyMap<string, Entry>>();

function entryOf(part: Part, id: string): Entry | undefined {
  let known = entries.get(part);
  if (known === undefined) {
    known = new Map(part.entries.map((entry) => [entry.id, entry]));
    entries.set(part, known);
  }
  return known.get(id);
}
