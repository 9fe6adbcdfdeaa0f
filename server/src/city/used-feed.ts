import { MAX_USED_TAGS, type UsedTag } from '@tongyu/protocol';
import type { CityTables, TerminalRow } from '../store/city-tables.ts';
import type { CityRoom } from './ports.ts';

export type UsedFeed = { readonly used: readonly UsedTag[]; readonly cursor: string };

export const NO_FEED: UsedFeed = { used: [], cursor: '' };

/**
 * Tags that other terminals of the same operator have accepted since the cursor (CODE-7.5). It
 * counts per operator; one that the node did not make begins anew.
 */
export async function usedAfter<Tx extends CityTables>(
  room: CityRoom<Tx>,
  terminal: TerminalRow | undefined,
  cursor: string | undefined,
): Promise<UsedFeed> {
  if (terminal === undefined || cursor === undefined) return NO_FEED;
  const after = /^[0-9]{1,15}$/.test(cursor) ? Number(cursor) : 0;
  const rows = await room.store.read((tx) => tx.city.used(terminal.operator, after, MAX_USED_TAGS));
  const used = rows
    .filter((row) => row.terminal !== terminal.id)
    .map(({ issuer, tag, time }) => ({ issuer, tag, time }));
  return { used, cursor: String(rows.at(-1)?.sequence ?? after) };
}
