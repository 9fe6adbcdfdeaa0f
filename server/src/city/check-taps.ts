import type { Head, Part, Tap } from '@tongyu/protocol';
import type { CityTables, TapKey, TerminalRow } from '../store/city-tables.ts';
import { runManyChecks } from './check-many.ts';
import { examineTap, trustContext, type TapContext } from './examine-tap.ts';
import type { CityRoom } from './ports.ts';
import { refused, type CheckedTap, type ReadTap, type Results } from './tap-results.ts';

export type CheckedTaps = {
  readonly checked: readonly CheckedTap[];
  /** Stored before with the same content: what their signature says cannot matter any more. */
  readonly known: readonly ReadTap[];
};

/** Terminal, then signatures, outside any transaction: the long part of taking taps in. */
export async function checkTaps<Tx extends CityTables>(
  room: CityRoom<Tx>,
  read: readonly ReadTap[],
  results: Results,
): Promise<CheckedTaps> {
  const facts = await loadFacts(room, read);
  const known: ReadTap[] = [];
  const fresh: { readonly entry: ReadTap; readonly terminal: TerminalRow }[] = [];
  for (const entry of read) {
    const { signed } = entry.tap;
    const terminal = facts.terminals.get(signed.terminal);
    const code = refuseTerminal(terminal);
    if (terminal === undefined || code !== undefined) {
      results.set(entry.index, refused(signed.number, code ?? 'TERMINAL_UNKNOWN', null));
    } else if (facts.hashes.get(tapKeyText(signed)) === entry.hash) known.push(entry);
    else fresh.push({ entry, terminal });
  }
  const examined = await runManyChecks(
    fresh.map(({ entry, terminal }) => examineTap(entry, contextOf(facts, entry, terminal))),
    room.ports.verifyMany,
  );
  const fareGroupOf = fareGroups(facts.parts);
  const checked = fresh.flatMap(({ entry, terminal }, i): CheckedTap[] => {
    const outcome = examined[i];
    if (outcome?.state === 'signed') {
      return [{ ...entry, ...outcome, terminal, fareGroup: fareGroupOf(entry) }];
    }
    const { number } = entry.tap.signed;
    results.set(entry.index, refused(number, 'TAP_SIGNATURE_INVALID', null));
    return [];
  });
  return { checked, known };
}

/** The fare group of a tap's service; each service is looked up once. */
function fareGroups(parts: ReadonlyMap<number, Part>): (entry: ReadTap) => string | null {
  const found = new Map<string, string | null>();
  return ({ tap: { signed } }) => {
    const { editionNumber } = signed.held;
    const name = `${String(editionNumber)} ${signed.service}`;
    const known = found.get(name);
    if (known !== undefined) return known;
    const entry = parts.get(editionNumber)?.entries.find(({ id }) => id === signed.service);
    const fareGroup = entry?.fareGroup ?? null;
    found.set(name, fareGroup);
    return fareGroup;
  };
}

function refuseTerminal(
  terminal: TerminalRow | undefined,
): 'TERMINAL_UNKNOWN' | 'TERMINAL_REVOKED' | undefined {
  if (terminal === undefined) return 'TERMINAL_UNKNOWN';
  return terminal.revokedAt === null ? undefined : 'TERMINAL_REVOKED';
}

export function tapKeyText(key: TapKey): string {
  return `${key.terminal} ${String(key.number)}`;
}

type BatchFacts = {
  readonly terminals: ReadonlyMap<string, TerminalRow>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly trust: ReadonlyMap<number, NonNullable<TapContext['trust']>>;
  readonly parts: ReadonlyMap<number, Part>;
  readonly heads: ReadonlyMap<number, Head>;
};

function contextOf(facts: BatchFacts, { tap }: ReadTap, terminal: TerminalRow): TapContext {
  const { held } = tap.signed;
  return {
    terminal,
    trust: facts.trust.get(held.bundleVersion),
    part: facts.parts.get(held.editionNumber),
    head: facts.heads.get(held.headNumber),
  };
}

/** Everything that the batch's taps refer to, each version once. */
async function loadFacts<Tx extends CityTables>(
  room: CityRoom<Tx>,
  read: readonly ReadTap[],
): Promise<BatchFacts> {
  const taps: readonly Tap[] = read.map((entry) => entry.tap.signed);
  const ids = [...new Set(taps.map((tap) => tap.terminal))];
  const versions = [...new Set(taps.map((tap) => tap.held.bundleVersion))];
  const parts = await byNumber(taps, 'editionNumber', (number) => room.list.part(number));
  const heads = await byNumber(taps, 'headNumber', (number) => room.list.head(number));
  const keys = new Map(
    taps.map(({ terminal, number }) => [tapKeyText({ terminal, number }), { terminal, number }]),
  );
  return room.store.read(async (tx) => {
    const terminals = await tx.city.terminals(ids);
    const hashes = await tx.city.tapHashes([...keys.values()]);
    const trust = new Map<number, NonNullable<TapContext['trust']>>();
    for (const version of versions) {
      const at = await room.trust.heldAt(tx, version);
      if (at !== undefined) trust.set(version, trustContext(at));
    }
    return {
      terminals: new Map(terminals.map((row) => [row.id, row])),
      hashes: new Map(hashes.map((row) => [tapKeyText(row), row.hash])),
      ...{ trust, parts, heads },
    };
  });
}

/** What the taps name by a number of the list, each once. */
async function byNumber<T>(
  taps: readonly Tap[],
  member: 'editionNumber' | 'headNumber',
  load: (number: number) => Promise<T | undefined>,
): Promise<ReadonlyMap<number, T>> {
  const found = new Map<number, T>();
  for (const number of new Set(taps.map((tap) => tap.held[member]))) {
    const value = await load(number);
    if (value !== undefined) found.set(number, value);
  }
  return found;
}
