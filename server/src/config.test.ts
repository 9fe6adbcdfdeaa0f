import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeConfig, regionConfig } from './config.ts';

const now = Date.parse('2026-11-24T12:00:00+08:00');
const root = '/repository';

test('without settings the region is a demo on port 4100 with its data in the clone', () => {
  const read = regionConfig({}, root, now);
  assert.deepEqual(read, {
    ok: true,
    config: {
      mode: 'demo',
      basePort: 4100,
      dataDir: '/repository/data',
      clockOffsetSeconds: 0,
    },
  });
});

test('each node has its own port, folder and address', () => {
  const read = nodeConfig({ TONGYU_PORT: '5000', TONGYU_DATA: '/d' }, root, now, '4301');
  assert.ok(read.ok);
  assert.equal(read.config.port, 5002);
  assert.equal(read.config.nodeDir, '/d/4301');
  assert.equal(read.config.url, 'http://127.0.0.1:5002');
  assert.equal(read.config.urls.hub, 'http://127.0.0.1:5000');
});

test('TONGYU_CLOCK says where the clocks stand now, and the distance can be handed on', () => {
  const first = regionConfig({ TONGYU_CLOCK: '2026-11-24T13:00:00+08:00' }, root, now);
  assert.ok(first.ok);
  assert.equal(first.config.clockOffsetSeconds, 3600);
  const later = regionConfig({ TONGYU_CLOCK_OFFSET: '3600' }, root, now + 60_000);
  assert.ok(later.ok);
  assert.equal(later.config.clockOffsetSeconds, 3600);
});

test('a wrong setting is one sentence that names it', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['TONGYU_PORT', 'abc'],
    ['TONGYU_PORT', '80'],
    ['TONGYU_PORT', '65535'],
    ['TONGYU_PORT', '4100.5'],
    ['TONGYU_MODE', 'live'],
    ['TONGYU_CLOCK', '2026-12-31'],
    ['TONGYU_CLOCK', '2026-12-31T23:59:50'],
    ['TONGYU_CLOCK', '2026-13-31T23:59:50+08:00'],
    ['TONGYU_CLOCK_OFFSET', '1e3'],
    ['TONGYU_KEY_LEAD_DAYS', '-1'],
    ['TONGYU_EVIDENCE_DAYS', '29'],
    ['TONGYU_CLASS_MIN_HOLDERS', '0'],
    ['TONGYU_PROOFING', 'photo'],
    ['TONGYU_URL_4301', 'changsha.example'],
    ['DATABASE_URL_4201', 'mysql://x'],
  ];
  for (const [name, value] of wrong) {
    const read = nodeConfig({ [name]: value }, root, now, '4201');
    assert.equal(read.ok, false, `${name}=${value}`);
    assert.match(read.sentence, new RegExp(name), `${name}=${value}`);
    assert.doesNotMatch(read.sentence, /\n/);
  }
});

test('a database address is never printed, since it may hold a password', () => {
  const read = nodeConfig({ DATABASE_URL_4201: 'mysql://u:secret@h' }, root, now, '4201');
  assert.equal(read.ok, false);
  assert.doesNotMatch(read.sentence, /secret/);
});

test('production refuses a shifted clock, invented residents, short leads and rare classes', () => {
  const production = { TONGYU_MODE: 'production' };
  const plain = nodeConfig(production, root, now, '4201');
  assert.ok(plain.ok);
  assert.equal(plain.config.issuerKeyLeadDays, 5);
  assert.equal(plain.config.proofing, 'none');
  assert.equal(plain.config.classMinHolders, 1_000);
  const demo = nodeConfig({}, root, now, '4201');
  assert.ok(demo.ok && demo.config.classMinHolders === 1);
  for (const extra of [
    { TONGYU_CLOCK: '2026-11-24T13:00:00+08:00' },
    { TONGYU_CLOCK_OFFSET: '60' },
    { TONGYU_PROOFING: 'synthetic' },
    { TONGYU_KEY_LEAD_DAYS: '4' },
    { TONGYU_CLASS_MIN_HOLDERS: '999' },
  ]) {
    assert.equal(nodeConfig({ ...production, ...extra }, root, now, '4201').ok, false);
  }
});

test('an unknown node is refused, naming those that exist', () => {
  const read = nodeConfig({}, root, now, '9999');
  assert.equal(read.ok, false);
  assert.match(read.sentence, /4201/);
});
