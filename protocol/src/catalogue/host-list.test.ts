import assert from 'node:assert/strict';
import test from 'node:test';
import {
  editionContent,
  headContent,
  namedPartOf,
  nextEditionContent,
  partContent,
} from '../../../tools/vectors/catalogue-region.ts';
import {
  bundleContent,
  listSigner,
  memberSigners,
  MEMBERS,
  rootContent,
  signed,
} from '../../../tools/vectors/region.ts';
import { verifySync } from '../../../tools/testing/crypto.ts';
import { canonicalJson } from '../encoding/canonical-json.ts';
import { runChecks } from '../signature/check.ts';
import type { HeldTrust } from '../trust/issuer-lookup.ts';
import { startOfDate } from './calendar.ts';
import { EMPTY_CATALOGUE_OFFER, type CatalogueOffer } from './catalogue-offer.ts';
import { acceptHostList, EMPTY_HOST_LIST, wantedParts, type HostList } from './host-list.ts';

const root = rootContent();
const trust: HeldTrust = { root, bundle: await bundleContent(root), revokingSections: [] };
const part = partContent();
const nextPart = partContent('4201', { edition: '2027-H2', changes: [] });
const first = await signed(editionContent(), memberSigners());
const second = await signed(
  nextEditionContent(first.signed, {
    parts: MEMBERS.map((party) => namedPartOf(party === '4201' ? nextPart : partContent(party))),
  }),
  memberSigners(),
);
const head = await signed(headContent(), [listSigner('4201')]);
const foreign = await signed(headContent({ party: '4301', verified: [] }), [listSigner('4301')]);
const [hash, nextHash] = [namedPartOf(part).hash, namedPartOf(nextPart).hash];
const texts = new Map([part, nextPart].map((one) => [namedPartOf(one).hash, canonicalJson(one)]));
const spring = startOfDate('2027-03-01');
const offer = (parts: Partial<CatalogueOffer> = {}): CatalogueOffer => ({
  ...EMPTY_CATALOGUE_OFFER,
  ...{ editions: [first, second], heads: [head, foreign] },
  ...parts,
});

const accept = (
  list: HostList,
  offered: CatalogueOffer,
  fetched: ReadonlyMap<string, string>,
  now = spring,
) => runChecks(acceptHostList(trust, list, '4201', offered, fetched, now), verifySync);

void test('LIST-6.5: a terminal asks for its own city’s parts of the editions it needs', () => {
  const wanted = wantedParts(EMPTY_HOST_LIST, '4201', offer(), spring);
  assert.deepEqual(wanted, [hash, nextHash]);
  const { list } = accept(EMPTY_HOST_LIST, offer(), texts);
  assert.deepEqual(wantedParts(list, '4201', EMPTY_CATALOGUE_OFFER, spring), []);
  const summer = startOfDate('2027-07-01');
  assert.deepEqual(wantedParts(EMPTY_HOST_LIST, '4201', offer(), summer), [nextHash]);
  assert.deepEqual(wantedParts(EMPTY_HOST_LIST, '4306', offer(), spring), [], 'it has no part');
});

void test('LIST-6.5: it keeps editions, parts and its city’s head, and drops what is over', () => {
  const { list, refusals } = accept(EMPTY_HOST_LIST, offer(), texts);
  assert.deepEqual(refusals, []);
  assert.deepEqual(list.catalogue, { editions: [first, second], heads: [head], errata: [] });
  assert.deepEqual([...list.parts.keys()], [hash, nextHash]);
  const summer = startOfDate('2027-07-01');
  const later = accept(list, EMPTY_CATALOGUE_OFFER, new Map(), summer).list;
  assert.deepEqual(later.catalogue.editions, [second]);
  assert.deepEqual([...later.parts.keys()], [nextHash]);
  assert.equal(accept(later, EMPTY_CATALOGUE_OFFER, new Map(), summer).list, later);
});

void test('LIST-6.4: an edition without its part does not count, and the old one stays', () => {
  const { list } = accept(EMPTY_HOST_LIST, offer({ editions: [first] }), texts);
  const onlyFirst = new Map([[hash, canonicalJson(part)]]);
  const after = accept(list, offer(), onlyFirst).list;
  assert.deepEqual(after.catalogue.editions, [first]);
  const without = accept(EMPTY_HOST_LIST, offer(), new Map()).list;
  assert.deepEqual(without.catalogue.editions, []);
  assert.deepEqual(without.catalogue.heads, [head], 'the head counts by itself');
});

void test('LIST-6.4: the same when only the new edition is needed and its part is missing', () => {
  const { list } = accept(EMPTY_HOST_LIST, offer({ editions: [first] }), texts);
  const after = accept(list, offer(), new Map(), startOfDate('2027-07-02')).list;
  assert.deepEqual(after.catalogue.editions, [first]);
  assert.deepEqual([...after.parts.keys()], [hash]);
});

void test('LIST-6.4: an edition to come counts not before the one in force is whole', () => {
  const onlySecond = new Map([[nextHash, canonicalJson(nextPart)]]);
  const { list } = accept(EMPTY_HOST_LIST, offer(), onlySecond);
  assert.deepEqual(list.catalogue.editions, []);
  const spoiled = new Map([...onlySecond, [hash, canonicalJson(nextPart)]]);
  const after = accept(EMPTY_HOST_LIST, offer(), spoiled);
  assert.deepEqual(after.refusals, [{ code: 'PART_DIFFERS', party: '4201' }]);
  assert.deepEqual(after.list.catalogue.editions, []);
});

void test('LIST-3.4: a part that differs from what was signed is refused with its reason', () => {
  const spoiled = new Map([...texts, [nextHash, canonicalJson(part)]]);
  const { list, refusals } = accept(EMPTY_HOST_LIST, offer(), spoiled);
  assert.deepEqual(refusals, [{ code: 'PART_DIFFERS', party: '4201' }]);
  assert.deepEqual(list.catalogue.editions, [first]);
});
