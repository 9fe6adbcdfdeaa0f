import {
  maySign,
  openRootProposals,
  publishIfComplete,
  sendProposal,
  signProposal,
} from './root-proposals.ts';
import type { NodeTables, TrustRoom } from './types.ts';

export type ApprovedRoot =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: {
        readonly code: 'PROPOSAL_UNKNOWN' | 'PROPOSAL_CLOSED' | 'NOT_MEMBER' | 'ROOT_OTHER_SIGNED';
      };
    };

/**
 * The operator approves one content by its hash. A second content with the same number could fork
 * the root, so it is refused as `ROOT_OTHER_SIGNED` unless the operator names the one that it
 * replaces. The signature goes to everybody concerned; whoever sees the last one publishes.
 */
export async function approveRoot<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  hash: string,
  insteadOf?: string,
): Promise<ApprovedRoot> {
  const refuse = (code: Extract<ApprovedRoot, { ok: false }>['refusal']['code']): ApprovedRoot => ({
    ok: false,
    refusal: { code },
  });
  const view = await room.views.load(tx);
  const { root } = view;
  const all = await tx.trust.rootProposals();
  const proposal = all.find((entry) => entry.hash === hash);
  if (proposal === undefined || root === undefined) return refuse('PROPOSAL_UNKNOWN');
  const open = await openRootProposals(tx, root);
  if (!open.some((entry) => entry.hash === hash)) {
    // Approved before, and decided since: a repeated click is no error.
    return proposal.approvedAt === null ? refuse('PROPOSAL_CLOSED') : { ok: true };
  }
  if (!maySign(room, view, proposal.root)) return refuse('NOT_MEMBER');
  const signed = await tx.trust.signedRecords('root', proposal.root.number);
  const other = signed.find((record) => record.hash !== hash && record.hash !== insteadOf);
  if (other !== undefined) return refuse('ROOT_OTHER_SIGNED');
  const approved = proposal.approvedAt === null ? await signProposal(room, tx, proposal) : proposal;
  await sendProposal(room, tx, view, approved);
  await publishIfComplete(room, tx, view, approved);
  return { ok: true };
}
