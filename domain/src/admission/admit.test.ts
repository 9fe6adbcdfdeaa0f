import assert from 'node:assert/strict';
import test from 'node:test';
import { slotEnd, slotStart, type ExaminedCode, type ParsedCode } from '@tongyu/protocol';
import { NOON, NOW, SLOT } from '../../../tools/vectors/region.ts';
import type { ServiceTerms } from '../catalogue/terms.ts';
import { admit, FRESH_SECONDS, MAX_AGE_SECONDS } from './admit.ts';
import { ADMISSION_REFUSALS, REFUSAL_VERDICTS, type AdmissionRefusal } from './refusals.ts';
import type { AdmissionFacts } from './types.ts';

type Failing = (facts: AdmissionFacts) => AdmissionFacts;

/** The brand of examined codes is for programs; a test may state facts. */
function examined(parts: Partial<ExaminedCode>, code: Partial<ParsedCode> = {}): ExaminedCode {
  const pass = {
    ...({ suite: 1, issuer: '4301', keyId: 17, tag: new Uint8Array(10), slot: SLOT } as const),
    ...{ reserve: false, class: 0, deviceKey: new Uint8Array(33), bytes: new Uint8Array(118) },
  };
  const parsed: ParsedCode = {
    ...{ pass, time: NOON, deviceSignature: new Uint8Array(64), bytes: new Uint8Array(186) },
    ...code,
  };
  const facts = {
    ...({ form: 'good', code: parsed, party: 'member', key: 'good' } as const),
    ...{ passSignatureGood: true, deviceSignatureGood: true },
    ...parts,
  };
  return facts as ExaminedCode;
}

const quote: ServiceTerms['quote'] = ({ residence }) =>
  residence === '4301'
    ? { admitted: true, priceFen: 230, fromFen: 230, fullFen: 230, rule: null, findings: [] }
    : undefined;
const good: AdmissionFacts = {
  now: NOW,
  highestSignedTime: NOW - 600,
  trustTime: NOW - 600,
  agedAcceptsToday: 0,
  code: examined({}),
  revoked: false,
  listTime: NOW - 600,
  lastAcceptedTime: undefined,
  service: { id: '4201-metro', open: true, quote },
};

function codeWith(facts: AdmissionFacts, parts: Partial<ExaminedCode>): AdmissionFacts {
  if (facts.code.form === 'bad') return facts;
  return { ...facts, code: { ...facts.code, ...parts } };
}

function slotWith(facts: AdmissionFacts, step: 1 | -1): AdmissionFacts {
  if (facts.code.form === 'bad') return facts;
  const { code } = facts.code;
  const slot = { ...SLOT, slot: SLOT.slot + step };
  return codeWith(facts, { code: { ...code, pass: { ...code.pass, slot } } });
}

/** How each rung is made to fail on facts that are otherwise what they were. */
const FAILING: Readonly<Record<AdmissionRefusal, Failing>> = {
  MALFORMED: (facts) => ({
    ...facts,
    code: { form: 'bad', refusal: { code: 'MALFORMED', rule: 'prefix' } },
  }),
  UNSUPPORTED_VERSION: (facts) => ({
    ...facts,
    code: { form: 'bad', refusal: { code: 'UNSUPPORTED_VERSION', version: 2 } },
  }),
  TERMINAL_CLOCK: (facts) => ({ ...facts, highestSignedTime: facts.now + 61 }),
  TRUST_STALE: (facts) => ({ ...facts, trustTime: undefined }),
  ISSUER_UNKNOWN: (facts) => codeWith(facts, { party: 'unknown' }),
  ISSUER_NOT_PARTY: (facts) => codeWith(facts, { party: 'observer' }),
  ISSUER_SUSPENDED: (facts) => codeWith(facts, { party: 'suspended' }),
  KEY_UNKNOWN: (facts) => codeWith(facts, { key: 'unknown' }),
  KEY_REVOKED: (facts) => codeWith(facts, { key: 'revoked' }),
  PASS_SIGNATURE_INVALID: (facts) => codeWith(facts, { passSignatureGood: false }),
  DEVICE_SIGNATURE_INVALID: (facts) => codeWith(facts, { deviceSignatureGood: false }),
  PASS_NOT_YET_VALID: (facts) => slotWith(facts, 1),
  PASS_EXPIRED: (facts) => slotWith(facts, -1),
  CODE_STALE: (facts) => ({ ...facts, now: NOON + 121 }),
  CLOCK_SKEW: (facts) => ({ ...facts, now: NOON - 61 }),
  PASS_REVOKED: (facts) => ({ ...facts, revoked: true }),
  REVOCATION_STALE: (facts) => ({ ...facts, listTime: undefined }),
  ALREADY_USED: (facts) => ({ ...facts, lastAcceptedTime: NOON }),
  SERVICE_NOT_OPEN: (facts) => ({ ...facts, service: { ...openService(facts), open: false } }),
  NOT_ENTITLED: (facts) => ({
    ...facts,
    service: { ...openService(facts), quote: () => undefined },
  }),
};

function openService(facts: AdmissionFacts) {
  assert.ok(facts.service);
  return facts.service;
}

/** One slot, one party, one key, one time: these cannot fail at once. */
const TOGETHER: readonly (readonly AdmissionRefusal[])[] = [
  ['MALFORMED', 'UNSUPPORTED_VERSION'],
  ['ISSUER_UNKNOWN', 'ISSUER_NOT_PARTY', 'ISSUER_SUSPENDED'],
  ['KEY_UNKNOWN', 'KEY_REVOKED'],
  ['PASS_NOT_YET_VALID', 'PASS_EXPIRED'],
  ['CODE_STALE', 'CLOCK_SKEW'],
];

function refusalOf(facts: AdmissionFacts): string {
  const admission = admit(facts);
  return admission.verdict === 'pass' ? 'pass' : admission.refusal;
}

void test('REF-1.2: with nothing wrong the verdict is pass, with the price', () => {
  const admission = admit(good);
  assert.ok(admission.verdict === 'pass');
  assert.equal(admission.quote.priceFen, 230);
  assert.equal(admission.warned, false);
});

void test('REF-1.2: each rung alone gives its refusal, with the verdict of the table', () => {
  for (const refusal of ADMISSION_REFUSALS) {
    const admission = admit(FAILING[refusal](good));
    assert.ok(admission.verdict !== 'pass', refusal);
    assert.equal(admission.refusal, refusal);
    assert.equal(admission.verdict, REFUSAL_VERDICTS[refusal]);
  }
});

void test('REF-1.1: of any two rungs that fail, the earlier one is the answer', () => {
  let pairs = 0;
  ADMISSION_REFUSALS.forEach((earlier, i) => {
    for (const later of ADMISSION_REFUSALS.slice(i + 1)) {
      if (TOGETHER.some((group) => group.includes(earlier) && group.includes(later))) continue;
      // The clock's rung looks at `now`, which the last rungs of time move.
      const facts = FAILING[earlier](FAILING[later](good));
      assert.equal(refusalOf(facts), earlier, `${earlier} before ${later}`);
      pairs++;
    }
  });
  assert.equal(pairs, 190 - 7);
});

void test('REF-1.2: the order and the verdicts are those of the standard', () => {
  const unknown = ADMISSION_REFUSALS.filter((refusal) => REFUSAL_VERDICTS[refusal] === 'unknown');
  assert.deepEqual(unknown, [
    ...['UNSUPPORTED_VERSION', 'TERMINAL_CLOCK', 'TRUST_STALE', 'ISSUER_UNKNOWN', 'KEY_UNKNOWN'],
    'REVOCATION_STALE',
  ]);
  const check = ADMISSION_REFUSALS.filter((refusal) => REFUSAL_VERDICTS[refusal] === 'check');
  assert.deepEqual(check, ['CODE_STALE', 'CLOCK_SKEW']);
  assert.equal(ADMISSION_REFUSALS.length, 20);
});

void test('REF-1.3: both sides of every limit', () => {
  const at = (parts: Partial<AdmissionFacts>): string => refusalOf({ ...good, ...parts });
  const timed = (time: number, now: number, reserve = false): Partial<AdmissionFacts> => {
    const pass = { ...good.code, form: 'good' } as ExaminedCode;
    const code = { ...pass.code, time, pass: { ...pass.code.pass, reserve } };
    return { now, code: { ...pass, code }, highestSignedTime: 0 };
  };
  const reserveAfter = (seconds: number) => ({
    ...timed(NOON, NOON, true),
    lastAcceptedTime: NOON - seconds,
  });
  const table: readonly (readonly [string, Partial<AdmissionFacts>, string])[] = [
    ['clock at the mark', { highestSignedTime: NOW }, 'pass'],
    ['clock 60 s below it', { highestSignedTime: NOW + 60 }, 'pass'],
    ['clock 61 s below it', { highestSignedTime: NOW + 61 }, 'TERMINAL_CLOCK'],
    ['trust 24 h', { trustTime: NOW - FRESH_SECONDS }, 'pass'],
    ['trust 72 h', { trustTime: NOW - MAX_AGE_SECONDS }, 'pass'],
    ['trust 72 h 1 s', { trustTime: NOW - MAX_AGE_SECONDS - 1 }, 'TRUST_STALE'],
    ['499 aged', { trustTime: NOW - FRESH_SECONDS - 1, agedAcceptsToday: 499 }, 'pass'],
    ['500 aged', { trustTime: NOW - FRESH_SECONDS - 1, agedAcceptsToday: 500 }, 'TRUST_STALE'],
    ['500 aged, now fresh', { trustTime: NOW - FRESH_SECONDS, agedAcceptsToday: 500 }, 'pass'],
    ['list 72 h', { listTime: NOW - MAX_AGE_SECONDS }, 'pass'],
    ['list 72 h 1 s', { listTime: NOW - MAX_AGE_SECONDS - 1 }, 'REVOCATION_STALE'],
    ['120 s old', timed(NOON, NOON + 120), 'pass'],
    ['121 s old', timed(NOON, NOON + 121), 'CODE_STALE'],
    ['60 s ahead', timed(NOON, NOON - 60), 'pass'],
    ['61 s ahead', timed(NOON, NOON - 61), 'CLOCK_SKEW'],
    ['first second', timed(slotStart(SLOT), slotStart(SLOT)), 'pass'],
    ['second before', timed(slotStart(SLOT) - 1, slotStart(SLOT)), 'PASS_NOT_YET_VALID'],
    ['last second', timed(slotEnd(SLOT) - 1, slotEnd(SLOT)), 'pass'],
    ['second after', timed(slotEnd(SLOT), slotEnd(SLOT)), 'PASS_EXPIRED'],
    ['reserve after 120 s', reserveAfter(120), 'pass'],
    ['reserve after 119 s', reserveAfter(119), 'ALREADY_USED'],
    ['no reserve after 900 s', { lastAcceptedTime: NOON - 900 }, 'ALREADY_USED'],
    ['no service', { service: undefined }, 'SERVICE_NOT_OPEN'],
  ];
  for (const [what, parts, expected] of table) assert.equal(at(parts), expected, what);
});

void test('REF-1.3: aged trust or an aged list is accepted with a warning', () => {
  const warned = (parts: Partial<AdmissionFacts>): boolean => {
    const admission = admit({ ...good, ...parts });
    assert.ok(admission.verdict === 'pass');
    return admission.warned;
  };
  assert.equal(warned({ trustTime: NOW - FRESH_SECONDS }), false);
  assert.equal(warned({ trustTime: NOW - FRESH_SECONDS - 1 }), true);
  assert.equal(warned({ listTime: NOW - FRESH_SECONDS }), false);
  assert.equal(warned({ listTime: NOW - FRESH_SECONDS - 1 }), true);
});

void test('REF-1.5: a stale or early code says by how many seconds', () => {
  const seconds = (now: number) => {
    const admission = admit({ ...good, now, highestSignedTime: 0 });
    return admission.verdict === 'check' ? admission.secondsAhead : undefined;
  };
  assert.equal(seconds(NOON + 300), -300);
  assert.equal(seconds(NOON - 600), 600);
  assert.equal(seconds(NOON), undefined);
});

void test('TIME-2.5: an operator may allow fewer accepts on aged trust', () => {
  const aged = { ...good, trustTime: NOW - FRESH_SECONDS - 1, agedAcceptsToday: 3 };
  assert.equal(admit(aged, { maxAgedAcceptsPerDay: 4 }).verdict, 'pass');
  assert.equal(admit(aged, { maxAgedAcceptsPerDay: 3 }).verdict, 'unknown');
});
