import {
  canonicalJson,
  type Category,
  type ConcessionRule,
  type Head,
  type Part,
  type PartyId,
  type Suspension,
} from '@tongyu/protocol';

/** Another member's part of an edition, and what it says of it now. */
export type Partner = { readonly part: Part; readonly head: Head };

/**
 * What a city has to suspend of its own because a partner has suspended the like (LIST-4.8), by one
 * edition. Only what a partner has suspended for everybody is followed: a suspension for one
 * residence follows another's word itself, and would keep it up for ever.
 */
export function counterpartSuspensions(
  own: Part,
  partners: readonly Partner[],
): readonly Suspension[] {
  const stopped = partners.flatMap((partner) => stoppedBy(partner, own.party));
  if (stopped.length === 0) return [];
  const byKind = Map.groupBy(stopped, ({ kind }) => kind);
  return own.entries.flatMap((entry) =>
    entry.rules.flatMap((rule) => {
      if (rule.reciprocity !== 'mutual') return [];
      return (byKind.get(kindOf(entry.category, rule)) ?? [])
        .filter(({ residence }) => rule.residences.includes(residence))
        .map(({ residence, since, reason }) => {
          return { entry: entry.id, rule: rule.id, residence, since, reason };
        });
    }),
  );
}

type Stopped = Pick<Suspension, 'since' | 'reason'> & {
  readonly kind: string;
  readonly residence: PartyId;
};

/** Of each kind of rule the earliest suspension, so that many of a kind make one counterpart. */
function stoppedBy({ part, head }: Partner, self: PartyId): readonly Stopped[] {
  if (part.party === self) return [];
  const found = new Map<string, Stopped>();
  const entries = new Map(part.entries.map((entry) => [entry.id, entry]));
  for (const { entry: id, rule: ruleId, residence, since, reason } of head.suspended) {
    if (ruleId === null || residence !== null) continue;
    const entry = entries.get(id);
    const rule = entry?.rules.find((one) => one.id === ruleId);
    if (entry === undefined || rule?.reciprocity !== 'mutual') continue;
    if (!rule.residences.includes(self)) continue;
    const kind = kindOf(entry.category, rule);
    const known = found.get(kind);
    if (known !== undefined && known.since <= since) continue;
    found.set(kind, { kind, residence: part.party, since, reason });
  }
  return [...found.values()];
}

/** Rules with the same answer are of the like. */
function kindOf(category: Category, { agreement, class: ofClass }: ConcessionRule): string {
  return canonicalJson([agreement, ofClass, category]);
}

/** Suspensions in the order of a head (LIST-4.3), the first of those with one key. */
export function inHeadOrder(suspensions: readonly Suspension[]): readonly Suspension[] {
  const byKey = new Map<string, Suspension>();
  for (const one of suspensions) {
    const key = `${one.entry} ${one.rule ?? ''} ${one.residence ?? ''}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
