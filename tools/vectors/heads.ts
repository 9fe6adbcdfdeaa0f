import {
  documentHash,
  documentText,
  type Bundle,
  type Edition,
  type Erratum,
  type Head,
} from '@tongyu/protocol';
import {
  editionContent,
  erratumContent,
  headContent,
  nextEditionContent,
  suspension,
  words,
} from './catalogue-region.ts';
import {
  bundleContent,
  KEY_IDS,
  listSigner,
  memberSigners,
  NOON,
  OBSERVER,
  rootContent,
  rootSigner,
  signed,
  STRANGER,
  type SignerName,
} from './region.ts';
import { testKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

type Wanted = { readonly held?: string | null; readonly by?: SignerName; readonly what?: string };

type Stage = {
  readonly accept: (id: string, content: Head, wanted?: Wanted) => Promise<void>;
  readonly refuse: (id: string, content: Head, refusal: string, wanted?: Wanted) => Promise<void>;
};

const edition = editionContent();
const later = nextEditionContent(edition);
const own = listSigner('4201');
const head = (parts: Partial<Head> = {}): Head => headContent({ number: 13, ...parts });

/** LIST-4.3 and LIST-5.3: what one city says beside the edition. */
export async function headVectors(): Promise<VectorSet> {
  const set = new VectorSet('heads');
  const root = rootContent();
  set.document('root 1', documentText(await signed(root, memberSigners())));
  set.document(
    'bundle 12',
    documentText(await signed<Bundle>(await bundleContent(root), memberSigners())),
  );
  set.document('edition 3', documentText(await signed<Edition>(edition, memberSigners())));
  set.document('head 12', documentText(await signed(headContent(), [own])));
  const trust = { root: 'root 1', bundle: 'bundle 12', edition: 'edition 3' };
  const inputOf = async (content: Head, { held = 'head 12', by = own }: Wanted) => ({
    ...trust,
    held,
    head: documentText(await signed(content, [by])),
  });
  const stage: Stage = {
    accept: async (id, content, wanted = {}) => {
      const facts = { number: content.number, suspended: content.suspended.length };
      const { what = id } = wanted;
      set.accept(id, 'LIST-4.3', what, await inputOf(content, wanted), {}, facts);
    },
    refuse: async (id, content, refusal, wanted = {}) => {
      const { what = id } = wanted;
      const input = await inputOf(content, wanted);
      set.refuse(id, 'LIST-4.3', what, input, {}, refusal, { party: content.party });
    },
  };
  await addGood(stage);
  await addBad(stage);
  await addForm(stage);
  addMalformed(set, await inputOf(head({ suspended: [suspension('4201-metro', 'a')] }), {}));
  await addErrata(set, trust);
  return set;
}

async function addGood({ accept }: Stage): Promise<void> {
  await accept('first', head(), { held: null });
  await accept('next', head());
  await accept('same-again', headContent());
  await accept('number-skipped', head({ number: 99 }));
  await accept('same-time', head({ time: headContent().time }));
  await accept('sm2-list-key', head(), { by: listSigner('4201', KEY_IDS.listSm2) });
  await accept('nothing-to-say', head({ verified: [] }));
  await accept('before-the-first-edition', head({ edition: null }), { held: null });
  const newer = { number: 4, hash: documentHash(later) };
  await accept('an-edition-that-is-on-the-way', head({ edition: newer }));
  const all = [
    suspension('4201-metro'),
    suspension('4201-metro', 'a'),
    suspension('4201-metro', 'a', '3601'),
    suspension('4201-metro', 'a', '4301'),
    suspension('4201-metro', 'senior-65', '4301'),
    suspension('4201-metro-2'),
    suspension('4201-museum', 'a'),
  ];
  await accept('suspends', head({ suspended: all }));
  await accept('restores', head({ suspended: [] }));
  await accept('of-an-observer', head({ party: OBSERVER, verified: [] }), {
    ...{ held: null, by: listSigner(OBSERVER) },
  });
  const verified = ['4201-a', '4201-b'].map((entry) => ({
    ...{ entry, on: '2027-03-01', by: words('示例核对人') },
  }));
  await accept('two-checks', head({ verified }));
}

async function addBad({ refuse }: Stage): Promise<void> {
  const invalid = 'HEAD_SIGNATURE_INVALID';
  const forger: SignerName = { ...own, key: testKey('forger') };
  await refuse('by-forger', head(), invalid, { by: forger });
  await refuse('by-neighbour', head(), invalid, { by: listSigner('4301') });
  await refuse('named-other', head(), invalid, { by: { ...own, by: '4301' } });
  await refuse('other-key-id', head(), invalid, { by: { ...own, keyId: 99 } });
  await refuse('by-issuer-key', head(), invalid, { by: listSigner('4201', KEY_IDS.issuer) });
  await refuse('by-root-key', head(), invalid, { by: rootSigner('4201') });
  await refuse('of-a-stranger', head({ party: STRANGER }), invalid, {
    by: listSigner(STRANGER),
  });
  const what = 'the key is not good yet on that day';
  await refuse('before-the-key', head({ time: NOON - 31 * 86_400 }), invalid, { held: null, what });
  const after = head({ time: NOON + 61 * 86_400 });
  await refuse('after-the-key', after, invalid, { what: 'the key is good no more on that day' });

  const suspended = [suspension('4201-metro')];
  await refuse('forked', headContent({ suspended }), 'TRUST_FORKED');
  await refuse('rolled-back', headContent({ number: 11 }), 'HEAD_OLDER');
  await refuse('earlier', head({ time: headContent().time - 1 }), 'HEAD_OLDER');
  await refuse('edition-given-up', head({ edition: null }), 'HEAD_OLDER');
  const hash = documentHash(edition);
  await refuse('edition-rolled-back', head({ edition: { number: 2, hash } }), 'HEAD_OLDER');
  const other = { number: 3, hash: '0'.repeat(64) };
  await refuse('another-edition', head({ edition: other }), 'TRUST_FORKED', {
    what: 'the consumer holds an edition of that number with other content',
  });
  await refuse('another-edition-first', head({ edition: other }), 'TRUST_FORKED', { held: null });
  await refuse('signature-before-fork', headContent({ suspended }), invalid, { by: forger });
  const both = headContent({ suspended: [suspension('4301-metro')], time: NOON });
  await refuse('fork-before-form', both, 'TRUST_FORKED');
  const olderAndBad = head({ number: 11, suspended: [suspension('4301-metro')] });
  await refuse('older-before-form', olderAndBad, 'HEAD_OLDER');
  const badAndOther = head({ edition: other, suspended: [suspension('4301-metro')] });
  await refuse('form-before-edition', badAndOther, 'HEAD_FORM');
}

async function addForm({ refuse }: Stage): Promise<void> {
  const check = (entry: string) => ({ entry, on: '2027-03-01', by: words('示例核对人') });
  const form = (id: string, parts: Partial<Head>): Promise<void> =>
    refuse(id, head(parts), 'HEAD_FORM');
  await form('checks-falling', { verified: [check('4201-b'), check('4201-a')] });
  await form('check-twice', { verified: [check('4201-a'), check('4201-a')] });
  await form('check-of-another-city', { verified: [check('4301-a')] });
  await form('suspends-another-city', { suspended: [suspension('4301-metro')] });
  await form('suspended-falling', { suspended: [suspension('4201-b'), suspension('4201-a')] });
  await form('suspended-twice', { suspended: [suspension('4201-b'), suspension('4201-b')] });
  await form('rule-twice', { suspended: [suspension('4201-b', 'r'), suspension('4201-b', 'r')] });
  await form('rules-falling', {
    suspended: [suspension('4201-b', 'r'), suspension('4201-b', 'a')],
  });
  await form('rule-before-entry', { suspended: [suspension('4201-b', 'r'), suspension('4201-b')] });
  const of = (rule: string | null, residence: string) => suspension('4201-b', rule, residence);
  await form('residences-falling', { suspended: [of('r', '4301'), of('r', '3601')] });
  await form('residence-twice', { suspended: [of('r', '4301'), of('r', '4301')] });
  await form('residence-before-all', { suspended: [of('r', '4301'), suspension('4201-b', 'r')] });
  await form('rules-falling-before-residences', { suspended: [of('r', '3601'), of('a', '4301')] });
  await form('service-closed-for-one-residence', { suspended: [of(null, '4301')] });
  await form('longer-id-first', {
    suspended: [suspension('4201-metro-2'), suspension('4201-metro', 'a')],
  });
}

function addMalformed(set: VectorSet, input: { readonly head: string }): void {
  const odd: readonly (readonly [string, string, string])[] = [
    ['space-inside', '{"signatures"', '{ "signatures"'],
    ['number-0', '"number":13', '"number":0'],
    ['opens-something', '"suspended":[', '"opened":[],"suspended":['],
    ['no-such-date', '"on":"2027-02-20"', '"on":"2027-02-30"'],
    ['type-other', '"type":"tongyu.head"', '"type":"tongyu.erratum"'],
    ['residence-missing', '"residence":null,', ''],
    ['residence-odd', '"residence":null', '"residence":"43"'],
  ];
  for (const [id, from, to] of odd) {
    const text = input.head.replace(from, to);
    if (text === input.head) throw new Error(`${id} changes nothing`);
    set.refuse(`head-${id}`, 'LIST-4.1', id, { ...input, head: text }, {}, 'MALFORMED');
  }
}

type Trust = { readonly root: string; readonly bundle: string; readonly edition: string };

async function addErrata(set: VectorSet, trust: Trust): Promise<void> {
  set.document('erratum 1', documentText(await signed(erratumContent(), [own])));
  const inputOf = async (content: Erratum, by: SignerName, held: string | null) => ({
    ...{ ...trust, held },
    erratum: documentText(await signed(content, [by])),
  });
  const accept = async (id: string, content: Erratum, held: string | null, by = own) => {
    const facts = { number: content.number };
    set.accept(`erratum-${id}`, 'LIST-5.3', id, await inputOf(content, by, held), {}, facts);
  };
  const refuse = async (id: string, content: Erratum, refusal: string, by = own) => {
    const input = await inputOf(content, by, 'erratum 1');
    const { party } = content;
    set.refuse(`erratum-${id}`, 'LIST-5.3', id, input, {}, refusal, { party });
  };
  const second = (parts: Partial<Erratum> = {}) => erratumContent({ number: 2, ...parts });
  await accept('first', erratumContent(), null);
  await accept('same-again', erratumContent(), 'erratum 1');
  await accept('next', second({ field: null }), 'erratum 1');
  const invalid = 'ERRATUM_SIGNATURE_INVALID';
  await refuse('by-neighbour', second(), invalid, listSigner('4301'));
  await refuse('by-forger', second(), invalid, { ...own, key: testKey('forger') });
  await refuse('by-root-key', second(), invalid, rootSigner('4201'));
  await refuse('named-other', second(), invalid, { ...own, by: '4301' });
  await refuse('of-another-entry', second({ entry: '4301-metro' }), invalid);
  await refuse('before-the-key', second({ time: NOON - 31 * 86_400 }), invalid);
  await refuse('forked', erratumContent({ field: null }), 'TRUST_FORKED');
  await refuse('signature-before-fork', erratumContent({ field: null }), invalid, {
    ...own,
    key: testKey('forger'),
  });
  const good = await inputOf(second(), own, 'erratum 1');
  const text = good.erratum.replace('"field":"contact.phone"', '"field":"contact phone"');
  const input = { ...good, erratum: text };
  set.refuse('erratum-field-spaced', 'LIST-5.1', 'field-spaced', input, {}, 'MALFORMED');
}
