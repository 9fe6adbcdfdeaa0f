import {
  activeMembers,
  documentHash,
  newestStatements,
  parseRevocationList,
  trustTime,
  type PartyId,
  type Root,
  type SectionKey,
  type TrustState,
} from '@tongyu/protocol';
import type { RootProposal } from '../store/trust-tables.ts';
import { describeChanges, type DescribedChange } from './root-change.ts';
import { isActiveMember, type TrustView } from './trust-view.ts';

/** What a console and the hub's status page show of trust. Times are Unix seconds. */
export type TrustReport = {
  readonly root: {
    readonly number: number;
    readonly hash: string;
    readonly members: readonly PartyId[];
    readonly threshold: number;
  };
  /** Null until the first bundle is signed. */
  readonly bundle: {
    readonly version: number;
    readonly hash: string;
    readonly made: number;
    readonly signedBy: readonly PartyId[];
  } | null;
  readonly trustTime: number | null;
  readonly ageSeconds: number | null;
  readonly times: readonly { readonly party: PartyId; readonly time: number }[];
  readonly sections: readonly {
    readonly party: PartyId;
    readonly number: number;
    readonly keys: readonly SectionKey[];
  }[];
  readonly lists: readonly {
    readonly party: PartyId;
    readonly number: number;
    readonly phones: number;
  }[];
  readonly proposals: readonly ReportedProposal[];
};

export type ReportedProposal = {
  readonly hash: string;
  readonly number: number;
  readonly change: DescribedChange;
  readonly signedBy: readonly PartyId[];
};

/** Undefined before the founding. */
export function reportTrust(
  view: TrustView,
  proposals: readonly RootProposal[],
  now: number,
): TrustReport | undefined {
  const { state, root } = view;
  if (state === undefined || root === undefined) return undefined;
  const counting = state.times.filter(({ signed }) => isActiveMember(view, signed.party));
  const statements = counting.map((entry) => entry.signed);
  const bundle = state.bundle?.signed;
  const current = bundle === undefined ? undefined : trustTime(root, bundle, statements);
  return {
    root: {
      number: root.number,
      hash: documentHash(root),
      members: activeMembers(root).map((member) => member.party),
      threshold: root.threshold,
    },
    bundle: reportBundle(state),
    trustTime: current ?? null,
    ageSeconds: current === undefined ? null : Math.max(0, now - current),
    times: [...newestStatements(counting).values()]
      .map(({ party, time }) => ({ party, time }))
      .sort((a, b) => (a.party < b.party ? -1 : 1)),
    sections: [...view.sections.values()]
      .map(({ signed: { party, number, keys } }) => ({ party, number, keys }))
      .sort((a, b) => (a.party < b.party ? -1 : 1)),
    lists: state.lists
      .map(({ party, number, bytes }) => ({ party, number, phones: countPhones(bytes) }))
      .sort((a, b) => (a.party < b.party ? -1 : 1)),
    proposals: proposals.map((proposal) => reportProposal(root, proposal)),
  };
}

function reportBundle(state: TrustState): TrustReport['bundle'] {
  if (state.bundle === undefined) return null;
  const { signed, signatures } = state.bundle;
  return {
    version: signed.version,
    hash: documentHash(signed),
    made: signed.made,
    signedBy: signatures.map((signature) => signature.by).sort(),
  };
}

function reportProposal(root: Root, proposal: RootProposal): ReportedProposal {
  const [change] = describeChanges(root, proposal.root);
  return {
    hash: proposal.hash,
    number: proposal.root.number,
    change: change ?? { kind: 'hub', party: null },
    signedBy: [...new Set(proposal.signatures.map((signature) => signature.by))].sort(),
  };
}

function countPhones(bytes: Uint8Array): number {
  const groups = parseRevocationList(bytes)?.groups ?? [];
  return groups.reduce((sum, group) => sum + group.seeds.length, 0);
}
