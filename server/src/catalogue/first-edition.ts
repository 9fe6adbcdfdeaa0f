import {
  editionIdAt,
  type EditionId,
  type LocalText,
  type Part,
  type PartyId,
} from '@tongyu/protocol';
import type { FirstEntries } from './types.ts';

/** The first edition of a demonstration, which needs nobody's click. */
const FIRST: LocalText = { zhCN: '首版', zhTW: '首版', en: 'first edition' };

export function firstEditionId(now: number): EditionId {
  return editionIdAt(now);
}

export function firstPart(party: PartyId, edition: EditionId, entriesOf: FirstEntries): Part {
  const entries = [...entriesOf(party)].sort((a, b) => (a.id < b.id ? -1 : 1));
  const changes = entries.map(({ id }) => ({ entry: id, kind: 'added' as const, reason: FIRST }));
  return { type: 'tongyu.part', party, edition, entries, changes };
}
