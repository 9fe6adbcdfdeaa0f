import { changesFault } from '@tongyu/domain';
import {
  verifyParsedPart,
  type Checked,
  type Edition,
  type EditionId,
  type NamedPart,
  type NodeId,
  type Part,
  type PartyId,
  type Root,
} from '@tongyu/protocol';
import { PeerAway } from '../peers/types.ts';
import type { CandidateFault, CatalogueTables, PartRow } from '../store/catalogue-tables.ts';
import { hashOfPartText } from './part-shelf.ts';
import type { CatalogueRoom, ListTables } from './room.ts';

/** So many signatures or so, and others get their turn. */
const CHECKS_PER_TURN = 32;

/** Runs a long computation without holding up whatever else the process has to do. */
async function runInTurns<R, T extends ListTables>(
  room: CatalogueRoom<T>,
  steps: Checked<R>,
): Promise<R> {
  let step = steps.next();
  for (let count = 1; step.done !== true; count++) {
    if (count % CHECKS_PER_TURN === 0) await room.ports.breathe();
    step = steps.next(room.ports.verify(step.value));
  }
  return step.value;
}

/**
 * The text of a part: the own one, or from the first of these nodes that has it. What does not have
 * the hash that was asked for is nobody's part, and the next one is asked. Undefined when nobody
 * has it now.
 */
export async function fetchPartText<T extends ListTables>(
  room: CatalogueRoom<T>,
  hash: string,
  from: readonly NodeId[],
): Promise<string | undefined> {
  const own = await room.store.read((tx) => tx.catalogue.partText(hash));
  if (own !== undefined) return own;
  for (const node of from) {
    try {
      const text = await room.ports.net.fetchPart(node, hash);
      if (hashOfPartText(text) === hash) return text;
      room.ports.log.warn(
        { peer: node, refusal: 'PART_DIFFERS' },
        'a part is not the one asked for',
      );
    } catch (error) {
      if (!(error instanceof PeerAway)) throw error;
    }
  }
  return undefined;
}

/** What a part is compared with: the same city's part of the edition before. */
export type Before = { readonly part: Part | undefined };

/**
 * All that makes a part good whoever made it: form, entries, fundings (LIST-3.4), and a reason for
 * each change (LIST-3.7). Undefined when it is.
 * @param before undefined: it is not asked for reasons, as they have been looked at by all members
 */
export async function findPartFault<T extends ListTables>(
  room: CatalogueRoom<T>,
  root: Root,
  edition: EditionId,
  named: NamedPart,
  text: string,
  before: Before | undefined,
): Promise<CandidateFault | undefined> {
  const { party } = named;
  await room.ports.breathe();
  const read = room.shelf.read(named.hash, text);
  if (!read.ok) return { ...read.refusal, party };
  await room.ports.breathe();
  const verified = await runInTurns(room, verifyParsedPart(root, edition, named, read.part));
  if (!verified.ok) return verified.refusal;
  if (before === undefined) return undefined;
  await room.ports.breathe();
  const change = changesFault(before.part, read.part);
  return change === undefined ? undefined : { ...change, party };
}

/** A city's part of the edition that another one follows. */
export async function partBefore<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: CatalogueTables,
  previous: Pick<Edition, 'parts'> | undefined,
  party: PartyId,
): Promise<Before> {
  const named = previous?.parts.find((part) => part.party === party);
  return { part: named === undefined ? undefined : await room.shelf.load(tx, named.hash) };
}

/**
 * Fetches and checks every part that an edition names. `missing`: some could not be had now.
 * @param before what each city's part is compared with
 */
export async function checkAllParts<T extends ListTables>(
  room: CatalogueRoom<T>,
  root: Root,
  edition: Edition,
  sources: (party: PartyId) => readonly NodeId[],
  before?: (party: PartyId) => Promise<Before>,
): Promise<CheckedParts> {
  const texts: PartRow[] = [];
  for (const named of edition.parts) {
    const text = await fetchPartText(room, named.hash, sources(named.party));
    room.ports.faults.point('catalogue/part-fetched');
    if (text === undefined) return { kind: 'missing', party: named.party };
    const earlier = await before?.(named.party);
    const fault = await findPartFault(room, root, edition.id, named, text, earlier);
    if (fault !== undefined) return { kind: 'faulty', fault };
    texts.push({ hash: named.hash, party: named.party, text });
  }
  return { kind: 'good', texts };
}

export type CheckedParts =
  | { readonly kind: 'good'; readonly texts: readonly PartRow[] }
  | { readonly kind: 'faulty'; readonly fault: CandidateFault }
  | { readonly kind: 'missing'; readonly party: PartyId };
