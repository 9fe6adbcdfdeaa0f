import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalJson, parseDocument, tapShape, type SignedTap, type Tap } from '@tongyu/protocol';
import { ruleContent } from '../../../tools/vectors/catalogue-region.ts';
import { makeCode } from '../../../tools/vectors/code-maker.ts';
import { NOW } from '../../../tools/vectors/region.ts';
import { ADMISSION_REFUSALS, REFUSAL_VERDICTS } from './refusals.ts';
import { tapOfAssistedPassage, tapOfScan, type TapMoment } from './tap-of.ts';
import type { Admitted, NotAdmitted } from './types.ts';

const moment: TapMoment = {
  ...{ terminal: '4201-gate-1', number: 12, now: NOW, service: '4201-metro' },
  ...({ direction: 'entry', stop: 'jianghan-road' } as const),
  held: {
    ...{ bundleVersion: 12, bundleHash: '0'.repeat(64), listNumber: null },
    ...{ editionNumber: 3, headNumber: 5 },
    ...{ trustTime: null, listTime: null },
  },
};

/** A tap must be readable by every host city, so it is read back here by its shape. */
function readBack(tap: Tap): Tap {
  const signature = { by: tap.terminal, keyId: 1, signature: 'A'.repeat(86) };
  const signed: SignedTap = { signed: tap, signatures: [signature] };
  const parsed = parseDocument(tapShape, canonicalJson(signed), 2_000);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value.signed;
}

void test('TAP-2.6: a pass keeps code, shown price and rule, and the warning', async () => {
  const text = await makeCode();
  for (const warned of [true, false]) {
    const rule = warned ? null : ruleContent({ id: 'half' });
    const quote = { priceFen: 230, fromFen: 100, fullFen: 460, rule };
    const admission = { verdict: 'pass', quote, warned } as unknown as Admitted;
    const tap = readBack(tapOfScan(moment, text, admission));
    const { kind, verdict, refusal, code, shownPriceFen, shownRule } = tap;
    const expected = ['scan', 'pass', null, text, 230, warned ? null : 'half', warned];
    const found = [kind, verdict, refusal, code, shownPriceFen, shownRule, tap.warned];
    assert.deepEqual(found, expected);
    assert.deepEqual([tap.direction, tap.stop], ['entry', 'jianghan-road']);
    assert.deepEqual([tap.number, tap.time, tap.terminal], [12, NOW, '4201-gate-1']);
  }
});

void test('TAP-2.4: refusals keep the code, but no text that is not ours', async () => {
  const text = await makeCode();
  for (const refusal of ADMISSION_REFUSALS) {
    const isCode = refusal !== 'MALFORMED' && refusal !== 'UNSUPPORTED_VERSION';
    const admission: NotAdmitted = { verdict: REFUSAL_VERDICTS[refusal], refusal };
    const scanned = isCode ? text : 'https://example.org/?name=Li';
    const tap = readBack(tapOfScan(moment, scanned, admission));
    assert.equal(tap.code, isCode ? text : null, refusal);
    assert.equal(tap.refusal, refusal);
    assert.equal(tap.verdict, REFUSAL_VERDICTS[refusal]);
    assert.deepEqual([tap.shownPriceFen, tap.shownRule], [null, null]);
    assert.equal(tap.warned, false);
  }
});

void test('TAP-2.5: an assisted passage names a reason and nobody', () => {
  for (const reason of ['no-phone', 'code-unreadable', 'card-or-paper', 'other'] as const) {
    const tap = readBack(tapOfAssistedPassage(moment, reason));
    assert.equal(tap.kind, 'assisted');
    assert.equal(tap.assistedReason, reason);
    assert.deepEqual(
      [tap.verdict, tap.code, tap.shownPriceFen, tap.refusal],
      ['pass', null, null, null],
    );
  }
});
