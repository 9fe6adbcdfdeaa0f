import type { ConcessionRule, GroupAnswer, GroupClaim, PartyId } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { PaidId, PaidRow } from '../store/journey-tables.ts';
import { ceilingName, ceilingOf } from './ceilings.ts';
import type { TermsBook } from './terms-book.ts';

/**
 * What this city has accepted of the shares that it signed for itself (JRN-4.5), signature by
 * signature. A group that is claimed again gives back first what was accepted of it before.
 */
export type Paid = {
  shareOf(before: Accepted | undefined): PaidShare;
  use(share: PaidShare, accepted: Accepted): void;
  save(tx: CityTables): Promise<void>;
};

type Accepted = { readonly claim: GroupClaim; readonly answer: GroupAnswer };

export type PaidShare = {
  /** What is left of the sum that this city signed for; any other rule is not asked for. */
  left(service: string, rule: ConcessionRule): number;
  readonly taken: ReadonlyMap<string, number>;
};

/** @param book of the host's list, for all that is claimed */
export async function openPaid(
  self: PartyId,
  tx: CityTables,
  host: PartyId,
  book: TermsBook,
): Promise<Paid> {
  const wanted = book.entries.flatMap(({ id: service, rules }): PaidId[] =>
    rules.flatMap(({ id: rule, funder }) =>
      funder.kind === 'party' && funder.party === self
        ? [{ host, service, rule, signature: funder.signature.signature }]
        : [],
    ),
  );
  const locked = wanted.length === 0 ? [] : await tx.home.lockPaid(wanted);
  const rows = new Map<string, PaidRow>(
    locked.map((row) => [`${row.service} ${row.rule} ${row.signature}`, row]),
  );
  const changed = new Set<string>();
  const acceptedOf = (accepted: Accepted | undefined): ReadonlyMap<string, number> => {
    const sums = new Map<string, number>();
    if (accepted === undefined || rows.size === 0) return sums;
    const { claim, answer } = accepted;
    const good = new Set(answer.lines.filter(isAccepted).map(({ journey }) => journey));
    for (const line of claim.lines.filter(({ journey }) => good.has(journey))) {
      const part = line.parts.find(({ kind }) => kind === 'concession');
      if (part?.funder.kind !== 'party' || part.funder.party !== self) continue;
      const name = ceilingOf(line, part, book);
      if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + part.fen);
    }
    return sums;
  };
  return {
    shareOf(before) {
      const taken = acceptedOf(before);
      return {
        taken,
        left(service, rule) {
          const name = ceilingName(service, rule) ?? '';
          const ceilingFen = rule.funder.kind === 'party' ? rule.funder.ceilingFen : 0;
          return ceilingFen - ((rows.get(name)?.paidFen ?? 0) - (taken.get(name) ?? 0));
        },
      };
    },
    use({ taken }, accepted) {
      const now = acceptedOf(accepted);
      for (const name of new Set([...taken.keys(), ...now.keys()])) {
        const row = rows.get(name);
        const more = (now.get(name) ?? 0) - (taken.get(name) ?? 0);
        if (row === undefined || more === 0) continue;
        rows.set(name, { ...row, paidFen: row.paidFen + more });
        changed.add(name);
      }
    },
    async save(to) {
      const next = [...changed].map((name) => rows.get(name)).filter((row) => row !== undefined);
      if (next.length > 0) await to.home.savePaid(next);
    },
  };
}

function isAccepted({ outcome }: GroupAnswer['lines'][number]): boolean {
  return outcome === 'accepted';
}
