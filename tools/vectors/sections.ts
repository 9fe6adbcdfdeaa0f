import {
  documentHash,
  documentText,
  type Bundle,
  type Section,
  type SectionKey,
} from '@tongyu/protocol';
import {
  bundleContent,
  KEY_IDS,
  keyEntry,
  memberSigners,
  NOON,
  OBSERVER,
  rootContent,
  rootSigner,
  sectionContent,
  sectionKeys,
  signed,
  signedSection,
  type SignerName,
} from './region.ts';
import { testKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

/** The section's keys with one of them changed, or left out by `null`. */
function keysWith(
  party: string,
  keyId: number,
  parts: Partial<SectionKey> | null,
): readonly SectionKey[] {
  const keys = sectionKeys(party);
  if (parts === null) return keys.filter((key) => key.keyId !== keyId);
  return keys.map((key) => (key.keyId === keyId ? { ...key, ...parts } : key));
}

/** TRUST-3. */
export async function sectionVectors(): Promise<VectorSet> {
  const set = new VectorSet('sections');
  const root = documentText(await signed(rootContent(), memberSigners()));
  const held = documentText(await signedSection('4301'));
  const inputOf = async (content: Section, by: readonly SignerName[], withHeld: boolean) => ({
    root: set.document('root 1', root),
    held: withHeld ? set.document('section 4301 5', held) : null,
    section: documentText(await signed(content, by)),
  });
  const own = [rootSigner('4301')];
  const six = (parts: Partial<Section> = {}): Section =>
    sectionContent('4301', { number: 6, made: NOON, ...parts });
  const accept = async (id: string, content: Section, onlyRevokes: boolean, withHeld = true) => {
    const input = await inputOf(content, own, withHeld);
    set.accept(id, 'TRUST-3.2', id, input, {}, { number: content.number, onlyRevokes });
  };
  const refuse = async (
    id: string,
    content: Section,
    refusal: string,
    by: readonly SignerName[] = own,
  ) => {
    const input = await inputOf(content, by, true);
    set.refuse(id, 'TRUST-3.2', id, input, {}, refusal, { party: content.party });
  };
  await accept('first-seen', sectionContent('4301'), false, false);
  await accept('same-again', sectionContent('4301'), false);
  await accept('next-url', six({ urls: ['https://new.example'] }), false);
  await accept('number-skipped', six({ number: 60 }), true);
  const revoked = keysWith('4301', KEY_IDS.issuer, { revokedAt: NOON });
  await accept('revokes-issuer', six({ keys: revoked }), true);
  const dropped = keysWith('4301', KEY_IDS.issuerUntilYesterday, null);
  await accept('drops-key', six({ keys: dropped }), false);
  const extra = [...sectionKeys('4301'), { ...revoked[0], ...keyEntry(50, testKey('new key')) }];
  await accept('adds-key', six({ keys: extra as SectionKey[] }), false);
  await accept(
    'longer-life',
    six({ keys: keysWith('4301', KEY_IDS.list, { untilDay: 21_000 }) }),
    false,
  );
  const both = { revokedAt: NOON, untilDay: 21_000 };
  await accept('revokes-and-changes', six({ keys: keysWith('4301', KEY_IDS.list, both) }), false);
  await accept('revokes-reordered', six({ keys: [...revoked].reverse() }), false);

  await refuse('stranger', { ...six(), party: '5101' }, 'SECTION_PARTY_UNKNOWN');
  await refuse('observer-keyless', { ...six(), party: '4306' }, 'SECTION_PARTY_UNKNOWN');
  const invalid = 'SECTION_SIGNATURE_INVALID';
  await refuse('by-nobody', six(), invalid, [{ ...rootSigner('4301'), key: testKey('forger') }]);
  await refuse('by-neighbour', six(), invalid, [rootSigner('4201')]);
  await refuse('by-three-neighbours', six(), invalid, memberSigners(3));
  await refuse('other-key-id', six(), invalid, [{ ...rootSigner('4301'), keyId: 2 }]);
  const four = sectionContent('4301', { number: 4 });
  await refuse('older', four, 'SECTION_OLDER');
  const fork = sectionContent('4301', { urls: ['https://fork.example'] });
  await refuse('forked', fork, 'TRUST_FORKED');
  const twice = [...sectionKeys('4301'), ...sectionKeys('4301').slice(0, 1)];
  await refuse('key-id-twice', six({ keys: twice }), 'SECTION_KEY_REUSED');
  const other = keyEntry(KEY_IDS.issuer, testKey('other key'));
  const reuse = (parts: Partial<SectionKey>) =>
    six({ keys: keysWith('4301', KEY_IDS.issuer, parts) });
  await refuse('key-id-other-key', reuse(other), 'SECTION_KEY_REUSED');
  await refuse('key-id-other-purpose', reuse({ purpose: 'list' }), 'SECTION_KEY_REUSED');
  await refuse('key-id-other-algorithm', reuse({ alg: 'SM2' }), 'SECTION_KEY_REUSED');
  const back = keysWith('4301', KEY_IDS.issuerRevoked, { revokedAt: null });
  await refuse('unrevoked', six({ keys: back }), 'SECTION_UNREVOKES');
  const later = keysWith('4301', KEY_IDS.issuerRevoked, { revokedAt: NOON });
  await refuse('revoked-later', six({ keys: later }), 'SECTION_UNREVOKES');
  await addDroppedKeys(accept, refuse);
  return set;
}

/** TRUST-3.3: revoked keys stay until their days are over, and key ids only rise. */
async function addDroppedKeys(
  accept: (id: string, content: Section, onlyRevokes: boolean) => Promise<void>,
  refuse: (id: string, content: Section, refusal: string) => Promise<void>,
): Promise<void> {
  const revokedDropped = (daysOn: number): Section =>
    sectionContent('4301', {
      ...{ number: 6, made: NOON + daysOn * 86_400 },
      keys: keysWith('4301', KEY_IDS.issuerRevoked, null),
    });
  await accept('drops-revoked-after-its-days', revokedDropped(61), false);
  const unrevokes = 'SECTION_UNREVOKES';
  await refuse('drops-revoked-on-its-last-day', revokedDropped(60), unrevokes);
  await refuse('drops-revoked', revokedDropped(0), unrevokes);
  const six = (keys: readonly SectionKey[]): Section =>
    sectionContent('4301', { number: 6, made: NOON, keys });
  const shorter = keysWith('4301', KEY_IDS.issuerRevoked, { untilDay: 20_000 });
  await refuse('revoked-days-shortened', six(shorter), unrevokes);
  const moved = keysWith('4301', KEY_IDS.issuerRevoked, { fromDay: 30_000 });
  await refuse('revoked-days-moved', six(moved), unrevokes);

  const added = (keyId: number): SectionKey => {
    const [issuer] = keysWith('4301', KEY_IDS.issuer, {});
    return { ...issuer, ...keyEntry(keyId, testKey('new key')) } as SectionKey;
  };
  const reused = 'SECTION_KEY_REUSED';
  await refuse('adds-key-below-highest', six([...sectionKeys('4301'), added(39)]), reused);
  const withoutHighest = keysWith('4301', KEY_IDS.peer, null);
  await refuse('drops-highest', six(withoutHighest), reused);
  await accept('replaces-highest', six([...withoutHighest, added(41)]), false);
}

/** TRUST-4. */
export async function bundleVectors(): Promise<VectorSet> {
  const set = new VectorSet('bundles');
  const root = rootContent();
  const rootText = documentText(await signed(root, memberSigners()));
  const base = await bundleContent(root);
  const held = documentText(await signed(base, memberSigners()));
  const inputOf = async (content: Bundle, by: readonly SignerName[], withHeld: boolean) => ({
    root: set.document('root 1', rootText),
    held: withHeld ? set.document('bundle 12', held) : null,
    bundle: documentText(await signed(content, by)),
  });
  const accept = async (id: string, content: Bundle, by = memberSigners(3), withHeld = true) => {
    const input = await inputOf(content, by, withHeld);
    set.accept(
      id,
      'TRUST-4.3',
      id,
      input,
      {},
      { version: content.version, hash: documentHash(content) },
    );
  };
  const refuse = async (id: string, content: Bundle, refusal: string, by = memberSigners()) => {
    const input = await inputOf(content, by, true);
    set.refuse(id, 'TRUST-4.3', id, input, {}, refusal);
  };
  const next = (parts: Partial<Bundle> = {}): Bundle => ({ ...base, version: 13, ...parts });
  const swap = async (party: string, parts: Partial<Section>, by?: readonly SignerName[]) => {
    const section = await signed(sectionContent(party, parts), by ?? [rootSigner(party)]);
    return base.sections.map((entry) => (entry.signed.party === party ? section : entry));
  };
  await accept('first', base, memberSigners(), false);
  await accept('same-again', base);
  await accept('three-of-four', next());
  await accept('version-skipped', next({ version: 99 }));
  await accept('new-section', next({ sections: await swap('4301', { number: 6 }) }));
  const withoutObserver = base.sections.filter((entry) => entry.signed.party !== OBSERVER);
  const [without, all] = [next({ sections: withoutObserver }), memberSigners()];
  await accept('observer-not-there-yet', without, all, false);
  await refuse('observer-left-out', without, 'BUNDLE_SECTIONS');
  await addLeftParty(set, without, set.document('bundle 12', held));

  await refuse('two-of-four', next(), 'BUNDLE_UNSIGNED', memberSigners(2));
  const twice = [rootSigner('3401'), rootSigner('3601'), rootSigner('3401')];
  await refuse('signed-twice', next(), 'BUNDLE_UNSIGNED', twice);
  const observer = [...memberSigners(2), rootSigner(OBSERVER)];
  await refuse('observer-signs', next(), 'BUNDLE_UNSIGNED', observer);
  const forger = [...memberSigners(2), { ...rootSigner('4201'), key: testKey('forger') }];
  await refuse('one-forged', next(), 'BUNDLE_UNSIGNED', forger);
  await refuse('older', next({ version: 11 }), 'BUNDLE_OLDER');
  await refuse('forked', { ...base, made: base.made + 1 }, 'TRUST_FORKED');
  const strange = next({ root: { number: 1, hash: '0'.repeat(64) } });
  await refuse('other-root', strange, 'BUNDLE_ROOT_UNKNOWN');
  const ahead = next({ root: { ...base.root, number: 2 } });
  await refuse('root-ahead', ahead, 'BUNDLE_ROOT_UNKNOWN');
  await refuse('unsorted', next({ sections: [...base.sections].reverse() }), 'BUNDLE_SECTIONS');
  const double = [...base.sections.slice(0, 1), ...base.sections];
  await refuse('section-twice', next({ sections: double }), 'BUNDLE_SECTIONS');
  const memberless = next({ sections: base.sections.slice(1) });
  await refuse('member-missing', memberless, 'BUNDLE_SECTIONS');
  const first = await inputOf(memberless, all, false);
  const id = 'member-missing-in-first';
  set.refuse(id, 'TRUST-4.3', 'no bundle held', first, {}, 'BUNDLE_SECTIONS');
  await addForgedSections(refuse, next, swap);
  return set;
}

/** An observer that lost its root keys, or that is in the root no more, has no section to keep. */
async function addLeftParty(set: VectorSet, without: Bundle, held: string): Promise<void> {
  const first = rootContent();
  const keyless = first.parties.map((entry) =>
    entry.party === OBSERVER ? { ...entry, rootKeys: [] } : entry,
  );
  const gone = first.parties.filter(({ party }) => party !== OBSERVER);
  for (const [id, parties] of [
    ['observer-without-keys-left-out', keyless],
    ['party-gone-left-out', gone],
  ] as const) {
    const root = rootContent({ number: 2, previous: documentHash(first), parties });
    const content: Bundle = { ...without, root: { number: 2, hash: documentHash(root) } };
    const input = {
      root: documentText(await signed(root, memberSigners())),
      held,
      bundle: documentText(await signed(content, memberSigners())),
    };
    const facts = { version: content.version, hash: documentHash(content) };
    set.accept(id, 'TRUST-4.3', id, input, {}, facts);
  }
}

type Swap = (
  party: string,
  parts: Partial<Section>,
  by?: readonly SignerName[],
) => Promise<Bundle['sections']>;

/** A bundle that the whole threshold signed, with something foul in one city's section. */
async function addForgedSections(
  refuse: (
    id: string,
    content: Bundle,
    refusal: string,
    by?: readonly SignerName[],
  ) => Promise<void>,
  next: (parts: Partial<Bundle>) => Bundle,
  swap: Swap,
): Promise<void> {
  const planted = [
    ...sectionKeys('4301'),
    { ...sectionKeys('4301')[0], ...keyEntry(99, testKey('planted')) } as SectionKey,
  ];
  const three = memberSigners(3);
  const by = [rootSigner('4201')];
  const forged = await swap('4301', { number: 6, keys: planted }, by);
  const invalid = 'SECTION_SIGNATURE_INVALID';
  await refuse('three-put-key-under-fourth', next({ sections: forged }), invalid, three);
  const byThree = await swap('4301', { number: 6, keys: planted }, three);
  await refuse('three-sign-section-of-fourth', next({ sections: byThree }), invalid, three);
  const older = await swap('4301', { number: 4 });
  await refuse('section-older', next({ sections: older }), 'SECTION_OLDER');
  const fork = await swap('4301', { urls: ['https://fork.example'] });
  await refuse('section-forked', next({ sections: fork }), 'TRUST_FORKED');
  const keys = keysWith('4301', KEY_IDS.issuer, keyEntry(KEY_IDS.issuer, testKey('other key')));
  const reused = await swap('4301', { number: 6, keys });
  await refuse('section-key-reused', next({ sections: reused }), 'SECTION_KEY_REUSED');
  const back = keysWith('4301', KEY_IDS.issuerRevoked, { revokedAt: null });
  const unrevoked = await swap('4301', { number: 6, keys: back });
  await refuse('section-unrevokes', next({ sections: unrevoked }), 'SECTION_UNREVOKES');
  const without = keysWith('4301', KEY_IDS.issuerRevoked, null);
  const dropped = await swap('4301', { number: 6, keys: without });
  await refuse('section-drops-revoked', next({ sections: dropped }), 'SECTION_UNREVOKES');
}
