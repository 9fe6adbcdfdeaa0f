import assert from 'node:assert/strict';
import test from 'node:test';
import type { ConcessionRule, Entry } from '@tongyu/protocol';
import { metro, middleOfSlot, SmallRegion } from './testing/small-region.ts';
import { readyTerminal } from './testing/test-terminal.ts';

const NOW = middleOfSlot(1_795_500_000);
const SEED = new Uint8Array(16).fill(7);
const name = { zhCN: '老年人半价', zhTW: '老年人半價', en: 'Half fare for seniors' };

const senior: ConcessionRule = {
  ...{ id: 'senior', name, class: 2, residences: ['4301'] },
  ...{ benefit: { kind: 'share', permille: 500 }, funder: { kind: 'operator' } },
  ...{ reciprocity: 'unilateral', agreement: name, from: '2026-01-01', until: null, perDay: null },
};

test('an answer tells price, full price and concession, a refusal none of it', async () => {
  const region = await SmallRegion.found(NOW);
  const entry: Entry = { ...metro(), rules: [senior] };
  await region.publishEdition([entry], { effectiveFrom: NOW });
  const gate = await readyTerminal(region, NOW);
  gate.city.away = true;
  const scan = async (index: number, shownClass: number) => {
    const pass = await region.pass('4301', NOW, SEED, { index, class: shownClass });
    const code = await pass.code(NOW);
    const { verdict, priceFen, fromFen, fullFen, rule, why } = await gate.terminal.scan(code);
    return [verdict, fromFen, priceFen, fullFen, rule, why?.en ?? null];
  };
  const half = { id: 'senior', name };
  assert.deepEqual(await scan(1, 2), ['pass', 200, 200, 400, half, null]);
  assert.deepEqual(await scan(2, 0), ['pass', 400, 400, 400, null, null]);
  const none = 'No concession of this class here';
  assert.deepEqual(await scan(3, 5), ['pass', 400, 400, 400, null, none]);
  gate.clock.time += 300;
  assert.deepEqual(await scan(4, 2), ['check', null, null, null, null, null]);
});

test('when the rule is suspended the next scan is the full price, with the reason', async () => {
  const region = await SmallRegion.found(NOW);
  const entry: Entry = { ...metro(), rules: [senior] };
  await region.publishEdition([entry], { effectiveFrom: NOW });
  const reason = { zhCN: '检修', zhTW: null, en: null };
  const stop = { entry: '4201-metro', rule: 'senior', residence: null, since: NOW, reason };
  await region.publishHead([stop]);
  const gate = await readyTerminal(region, NOW);
  const pass = await region.pass('4301', NOW, SEED, { class: 2 });
  const { priceFen, rule, why } = await gate.terminal.scan(await pass.code(NOW));
  assert.deepEqual([priceFen, rule, why?.['zh-CN']], [400, null, '优惠已暂停']);
});
