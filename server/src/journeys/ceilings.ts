import type { ConcessionRule, GroupClaim, JourneyLine, LinePart } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { CeilingRow } from '../store/journey-tables.ts';
import { heldByLine, type TermsBook } from './terms-book.ts';

/**
 * What parties have been charged under the ceilings that they signed (JRN-3.6): the host's book,
 * kept in the transaction of the lines. A group that is priced again gives back first what it took.
 */
export type Ceilings = {
  /** What one group may take. */
  shareOf(before: GroupClaim | undefined): CeilingShare;
  /** Notes what the group has taken. */
  use(share: CeilingShare, claim: GroupClaim): void;
  /** Writes what has changed. */
  save(tx: CityTables): Promise<void>;
};

export type CeilingShare = {
  /** What is left under the ceiling for this group, in 分. */
  left(service: string, rule: ConcessionRule): number;
  /** What the group's last claim took, by ceiling. */
  readonly taken: ReadonlyMap<string, number>;
};

export async function openCeilings(tx: CityTables, book: TermsBook): Promise<Ceilings> {
  const wanted = new Map<string, Omit<CeilingRow, 'usedFen' | 'toSuspend'>>();
  for (const { id: service, rules } of book.entries) {
    for (const { id: rule, funder } of rules) {
      if (funder.kind !== 'party') continue;
      const { party, ceilingFen } = funder;
      const row = { service, rule, signature: funder.signature.signature, party, ceilingFen };
      wanted.set(nameOf(row), row);
    }
  }
  const locked = wanted.size === 0 ? [] : await tx.host.lockCeilings([...wanted.values()]);
  return ceilingsOf(new Map(locked.map((row) => [nameOf(row), row])), book);
}

function ceilingsOf(rows: Map<string, CeilingRow>, book: TermsBook): Ceilings {
  const changed = new Set<string>();
  const takenBy = (claim: GroupClaim | undefined): Map<string, number> => {
    const taken = new Map<string, number>();
    for (const line of claim?.lines ?? []) {
      const part = line.parts.find(isPartysShare);
      const name = part === undefined ? undefined : ceilingOf(line, part, book);
      if (part === undefined || name === undefined) continue;
      taken.set(name, (taken.get(name) ?? 0) + (part.kind === 'concession' ? part.fen : 0));
    }
    return taken;
  };
  return {
    shareOf(before) {
      const taken = takenBy(before);
      return {
        taken,
        left(service, rule) {
          const name = ceilingName(service, rule);
          const row = name === undefined ? undefined : rows.get(name);
          if (name === undefined || row === undefined) return 0;
          return Math.max(0, row.ceilingFen - (row.usedFen - (taken.get(name) ?? 0)));
        },
      };
    },
    use({ taken }, claim) {
      const now = takenBy(claim);
      for (const name of new Set([...taken.keys(), ...now.keys()])) {
        const row = rows.get(name);
        if (row === undefined) continue;
        const usedFen = row.usedFen + (now.get(name) ?? 0) - (taken.get(name) ?? 0);
        const isReached = now.has(name) && usedFen >= row.ceilingFen;
        const toSuspend = row.toSuspend || isReached;
        if (usedFen === row.usedFen && toSuspend === row.toSuspend) continue;
        rows.set(name, { ...row, usedFen, toSuspend });
        changed.add(name);
      }
    },
    async save(tx) {
      const next = [...changed].map((name) => rows.get(name)).filter((row) => row !== undefined);
      if (next.length > 0) await tx.host.saveCeilings(next);
    },
  };
}

/** A concession that a party pays, or what of it is above the ceiling. */
function isPartysShare({ kind, funder }: LinePart): boolean {
  return kind === 'over-ceiling' || (kind === 'concession' && funder.kind === 'party');
}

export function ceilingOf(line: JourneyLine, part: LinePart, book: TermsBook): string | undefined {
  const rules = book.terms(heldByLine(line))?.entry.rules ?? [];
  const rule = rules.find(({ id }) => id === part.rule);
  return rule === undefined ? undefined : ceilingName(line.service, rule);
}

export function ceilingName(service: string, { id, funder }: ConcessionRule): string | undefined {
  if (funder.kind !== 'party') return undefined;
  return nameOf({ service, rule: id, signature: funder.signature.signature });
}

function nameOf(row: Pick<CeilingRow, 'service' | 'rule' | 'signature'>): string {
  return `${row.service} ${row.rule} ${row.signature}`;
}
