import {
  canonicalJson,
  keyEntryShape,
  list,
  nullable,
  object,
  oneOf,
  parseDocument,
  rootContentShape,
  runChecks,
  sectionShape,
  signatureCheck,
  signatureShape,
  signedShape,
  text,
  thresholdFor,
  urlShape,
  verifySection,
  type DocumentSignature,
  type KeyEntry,
  type NodeId,
  type PartyId,
  type Root,
  type RootParty,
  type Shape,
  type SignedDocument,
  type SignedSection,
  type VerifySync,
} from '@tongyu/protocol';
import type { PartyRole } from './types.ts';

/** What a node shows of itself before anybody trusts it; signed by the key that it shows. */
export type FoundingCard = {
  readonly type: 'tongyu.founding';
  readonly party: NodeId;
  /** The party's root key; the hub's peer key. */
  readonly rootKey: KeyEntry;
  readonly url: string;
  /** Null for the hub. */
  readonly section: SignedSection | null;
};

export type SignedFoundingCard = SignedDocument<FoundingCard>;

/** `GET /founding`: the card, and root number 1 as far as this node has come with it. */
export type FoundingAnswer = {
  readonly card: SignedFoundingCard;
  readonly root: {
    readonly content: Root;
    readonly signatures: readonly DocumentSignature[];
  } | null;
};

const MAX_FOUNDING_LENGTH = 200_000;

const foundingAnswerShape: Shape<FoundingAnswer> = object({
  card: signedShape(
    object({
      type: oneOf('tongyu.founding'),
      party: text(4, /^(hub|[1-9][0-9]{3})$/),
      rootKey: keyEntryShape,
      url: urlShape,
      section: nullable(sectionShape),
    }),
    1,
  ),
  root: nullable(object({ content: rootContentShape, signatures: list(signatureShape, 0, 64) })),
});

export function foundingText(answer: FoundingAnswer): string {
  return canonicalJson(answer);
}

/**
 * A founding answer as `from` should give it: its own card, signed by the key on it, its section
 * signed by the same. Undefined when anything of that does not hold.
 */
export function readFounding(
  source: string,
  from: NodeId,
  verify: VerifySync,
): FoundingAnswer | undefined {
  const read = parseDocument(foundingAnswerShape, source, MAX_FOUNDING_LENGTH);
  if (!read.ok) return undefined;
  const { signed, signatures } = read.value.card;
  const [signature] = signatures;
  const { rootKey, section } = signed;
  if (signed.party !== from || signature?.keyId !== rootKey.keyId) return undefined;
  if (!verify(signatureCheck(signed, signature, rootKey))) return undefined;
  if ((section === null) !== (from === 'hub')) return undefined;
  if (section !== null) {
    const owner = rootParty({ party: from, role: 'observer' }, signed);
    if (!runChecks(verifySection(owner, undefined, section), verify).ok) return undefined;
  }
  return read.value;
}

/** Root number 1 from everybody's cards: the same for whoever computes it from the same ones. */
export function composeFirstRoot(
  parties: readonly PartyRole[],
  cards: ReadonlyMap<NodeId, FoundingCard>,
  made: number,
): Root | undefined {
  const hub = cards.get('hub');
  if (hub === undefined) return undefined;
  const entries = parties.map((party) => rootParty(party, cards.get(party.party)));
  entries.sort((a, b) => (a.party < b.party ? -1 : 1));
  const members = entries.filter((entry) => entry.role === 'member');
  return {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made,
    threshold: thresholdFor(members.length),
    hub: { url: hub.url, peerKey: hub.rootKey },
    parties: entries,
  };
}

function rootParty(
  { party, role }: { readonly party: PartyId; readonly role: PartyRole['role'] },
  card: FoundingCard | undefined,
): RootParty {
  return { party, role, status: 'active', rootKeys: card === undefined ? [] : [card.rootKey] };
}
