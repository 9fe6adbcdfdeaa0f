import {
  acceptRoot,
  canonicalJson,
  documentHash,
  emptyTrust,
  runChecks,
  signatureCheck,
  signContent,
  type DocumentSignature,
  type NodeId,
  type Root,
  type SignedRoot,
} from '@tongyu/protocol';
import { PeerAway } from '../peers/types.ts';
import type { RootProposal } from '../store/trust-tables.ts';
import {
  composeFirstRoot,
  readFounding,
  type FoundingAnswer,
  type FoundingCard,
} from './founding-card.ts';
import {
  HUB_PEER_KEY_ID,
  keyEntry,
  ownPeerKey,
  ownRootSigner,
  ownSection,
  ROOT_KEY_ID,
} from './own-section.ts';
import { takeSection } from './take-trust.ts';
import { CLOCK_TOLERANCE_SECONDS, type NodeTables, type TrustRoom } from './types.ts';

/**
 * The founding ceremony (TRUST-2.6), all by looking: every node shows its card, the hub shows root
 * number 1 made of them, each member fetches the others' cards from their own addresses, compares,
 * and only then shows its signature; the hub collects them and shows the whole. Any step may be
 * repeated or cut off.
 */
export async function foundingAnswer<T extends NodeTables>(
  room: TrustRoom<T>,
): Promise<FoundingAnswer> {
  const { config } = room;
  const [view, proposal] = await room.store.read(
    async (tx) => [await room.views.load(tx), await firstProposal(tx)] as const,
  );
  const isHub = config.self === 'hub';
  const signer = isHub ? ownPeerKey(room, view).signer : ownRootSigner(room);
  const keyId = isHub ? HUB_PEER_KEY_ID : ROOT_KEY_ID;
  const card: FoundingCard = {
    type: 'tongyu.founding',
    party: config.self,
    rootKey: keyEntry(keyId, signer),
    url: config.nodes[config.self] ?? '',
    section: ownSection(room, view) ?? null,
  };
  const signature = await signContent(card, config.self, keyId, signer);
  return {
    card: { signed: card, signatures: [signature] },
    root:
      proposal === undefined ? null : { content: proposal.root, signatures: proposal.signatures },
  };
}

async function firstProposal(tx: NodeTables): Promise<RootProposal | undefined> {
  const proposals = await tx.trust.rootProposals();
  return proposals.find((entry) => entry.root.number === 1);
}

/** One attempt to come further with the founding. Throws `PeerAway` while a node is missing. */
export async function keepFounding<T extends NodeTables>(room: TrustRoom<T>): Promise<void> {
  const answers = await fetchAll(room);
  const cards = new Map([...answers].map(([node, answer]) => [node, answer.card.signed]));
  const isHub = room.config.self === 'hub';
  const own = await room.store.read(firstProposal);
  const content = isHub
    ? (own?.root ?? composeFirstRoot(room.config.parties, cards, room.ports.clock.now()))
    : answers.get('hub')?.root?.content;
  if (content === undefined) return; // the hub is not that far
  if (!isExpected(room, content, cards)) {
    room.ports.log.warn({ refusal: 'FOUNDING_DIFFERS' }, 'root 1 is not what the cards say');
    return;
  }
  const proposal = await prepare(room, own, content);
  const all = isHub
    ? gather(room, proposal, answers)
    : joined(proposal.signatures, answers.get('hub')?.root?.signatures ?? []);
  await found(room, { ...proposal, signatures: all }, answers);
}

/** Everybody's answer, this node's own included. */
async function fetchAll<T extends NodeTables>(
  room: TrustRoom<T>,
): Promise<ReadonlyMap<NodeId, FoundingAnswer>> {
  const { config, ports } = room;
  const answers = new Map<NodeId, FoundingAnswer>();
  for (const node of Object.keys(config.nodes)) {
    if (node === config.self) {
      answers.set(node, await foundingAnswer(room));
      continue;
    }
    const answer = readFounding(await ports.net.fetchFounding(node), node, ports.verify);
    if (answer === undefined) throw new PeerAway(`the founding card of ${node} does not hold`);
    answers.set(node, answer);
  }
  return answers;
}

function isExpected<T extends NodeTables>(
  room: TrustRoom<T>,
  content: Root,
  cards: ReadonlyMap<NodeId, FoundingCard>,
): boolean {
  if (content.made > room.ports.clock.now() + CLOCK_TOLERANCE_SECONDS) return false;
  const expected = composeFirstRoot(room.config.parties, cards, content.made);
  if (expected === undefined) return false;
  return canonicalJson(expected) === canonicalJson(content);
}

/** Keeps the content, and a member's signature under it: one content for ever. */
async function prepare<T extends NodeTables>(
  room: TrustRoom<T>,
  known: RootProposal | undefined,
  content: Root,
): Promise<RootProposal> {
  if (known !== undefined) return known;
  const { ports, config } = room;
  const now = ports.clock.now();
  const hash = documentHash(content);
  const isMember = content.parties.some((p) => p.party === config.self && p.role === 'member');
  return room.store.transaction(async (tx) => {
    const signatures: DocumentSignature[] = [];
    if (isMember) {
      await tx.trust.recordSigned({ kind: 'root', number: 1, hash, signedAt: now });
      ports.faults.point('trust/after-sign-recorded');
      signatures.push(await signContent(content, config.self, ROOT_KEY_ID, ownRootSigner(room)));
    }
    const approvedAt = isMember ? now : null;
    const proposal = { hash, root: content, signatures, proposedAt: now, approvedAt };
    await tx.trust.saveRootProposal(proposal);
    return proposal;
  });
}

/** The hub's collection: from each member the signature under the same content. */
function gather<T extends NodeTables>(
  room: TrustRoom<T>,
  proposal: RootProposal,
  answers: ReadonlyMap<NodeId, FoundingAnswer>,
): readonly DocumentSignature[] {
  const signatures = [...proposal.signatures];
  for (const [node, { root, card }] of answers) {
    if (root === null || documentHash(root.content) !== proposal.hash) continue;
    const signature = root.signatures.find((entry) => entry.by === node);
    if (signature === undefined || signatures.some((entry) => entry.by === node)) continue;
    const check = signatureCheck(proposal.root, signature, card.signed.rootKey);
    if (room.ports.verify(check)) signatures.push(signature);
  }
  return signatures;
}

function joined(
  own: readonly DocumentSignature[],
  gathered: readonly DocumentSignature[],
): readonly DocumentSignature[] {
  return [...own, ...gathered.filter(({ by }) => !own.some((entry) => entry.by === by))];
}

/** Adopts root number 1 when every member's signature is there, and pins its hash. */
async function found<T extends NodeTables>(
  room: TrustRoom<T>,
  proposal: RootProposal,
  answers: ReadonlyMap<NodeId, FoundingAnswer>,
): Promise<void> {
  const { ports } = room;
  const signed: SignedRoot = { signed: proposal.root, signatures: proposal.signatures };
  const step = runChecks(acceptRoot(emptyTrust(proposal.hash), signed), ports.verify);
  await room.store.transaction(async (tx) => {
    await tx.trust.saveRootProposal(proposal);
    if (!step.ok) return;
    let view = await room.views.load(tx);
    if (view.state !== undefined) return;
    view = await room.views.saveState(tx, view, step.state);
    for (const { card } of answers.values()) {
      const { section } = card.signed;
      if (section === null) continue;
      const taken = await takeSection(room, tx, view, section);
      if (taken.ok) view = taken.view;
    }
  });
  if (step.ok) ports.log.info({ version: 1 }, `root 1 is in force; its hash is ${proposal.hash}`);
}
