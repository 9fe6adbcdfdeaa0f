import { fromHex, type UsedTag } from '@tongyu/protocol';
import type { TerminalParts } from './ports.ts';
import type { TerminalStore, UsedMark } from './terminal-store.ts';

/** Marks per transaction: a scan waits for at most one of them. */
const AT_ONCE = 100;

/**
 * Tags that the operator's other terminals accepted count here too (TRUST-6.4). In portions, so
 * that a scan never waits long; the cursor is saved with the last one, so that nothing is skipped.
 */
export async function mergeUsedTags(
  { store, ports }: TerminalParts,
  used: readonly UsedTag[],
  cursor: string,
): Promise<void> {
  const held = heldUsedCursor(store);
  if (used.length === 0 && (cursor === '' || cursor === held)) return;
  const marks = used.map(asMark).filter((mark) => mark !== undefined);
  for (let at = 0; at < marks.length; at += AT_ONCE) {
    const isLast = at + AT_ONCE >= marks.length;
    store.mergeUsed(marks.slice(at, at + AT_ONCE), isLast && cursor !== '' ? cursor : held);
    await ports.pause();
  }
  if (marks.length === 0) store.mergeUsed([], cursor);
}

/** How far the operator's feed of used tags was read; empty before the first time. */
export function heldUsedCursor(store: TerminalStore): string {
  return store.loadKept().get('usedCursor') ?? '';
}

function asMark({ issuer, tag, time }: UsedTag): UsedMark | undefined {
  const bytes = fromHex(tag);
  return bytes === undefined ? undefined : { issuer, tag: bytes, time };
}
