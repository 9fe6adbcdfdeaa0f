import {
  bundleShape,
  canonicalJson,
  documentText,
  emptyTrust,
  fromBase64Url,
  list,
  MAX_BUNDLE_LENGTH,
  parseDocument,
  parseRevocationList,
  rootShape,
  sectionShape,
  timeStatementsShape,
  toBase64Url,
  type HeldList,
  type HostList,
  type ParseResult,
  type Shape,
  type TrustState,
} from '@tongyu/protocol';
import { listChanges, readHostList } from './kept-list.ts';
import { StoreUnusable } from './terminal-store.ts';

/** What a terminal has checked and saved: trust, and its host city's part of the service list. */
export type KeptTrust = {
  readonly state: TrustState;
  readonly list: HostList;
};

const LIST_PREFIX = 'list.';
const MAX_MANY_LENGTH = 4_000_000;

/** What to write when the trust goes from one state to the next; unchanged parts are left out. */
export function trustChanges(before: KeptTrust, after: KeptTrust): Map<string, string | null> {
  const changes = new Map<string, string | null>();
  const [was, now] = [before.state, after.state];
  changes.set('pinnedRootHash', now.pinnedRootHash);
  changes.set('highestSignedTime', String(now.highestSignedTime));
  if (now.root !== was.root && now.root !== undefined) {
    changes.set('root', documentText(now.root));
  }
  if (now.bundle !== was.bundle && now.bundle !== undefined) {
    changes.set('bundle', documentText(now.bundle));
  }
  if (now.revokingSections !== was.revokingSections) {
    changes.set('revokingSections', canonicalJson(now.revokingSections));
  }
  if (now.times !== was.times) changes.set('times', canonicalJson(now.times));
  for (const held of now.lists) {
    if (!was.lists.includes(held)) changes.set(LIST_PREFIX + held.party, toBase64Url(held.bytes));
  }
  listChanges(before.list, after.list, changes);
  return changes;
}

/**
 * Reads the saved trust. It was checked before it was saved, so only its form is looked at. Throws
 * `StoreUnusable` when it is damaged or belongs to another region.
 */
export function readKeptTrust(
  kept: ReadonlyMap<string, string>,
  pinnedRootHash: string,
): KeptTrust {
  const pinned = kept.get('pinnedRootHash');
  if (pinned !== undefined && pinned !== pinnedRootHash) {
    throw new StoreUnusable(
      `The data folder holds the trust of another root (${pinned}); ` +
        'start with its pin, or with another folder.',
    );
  }
  const readBy = <T>(name: string, parse: (text: string) => ParseResult<T>): T | undefined => {
    const text = kept.get(name);
    if (text === undefined) return undefined;
    const parsed = parse(text);
    if (!parsed.ok) throw new StoreUnusable(`The saved ${name} is damaged; it was left as it is.`);
    return parsed.value;
  };
  const read = <T>(name: string, shape: Shape<T>, maxLength: number): T | undefined =>
    readBy(name, (text) => parseDocument(shape, text, maxLength));
  const state: TrustState = {
    ...emptyTrust(pinnedRootHash),
    root: read('root', rootShape, MAX_BUNDLE_LENGTH),
    bundle: read('bundle', bundleShape, MAX_BUNDLE_LENGTH),
    revokingSections: read('revokingSections', list(sectionShape, 0, 64), MAX_MANY_LENGTH) ?? [],
    times: read('times', timeStatementsShape, MAX_MANY_LENGTH) ?? [],
    lists: readLists(kept),
    highestSignedTime: Number(kept.get('highestSignedTime') ?? 0),
  };
  return { state, list: readHostList(kept, readBy) };
}

function readLists(kept: ReadonlyMap<string, string>): readonly HeldList[] {
  const lists: HeldList[] = [];
  for (const [name, text] of kept) {
    if (!name.startsWith(LIST_PREFIX)) continue;
    const bytes = fromBase64Url(text);
    const parsed = bytes === undefined ? undefined : parseRevocationList(bytes);
    if (bytes === undefined || parsed === undefined) {
      throw new StoreUnusable(`The saved ${name} is damaged; it was left as it is.`);
    }
    lists.push({ party: parsed.issuer, number: parsed.number, bytes });
  }
  return lists;
}
