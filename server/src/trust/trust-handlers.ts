import {
  acceptRevocationList,
  fromBase64Url,
  object,
  readShape,
  sectionShape,
  text,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import {
  applied,
  refused,
  type PeerAnswer,
  type PeerHandlers,
  type ReceiptHandlers,
} from '../peers/types.ts';
import { signProposedBundle, takeBundleAnswer, takePublishedBundle } from './bundle-proposals.ts';
import { takePublishedRoot, takeRootAnswer, takeRootProposal } from './root-proposals.ts';
import { takeSection, takeStep } from './take-trust.ts';
import { takeTimeStatement } from './time-statements.ts';
import type { NodeTables, TrustRoom } from './types.ts';

/** The message types that hub and cities answer alike. */
export type TrustMessageType =
  | 'section.offer'
  | 'root.propose'
  | 'root.publish'
  | 'bundle.propose'
  | 'bundle.publish'
  | 'time.publish'
  | 'list.publish';

export function trustHandlers<T extends NodeTables>(
  room: TrustRoom<T>,
): Pick<PeerHandlers<T>, TrustMessageType> {
  return {
    'section.offer': (tx, message) => takeOfferedSection(room, tx, message),
    'root.propose': (tx, message) => takeRootProposal(room, tx, message),
    'root.publish': (tx, message) => takePublishedRoot(room, tx, message),
    'bundle.propose': (tx, message) => signProposedBundle(room, tx, message),
    'bundle.publish': (tx, message) => takePublishedBundle(room, tx, message),
    'time.publish': (tx, message) => takeTimeStatement(room, tx, message),
    'list.publish': (tx, message) => takePublishedList(room, tx, message),
  };
}

export function trustReceiptHandlers<T extends NodeTables>(room: TrustRoom<T>): ReceiptHandlers<T> {
  return {
    'bundle.propose': (tx, sent, receipt) => takeBundleAnswer(room, tx, sent, receipt),
    'root.propose': (tx, sent, receipt) => takeRootAnswer(room, tx, sent, receipt),
  };
}

const sectionOfferShape = object({ section: sectionShape });

/** `section.offer`, and the section that comes with `party.apply`. */
export async function takeOfferedSection<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(sectionOfferShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { section } = read.value;
  if (section.signed.party !== message.iss) return refused('SECTION_NOT_YOURS', 'section.party');
  const view = await room.views.load(tx);
  const taken = await takeSection(room, tx, view, section);
  return taken.ok ? applied() : refused(taken.refusal.code);
}

const MAX_LIST_TEXT = 3_000_000;
const listShape = object({ list: text(MAX_LIST_TEXT, /^[A-Za-z0-9_-]*$/) });

/** `list.publish`: the list's own signature says whose it is; anybody may pass it on. */
async function takePublishedList<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(listShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const bytes = fromBase64Url(read.value.list);
  if (bytes === undefined) return refused('MALFORMED', 'list');
  const view = await room.views.load(tx);
  const taken = await takeStep(room, tx, view, (state) => acceptRevocationList(state, bytes));
  return taken.ok ? applied() : refused(taken.refusal.code);
}
