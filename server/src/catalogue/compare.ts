import type { Edition, PartyId } from '@tongyu/protocol';
import { compareParts, type Comparison, type PartyComparison } from './compare-parts.ts';
import { openingOf } from './catalogue-view.ts';
import { done, refuse, type CatalogueResult } from './refusals.ts';
import type { CatalogueRoom, ListTables } from './room.ts';

/**
 * What an edition changes, city by city: of a candidate or a published one all parts, of an open
 * one those that have been handed in so far, at a city its own.
 */
export async function compareEdition<T extends ListTables>(
  room: CatalogueRoom<T>,
  number: number,
): Promise<CatalogueResult<Comparison>> {
  const view = await room.store.read((tx) => room.views.load(tx));
  const opening = openingOf(view, number);
  const published = view.state.editions.find(({ signed }) => signed.number === number)?.signed;
  const edition = published ?? opening?.edition ?? undefined;
  const named = edition ?? opening;
  if (named === undefined) return refuse('EDITION_UNKNOWN');
  const given =
    edition?.parts ?? opening?.submissions.filter(({ state }) => state !== 'faulty') ?? [];
  const before = view.state.editions.find(
    ({ signed }) => signed.number === named.previous?.number,
  )?.signed;
  const feedback = await room.feedback?.();
  const parties: PartyComparison[] = [];
  for (const party of partiesOf(given, before)) {
    await room.ports.breathe();
    const part = given.find((one) => one.party === party);
    const [was, now] = await room.store.read(async (tx) => {
      const earlier = before?.parts.find((one) => one.party === party);
      return [
        earlier === undefined ? undefined : await room.shelf.load(tx, earlier.hash),
        part === undefined ? undefined : await room.shelf.load(tx, part.hash),
      ];
    });
    const after = part === undefined || now === undefined ? undefined : { ...part, part: now };
    parties.push(compareParts(party, was, after, feedback));
  }
  const { id, previous } = named;
  return done({ number, id, previous, parties });
}

function partiesOf(
  given: readonly { readonly party: PartyId }[],
  before: Edition | undefined,
): readonly PartyId[] {
  const all = [...given, ...(before?.parts ?? [])].map(({ party }) => party);
  return [...new Set(all)].sort();
}
