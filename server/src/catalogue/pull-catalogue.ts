import { activeMembers, type CatalogueOffer, type NodeId, type PartyId } from '@tongyu/protocol';
import { PeerAway } from '../peers/types.ts';
import { checkAllParts } from './check-parts.ts';
import { completeHave } from './offer-catalogue.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';
import { takeOffer, type WaitingEdition } from './take-catalogue.ts';

/** Asks one node for everything newer, and anybody for the parts that it needs. */
export async function pullFrom<T extends ListTables>(
  room: CatalogueRoom<T>,
  node: NodeId,
): Promise<void> {
  const { state } = await room.store.read((tx) => room.views.load(tx));
  let offer: CatalogueOffer;
  try {
    offer = await room.ports.net.fetchCatalogue(node, completeHave(state));
  } catch (error) {
    if (error instanceof PeerAway) return;
    throw error;
  }
  let waiting = await take(room, node, offer);
  // One edition after the other, each with its parts.
  for (let left = offer.editions.length; left > 0; left--) {
    const [first] = waiting;
    if (first === undefined || !(await fetchParts(room, node, first))) return;
    waiting = await take(room, node, { ...offer, heads: [], errata: [] });
  }
}

async function fetchParts<T extends ListTables>(
  room: CatalogueRoom<T>,
  node: NodeId,
  { edition, root }: WaitingEdition,
): Promise<boolean> {
  const members = activeMembers(root).map(({ party }) => party);
  const sources = (party: PartyId): readonly NodeId[] =>
    [...new Set([node, party, 'hub', ...members])].filter((one) => one !== selfOf(room));
  const checked = await checkAllParts(room, root, edition.signed, sources);
  if (checked.kind === 'faulty') {
    const { code } = checked.fault;
    room.ports.log.warn({ peer: node, refusal: code }, 'a published part does not hold');
  }
  if (checked.kind !== 'good') return false;
  room.ports.faults.point('catalogue/parts-fetched');
  await room.store.transaction(async (tx) => {
    for (const part of checked.texts) await tx.catalogue.addPart(part);
  });
  return true;
}

async function take<T extends ListTables>(
  room: CatalogueRoom<T>,
  node: NodeId,
  offer: CatalogueOffer,
): Promise<readonly WaitingEdition[]> {
  const { refusals, waiting } = await room.store.transaction(async (tx) =>
    takeOffer(room, tx, await room.views.load(tx), offer),
  );
  for (const { code } of refusals) {
    room.ports.log.info({ peer: node, refusal: code }, 'part of an offer of the list refused');
  }
  return waiting;
}
