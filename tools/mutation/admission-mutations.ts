import type { Mutation } from './try-mutation.ts';

/** A change as one line of a table: id, text that stands once in the file, what replaces it. */
export type Row = readonly [id: string, find: string, replace: string];

/** Lines of code in one text, for rows that would be too wide. */
export function lines(...parts: readonly string[]): string {
  return parts.join('\n  ');
}

export function inFile(
  prefix: string,
  file: string,
  tests: readonly string[],
  rows: readonly Row[],
): readonly Mutation[] {
  return rows.map(([id, find, replace]) => ({ id: `${prefix}-${id}`, file, find, replace, tests }));
}

const ladder: readonly Row[] = [
  [
    'form',
    "if (code.form === 'bad') return refuse(code.refusal.code);",
    "if (code.form === 'bad') return refuse('MALFORMED');",
  ],
  [
    'terminal-clock',
    "if (clockIsBehind(now, facts.highestSignedTime)) return refuse('TERMINAL_CLOCK');",
    '',
  ],
  [
    'terminal-clock-equal',
    'return now < highestSignedTime - CLOCK_TOLERANCE_SECONDS;',
    'return now <= highestSignedTime - CLOCK_TOLERANCE_SECONDS;',
  ],
  ['terminal-clock-tolerance', 'highestSignedTime - CLOCK_TOLERANCE_SECONDS', 'highestSignedTime'],
  ['trust-stale', "if (trustAge === 'stale') return refuse('TRUST_STALE');", ''],
  [
    'aged-limit',
    'if (aged && facts.agedAcceptsToday >= settings.maxAgedAcceptsPerDay)',
    'if (false)',
  ],
  [
    'aged-limit-one-more',
    'facts.agedAcceptsToday >= settings',
    'facts.agedAcceptsToday > settings',
  ],
  ['aged-limit-always', 'if (aged && facts.agedAcceptsToday', 'if (facts.agedAcceptsToday'],
  ['issuer-unknown', "if (code.party === 'unknown') return 'ISSUER_UNKNOWN';", ''],
  ['issuer-observer', "if (code.party === 'observer') return 'ISSUER_NOT_PARTY';", ''],
  ['issuer-suspended', "if (code.party === 'suspended') return 'ISSUER_SUSPENDED';", ''],
  ['key-unknown', "if (code.key === 'unknown') return 'KEY_UNKNOWN';", ''],
  ['key-revoked', "if (code.key === 'revoked') return 'KEY_REVOKED';", ''],
  ['pass-signature', "if (!code.passSignatureGood) return 'PASS_SIGNATURE_INVALID';", ''],
  ['device-signature', "if (!code.deviceSignatureGood) return 'DEVICE_SIGNATURE_INVALID';", ''],
  ['issuer-all', 'if (issuerRefusal !== undefined) return refuse(issuerRefusal);', ''],
  ['not-yet', "if (time < slotStart(pass.slot)) return refuse('PASS_NOT_YET_VALID');", ''],
  ['not-yet-border', 'if (time < slotStart(pass.slot))', 'if (time <= slotStart(pass.slot))'],
  ['expired', "if (time >= slotEnd(pass.slot)) return refuse('PASS_EXPIRED');", ''],
  ['expired-border', 'if (time >= slotEnd(pass.slot))', 'if (time > slotEnd(pass.slot))'],
  [
    'code-stale',
    "if (secondsAhead < -CODE_LIFE_SECONDS) return { ...refuse('CODE_STALE'), secondsAhead };",
    '',
  ],
  ['code-stale-border', 'secondsAhead < -CODE_LIFE_SECONDS', 'secondsAhead <= -CODE_LIFE_SECONDS'],
  ['code-life', 'CODE_LIFE_SECONDS = 120', 'CODE_LIFE_SECONDS = 121'],
  [
    'clock-skew',
    "if (secondsAhead > CODE_AHEAD_SECONDS) return { ...refuse('CLOCK_SKEW'), secondsAhead };",
    '',
  ],
  ['clock-skew-border', 'secondsAhead > CODE_AHEAD_SECONDS', 'secondsAhead >= CODE_AHEAD_SECONDS'],
  ['code-ahead', 'CODE_AHEAD_SECONDS = 60', 'CODE_AHEAD_SECONDS = 61'],
  [
    'slot-by-clock',
    'const { pass, time } = code.code;\n  if (time < slotStart',
    'const { pass } = code.code;\n  const time = now;\n  if (time < slotStart',
  ],
  ['time-all', 'if (timeRefusal !== undefined) return timeRefusal;', ''],
  ['revoked', "if (facts.revoked) return refuse('PASS_REVOKED');", ''],
  ['list-stale', "if (listAge === 'stale') return refuse('REVOCATION_STALE');", ''],
  ['used', "if (alreadyUsed(code, facts.lastAcceptedTime)) return refuse('ALREADY_USED');", ''],
  ['used-reserve-only', 'return !(pass.reserve && time', 'return !(time'],
  ['used-rest-border', 'time >= lastAcceptedTime + RESERVE', 'time > lastAcceptedTime + RESERVE'],
  ['used-rest-life', 'RESERVE_REST_SECONDS = 120', 'RESERVE_REST_SECONDS = 119'],
  [
    'service',
    "if (facts.service?.open !== true) return refuse('SERVICE_NOT_OPEN');",
    "if (facts.service === undefined) return refuse('SERVICE_NOT_OPEN');",
  ],
  ['service-none', 'if (facts.service?.open !== true)', 'if (facts.service?.open === false)'],
  [
    'entitled',
    lines(
      "if (quote === undefined) return refuse('NOT_ENTITLED');",
      "return { verdict: 'pass', code, quote,",
    ),
    "return { verdict: 'pass', code, quote: quote ?? ({} as never),",
  ],
  [
    'age-none',
    'if (asOf === undefined || now - asOf > MAX_AGE_SECONDS)',
    'if (asOf !== undefined && now - asOf > MAX_AGE_SECONDS)',
  ],
  ['age-72h', 'asOf === undefined || now - asOf > MAX_AGE_SECONDS', 'asOf === undefined'],
  ['age-72h-border', 'now - asOf > MAX_AGE_SECONDS', 'now - asOf >= MAX_AGE_SECONDS'],
  ['age-24h-border', 'now - asOf > FRESH_SECONDS', 'now - asOf >= FRESH_SECONDS'],
  ['age-24h', "now - asOf > FRESH_SECONDS ? 'aged' : 'fresh'", "false ? 'aged' : 'fresh'"],
  ['warned-trust', "warned: aged || listAge === 'aged'", "warned: listAge === 'aged'"],
  ['warned-list', "warned: aged || listAge === 'aged'", 'warned: aged'],
];

/** The same rungs exchanged: the order of REF-1.2 is a rule of its own. */
const order: readonly Row[] = [
  [
    'clock-after-trust',
    lines(
      "if (clockIsBehind(now, facts.highestSignedTime)) return refuse('TERMINAL_CLOCK');",
      'const trustAge = ageOf(facts.trustTime, now);',
      "if (trustAge === 'stale') return refuse('TRUST_STALE');",
    ),
    lines(
      'const trustAge = ageOf(facts.trustTime, now);',
      "if (trustAge === 'stale') return refuse('TRUST_STALE');",
      "if (clockIsBehind(now, facts.highestSignedTime)) return refuse('TERMINAL_CLOCK');",
    ),
  ],
  [
    'pass-after-device',
    lines(
      "if (!code.passSignatureGood) return 'PASS_SIGNATURE_INVALID';",
      "if (!code.deviceSignatureGood) return 'DEVICE_SIGNATURE_INVALID';",
    ),
    lines(
      "if (!code.deviceSignatureGood) return 'DEVICE_SIGNATURE_INVALID';",
      "if (!code.passSignatureGood) return 'PASS_SIGNATURE_INVALID';",
    ),
  ],
  [
    'revoked-after-list',
    lines(
      "if (facts.revoked) return refuse('PASS_REVOKED');",
      'const listAge = ageOf(facts.listTime, now);',
      "if (listAge === 'stale') return refuse('REVOCATION_STALE');",
    ),
    lines(
      'const listAge = ageOf(facts.listTime, now);',
      "if (listAge === 'stale') return refuse('REVOCATION_STALE');",
      "if (facts.revoked) return refuse('PASS_REVOKED');",
    ),
  ],
  [
    'used-after-service',
    lines(
      "if (alreadyUsed(code, facts.lastAcceptedTime)) return refuse('ALREADY_USED');",
      "if (facts.service?.open !== true) return refuse('SERVICE_NOT_OPEN');",
    ),
    lines(
      "if (facts.service?.open !== true) return refuse('SERVICE_NOT_OPEN');",
      "if (alreadyUsed(code, facts.lastAcceptedTime)) return refuse('ALREADY_USED');",
    ),
  ],
];

const verdicts: readonly Row[] = [
  ['unknown', "TRUST_STALE: 'unknown'", "TRUST_STALE: 'refuse'"],
  ['check', "CODE_STALE: 'check'", "CODE_STALE: 'refuse'"],
];

const taps: readonly Row[] = [
  [
    'malformed-text',
    "refusal !== 'MALFORMED' && refusal !== 'UNSUPPORTED_VERSION'",
    "refusal !== 'UNSUPPORTED_VERSION'",
  ],
  [
    'version-text',
    "refusal !== 'MALFORMED' && refusal !== 'UNSUPPORTED_VERSION'",
    "refusal !== 'MALFORMED'",
  ],
  ['price', 'shownPriceFen: passed ? admission.quote.priceFen : null', 'shownPriceFen: null'],
  ['rule', 'shownRule: passed ? (admission.quote.rule?.id ?? null) : null', 'shownRule: null'],
  ['warned', 'warned: passed && admission.warned', 'warned: passed'],
];

const form: readonly Row[] = [
  ['too-long', 'text.length > MAX_TEXT_LENGTH || !text', '!text'],
  ['prefix', ' || !text.startsWith(CODE_PREFIX)', ''],
  ['version', 'if (version !== FORMAT_VERSION) {', 'if (version === 99) {'],
  [
    'length',
    'if (bytes.length !== CODE_BYTES || text.length !== CODE_TEXT_LENGTH)',
    'if (bytes.length < CODE_BYTES)',
  ],
  ['suite', "if (suiteOf(suite) === undefined) return 'suite';", ''],
  ['issuer-low', 'if (issuer < 1000 || issuer > 9999)', 'if (issuer > 9999)'],
  ['issuer-high', 'if (issuer < 1000 || issuer > 9999)', 'if (issuer < 1000)'],
  ['key-id', "if (readUint16(bytes, AT.keyId) === 0) return 'key-id';", ''],
  ['day-low', 'if (day < FIRST_DAY || day > LAST_DAY)', 'if (day > LAST_DAY)'],
  ['day-high', 'if (day < FIRST_DAY || day > LAST_DAY)', 'if (day < FIRST_DAY)'],
  ['slot', "if ((bytes[AT.slot] ?? 0) >= SLOTS_PER_DAY) return 'slot';", ''],
  ['flags', "if (((bytes[AT.flags] ?? 0) & ~FLAG_RESERVE) !== 0) return 'flags';", ''],
  ['device-key', "if (keyForm !== 2 && keyForm !== 3) return 'device-key';", ''],
  ['time', "if (readUint32(bytes, AT.time) % TIME_STEP_SECONDS !== 0) return 'time';", ''],
];

const examine: readonly Row[] = [
  ['algorithm', ' || key.alg !== suite.issuer', ''],
  [
    'device-of-bad-pass',
    "if (!passSignatureGood) return facts(code, standing.party, 'good', false, false);",
    '',
  ],
  [
    'pass-signature',
    "return facts(code, standing.party, 'good', true, deviceSignatureGood);",
    "return facts(code, standing.party, 'good', true, true);",
  ],
];

const base45: readonly Row[] = [
  ['lone-letter', 'if (tail === 1) return undefined;', ''],
  ['group-range', ' || pair > 0xffff', ''],
  ['tail-range', ' || last > 0xff', ''],
];

const admitTests = ['domain/src/admission/admit.test.ts'];
const vectorTests = ['protocol/src/vectors.test.ts'];

export const admissionMutations: readonly Mutation[] = [
  ...inFile('admit', 'domain/src/admission/admit.ts', admitTests, ladder),
  ...inFile('admit-order', 'domain/src/admission/admit.ts', admitTests, order),
  ...inFile('verdict', 'domain/src/admission/refusals.ts', admitTests, verdicts),
  ...inFile('tap', 'domain/src/admission/tap-of.ts', ['domain/src/admission/tap-of.test.ts'], taps),
  ...inFile('code', 'protocol/src/code/parse-code.ts', vectorTests, form),
  ...inFile(
    'examine',
    'protocol/src/code/examine-code.ts',
    ['protocol/src/code/examine-code.test.ts', 'domain/src/vectors.test.ts'],
    examine,
  ),
  ...inFile('base45', 'protocol/src/encoding/base45.ts', vectorTests, base45),
];
