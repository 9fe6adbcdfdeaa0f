import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalJson, signContent, type SignedHead, type Suspension } from '@tongyu/protocol';
import { metro, middleOfSlot, SmallRegion } from './testing/small-region.ts';
import { readyTerminal, type TestTerminal } from './testing/test-terminal.ts';

const NOW = middleOfSlot(1_795_500_000);
const SEED = new Uint8Array(16).fill(7);
const suspension = (rule: string | null): Suspension => ({
  entry: '4201-metro',
  rule,
  residence: null,
  since: NOW,
  reason: { zhCN: '检修', zhTW: null, en: null },
});

let passes = 0;
async function scan(gate: TestTerminal, region: SmallRegion, party = '4301') {
  const now = gate.clock.time;
  const pass = await region.pass(party, now, SEED, { index: passes++ % 16 });
  return gate.terminal.scan(await pass.code(now));
}

async function codesOf(gate: TestTerminal): Promise<readonly string[]> {
  return (await gate.terminal.sync()).refusals.map(({ code }) => code);
}

void test('a suspended service refuses at the next scan, and opens when it is lifted', async () => {
  const region = await SmallRegion.found(NOW);
  const gate = await readyTerminal(region, NOW);
  assert.equal((await scan(gate, region)).verdict, 'pass');
  await region.publishHead([suspension(null)]);
  await gate.terminal.sync();
  assert.equal((await scan(gate, region)).refusal, 'SERVICE_NOT_OPEN');
  assert.equal((await scan(gate.restart(), region)).refusal, 'SERVICE_NOT_OPEN');
  await region.publishHead([]);
  await gate.terminal.sync();
  assert.equal((await scan(gate, region)).verdict, 'pass');
});

void test('a head rolled back, forged or forked is refused and the last one stays', async () => {
  const region = await SmallRegion.found(NOW);
  const open = region.head;
  await region.publishHead([suspension(null)]);
  const gate = await readyTerminal(region, NOW);
  gate.city.listMore = { heads: open === undefined ? [] : [open] };
  assert.deepEqual(await codesOf(gate), ['HEAD_OLDER']);

  const newest = region.head?.signed;
  assert.ok(newest);
  const sign = async (party: string, change: object): Promise<SignedHead> => {
    const content = { ...newest, ...change };
    const key = region.keysOf(party).list;
    return { signed: content, signatures: [await signContent(content, '4201', 2, key)] };
  };
  gate.city.listMore = { heads: [await sign('4301', { number: 9, suspended: [] })] };
  assert.deepEqual(await codesOf(gate), ['HEAD_SIGNATURE_INVALID']);
  gate.city.listMore = { heads: [await sign('4201', { suspended: [] })] };
  assert.deepEqual(await codesOf(gate), ['TRUST_FORKED']);
  gate.city.listMore = { heads: [await sign('4201', { number: 9, time: NOW - 1 })] };
  assert.deepEqual(await codesOf(gate), ['HEAD_OLDER']);
  assert.equal((await scan(gate, region)).refusal, 'SERVICE_NOT_OPEN');
});

void test('on a head older than 72 h nobody can say that the service is open', async () => {
  const region = await SmallRegion.found(NOW - 72 * 3600);
  await region.stateTime(NOW);
  const gate = await readyTerminal(region, NOW);
  assert.equal((await scan(gate, region)).verdict, 'pass');
  gate.clock.time += 1;
  assert.equal((await scan(gate, region)).refusal, 'SERVICE_NOT_OPEN');
});

void test('the next edition is held and takes effect at its time, without a network', async () => {
  const region = await SmallRegion.found(NOW);
  const dearer = { ...metro(), tariff: { kind: 'flat', priceFen: 500 } as const };
  await region.publishEdition([dearer], { effectiveFrom: NOW + 60 });
  const gate = await readyTerminal(region, NOW);
  const { status } = gate.terminal;
  assert.deepEqual([status().editionNumber, status().editions.length], [1, 2]);
  assert.equal((await scan(gate, region)).priceFen, 400);
  gate.city.away = true;
  gate.clock.time += 60;
  assert.equal((await scan(gate, region)).priceFen, 500);
  const again = gate.restart();
  assert.equal((await scan(again, region)).priceFen, 500);
  assert.equal(again.terminal.status().editionNumber, 2);
});

void test('a half-signed edition is refused naming the city; the last good one stays', async () => {
  const region = await SmallRegion.found(NOW);
  const gate = await readyTerminal(region, NOW);
  await region.publishEdition([], {}, ['3401', '3601', '4201']);
  const { refusals } = await gate.terminal.sync();
  assert.deepEqual(refusals, [{ code: 'EDITION_UNSIGNED', party: '4301' }]);
  assert.equal(gate.terminal.status().editionMissing, null);
  await region.publishHead([]);
  await gate.terminal.sync();
  assert.equal(gate.terminal.status().editionMissing, 2, 'it is behind and says so');
  assert.equal((await scan(gate, region)).priceFen, 400);
});

void test('an edition whose part is another one is not taken', async () => {
  const region = await SmallRegion.found(NOW);
  const gate = await readyTerminal(region, NOW);
  const { signed } = await region.publishEdition([metro(['4201'])]);
  const hash = signed.parts.find(({ party }) => party === '4201')?.hash ?? '';
  const text = region.parts.get(hash) ?? '';
  for (const other of ['', text.replace('400', '401'), canonicalJson({ type: 'tongyu.part' })]) {
    gate.city.otherParts.set(hash, other);
    assert.deepEqual(await codesOf(gate), ['PART_DIFFERS']);
    assert.equal(gate.terminal.status().editionNumber, 1);
  }
  gate.city.otherParts.clear();
  assert.deepEqual(await codesOf(gate), []);
  assert.equal((await scan(gate, region)).refusal, 'NOT_ENTITLED');
});

void test('another content under a held number, and a skipped edition, are refused', async () => {
  const region = await SmallRegion.found(NOW);
  const gate = await readyTerminal(region, NOW);
  const second = await SmallRegion.found(NOW);
  second.root = region.root;
  for (const party of ['3401', '3601', '4201', '4301']) {
    Object.assign(second.keysOf(party), region.keysOf(party));
  }
  second.editions = [];
  const forked = await second.publishEdition([], { number: 1, effectiveFrom: NOW - 10 });
  gate.city.listMore = { editions: [forked] };
  assert.deepEqual(await codesOf(gate), ['TRUST_FORKED']);
  const stranger = await second.publishEdition([], { number: 3 });
  gate.city.listMore = { editions: [stranger] };
  assert.deepEqual(await codesOf(gate), ['EDITION_PREVIOUS']);
  assert.equal(gate.terminal.status().editionNumber, 1);
});
