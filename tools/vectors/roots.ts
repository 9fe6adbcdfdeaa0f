import {
  documentHash,
  documentText,
  type KeyEntry,
  type Root,
  type RootParty,
  type SignedRoot,
} from '@tongyu/protocol';
import {
  keyEntry,
  memberSigners,
  NOON,
  OBSERVER,
  rootContent,
  rootKey,
  rootParty,
  rootSigner,
  signed,
  type SignerName,
} from './region.ts';
import { testKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

/** TRUST-2: the first root against the pinned hash, and one step forward. */
export async function rootVectors(): Promise<VectorSet> {
  const set = new VectorSet('roots');
  await addFirst(set);
  await addForm(set);
  const stage = await createStage(set);
  await addOrdinarySteps(stage);
  await addKeyChanges(stage);
  await addAccessions(stage);
  await addRemovals(stage);
  return set;
}

async function addFirst(set: VectorSet): Promise<void> {
  const content = rootContent();
  const good = await signed(content, memberSigners());
  const pinned = documentHash(content);
  const input = { first: documentText(good), pinnedHash: pinned };
  const clause = 'TRUST-2.4';
  set.accept('first', clause, 'signed by all four', input, {}, { number: 1, hash: pinned });
  const refuse = (id: string, root: SignedRoot, hash: string, refusal: string, more = {}): void => {
    const text = documentText(root);
    set.refuse(id, clause, id, { first: text, pinnedHash: hash }, {}, refusal, more);
  };
  refuse('first-other-pin', good, '0'.repeat(64), 'ROOT_NOT_PINNED');
  const three = await signed(content, memberSigners(3));
  refuse('first-three-of-four', three, pinned, 'ROOT_UNSIGNED', { party: '4301' });
  const forged = await signed(content, [
    ...memberSigners(3),
    { by: '4301', keyId: 1, key: testKey('forger') },
  ]);
  refuse('first-one-forged', forged, pinned, 'ROOT_UNSIGNED', { party: '4301' });
  const second = await signed(rootContent({ number: 2 }), memberSigners());
  refuse('first-number-2', second, documentHash(second.signed), 'ROOT_NUMBER');
  const after = await signed(rootContent({ previous: '0'.repeat(64) }), memberSigners());
  refuse('first-with-previous', after, documentHash(after.signed), 'ROOT_NUMBER');
  const spaced = documentText(good).replace('{"signatures"', '{ "signatures"');
  const space = { first: spaced, pinnedHash: pinned };
  set.refuse('first-not-canonical', 'TRUST-1.2', 'a space inside', space, {}, 'MALFORMED');
  const extra = documentText(good).replace('"hub":', '"extra":1,"hub":');
  const member = { first: extra, pinnedHash: pinned };
  set.refuse('first-extra-member', 'TRUST-1.1', 'an extra member', member, {}, 'MALFORMED');
}

async function addForm(set: VectorSet): Promise<void> {
  const base = rootContent();
  const forms: readonly (readonly [string, Root, string])[] = [
    ['form-unsorted', { ...base, parties: [...base.parties].reverse() }, 'ROOT_PARTIES'],
    ['form-twice', { ...base, parties: [rootParty('3401'), ...base.parties] }, 'ROOT_PARTIES'],
    ['form-keyless', changeParty(base, '3601', { rootKeys: [] }), 'ROOT_PARTIES'],
    ['form-key-id-twice', changeParty(base, '3601', { rootKeys: twoKeys(1, 1) }), 'ROOT_PARTIES'],
    [
      'form-key-id-twice-observer',
      changeParty(base, OBSERVER, { rootKeys: twoKeys(1, 1) }),
      'ROOT_PARTIES',
    ],
    ['form-threshold-2', { ...base, threshold: 2 }, 'ROOT_THRESHOLD'],
    ['form-threshold-4', { ...base, threshold: 4 }, 'ROOT_THRESHOLD'],
    ['form-no-member', withoutMembers(base), 'ROOT_THRESHOLD'],
  ];
  for (const [id, content, refusal] of forms) {
    const text = documentText(await signed(content, memberSigners()));
    const input = { first: text, pinnedHash: documentHash(content) };
    set.refuse(id, 'TRUST-2.3', id, input, {}, refusal);
  }
}

/** Two keys of which one is the first root key of 3601. */
function twoKeys(first: number, second: number): readonly KeyEntry[] {
  return [keyEntry(first, rootKey('3601')), keyEntry(second, rootKey('3601', 2))];
}

type Stage = {
  readonly base: Root;
  readonly accept: (
    id: string,
    what: string,
    content: Root,
    signers: readonly SignerName[],
  ) => Promise<void>;
  readonly refuse: (
    id: string,
    what: string,
    content: Root,
    signers: readonly SignerName[],
    refusal: string,
    party?: string,
    held?: Root,
  ) => Promise<void>;
};

/** Steps from a held root, number 1 unless said otherwise. */
async function createStage(set: VectorSet): Promise<Stage> {
  const base = rootContent();
  const current = documentText(await signed(base, memberSigners()));
  const inputOf = async (content: Root, signers: readonly SignerName[], held?: Root) => ({
    current:
      held === undefined
        ? set.document('root 1', current)
        : documentText(await signed(held, memberSigners())),
    next: documentText(await signed(content, signers)),
  });
  const clause = 'TRUST-2.5';
  return {
    base,
    accept: async (id, what, content, signers) => {
      const facts = { number: content.number, hash: documentHash(content) };
      set.accept(id, clause, what, await inputOf(content, signers), {}, facts);
    },
    refuse: async (id, what, content, signers, refusal, party, held) => {
      const input = await inputOf(content, signers, held);
      set.refuse(id, clause, what, input, {}, refusal, party === undefined ? {} : { party });
    },
  };
}

/** The next root after `base`, with a threshold that fits unless one is given. */
function next(base: Root, parts: Partial<Root> = {}): Root {
  return rootContent({ number: 2, previous: documentHash(base), made: NOON, ...parts });
}

function changeParty(root: Root, party: string, parts: Partial<RootParty>): Root {
  const parties = root.parties.map((p) => (p.party === party ? { ...p, ...parts } : p));
  return { ...root, parties };
}

function partiesWith(base: Root, party: string, parts: Partial<RootParty>): readonly RootParty[] {
  return changeParty(base, party, parts).parties;
}

function withoutMembers(root: Root): Root {
  const parties = root.parties.map((entry) => ({ ...entry, role: 'observer' as const }));
  return { ...root, parties, threshold: 1 };
}

async function addOrdinarySteps({ base, accept, refuse }: Stage): Promise<void> {
  const hub = { url: 'https://hub2.example', peerKey: base.hub.peerKey };
  const moved = next(base, { hub });
  await accept('hub-moves', 'the hub moves, three of four sign', moved, memberSigners(3));
  const two = memberSigners(2);
  await refuse('two-of-four', 'below the threshold', moved, two, 'ROOT_UNSIGNED');
  const twice = [rootSigner('3401'), rootSigner('3601'), rootSigner('3401')];
  await refuse('signed-twice', 'a signer counts once', moved, twice, 'ROOT_UNSIGNED');
  const observer = [...two, rootSigner(OBSERVER)];
  await refuse('observer-signs', 'an observer has no vote', moved, observer, 'ROOT_UNSIGNED');
  const all = memberSigners();
  const skip = next(base, { number: 3 });
  await refuse('number-skipped', 'a number is skipped', skip, all, 'ROOT_NUMBER');
  const strange = next(base, { previous: '0'.repeat(64) });
  await refuse('previous-other', 'follows another root', strange, all, 'ROOT_PREVIOUS');
  const orphan = next(base, { previous: null });
  await refuse('previous-null', 'follows none', orphan, all, 'ROOT_PREVIOUS');
  const fork = rootContent({ hub });
  await refuse('forked', 'number 1 with other content', fork, all, 'TRUST_FORKED');
  const low = next(base, { hub, threshold: 2 });
  await refuse('threshold-lowered', 'a lower threshold', low, all, 'ROOT_THRESHOLD');
}

async function addKeyChanges({ base, accept, refuse }: Stage): Promise<void> {
  const newKeys = [keyEntry(2, rootKey('4301', 2))];
  const changed = next(base, { parties: partiesWith(base, '4301', { rootKeys: newKeys }) });
  const three = memberSigners(3);
  const own = [...three, rootSigner('4301', 1)];
  await accept('key-change', 'signed with its own old key', changed, own);
  const refusal = 'ROOT_KEY_CHANGE_UNSIGNED';
  const what = 'three cities put a root key under the fourth';
  await refuse('key-under-fourth', what, changed, three, refusal, '4301');
  const byNew = [...three, rootSigner('4301', 2)];
  await refuse('key-by-new-key', 'the new key vouches for itself', changed, byNew, refusal, '4301');
  const added = [keyEntry(1, rootKey('4301')), ...newKeys];
  const second = next(base, { parties: partiesWith(base, '4301', { rootKeys: added }) });
  await refuse('key-added', 'a second key added by others', second, three, refusal, '4301');
  const suspendedParts = { rootKeys: newKeys, status: 'suspended' as const };
  const suspended = next(base, { parties: partiesWith(base, '4301', suspendedParts) });
  const both = 'suspended, and its key changed, in one step';
  await refuse('key-with-suspension', both, suspended, three, refusal, '4301');
  const observerKeys = { rootKeys: [keyEntry(2, rootKey(OBSERVER, 2))] };
  const observer = next(base, { parties: partiesWith(base, OBSERVER, observerKeys) });
  await refuse(
    'key-of-observer',
    "an observer's key",
    observer,
    memberSigners(),
    refusal,
    OBSERVER,
  );
  const signedByIt = [...memberSigners(), rootSigner(OBSERVER)];
  await accept('key-of-observer-signed', 'an observer changes its key', observer, signedByIt);
  const first = { rootKeys: [keyEntry(1, rootKey('4306'))] };
  const firstKey = next(base, { parties: partiesWith(base, '4306', first) });
  await accept('key-first', 'an observer gets its first key', firstKey, memberSigners(3));
  await addKeyOrder(refuse);
}

async function addKeyOrder(refuse: Stage['refuse']): Promise<void> {
  const withTwo = (parts: Partial<Root>, rootKeys: readonly KeyEntry[]): Root =>
    changeParty(rootContent(parts), '3601', { rootKeys });
  const held = withTwo({}, twoKeys(1, 2));
  const turned = withTwo(
    { number: 2, previous: documentHash(held), made: NOON },
    [...twoKeys(1, 2)].reverse(),
  );
  const others = memberSigners().filter(({ by }) => by !== '3601');
  const what = 'another order is another list';
  await refuse('key-order', what, turned, others, 'ROOT_KEY_CHANGE_UNSIGNED', '3601', held);
}

async function addAccessions({ base, accept, refuse }: Stage): Promise<void> {
  const joined = next(base, { parties: partiesWith(base, OBSERVER, { role: 'member' }) });
  const all = memberSigners();
  const newcomer = rootSigner(OBSERVER);
  await accept('accession', 'all members and the newcomer sign', joined, [...all, newcomer]);
  const refusal = 'ROOT_ACCESSION_UNSIGNED';
  const three = [...memberSigners(3), newcomer];
  await refuse('accession-one-missing', 'one member has not', joined, three, refusal, '4301');
  await refuse('accession-not-asked', 'the newcomer has not', joined, all, refusal, OBSERVER);
  const forged = [...all, { ...newcomer, key: testKey('forger') }];
  await refuse('accession-forged', 'somebody signs for it', joined, forged, refusal, OBSERVER);
  const keyless = next(base, { parties: partiesWith(base, '4306', { role: 'member' }) });
  await refuse('accession-keyless', 'without a root key', keyless, all, 'ROOT_PARTIES', '4306');
}

async function addRemovals({ base, accept, refuse }: Stage): Promise<void> {
  const status = 'suspended' as const;
  const suspended = next(base, { parties: partiesWith(base, '4301', { status }) });
  await accept('suspension', 'all three others sign', suspended, memberSigners(3));
  const refusal = 'ROOT_REMOVAL_UNSIGNED';
  const two = memberSigners(2);
  await refuse('suspension-by-two', 'one other has not', suspended, two, refusal, '4201');
  const itself = [...two, rootSigner('4301')];
  await refuse('suspension-itself', 'its own vote is none', suspended, itself, refusal, '4201');
  const left = next(base, { parties: partiesWith(base, '4301', { role: 'observer' }) });
  await accept('withdrawal', 'a member becomes an observer', left, memberSigners(3));
  const emptied = { role: 'observer' as const, rootKeys: [] };
  const bare = next(base, { parties: partiesWith(base, '4301', emptied) });
  await accept('withdrawal-keyless', 'and is left without keys', bare, memberSigners(3));
  const gone = next(base, { parties: base.parties.filter((p) => p.party !== '4301') });
  await accept('removal', 'a member leaves the root', gone, memberSigners(3));
  const half = next(base, {
    parties: base.parties.map((p) =>
      p.party > '3999' && p.role === 'member' ? { ...p, status } : p,
    ),
  });
  await refuse('removal-of-half', 'two put out two', half, memberSigners(), refusal);
}
