import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptOffer,
  emptyTrust,
  parseTrustOffer,
  runChecks,
  trustOfferText,
} from '@tongyu/protocol';
import { verifySync } from '../../crypto/verify.ts';
import { makeOwnRegion, VICTIM } from './own-region.ts';

const now = 1_800_000_000;

test("the story's own region is good, and only its victim's section is forged", async () => {
  const region = await makeOwnRegion(now);
  for (const offer of [region.good, region.forged]) {
    assert.equal(parseTrustOffer(trustOfferText(offer)).ok, true);
  }
  const first = runChecks(acceptOffer(emptyTrust(region.pinnedRootHash), region.good), verifySync);
  assert.deepEqual(first.refusals, []);
  assert.equal(first.state.bundle?.signed.version, 1);
  assert.equal(first.state.times.length, 4);
  const second = runChecks(acceptOffer(first.state, region.forged), verifySync);
  assert.deepEqual(second.refusals, [{ code: 'SECTION_SIGNATURE_INVALID', party: VICTIM }]);
  assert.equal(second.state.bundle?.signed.version, 1);
});
