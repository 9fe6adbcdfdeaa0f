import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EMPTY_CATALOGUE_OFFER,
  signContent,
  type CatalogueOffer,
  type Head,
  type SignedHead,
} from '@tongyu/protocol';
import { ownSigner } from '../trust/own-section.ts';
import type { TestRegion } from '../trust/testing/test-region.ts';
import { listRegion } from './testing/list-region.ts';

/** A good head of 4201 after the one that it has signed last. */
async function headAt(region: TestRegion, time: number): Promise<SignedHead> {
  const { keeper, catalogue } = region.node('4201');
  const keys = keeper.current().sections.get('4201')?.signed.keys ?? [];
  const key = keys.find(({ purpose }) => purpose === 'list');
  const last = catalogue.face.current().heads.find(({ signed }) => signed.party === '4201');
  assert.ok(key !== undefined && last !== undefined);
  const head: Head = { ...last.signed, number: last.signed.number + 1, time };
  const signature = await signContent(head, '4201', key.keyId, ownSigner(keeper.room, key));
  return { signed: head, signatures: [signature] };
}

test('LIST-4.3: a head may be two minutes ahead of the clock and no more', async () => {
  const region = await listRegion();
  const node = region.node('4301');
  const numberAfter = async (head: SignedHead): Promise<number | undefined> => {
    const offer: CatalogueOffer = { ...EMPTY_CATALOGUE_OFFER, heads: [head] };
    Object.assign(node.ports.net, { fetchCatalogue: () => Promise.resolve(offer) });
    await node.catalogue.pull();
    const { heads } = await node.catalogue.face.state();
    return heads.find(({ signed }) => signed.party === '4201')?.signed.number;
  };
  const fast = await headAt(region, region.now + 121);
  const { number } = fast.signed;
  assert.equal(await numberAfter(fast), number - 1);
  assert.equal(await numberAfter(await headAt(region, region.now + 120)), number);
});
