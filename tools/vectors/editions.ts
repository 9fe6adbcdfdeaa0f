import {
  documentHash,
  documentText,
  startOfDate,
  type Edition,
  type Root,
  type SignedEdition,
} from '@tongyu/protocol';
import {
  editionContent,
  namedPartOf,
  nextEditionContent,
  partContent,
} from './catalogue-region.ts';
import {
  keyEntry,
  memberSigners,
  OBSERVER,
  rootContent,
  rootKey,
  rootParty,
  rootSigner,
  signed,
  STRANGER,
  type SignerName,
} from './region.ts';
import { testKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

type Wanted = {
  readonly clause?: string;
  readonly what?: string;
  /** Names of documents: the held root, those before it, the held edition. */
  readonly root?: string;
  readonly earlier?: readonly string[];
  readonly held?: string | null;
  readonly by?: readonly SignerName[];
};

type Stage = {
  readonly accept: (id: string, content: Edition, wanted?: Wanted) => Promise<void>;
  readonly refuse: (
    id: string,
    content: Edition,
    refusal: string,
    party?: string | null,
    wanted?: Wanted,
  ) => Promise<void>;
};

const root1 = rootContent();
/** After root 1 the hub moves; after root 2 the observer joins, and 4301 changes its key. */
const root2 = rootContent({
  number: 2,
  previous: documentHash(root1),
  hub: { ...root1.hub, url: 'https://hub2.example' },
});
const root3 = rootContent({
  number: 3,
  previous: documentHash(root2),
  parties: root2.parties.map((entry) => {
    if (entry.party === OBSERVER) return rootParty(OBSERVER);
    if (entry.party !== '4301') return entry;
    return { ...entry, rootKeys: [keyEntry(2, rootKey('4301', 2))] };
  }),
});
/** What a liar would have as number 1: the same members and keys, other words. */
const otherRoot1 = rootContent({ made: root1.made + 1 });

const base = editionContent();
const next = nextEditionContent(base);
const ofRoot2 = editionContent({}, root2);
const all = memberSigners();

/** LIST-3.5, LIST-3.6: an edition against the held root and the held edition. */
export async function editionVectors(): Promise<VectorSet> {
  const set = new VectorSet('editions');
  const roots = { 'root 1': root1, 'root 2': root2, 'root 3': root3, 'other root 1': otherRoot1 };
  for (const [name, root] of Object.entries(roots)) {
    set.document(name, documentText(await signed<Root>(root, all)));
  }
  set.document('edition 3', documentText(await signed(base, all)));
  set.document('edition 3 of root 2', documentText(await signed(ofRoot2, all)));
  set.document('edition 4', documentText(await signed(next, all)));
  const inputOf = (edition: SignedEdition | string, wanted: Wanted) => {
    const { root = 'root 1', earlier = [], held = null } = wanted;
    return {
      ...{ root, earlier, held },
      edition: typeof edition === 'string' ? edition : documentText(edition),
    };
  };
  const stage: Stage = {
    accept: async (id, content, wanted = {}) => {
      const input = inputOf(await signed(content, wanted.by ?? all), wanted);
      const facts = { number: content.number, hash: documentHash(content) };
      const { clause = 'LIST-3.6', what = id } = wanted;
      set.accept(id, clause, what, input, {}, { ...facts, root: content.root.number });
    },
    refuse: async (id, content, refusal, party = null, wanted = {}) => {
      const input = inputOf(await signed(content, wanted.by ?? all), wanted);
      const { clause = 'LIST-3.6', what = id } = wanted;
      set.refuse(id, clause, what, input, {}, refusal, party === null ? {} : { party });
    },
  };
  await addSteps(stage);
  await addRoots(stage);
  await addForm(stage);
  await addSignatures(stage);
  await addPrecedence(stage);
  const good = documentText(await signed(base, all));
  const odd: readonly (readonly [string, string, string])[] = [
    ['space-inside', '{"signatures"', '{ "signatures"'],
    ['member-extra', '"opened":', '"open":1,"opened":'],
    ['id-h3', '"id":"2027-H1"', '"id":"2027-H3"'],
    ['id-of-1999', '"id":"2027-H1"', '"id":"1999-H1"'],
    ['number-0', '"number":3', '"number":0'],
    ['hash-upper-case', '"hash":"', '"hash":"A'],
    ['no-signature', good.slice(0, good.indexOf('"signed"')), '{"signatures":[],'],
  ];
  for (const [id, from, to] of odd) {
    const input = inputOf(good.replace(from, to), {});
    set.refuse(id, 'LIST-3.2', id, input, {}, 'MALFORMED');
  }
  const changed: readonly (readonly [string, string, string])[] = [
    ['byte-changed-in-a-hash', base.parts[2]?.hash ?? '', '0'.repeat(64)],
    ['byte-changed-in-a-time', `"made":${String(base.made)}`, `"made":${String(base.made + 1)}`],
    ['byte-changed-in-a-count', '"count":2', '"count":3'],
  ];
  for (const [id, from, to] of changed) {
    const input = inputOf(good.replace(from, to), {});
    set.refuse(id, 'LIST-3.6', id, input, {}, 'EDITION_UNSIGNED', { party: '3401' });
  }
  return set;
}

async function addSteps({ accept, refuse }: Stage): Promise<void> {
  const held = 'edition 3';
  await accept('first', base);
  await accept('first-with-previous', next, { what: 'a consumer that holds none takes any' });
  await accept('same-again', base, { held });
  await accept('next', next, { held });
  await accept('number-skipped', { ...next, number: 9 }, { held });
  const inThreeYears = { ...next, id: '2030-H1', effectiveFrom: startOfDate('2030-01-01') };
  await accept('half-years-skipped', inThreeYears, { held });
  await accept('early', { ...next, effectiveFrom: base.effectiveFrom + 1 }, { held });
  const older = { ...base, number: 2 };
  await refuse('rolled-back', older, 'EDITION_OLDER', null, { held });
  await refuse('rolled-back-whole', base, 'EDITION_OLDER', null, { held: 'edition 4' });
  await refuse('forked', { ...base, made: base.made + 1 }, 'TRUST_FORKED', null, { held });
  const previous = (parts: Partial<Edition>) => ({ ...next, ...parts });
  const wrong: readonly (readonly [string, Edition])[] = [
    ['previous-other-hash', previous({ previous: { number: 3, hash: '0'.repeat(64) } })],
    ['previous-other-number', previous({ previous: { number: 2, hash: documentHash(base) } })],
    ['previous-null', previous({ previous: null })],
    [
      'one-between-missing',
      nextEditionContent(next, { id: '2028-H1', effectiveFrom: startOfDate('2028-01-01') }),
    ],
  ];
  for (const [id, content] of wrong) {
    await refuse(id, content, 'EDITION_PREVIOUS', null, { held });
  }
  const form: readonly (readonly [string, Partial<Edition>])[] = [
    ['same-half-year', { id: '2027-H1', effectiveFrom: base.effectiveFrom + 1 }],
    ['earlier-half-year', { id: '2026-H2', effectiveFrom: base.effectiveFrom - 1 }],
    ['effective-at-the-same-time', { effectiveFrom: base.effectiveFrom }],
    ['effective-before', { effectiveFrom: base.effectiveFrom - 1 }],
  ];
  for (const [id, parts] of form) {
    await refuse(id, { ...next, ...parts }, 'EDITION_FORM', null, { held });
  }
}

async function addRoots({ accept, refuse }: Stage): Promise<void> {
  const clause = 'LIST-3.5';
  const later = { clause, root: 'root 3', earlier: ['root 1', 'root 2'] } as const;
  await accept('by-an-earlier-root', base, later);
  await accept('by-the-root-before', ofRoot2, later);
  await accept('roots-in-any-order', base, { ...later, earlier: ['root 2', 'root 1'] });
  const unknown = 'EDITION_ROOT_UNKNOWN';
  await refuse('root-not-there', base, unknown, null, { ...later, earlier: ['root 1'] });
  await refuse('root-of-the-future', ofRoot2, unknown, null, { clause });
  const lie = editionContent({}, otherRoot1);
  await refuse('other-root-chain', lie, unknown, null, {
    ...later,
    earlier: ['other root 1', 'root 2'],
  });
  await refuse('other-root', lie, unknown, null, { clause });
  const hashOnly = { ...base, root: { number: 2, hash: documentHash(root1) } };
  await refuse('root-other-number', hashOnly, unknown, null, later);
  const of3 = editionContent(
    {
      parts: [
        ...base.parts.slice(0, 3),
        namedPartOf(partContent(OBSERVER)),
        ...base.parts.slice(3),
      ],
    },
    root3,
  );
  const by3 = [...memberSigners(3), rootSigner(OBSERVER), rootSigner('4301', 2)];
  await accept('by-the-newcomer-too', of3, { clause: 'LIST-3.2', root: 'root 3', by: by3 });
  const withoutIt = by3.filter(({ by }) => by !== OBSERVER);
  const what = 'the newcomer has not signed';
  await refuse('newcomer-left-out', of3, 'EDITION_UNSIGNED', OBSERVER, {
    ...{ clause: 'LIST-3.2', what, root: 'root 3', by: withoutIt },
  });
  const byOldKey = [...memberSigners(), rootSigner(OBSERVER)];
  await refuse('by-a-key-that-was-changed', of3, 'EDITION_UNSIGNED', '4301', {
    ...{ root: 'root 3', by: byOldKey },
  });
  const heldOf2 = { ...later, clause: 'LIST-3.6', held: 'edition 3' } as const;
  const root = ofRoot2.root;
  await accept('next-by-a-later-root', nextEditionContent(base, { root }), heldOf2);
  const wentBack = nextEditionContent(ofRoot2, { root: base.root });
  await refuse('next-by-an-earlier-root', wentBack, 'EDITION_FORM', null, {
    ...{ root: 'root 2', earlier: ['root 1'], held: 'edition 3 of root 2' },
    what: 'the members of an older root leave out who has joined since',
  });
  const same = nextEditionContent(ofRoot2);
  await accept('next-by-the-same-root', same, { ...heldOf2, held: 'edition 3 of root 2' });
}

async function addForm({ accept, refuse }: Stage): Promise<void> {
  const [a, b, c, d] = base.parts;
  if (!a || !b || !c || !d) throw new Error('four parts');
  const observer = namedPartOf(partContent(OBSERVER));
  const stranger = namedPartOf(partContent(STRANGER));
  await accept('with-an-observer', { ...base, parts: [a, b, c, observer, d] });
  await accept('by-all-and-more', base, { by: [...all, rootSigner(OBSERVER)] });
  await accept('signed-twice', base, { by: [...all, rootSigner('3401')] });
  await accept('at-once', { ...base, effectiveFrom: base.made });
  await accept('opened-and-made', { ...base, opened: base.made });
  await accept('last-second', { ...base, effectiveFrom: startOfDate('2027-07-01') - 1 });
  const form = (id: string, parts: Partial<Edition>, party: string | null = null) =>
    refuse(id, { ...base, ...parts }, 'EDITION_FORM', party);
  await form('parts-falling', { parts: [b, a, c, d] }, '3401');
  await form('part-twice', { parts: [a, a, b, c, d] }, '3401');
  await form('member-without-part', { parts: [a, b, c] }, '4301');
  await form('observer-instead', { parts: [a, b, c, observer] }, '4301');
  await form('part-of-a-stranger', { parts: [a, b, c, d, stranger] }, STRANGER);
  await form('follows-itself', { previous: { number: 3, hash: '0'.repeat(64) } });
  await form('follows-a-later-one', { previous: { number: 4, hash: '0'.repeat(64) } });
  await form('made-before-opened', { opened: base.made + 1 });
  await form('effective-when-over', { effectiveFrom: startOfDate('2027-07-01') });
}

async function addSignatures({ refuse }: Stage): Promise<void> {
  const unsigned = (id: string, by: readonly SignerName[], party: string): Promise<void> =>
    refuse(id, base, 'EDITION_UNSIGNED', party, { by });
  await unsigned('half-signed', memberSigners(2), '4201');
  await unsigned('three-of-four', memberSigners(3), '4301');
  await unsigned('one-three-times', [rootSigner('3401'), ...memberSigners(1)], '3601');
  const three = memberSigners(3);
  const last = rootSigner('4301');
  await unsigned('forged', [...three, { ...last, key: testKey('forger') }], '4301');
  await unsigned('other-key-id', [...three, { ...last, keyId: 2 }], '4301');
  await unsigned('named-other', [...three, { ...last, by: '3401' }], '4301');
  await unsigned('observer-for-a-member', [...three, rootSigner(OBSERVER)], '4301');
}

async function addPrecedence({ refuse }: Stage): Promise<void> {
  const none = [rootSigner(OBSERVER)];
  const held = 'edition 3';
  const strange = { number: 1, hash: '0'.repeat(64) };
  const broken = { ...base, root: strange, opened: base.made + 1 };
  const cases: readonly (readonly [string, Edition, string, string | null])[] = [
    ['older-first', { ...broken, number: 2 }, 'EDITION_OLDER', held],
    ['forked-before-root', broken, 'TRUST_FORKED', held],
    ['root-before-previous', { ...broken, number: 4 }, 'EDITION_ROOT_UNKNOWN', held],
    ['previous-before-form', { ...base, number: 4 }, 'EDITION_PREVIOUS', held],
    ['form-before-signatures', { ...base, opened: base.made + 1 }, 'EDITION_FORM', null],
  ];
  for (const [id, content, refusal, heldName] of cases) {
    await refuse(id, content, refusal, null, { by: none, held: heldName });
  }
}
