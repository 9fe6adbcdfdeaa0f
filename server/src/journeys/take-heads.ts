import { runChecks, verifyHead, type PartyId, type SignedHead } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { JourneyRoom } from './room.ts';

/**
 * The heads that came along with a claim, as far as the host's list key signed them. Those older
 * than the newest held one are kept; a newer one counts for this claim only, since it gets into the
 * list by the list's own way, which looks at more.
 */
export async function takeHeads<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  host: PartyId,
  heads: readonly SignedHead[],
): Promise<readonly SignedHead[]> {
  if (heads.length === 0) return [];
  const section = await room.peers.section(tx, host);
  const newest = await room.list.headAt(tx, host, Number.MAX_SAFE_INTEGER);
  const good: SignedHead[] = [];
  const seen = new Set<number>();
  for (const head of heads) {
    const { party, number } = head.signed;
    if (party !== host || seen.has(number)) continue;
    seen.add(number);
    // What is held of that number has been checked: nothing else counts under it.
    if ((await room.list.head(tx, host, number)) !== undefined) continue;
    const verified = runChecks(verifyHead(section, undefined, head), room.ports.verify);
    if (!verified.ok) continue;
    good.push(head);
    if (newest !== undefined && number < newest.signed.number) await room.list.keepHead(tx, head);
  }
  return good;
}
