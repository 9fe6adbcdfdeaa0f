import { inFile, type Row } from './admission-mutations.ts';
import type { Mutation } from './try-mutation.ts';

/** The rules of ENT, and the price of LIST-2.2. */
const entitle: readonly Row[] = [
  [
    'admits',
    'if (!entry.admits.includes(rider.residence)) return { admitted: false, findings };',
    '',
  ],
  ['residence', 'bits |= RESIDENCE_NOT_NAMED;', 'bits |= 0;'],
  ['class', 'bits |= CLASS_NOT_SHOWN;', 'bits |= 0;'],
  ['class-of-everybody', 'wanted === 0 || wanted === shown', 'wanted === shown'],
  ['class-itself', 'wanted === 0 || wanted === shown', 'wanted === 0'],
  ['class-of-age', 'return wanted <= 3 && wanted < shown && shown <= 3;', 'return false;'],
  ['class-younger', 'wanted < shown && ', ''],
  ['class-four-is-no-age', ' && shown <= 3;', ';'],
  ['from', 'if (date < rule.from) bits |= NOT_YET;', ''],
  ['from-border', 'date < rule.from', 'date <= rule.from'],
  ['until', 'if (until !== null && date > until) bits |= ENDED;', ''],
  ['until-border', 'date > until', 'date >= until'],
  ['suspended', 'bits |= SUSPENDED;', 'bits |= 0;'],
  ['suspended-for-residence', 'bits |= SUSPENDED_FOR_RESIDENCE;', 'bits |= 0;'],
  ['suspended-for-others', 'else if (one.residence === residence)', 'else'],
  ['suspended-other-rule', 'if (one.rule !== ruleId) continue;', ''],
  ['daily-number', 'if (perDay === null) return bits;', 'return bits;'],
  ['daily-used', '? bits | DAILY_NUMBER_USED : bits', '? bits : bits'],
  ['daily-border', 'usesToday(rule.id) >= perDay', 'usesToday(rule.id) > perDay'],
  ['daily-open', 'return bits | DAILY_NUMBER_OPEN;', 'return bits;'],
  [
    'daily-open-counts-as-used',
    'return bits | DAILY_NUMBER_OPEN;',
    'return bits | DAILY_NUMBER_USED;',
  ],
  ['old', 'isTold ? 0 : LIST_TOO_OLD', '0'],
  ['old-is-no-daily-number', 'isTold ? 0 : LIST_TOO_OLD', 'isTold ? 0 : DAILY_NUMBER_OPEN'],
  [
    'no-head',
    'now === undefined ? head !== undefined : isHeadGood',
    'now === undefined ? true : isHeadGood',
  ],
  [
    'accepted-tap',
    'now === undefined ? head !== undefined : isHeadGood(head, now)',
    'isHeadGood(head, now ?? Infinity)',
  ],
  ['unknown-lowers-the-price', 'bits === 0 ? priceWith', '(bits & AGAINST) === 0 ? priceWith'],
  [
    'no-beats-unknown',
    '(bits & AGAINST) === 0',
    '(bits & AGAINST) === 0 || bits >= DAILY_NUMBER_OPEN',
  ],
  ['unknown-is-no', 'const AGAINST = DAILY_NUMBER_OPEN - 1;', 'const AGAINST = NOT_LOWEST - 1;'],
  ['least-of-the-open-ones', '(bits & ~DAILY_NUMBER_OPEN) === 0', 'bits === 0'],
  ['least-of-the-old-ones', '(bits & ~DAILY_NUMBER_OPEN) === 0', '(bits & AGAINST) === 0'],
  [
    'least-of-all',
    'fromFen = Math.min(fromFen, priceWith(rule, lowest))',
    'fromFen = priceWith(rule, lowest)',
  ],
  ['least-lower-end', 'priceWith(rule, lowest)', 'priceWith(rule, highest)'],
  ['lowest', 'if (price < priceFen) {', 'if (price < highest) {'],
  ['equal', 'price < priceFen', 'price <= priceFen'],
  ['not-lowest', 'bits || NOT_LOWEST', 'bits'],
  [
    'applied',
    "if (rule !== null) findings[best] = { rule, standing: 'applied', reasons: [] };",
    '',
  ],
  ['rounding', 'Math.floor((fullFen', 'Math.round((fullFen'],
  ['never-above', 'return Math.min(price, fullFen);', 'return price;'],
  ['fare-known', 'const highest = fullFen ?? ', 'const highest = '],
  ['fare-known-least', 'const lowest = fullFen ?? ', 'const lowest = '],
  ['highest-zone', '(tariff.pricesFen.at(-1) ?? 0)', '(tariff.pricesFen[0] ?? 0)'],
  ['lowest-zone', '(tariff.pricesFen[0] ?? 0)', '(tariff.pricesFen.at(-1) ?? 0)'],
  ['reasons-in-order', '(bits & bitOf(reason)) !== 0', '(bits & bitOf(reason)) === 0'],
];

const suspensions: readonly Row[] = [
  ['head-age', ' && now - head.time <= HEAD_LIFE_SECONDS', ''],
  ['head-age-border', 'now - head.time <= HEAD', 'now - head.time < HEAD'],
  ['head-missing', 'return head !== undefined && now', 'return head === undefined || now'],
  ['of-the-entry', 'index.get(entryId) ?? NONE', 'head.suspended'],
  [
    'all-of-the-entry',
    'else known.push(suspension);',
    'else if (known.length < 0) known.push(suspension);',
  ],
  ['rule-closes-nothing', '.find(({ rule }) => rule === null)', '.at(0)'],
];

const treatmentWords: readonly Row[] = [
  ['cheaper-only', 'priceWith(finding.rule, fullFen) < priceFen && ', ''],
  ['own-residence', "if (reasons.includes('RESIDENCE_NOT_NAMED')) return false;", ''],
  ['class-alone', ' || reasons.length === 1', ''],
  ['class-with-others', "!reasons.includes('CLASS_NOT_SHOWN') || reasons.length === 1", 'true'],
];

const listed: readonly Row[] = [
  ['for-everybody', '.find(({ residence }) => residence === null) ?? null', '.at(0) ?? null'],
  ['stopped-for', '(residence === null ? [] : [residence])', '(residence === null ? [] : [])'],
  ['daily-price', 'usesToday: () => 0 }, [])', 'usesToday: () => 100 }, [])'],
];

const room = 'domain/src/entitlement';
const decisions = ['domain/src/vectors.test.ts', `${room}/entitle.test.ts`];
const heads = [
  'domain/src/vectors.test.ts',
  'domain/src/catalogue/terms.test.ts',
  `${room}/entitle.test.ts`,
];
const words = 'domain/src/admission/treatment-words';
const catalogue = 'domain/src/catalogue';

export const entitlementMutations: readonly Mutation[] = [
  ...inFile('entitle', `${room}/entitle.ts`, decisions, entitle),
  ...inFile('suspensions', `${room}/suspensions.ts`, heads, suspensions),
  ...inFile('treatment-words', `${words}.ts`, [`${words}.test.ts`], treatmentWords),
  ...inFile('listed', `${catalogue}/listed.ts`, [`${catalogue}/listed.test.ts`], listed),
];
