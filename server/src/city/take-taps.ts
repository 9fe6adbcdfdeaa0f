import { createHash } from 'node:crypto';
import { canonicalJson, readShape, tapShape, type Json } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import { checkTaps } from './check-taps.ts';
import type { InOrder } from './in-order.ts';
import type { CityRoom } from './ports.ts';
import { recordTaps } from './record-taps.ts';
import { refused, type ReadTap, type Results, type UploadAnswer } from './tap-results.ts';
import { usedAfter } from './used-feed.ts';

/**
 * Takes a terminal's taps in (TAP-3): each one on its own, so that a bad one holds up no other.
 * What
 * is answered `accepted` is committed; sending it again answers `duplicate` and changes nothing.
 *
 * @param usedCursor from where on the terminal wants its operator's used tags; none when undefined
 */
export async function takeTaps<Tx extends CityTables>(
  room: CityRoom<Tx>,
  inOrder: InOrder,
  batch: readonly Json[],
  usedCursor?: string,
): Promise<UploadAnswer> {
  const now = room.ports.clock.now();
  const results: Results = new Map();
  const read = await readTaps(room, batch, results);
  const { checked, known } = await checkTaps(room, read, results);
  if (checked.length + known.length > 0) {
    await inOrder(() => recordTaps(room, checked, known, now, results));
    room.ports.faults.point('taps/after-commit');
    room.peers.kick();
  }
  const feed = await usedAfter(room, checked[0]?.terminal, usedCursor);
  return {
    results: batch.map((_, index) => results.get(index) ?? refused(1, 'MALFORMED', null)),
    used: feed.used,
    usedCursor: feed.cursor,
    serverTime: now,
  };
}

/** Taps between two turns of the event loop while their form is read. */
const READS_PER_TURN = 100;

async function readTaps<Tx extends CityTables>(
  room: CityRoom<Tx>,
  batch: readonly Json[],
  results: Results,
): Promise<readonly ReadTap[]> {
  const read: ReadTap[] = [];
  for (const [index, json] of batch.entries()) {
    if (index % READS_PER_TURN === READS_PER_TURN - 1) await room.ports.breathe();
    const shaped = readShape(tapShape, json);
    if (shaped.ok) {
      const contentText = canonicalJson(shaped.value.signed);
      const hash = createHash('sha256').update(contentText).digest('hex');
      read.push({ index, tap: shaped.value, contentText, hash });
    } else results.set(index, refused(numberIn(json), 'MALFORMED', shaped.path));
  }
  return read;
}

/** The number of a malformed tap, so that its terminal can list it; 1 when even that is missing. */
function numberIn(json: Json): number {
  const signed = (json as { readonly signed?: { readonly number?: unknown } | null } | null)
    ?.signed;
  const number = signed?.number;
  const isOne = typeof number === 'number' && Number.isSafeInteger(number);
  return isOne && number > 0 && number <= 2 ** 48 ? number : 1;
}
