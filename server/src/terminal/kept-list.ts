import {
  canonicalJson,
  editionShape,
  headShape,
  list,
  MAX_HEAD_LENGTH,
  parsePart,
  parseDocument,
  type HostList,
  type Part,
  type ParseResult,
} from '@tongyu/protocol';

const EDITIONS = 'editions';
const HEADS = 'heads';
const PART_PREFIX = 'part.';
const MAX_EDITIONS_LENGTH = 4_000_000;

/** What to write when the list goes from one state to the next; null for parts that are over. */
export function listChanges(
  before: HostList,
  after: HostList,
  changes: Map<string, string | null>,
): void {
  if (after === before) return;
  changes.set(EDITIONS, canonicalJson(after.catalogue.editions));
  changes.set(HEADS, canonicalJson(after.catalogue.heads));
  for (const [hash, part] of after.parts) {
    if (!before.parts.has(hash)) changes.set(PART_PREFIX + hash, canonicalJson(part));
  }
  for (const hash of before.parts.keys()) {
    if (!after.parts.has(hash)) changes.set(PART_PREFIX + hash, null);
  }
}

/** Reads the saved list; it was checked before it was saved, so only its form is looked at. */
export function readHostList(
  kept: ReadonlyMap<string, string>,
  readBy: <T>(name: string, parse: (text: string) => ParseResult<T>) => T | undefined,
): HostList {
  const parts = new Map<string, Part>();
  for (const name of kept.keys()) {
    if (!name.startsWith(PART_PREFIX)) continue;
    const part = readBy(name, parsePart);
    if (part !== undefined) parts.set(name.slice(PART_PREFIX.length), part);
  }
  const editions = readBy(EDITIONS, (text) =>
    parseDocument(list(editionShape, 0, 64), text, MAX_EDITIONS_LENGTH),
  );
  const heads = readBy(HEADS, (text) =>
    parseDocument(list(headShape, 0, 64), text, MAX_HEAD_LENGTH + 2),
  );
  return { catalogue: { editions: editions ?? [], heads: heads ?? [], errata: [] }, parts };
}
