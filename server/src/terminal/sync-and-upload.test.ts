import assert from 'node:assert/strict';
import test from 'node:test';
import { documentHash, toBase64Url } from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { CityAway } from './ports.ts';
import { MEMBERS, middleOfSlot, SmallRegion } from './testing/small-region.ts';
import { readyTerminal, testTerminal, type TestTerminal } from './testing/test-terminal.ts';

const NOW = middleOfSlot(1_796_000_000);
const SEED = new Uint8Array(16).fill(7);

/** A second region of the same parties that shares nothing but numbers. */
async function regionAt(version: number, now = NOW): Promise<SmallRegion> {
  const region = await SmallRegion.found(now);
  await region.publishBundle(version);
  await region.stateTime(now);
  return region;
}

async function scanMany(gate: TestTerminal, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await gate.terminal.scan(`no code ${String(i)}`);
}

void test('what was taken survives a restart, and is not fetched again', async () => {
  const region = await regionAt(3);
  const gate = await readyTerminal(region, NOW);
  const again = gate.restart();
  const status = again.terminal.status();
  assert.equal(status.bundleVersion, 3);
  assert.equal(status.bundleHash, documentHash(region.bundle?.signed ?? { type: '' }));
  assert.equal(status.rootNumber, 1);
  assert.equal(status.editionNumber, 1);
  assert.equal(status.headNumber, 1);
  assert.equal(status.lists.length, 4);
  assert.equal(status.trustAgeSeconds, 0);
  const sync = await again.terminal.sync();
  const held = { bundleVersion: 3, editionNumber: 1, headNumber: 1 };
  assert.deepEqual(sync, { changed: false, ...held, refusals: [] });
});

void test('an older bundle is refused and the last good one stays, also restarted', async () => {
  const region = await regionAt(3);
  const gate = await readyTerminal(region, NOW);
  await region.publishBundle(2);
  const sync = await gate.terminal.sync();
  assert.deepEqual(
    sync.refusals.map((refusal) => refusal.code),
    ['BUNDLE_OLDER'],
  );
  assert.equal(sync.bundleVersion, 3);
  const again = gate.restart();
  await again.terminal.sync();
  assert.equal(again.terminal.status().bundleVersion, 3);
  assert.equal(again.terminal.status().trustWarnings[0]?.code, 'BUNDLE_OLDER');
  const code = await (await region.pass('4301', NOW, SEED)).code(NOW);
  assert.equal((await again.terminal.scan(code)).verdict, 'pass');
});

void test('TIME-2.4: news of a bundle that is not here yet closes no gate', async () => {
  const region = await regionAt(1);
  const gate = await readyTerminal(region, NOW);
  const here = region.bundle;
  const before = region.times;
  await region.publishBundle(2);
  await region.stateTime(NOW + 120);
  const next = region.bundle;
  region.bundle = here; // its host city has heard of it, and does not hold it yet
  gate.clock.time = NOW + 120;
  assert.deepEqual((await gate.terminal.sync()).refusals, []);
  assert.equal(gate.terminal.status().trustAgeSeconds, 120);
  const code = await (await region.pass('4301', NOW, SEED)).code(gate.clock.time);
  assert.equal((await gate.terminal.scan(code)).verdict, 'pass');

  const again = gate.restart();
  assert.equal(again.terminal.status().trustAgeSeconds, 120, 'it was kept');
  region.times = before;
  await again.terminal.sync();
  again.clock.time = NOW + 121 + 72 * 3600;
  assert.equal(again.terminal.status().trustAgeSeconds, 121 + 72 * 3600);
  await region.stateTime(NOW - 60); // bundle 1 again: older than what it holds
  const replayed = await again.terminal.sync();
  assert.deepEqual(new Set(replayed.refusals.map(({ code: name }) => name)).size, 1);
  assert.equal(replayed.refusals[0]?.code, 'TIME_OLDER');
  const late = await (await region.pass('4301', again.clock.time, SEED)).code(again.clock.time);
  assert.equal((await again.terminal.scan(late)).refusal, 'TRUST_STALE');

  region.bundle = next;
  await region.stateTime(again.clock.time);
  await again.terminal.sync();
  assert.equal(again.terminal.status().trustAgeSeconds, 0);
});

void test('the same version with other content is a fork and stays in the status', async () => {
  const region = await regionAt(3);
  const gate = await readyTerminal(region, NOW);
  const good = region.bundle;
  region.sections = region.sections.slice(0, -1);
  await region.publishBundle(3);
  await gate.terminal.sync();
  region.bundle = good;
  await gate.terminal.sync();
  assert.deepEqual(gate.terminal.status().trustWarnings, [{ code: 'TRUST_FORKED', party: null }]);
});

void test('three cities cannot put a key under the fourth', async () => {
  const region = await regionAt(1);
  const gate = await readyTerminal(region, NOW);
  const forger = generateSigner('ES256');
  const honest = region.sections;
  const forged = await region.signSection('4301', 2, (entry) =>
    entry.purpose === 'issuer'
      ? { ...entry, keyId: 77, key: toBase64Url(forger.publicKey) }
      : entry,
  );
  const byAnother = { ...forged, signatures: (await region.signSection('3601', 2)).signatures };
  region.sections = honest.map((s) => (s.signed.party === '4301' ? byAnother : s));
  await region.publishBundle(
    2,
    MEMBERS.filter((party) => party !== '4301'),
  );
  const sync = await gate.terminal.sync();
  assert.deepEqual(sync.refusals, [{ code: 'SECTION_SIGNATURE_INVALID', party: '4301' }]);
  assert.equal(sync.bundleVersion, 1);
  const pass = await region.pass('4301', NOW, SEED, { issuerKey: forger, keyId: 77 });
  assert.equal((await gate.terminal.scan(await pass.code(NOW))).refusal, 'KEY_UNKNOWN');
});

void test('a revoked issuer key counts at once, before the next bundle', async () => {
  const region = await regionAt(1);
  const gate = await readyTerminal(region, NOW);
  region.revokingSections = [
    await region.signSection('4301', 2, (entry) =>
      entry.purpose === 'issuer' ? { ...entry, revokedAt: NOW } : entry,
    ),
  ];
  assert.deepEqual((await gate.terminal.sync()).refusals, []);
  const code = await (await region.pass('4301', NOW, SEED)).code(NOW);
  assert.equal((await gate.terminal.scan(code)).refusal, 'KEY_REVOKED');
});

void test('a root that the pin does not name gives nothing', async () => {
  const region = await regionAt(1);
  const other = await regionAt(1);
  const gate = testTerminal(region, NOW, { config: { pinnedRootHash: other.pin } });
  const sync = await gate.terminal.sync();
  assert.equal(sync.refusals[0]?.code, 'ROOT_NOT_PINNED');
  assert.equal(gate.terminal.status().rootNumber, 0);
});

void test('a city that is away is a fault and changes nothing', async () => {
  const gate = await readyTerminal(await regionAt(1), NOW);
  gate.city.away = true;
  await scanMany(gate, 2);
  await assert.rejects(gate.terminal.sync(), CityAway);
  await assert.rejects(gate.terminal.upload(), CityAway);
  assert.equal(gate.terminal.status().pending, 2);
});

void test('a trust that cannot be saved is not used', async () => {
  const region = await regionAt(1);
  const gate = await readyTerminal(region, NOW);
  await region.publishBundle(2);
  gate.store.full = true;
  await assert.rejects(gate.terminal.sync(), /full/);
  assert.equal(gate.terminal.status().bundleVersion, 1);
});

void test('taps leave in number order, 500 at a time', async () => {
  const gate = await readyTerminal(await regionAt(1), NOW);
  await scanMany(gate, 501);
  const report = await gate.terminal.upload();
  assert.deepEqual(report, { accepted: 501, duplicate: 0, refused: 0, pending: 0, blocked: null });
  assert.deepEqual(
    gate.city.batches.map((batch) => [batch.length, batch[0], batch.at(-1)]),
    [
      [500, 1, 500],
      [1, 501, 501],
    ],
  );
});

void test('when the answer is lost, the taps are sent again and count once', async () => {
  const gate = await readyTerminal(await regionAt(1), NOW);
  await scanMany(gate, 3);
  gate.city.losesAnswers = true;
  await assert.rejects(gate.terminal.upload(), CityAway);
  assert.equal(gate.terminal.status().pending, 3);
  gate.city.losesAnswers = false;
  const again = gate.restart();
  const report = await again.terminal.upload();
  assert.deepEqual(report, { accepted: 0, duplicate: 3, refused: 0, pending: 0, blocked: null });
  assert.equal(gate.city.taps.size, 3);
});

void test('a refused tap stays listed with its reason and can be sent again', async () => {
  const gate = await readyTerminal(await regionAt(1), NOW);
  await scanMany(gate, 3);
  gate.city.refuses.set(2, 'TAP_EVIDENCE_INVALID');
  const report = await gate.terminal.upload();
  assert.deepEqual(report, { accepted: 2, duplicate: 0, refused: 1, pending: 0, blocked: null });
  const listed = [{ number: 2, code: 'TAP_EVIDENCE_INVALID', field: null }];
  assert.deepEqual(gate.restart().terminal.status().refused, listed);
  gate.city.refuses.clear();
  assert.equal(gate.terminal.retryRefused(), 1);
  assert.equal((await gate.terminal.upload()).accepted, 1);
  assert.deepEqual(gate.terminal.status().refused, []);
});

void test('taps of a fast clock are listed, and sent again until they are taken', async () => {
  const gate = await readyTerminal(await regionAt(1), NOW);
  const future = [{ number: 1, code: 'TAP_IN_FUTURE', field: null }];
  await scanMany(gate, 1);
  const tap = gate.store.pending(1)[0]?.text;
  gate.city.refuses.set(1, 'TAP_IN_FUTURE');
  await gate.terminal.upload();
  assert.deepEqual(gate.terminal.status().refused, future);
  gate.clock.time += 59;
  await scanMany(gate, 1);
  await gate.terminal.upload();
  assert.deepEqual(gate.city.batches, [[1], [2]], 'it does not go with each scan');
  gate.clock.time += 1;
  await gate.terminal.upload();
  assert.deepEqual(gate.terminal.status().refused, future, 'still too early');
  gate.clock.time -= 7200; // set right
  gate.city.refuses.clear();
  assert.equal((await gate.terminal.upload()).accepted, 1);
  assert.deepEqual(gate.terminal.status().refused, []);
  assert.equal(gate.city.taps.get(1), tap, 'as it was signed');
});

void test('an unregistered terminal keeps its taps unsent until the city knows it', async () => {
  const gate = await readyTerminal(await regionAt(1), NOW);
  await scanMany(gate, 2);
  for (const number of [1, 2]) gate.city.refuses.set(number, 'TERMINAL_UNKNOWN');
  assert.equal((await gate.terminal.upload()).blocked, 'TERMINAL_UNKNOWN');
  assert.equal(gate.terminal.status().pending, 2);
  assert.equal(gate.terminal.status().uploadBlocked, 'TERMINAL_UNKNOWN');
  gate.city.refuses.clear();
  assert.equal((await gate.terminal.upload()).accepted, 2);
  assert.equal(gate.terminal.status().uploadBlocked, null);
});

void test('scans go on while the city takes its time', async () => {
  const region = await regionAt(1);
  const gate = await readyTerminal(region, NOW);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { city } = gate;
  const sync = city.sync.bind(city);
  city.sync = async () => {
    await held;
    return sync();
  };
  const slow = gate.restart().terminal;
  const syncing = slow.sync();
  const code = await (await region.pass('4301', NOW, SEED)).code(NOW);
  assert.equal((await slow.scan(code)).verdict, 'pass');
  release();
  assert.equal((await syncing).changed, false);
});
