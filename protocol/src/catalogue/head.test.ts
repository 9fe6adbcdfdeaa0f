import assert from 'node:assert/strict';
import test from 'node:test';
import { erratumContent, headContent } from '../../../tools/vectors/catalogue-region.ts';
import { listSigner, sectionContent, signed } from '../../../tools/vectors/region.ts';
import { verifySync } from '../../../tools/testing/crypto.ts';
import { canonicalJson } from '../encoding/canonical-json.ts';
import { runChecks } from '../signature/check.ts';
import { isErratumGood, parseErratum } from './erratum.ts';
import { parseHead, verifyHead } from './head.ts';

const [own, neighbour] = [sectionContent('4201'), sectionContent('4301')];
/** The neighbour's key, under the city's name. */
const posing = { ...listSigner('4301'), by: '4201' };

void test('LIST-4.3: a head counts by the keys of its own city’s section only', async () => {
  const head = await signed(headContent(), [posing]);
  const refused = { ok: false, refusal: { code: 'HEAD_SIGNATURE_INVALID', party: '4201' } };
  assert.deepEqual(runChecks(verifyHead(neighbour, undefined, head), verifySync), refused);
  assert.deepEqual(runChecks(verifyHead(undefined, undefined, head), verifySync), refused);
  const good = await signed(headContent(), [listSigner('4201')]);
  assert.ok(runChecks(verifyHead(own, undefined, good), verifySync).ok);
});

void test('LIST-5.3: an erratum too', async () => {
  const erratum = await signed(erratumContent(), [posing]);
  assert.equal(runChecks(isErratumGood(neighbour, erratum), verifySync), false);
  const good = await signed(erratumContent(), [listSigner('4201')]);
  assert.equal(runChecks(isErratumGood(own, good), verifySync), true);
});

void test('heads and errata are read as they travel', async () => {
  const head = await signed(headContent(), [listSigner('4201')]);
  const erratum = await signed(erratumContent(), [listSigner('4201')]);
  const read = parseHead(canonicalJson(head));
  assert.ok(read.ok && parseErratum(canonicalJson(erratum)).ok);
  assert.deepEqual(read.value, head);
  assert.ok(!parseHead(canonicalJson(erratum)).ok && !parseErratum(canonicalJson(head)).ok);
});
