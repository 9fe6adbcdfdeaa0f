import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { documentHash, parseCatalogueOffer, parseEdition, partTextHash } from '@tongyu/protocol';
import { listRegion, officeOf, openNext } from '../catalogue/testing/list-region.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import type { TestRegion } from '../trust/testing/test-region.ts';
import { addCityCatalogueConsole, addHubCatalogueConsole } from './catalogue-console.ts';
import { addCatalogueRoutes } from './catalogue-routes.ts';
import { createApp, type App } from './create-app.ts';

async function makeApp(region: TestRegion, node: string): Promise<App> {
  const rng = systemRng();
  const common = { title: 't', version: '0', log: silentLog, rng, strictTransport: false };
  const app = await createApp(common);
  await addCatalogueRoutes(app, region.node(node).catalogue.face);
  const clock = { now: () => region.now };
  app.decorateRequest('account', 'wang');
  if (node === 'hub') addHubCatalogueConsole(app, region.hub.catalogue.face, clock);
  else addCityCatalogueConsole(app, officeOf(region, node), clock);
  await app.ready();
  return app;
}

test('a part is the text that was signed, for ever, compressed for who takes it', async () => {
  const region = await listRegion();
  const app = await makeApp(region, '4201');
  const offered = await app.inject('/catalogue/offer?edition=0');
  const offer = parseCatalogueOffer(offered.body);
  assert.ok(offer.ok);
  const [edition] = offer.value.editions;
  const part = edition?.signed.parts.find(({ party }) => party === '4301');
  assert.ok(edition !== undefined && part !== undefined);
  const url = `/catalogue/parts/${part.hash}`;
  const plain = await app.inject(url);
  assert.equal(partTextHash(plain.body), part.hash);
  assert.match(String(plain.headers['cache-control']), /immutable/);
  const packed = await app.inject({ url, headers: { 'accept-encoding': 'br, gzip' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(packed.rawPayload).toString(), plain.body);
  const refused = await app.inject({ url, headers: { 'accept-encoding': 'gzip;q=0' } });
  assert.equal(refused.headers['content-encoding'], undefined);
  const again = { 'if-none-match': `"${part.hash}"` };
  assert.equal((await app.inject({ url, headers: again })).statusCode, 304);
  assert.equal((await app.inject(`/catalogue/parts/${'ab'.repeat(32)}`)).statusCode, 404);
  await app.close();
});

test('a published edition is found by its number, and nothing is offered twice', async () => {
  const region = await listRegion();
  const app = await makeApp(region, '4202');
  const answer = await app.inject('/catalogue/editions/1');
  const edition = parseEdition(answer.body);
  assert.ok(edition.ok);
  assert.equal(answer.headers.etag, `"${documentHash(edition.value.signed)}"`);
  assert.equal((await app.inject('/catalogue/editions/2')).statusCode, 404);
  const held = (await region.node('4202').catalogue.face.state()).heads;
  const heads = held.map(({ signed }) => `${signed.party}.${String(signed.number)}`).join();
  const nothing = await app.inject(`/catalogue/offer?edition=1&heads=${heads}`);
  assert.equal(nothing.body, '{"editions":[],"errata":[],"heads":[],"roots":[]}');
  assert.equal((await app.inject('/catalogue/offer?edition=x')).statusCode, 400);
  await app.close();
});

test('the console says what is open and who is missing, and why an act is refused', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const app = await makeApp(region, 'hub');
  const seen = (await app.inject('/console/api/editions')).json<{
    openings: { number: number; state: string; unsigned: string[] }[];
    editions: { number: number; state: string }[];
  }>();
  assert.deepEqual(
    [seen.openings[0]?.number, seen.openings[0]?.state, seen.openings[0]?.unsigned],
    [number, 'open', ['3401', '3601', '4201', '4301']],
  );
  assert.deepEqual([seen.editions[0]?.number, seen.editions[0]?.state], [1, 'in-force']);
  const freeze = `/console/api/editions/${String(number)}/freeze`;
  const frozen = await app.inject({ method: 'POST', url: freeze });
  assert.equal(frozen.statusCode, 409);
  const { code, missing } = frozen.json<{ code: string; missing: string[] }>();
  assert.deepEqual([code, missing.length], ['PART_MISSING', 4]);
  const unknown = await app.inject('/console/api/editions/77/comparison');
  assert.equal(unknown.statusCode, 404);
  await app.close();
});

test('a suspension needs words, and carries the account that made it', async () => {
  const region = await listRegion();
  const app = await makeApp(region, '4201');
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
  const url = '/console/api/list/suspensions';
  const asked = { entry: '4201-metro', rule: null };
  const empty = await post(url, { ...asked, reason: { zhCN: ' ', zhTW: null, en: null } });
  assert.equal(empty.statusCode, 400);
  const reason = { zhCN: '检修', zhTW: null, en: null };
  assert.equal((await post(url, { ...asked, reason })).statusCode, 200);
  assert.equal(
    (await post(url, { ...asked, reason })).json<{ code: string }>().code,
    'ALREADY_SUSPENDED',
  );
  const [row] = await region.node('4201').store.read((tx) => tx.catalogue.suspensions());
  assert.equal(row?.by, 'wang');
  assert.equal((await post(`${url}/lift`, { ...asked, reason })).statusCode, 200);
  await app.close();
});
