import {
  activeMembers,
  canonicalJson,
  documentHash,
  findParty,
  thresholdFor,
  type Json,
  type PartyId,
  type Root,
  type RootParty,
} from '@tongyu/protocol';

/** What a root proposal does to a party. */
export type RootChangeKind = 'accession' | 'withdrawal' | 'suspension' | 'reinstatement';
export type RootChange = { readonly kind: RootChangeKind; readonly party: PartyId };

export type NextRootRefusal = {
  readonly code: 'PARTY_UNKNOWN' | 'PARTY_HAS_NO_NODE' | 'ROLE_UNCHANGED' | 'LAST_MEMBER';
};
export type NextRootResult =
  | { readonly ok: true; readonly root: Root }
  | { readonly ok: false; readonly refusal: NextRootRefusal };

/** The next root with one change, unsigned. */
export function nextRoot(current: Root, change: RootChange, now: number): NextRootResult {
  const before = findParty(current, change.party);
  if (before === undefined) return refuse('PARTY_UNKNOWN');
  const after = changedParty(before, change.kind);
  if (after === undefined) return refuse('ROLE_UNCHANGED');
  if (after.role === 'member' && after.rootKeys.length === 0) return refuse('PARTY_HAS_NO_NODE');
  const parties = current.parties.map((entry) => (entry === before ? after : entry));
  const root: Root = {
    ...current,
    number: current.number + 1,
    previous: documentHash(current),
    made: Math.max(now, current.made),
    parties,
  };
  const members = activeMembers(root).length;
  if (members === 0) return refuse('LAST_MEMBER');
  return { ok: true, root: { ...root, threshold: thresholdFor(members) } };
}

function changedParty(entry: RootParty, kind: RootChangeKind): RootParty | undefined {
  const { role, status } = entry;
  switch (kind) {
    case 'accession':
      return role === 'observer' ? { ...entry, role: 'member', status: 'active' } : undefined;
    case 'withdrawal':
      return role === 'member' ? { ...entry, role: 'observer', status: 'active' } : undefined;
    case 'suspension':
      return role === 'member' && status === 'active'
        ? { ...entry, status: 'suspended' }
        : undefined;
    case 'reinstatement':
      return status === 'suspended' ? { ...entry, status: 'active' } : undefined;
  }
}

/** What a proposal would change, in the words of those who approve it. */
export type DescribedChange = {
  readonly kind: RootChangeKind | 'removal' | 'keys' | 'addition' | 'hub';
  /** Null when it concerns the hub. */
  readonly party: PartyId | null;
};

export function describeChanges(was: Root, now: Root): readonly DescribedChange[] {
  const changes: DescribedChange[] = [];
  if (!isSame(was.hub, now.hub)) {
    changes.push({ kind: 'hub', party: null });
  }
  for (const after of now.parties) {
    const before = findParty(was, after.party);
    const kind = before === undefined ? 'addition' : changeOf(before, after);
    if (kind !== undefined) changes.push({ kind, party: after.party });
  }
  for (const before of was.parties) {
    if (findParty(now, before.party) === undefined) {
      changes.push({ kind: 'removal', party: before.party });
    }
  }
  return changes;
}

function changeOf(before: RootParty, after: RootParty): DescribedChange['kind'] | undefined {
  if (!isSame(before.rootKeys, after.rootKeys)) return 'keys';
  if (before.role !== after.role) return after.role === 'member' ? 'accession' : 'withdrawal';
  if (before.status !== after.status) {
    return after.status === 'suspended' ? 'suspension' : 'reinstatement';
  }
  return undefined;
}

/**
 * A stored root may come back with its members in another order: only the one spelling compares.
 */
function isSame(a: object, b: object): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);
}

function refuse(code: NextRootRefusal['code']): NextRootResult {
  return { ok: false, refusal: { code } };
}
