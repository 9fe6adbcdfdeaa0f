import { documentText, type Json, type TimeStatement } from '@tongyu/protocol';
import {
  bundleContent,
  KEY_IDS,
  listSigner,
  MEMBERS,
  memberSigners,
  NOW,
  OBSERVER,
  rootContent,
  rootSigner,
  signed,
  timeContent,
  type SignerName,
} from './region.ts';
import { testKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

/** TIME-2: single statements, and the time on which several agree. */
export async function timeVectors(): Promise<VectorSet> {
  const set = new VectorSet('times');
  const root = rootContent();
  const bundle = await bundleContent(root);
  const trust = {
    root: set.document('root 1', documentText(await signed(root, memberSigners()))),
    bundle: set.document('bundle 12', documentText(await signed(bundle, memberSigners()))),
  };
  const textOf = async (content: TimeStatement, by: readonly SignerName[]): Promise<string> =>
    documentText(await signed(content, by));
  const statement = (party: string, time = NOW, parts: Partial<TimeStatement> = {}) =>
    timeContent(party, time, bundle, parts);
  const held = await textOf(statement('4201'), [listSigner('4201')]);
  const inputOf = async (content: TimeStatement, by: readonly SignerName[], withHeld: boolean) => ({
    ...trust,
    lists: HELD_LISTS,
    held: withHeld ? [held] : [],
    statement: await textOf(content, by),
  });
  const accept = async (id: string, content: TimeStatement, by: SignerName, withHeld = true) => {
    const input = await inputOf(content, [by], withHeld);
    set.accept(id, 'TIME-2.3', id, input, {}, { time: content.time });
  };
  const refuse = async (id: string, content: TimeStatement, refusal: string, by: SignerName) => {
    set.refuse(id, 'TIME-2.3', id, await inputOf(content, [by], true), {}, refusal);
  };
  const own = listSigner('4201');
  await accept('first', statement('4201'), own, false);
  await accept('same-again', statement('4201'), own);
  await accept('a-second-later', statement('4201', NOW + 1), own);
  await accept('sm2-list-key', statement('4201', NOW + 1), listSigner('4201', KEY_IDS.listSm2));
  const older = { bundle: { version: 11, hash: '1'.repeat(64) } };
  await accept('older-bundle', statement('4201', NOW + 1, older), own);
  const newer = { bundle: { version: 13, hash: '2'.repeat(64) } };
  await accept('newer-bundle', statement('4201', NOW + 1, newer), own);

  await refuse('a-second-earlier', statement('4201', NOW - 1), 'TIME_OLDER', own);
  await refuse('observer', statement(OBSERVER), 'TIME_NOT_MEMBER', listSigner(OBSERVER));
  await refuse('stranger', statement('5101'), 'TIME_NOT_MEMBER', listSigner('5101'));
  const invalid = 'TIME_SIGNATURE_INVALID';
  const next = statement('4201', NOW + 1);
  await refuse('by-neighbour', next, invalid, listSigner('3401'));
  await refuse('named-other', next, invalid, { ...own, by: '3401' });
  await refuse('by-forger', next, invalid, { ...own, key: testKey('forger') });
  await refuse('by-root-key', next, invalid, rootSigner('4201'));
  await refuse('by-issuer-key', next, invalid, listSigner('4201', KEY_IDS.issuer));
  await refuse('by-peer-key', next, invalid, listSigner('4201', KEY_IDS.peer));
  const farFuture = statement('4201', NOW + 100 * 86_400);
  await refuse('after-last-day-of-key', farFuture, invalid, own);
  const fork = { bundle: { version: 12, hash: '3'.repeat(64) } };
  await refuse('same-version-other-hash', statement('4201', NOW + 1, fork), 'TRUST_FORKED', own);
  await addOlder(set, trust, statement);
  await addAgreedTimes(set, trust, statement);
  return set;
}

/** The numbers that the region's time statements name. */
const HELD_LISTS = [{ party: '4301', number: 7 }];

/** TIME-2.3 and TIME-2.4: an older one is taken where the newer ones count for nothing. */
async function addOlder(
  set: VectorSet,
  trust: { readonly root: string; readonly bundle: string },
  statement: Statement,
): Promise<void> {
  const textOf = async (content: TimeStatement): Promise<string> =>
    documentText(await signed(content, [listSigner(content.party)]));
  const add = async (
    id: string,
    what: string,
    [now, ...held]: readonly TimeStatement[],
    refusal?: string,
  ): Promise<void> => {
    if (now === undefined) return;
    const texts = [];
    for (const content of held) texts.push(await textOf(content));
    const input = { ...trust, lists: HELD_LISTS, held: texts, statement: await textOf(now) };
    if (refusal === undefined) set.accept(id, 'TIME-2.3', what, input, {}, { time: now.time });
    else set.refuse(id, 'TIME-2.3', what, input, {}, refusal);
  };
  const at = (age: number, version = 12, list = 7, party = '4201'): TimeStatement => {
    const parts = { lists: { '4301': list } };
    if (version === 12) return statement(party, NOW - age, parts);
    return statement(party, NOW - age, { ...parts, bundle: { version, hash: '2'.repeat(64) } });
  };
  const newerBundle = at(0, 13);
  const ofBundle = 'older, and the newer ones know a newer bundle';
  await add('older-of-held-bundle', ofBundle, [at(60), newerBundle, at(90)]);
  await add('older-of-held-list', 'or a newer list', [at(60), at(0, 12, 8), at(90)]);
  const other = 'another member’s newer one is no matter';
  await add('older-than-another-members', other, [at(60), at(0, 12, 7, '4301')]);
  const replayed = 'older than the one that counts';
  await add('older-than-counting', replayed, [at(60), newerBundle, at(59)], 'TIME_OLDER');
  const apart = [at(0, 13, 8), at(10, 13), at(20, 12, 8)];
  const each = 'a newer one counts for the bundle, another one for the lists';
  await add('older-than-each', each, [at(60), ...apart], 'TIME_OLDER');
  const nothing = 'older, and it knows of newer bundle and list too';
  await add('older-of-nothing-held', nothing, [at(60, 13, 8), at(0, 14, 9)], 'TIME_OLDER');
}

type Statement = (party: string, time?: number, parts?: Partial<TimeStatement>) => TimeStatement;

/** TIME-2.4 and REV-4.3: input statements are all good; facts are the times they agree on. */
async function addAgreedTimes(
  set: VectorSet,
  trust: { readonly root: string; readonly bundle: string },
  statement: Statement,
): Promise<void> {
  const add = async (
    id: string,
    what: string,
    statements: readonly TimeStatement[],
    facts: Readonly<Record<string, Json>>,
  ): Promise<void> => {
    const texts = [];
    for (const content of statements) {
      texts.push(documentText(await signed(content, [listSigner(content.party)])));
    }
    const input = { ...trust, statements: texts, list: { party: '4301', number: 7 } };
    set.accept(id, 'TIME-2.4', what, input, {}, facts);
  };
  const at = (...ages: readonly number[]): TimeStatement[] =>
    ages.map((age, i) => statement(MEMBERS[i] ?? '', NOW - age));
  const same = (time: number | null) => ({ trustTime: time, listTime: time, signedTime: time });
  await add('agreed-none', 'no statement', [], same(null));
  await add('agreed-one', 'one statement of four members', at(5), same(null));
  await add('agreed-two', 'the older of two', at(5, 60), same(NOW - 60));
  await add('agreed-four', 'the second-newest of four', at(900, 5, 60, 7), same(NOW - 7));
  const ahead = at(-100_000, 60, 70, 80);
  await add('agreed-one-ahead', 'one clock far ahead moves nothing', ahead, same(NOW - 60));
  const silent = at(5, 100_000, 200_000);
  await add(
    'agreed-one-fresh',
    'one fresh member does not make it young',
    silent,
    same(NOW - 100_000),
  );
  const knowsNewer = { bundle: { version: 13, hash: '2'.repeat(64) } };
  const [first, second, ...rest] = at(5, 6, 50, 60);
  if (first === undefined || second === undefined) return;
  const newer = (of: TimeStatement): TimeStatement => ({ ...of, ...knowsNewer });
  const all = { listTime: NOW - 6, signedTime: NOW - 6 };
  const one = [newer(first), second, ...rest];
  await add('agreed-newer-known-by-one', 'it says nothing of ours', one, {
    ...all,
    trustTime: NOW - 50,
  });
  const two = [newer(first), newer(second), ...rest];
  await add('agreed-newer-known-by-two', 'neither do they', two, { ...all, trustTime: NOW - 60 });
  const three = two.map((content, i) => (i === 2 ? newer(content) : content));
  await add('agreed-newer-known-by-three', 'one is left', three, { ...all, trustTime: null });
  const lists = { lists: { '4301': 8 } };
  const listNewer = [{ ...first, ...lists }, second, ...rest];
  const listFacts = { trustTime: NOW - 6, signedTime: NOW - 6, listTime: NOW - 50 };
  await add('agreed-list-newer', 'a newer list is known by one', listNewer, listFacts);
  const before = at(300, 400, 500);
  await add(
    'agreed-newer-known-minutes-ago',
    'what they said before counts until the newer bundle is here',
    [...three, ...before],
    { ...all, trustTime: NOW - 300 },
  );
  const ofNewerList = [first, second, ...rest].map((content, i) =>
    i === 3 ? content : { ...content, ...lists },
  );
  await add(
    'agreed-newer-list-known-minutes-ago',
    'and what they said before they knew a newer list',
    [...ofNewerList, ...before],
    { trustTime: NOW - 6, signedTime: NOW - 6, listTime: NOW - 300 },
  );
  const missing = [{ ...first, lists: {} }, second, ...rest];
  await add('agreed-list-missing', 'a missing entry counts as 0', missing, same(NOW - 6));
}
