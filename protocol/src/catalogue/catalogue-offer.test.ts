import assert from 'node:assert/strict';
import test from 'node:test';
import {
  editionContent,
  erratumContent,
  headContent,
  nextEditionContent,
  suspension,
} from '../../../tools/vectors/catalogue-region.ts';
import {
  bundleContent,
  listSigner,
  memberSigners,
  rootContent,
  signed,
} from '../../../tools/vectors/region.ts';
import { verifySync } from '../../../tools/testing/crypto.ts';
import { canonicalJson } from '../encoding/canonical-json.ts';
import { runChecks } from '../signature/check.ts';
import type { HeldTrust } from '../trust/issuer-lookup.ts';
import { startOfDate } from './calendar.ts';
import {
  acceptCatalogue,
  catalogueHaveOf,
  editionInForce,
  EMPTY_CATALOGUE,
  EMPTY_CATALOGUE_OFFER,
  neededEditions,
  parseCatalogueOffer,
  type CatalogueOffer,
  type CatalogueState,
} from './catalogue-offer.ts';
import { missingSigners, parseEdition } from './edition.ts';

const root = rootContent();
const trust: HeldTrust = { root, bundle: await bundleContent(root), revokingSections: [] };
const first = await signed(editionContent(), memberSigners());
const second = await signed(nextEditionContent(first.signed), memberSigners());
const head = await signed(headContent(), [listSigner('4201')]);
const erratum = await signed(erratumContent(), [listSigner('4201')]);
const all: CatalogueOffer = {
  ...{ editions: [first, second], roots: [], heads: [head], errata: [erratum] },
};

const accept = (state: CatalogueState, offer: Partial<CatalogueOffer>) =>
  runChecks(acceptCatalogue(trust, state, { ...EMPTY_CATALOGUE_OFFER, ...offer }), verifySync);

void test('LIST-6.3: what is good is taken, the rest is refused with its reason', async () => {
  const half = await signed(second.signed, memberSigners(2));
  const forged = { ...erratum, signed: { ...erratum.signed, number: 2 } };
  const offer = { ...all, editions: [first, half], errata: [forged, erratum] };
  const { state, changed, refusals } = accept(EMPTY_CATALOGUE, offer);
  assert.ok(changed);
  assert.deepEqual(state, { editions: [first], heads: [head], errata: [erratum] });
  assert.deepEqual(refusals, [
    { code: 'EDITION_UNSIGNED', party: '4201' },
    { code: 'ERRATUM_SIGNATURE_INVALID', party: '4201' },
  ]);
});

void test('LIST-6.3: what is refused or held already changes nothing', async () => {
  const held = accept(EMPTY_CATALOGUE, all).state;
  assert.deepEqual(held.editions, [first, second]);
  const older = await signed(headContent({ number: 11 }), [listSigner('4201')]);
  const bad = accept(held, { editions: [first], heads: [older] });
  assert.equal(bad.state, held);
  assert.deepEqual(
    bad.refusals.map(({ code }) => code),
    ['EDITION_OLDER', 'HEAD_OLDER'],
  );
  const again = accept(held, { editions: [second], heads: [head], errata: [erratum] });
  assert.equal(again.state, held);
  assert.ok(!again.changed);
  assert.deepEqual(again.refusals, []);
});

void test('LIST-4.3: a head takes the place of its own city’s head and of no other', async () => {
  const suspended = [suspension('4201-metro')];
  const next = await signed(headContent({ number: 13, suspended }), [listSigner('4201')]);
  const verified = [{ ...head.signed.verified[0], entry: '4301-a' }] as typeof head.signed.verified;
  const other = await signed(headContent({ party: '4301', number: 1, verified }), [
    listSigner('4301'),
  ]);
  const { state } = accept(EMPTY_CATALOGUE, { heads: [head, other] });
  const after = accept(state, { heads: [next] }).state;
  assert.deepEqual(new Set(after.heads), new Set([other, next]));
});

void test('LIST-4.3: a head that names another edition is found in the same offer', async () => {
  const edition = { number: 3, hash: '0'.repeat(64) };
  const lying = await signed(headContent({ edition }), [listSigner('4201')]);
  const { state, refusals } = accept(EMPTY_CATALOGUE, { editions: [first], heads: [lying] });
  assert.deepEqual(state.heads, []);
  assert.deepEqual(refusals, [{ code: 'TRUST_FORKED', party: '4201' }]);
});

void test('LIST-6.1: a consumer says its newest edition, heads and highest errata', async () => {
  assert.deepEqual(catalogueHaveOf(EMPTY_CATALOGUE), { edition: 0, heads: {}, errata: {} });
  const later = await signed(erratumContent({ number: 9 }), [listSigner('4201')]);
  const { state } = accept(EMPTY_CATALOGUE, { ...all, errata: [later, erratum] });
  assert.deepEqual(catalogueHaveOf(state), {
    ...{ edition: 4, heads: { '4201': 12 }, errata: { '4201': 9 } },
  });
});

void test('LIST-3.8: an edition is in force from its second on until the next one is', () => {
  const editions = [first, second];
  const [from, next] = [startOfDate('2027-01-01'), startOfDate('2027-07-01')];
  assert.equal(editionInForce(editions, from - 1), undefined);
  assert.equal(editionInForce(editions, from), first);
  assert.equal(editionInForce(editions, next - 1), first);
  assert.equal(editionInForce(editions, next), second);
  assert.equal(editionInForce([first], next + 400 * 86_400), first, 'it has no expiry');
  assert.equal(editionInForce([], from), undefined);
});

void test('LIST-6.5: a terminal keeps the edition in force and those to come', () => {
  const editions = [first, second];
  assert.deepEqual(neededEditions(editions, startOfDate('2026-12-31')), editions);
  assert.deepEqual(neededEditions(editions, startOfDate('2027-06-30')), editions);
  assert.deepEqual(neededEditions(editions, startOfDate('2027-07-01')), [second]);
});

void test('who has not signed is told, also of signatures that are no good', async () => {
  const signers = memberSigners().map((signer, i) => (i === 1 ? { ...signer, keyId: 9 } : signer));
  const edition = await signed(first.signed, signers.slice(0, 3));
  assert.deepEqual(runChecks(missingSigners(root, edition), verifySync), ['3601', '4301']);
  assert.deepEqual(runChecks(missingSigners(root, first), verifySync), []);
});

void test('offer and edition are read as they travel, and not longer than their limit', () => {
  const read = parseCatalogueOffer(canonicalJson(all));
  assert.ok(read.ok);
  assert.deepEqual(read.value, all);
  assert.ok(!parseCatalogueOffer(canonicalJson({ ...all, heads: [] }).replace('[]', '[ ]')).ok);
  assert.ok(parseEdition(canonicalJson(first)).ok);
  assert.ok(!parseEdition(`${canonicalJson(first)}${' '.repeat(60_000)}`).ok);
});
