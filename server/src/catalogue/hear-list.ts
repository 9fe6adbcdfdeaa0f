import { EMPTY_CATALOGUE_OFFER, readShape, type CatalogueOffer } from '@tongyu/protocol';
import {
  applied,
  refused,
  type CatalogueMessageType,
  type PeerAnswer,
  type PeerHandlers,
} from '../peers/types.ts';
import { erratumPublishShape, headPublishShape, publishShape } from './edition-messages.ts';
import type { CatalogueRoom, ListTables } from './room.ts';
import { takeOffer } from './take-catalogue.ts';

type Heard = Extract<CatalogueMessageType, `${string}.publish`>;

/** What hub and cities take in alike: each thing's own signatures say whose it is. */
export function publishHandlers<T extends ListTables>(
  room: CatalogueRoom<T>,
): Pick<PeerHandlers<T>, Heard> {
  return {
    async 'edition.publish'(tx, message) {
      const read = readShape(publishShape, message.body);
      if (!read.ok) return refused('MALFORMED', read.path);
      return takeHeard(room, tx, { editions: [read.value.edition] });
    },
    async 'head.publish'(tx, message) {
      const read = readShape(headPublishShape, message.body);
      if (!read.ok) return refused('MALFORMED', read.path);
      return takeHeard(room, tx, { heads: [read.value.head] });
    },
    async 'erratum.publish'(tx, message) {
      const read = readShape(erratumPublishShape, message.body);
      if (!read.ok) return refused('MALFORMED', read.path);
      return takeHeard(room, tx, { errata: [read.value.erratum] });
    },
  };
}

/**
 * An edition is taken at once by who has looked at it as a candidate. Who has not fetches the parts
 * first; the pull does that, and needs no message for it.
 */
async function takeHeard<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  heard: Partial<CatalogueOffer>,
): Promise<PeerAnswer> {
  const view = await room.views.load(tx);
  const { refusals } = await takeOffer(room, tx, view, { ...EMPTY_CATALOGUE_OFFER, ...heard });
  const [refusal] = refusals;
  if (refusal === undefined) return applied();
  return refused(refusal.code, 'party' in refusal ? refusal.party : undefined);
}
