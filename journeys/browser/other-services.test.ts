import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptOffer,
  documentText,
  emptyTrust,
  runChecks,
  type SignedServiceFile,
  type TrustState,
} from '@tongyu/protocol';
import { verifySync } from '../../server/src/crypto/verify.ts';
import { createApp } from '../../server/src/http/create-app.ts';
import { addOtherServices } from '../../server/src/http/other-services.ts';
import { silentLog } from '../../server/src/ports/log.ts';
import { systemRng } from '../../server/src/ports/rng.ts';
import { foundRegion, type TestRegion } from './test-region.ts';

async function heldBy(region: TestRegion): Promise<TrustState> {
  const offer = await region.offer('4301', Math.floor(Date.now() / 1000));
  const start = emptyTrust(region.pinnedRootHash);
  return runChecks(acceptOffer(start, offer), verifySync).state;
}

/** A home city whose only way to other cities is `answer`. */
async function homeCity(region: TestRegion, answer: () => { status: number; text: string }) {
  const state = await heldBy(region);
  const app = await createApp({
    title: 't',
    version: '0',
    log: silentLog,
    rng: systemRng(),
    strictTransport: false,
  });
  await addOtherServices(
    app,
    () => state,
    () => {
      const given = answer();
      return given.status === 0 ? Promise.reject(new Error('cut')) : Promise.resolve(given);
    },
  );
  const get = async (party: string) => {
    const { statusCode, body } = await app.inject(`/resident/services/${party}`);
    return { status: statusCode, body };
  };
  return { get, close: () => app.close() };
}

test('a file is passed on as its city signed it, also while that city is away', async () => {
  const region = await foundRegion(Math.floor(Date.now() / 1000));
  const text = documentText(region.services('4201'));
  let isCut = false;
  const home = await homeCity(region, () => ({ status: isCut ? 0 : 200, text }));
  assert.deepEqual(await home.get('4201'), { status: 200, body: text });
  isCut = true;
  assert.deepEqual(await home.get('4201'), { status: 200, body: text });
  assert.equal((await home.get('3601')).status, 503);
  await home.close();
});

test('a file that its city has not signed is not passed on', async () => {
  const region = await foundRegion(Math.floor(Date.now() / 1000));
  const genuine = region.services('4201');
  const cheaper: SignedServiceFile = {
    ...genuine,
    signed: { ...genuine.signed, services: genuine.signed.services.slice(1) },
  };
  const forged = [documentText(cheaper), documentText(region.services('3401')), '{}'];
  for (const text of forged) {
    const home = await homeCity(region, () => ({ status: 200, text }));
    assert.equal((await home.get('4201')).status, 503);
    await home.close();
  }
});

test('nothing is fetched for a number that stands in no bundle', async () => {
  const region = await foundRegion(Math.floor(Date.now() / 1000));
  const home = await homeCity(region, () => assert.fail('asked'));
  assert.equal((await home.get('9999')).status, 503);
  assert.equal((await home.get('x')).status, 400);
  await home.close();
});
