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
    held: withHeld ? held : null,
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
  await addAgreedTimes(set, trust, statement);
  return set;
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
  const missing = [{ ...first, lists: {} }, second, ...rest];
  await add('agreed-list-missing', 'a missing entry counts as 0', missing, same(NOW - 6));
}
