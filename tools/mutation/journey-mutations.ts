import { inFile, type Row } from './admission-mutations.ts';
import type { Mutation } from './try-mutation.ts';

const pairing: readonly Row[] = [
  ['order-by-id', 'compareTapIds(a.id, b.id)', '0'],
  ['order-by-time', 'a.time - b.time ||', ''],
  [
    'same-tap-once',
    'return sorted.filter(({ id }) => seen.size < seen.add(id).size);',
    'seen.clear();\n  return sorted;',
  ],
  ['exit-of-the-service', 'entry.service === exit.service && ', ''],
  ['longest', ' && exit.time - entry.time <= LONGEST_JOURNEY_SECONDS;', ';'],
  ['longest-border', 'exit.time - entry.time <= LONGEST', 'exit.time - entry.time < LONGEST'],
  ['paired-twice', '[ended, open] = [open, undefined];', 'ended = open;'],
  ['second-entry-closes', "if (open !== undefined) open.state = 'missing-exit';", ''],
  ['entry-again', 'open !== undefined && isAgain(open.from, open, tap)', 'false'],
  [
    'exit-again',
    'ended !== undefined && isAgain(ended.to, ended, tap) &&',
    'ended !== undefined && false &&',
  ],
  ['again-same-service', ' || journey.taps[0].service !== tap.service', ''],
  ['again-same-stop', 'end.stop === tap.stop && ', ''],
  ['again-seconds', 'tap.time - end.time <= AGAIN_SECONDS', 'tap.time - end.time < AGAIN_SECONDS'],
  ['again-in-between', '    ended = undefined;\n', ''],
  ['exit-alone', '} else if (!tap.carried) {', '} else if (!tap.carried && open === undefined) {'],
  ['carried-alone', '} else if (!tap.carried) {', '} else {'],
  ['carried-exit-only', 'if (tap.carried) continue;', ''],
  ['carried-from-22', 'journey.from.time >= lateFrom', 'journey.from.time > lateFrom'],
  ['carried-from-before', ' && journey.from.time >= lateFrom', ''],
  ['carried-again', ' && mayEnd(ended, tap, lateFrom)', ''],
  ['carried-ends', ' && mayEnd(open, tap, lateFrom)', ''],
  ['late-at', '18 * 3600', '17 * 3600'],
  ['day-begins', 'slotStart({ day: facts.day, slot: 0 })', '86_400 * facts.day'],
  [
    'open-for',
    'facts.asOf - open.taps[0].time > LONGEST',
    'facts.asOf - open.taps[0].time >= LONGEST',
  ],
  ['open-for-ever', 'facts.asOf - open.taps[0].time > LONGEST_JOURNEY_SECONDS', 'false'],
];

const repairs: readonly Row[] = [
  ['by-time', 'a.at - b.at || ', ''],
  ['by-id', 'a.id < b.id ? -1 : Number(a.id > b.id)', '0'],
  ['once', 'seen.size < seen.add(id).size', 'seen.size <= seen.add(id).size'],
  ['maker', 'if (!repair.id.startsWith(`${by}-r-`)) continue;', ''],
  ['maker-of-waived', "repair.kind === 'waive' ? host : home", 'home'],
  ['too-late', 'if (repair.at - start > REPAIR_SECONDS) return false;', ''],
  ['too-late-border', 'repair.at - start > REPAIR', 'repair.at - start >= REPAIR'],
  ['waived-any-time', "if (repair.kind === 'waive') return true;", ''],
  ['not-yet', 'time > at || ', ''],
  ['stop', '!isStop(repair.stop, tariff)', 'tariff === undefined'],
  ['terms', 'if (tariff === undefined) return false;', 'if (tariff === undefined) return true;'],
  ['no-stops', 'return stop === null;', 'return true;'],
  ['entry-of', "if (journey.state !== 'missing-entry') return false;", ''],
  ['entry-reach', 'start - LONGEST_JOURNEY_SECONDS <= time && ', ''],
  ['entry-before', ' && time < start', ' && time <= start'],
  [
    'exit-of',
    "if (journey.state !== 'missing-exit' && journey.state !== 'open') return false;",
    '',
  ],
  [
    'exit-of-open',
    "journey.state !== 'missing-exit' && journey.state !== 'open'",
    "journey.state !== 'missing-exit'",
  ],
  ['exit-after', 'return start < time', 'return start <= time'],
  ['exit-reach', ' && time <= start + LONGEST_JOURNEY_SECONDS', ''],
  ['class', "class: find('class')?.class ?? first.class,", 'class: first.class,'],
  [
    'of-all-taps',
    'taps.flatMap(({ id }) => repairs.get(id) ?? [])',
    'taps.slice(0, 1).flatMap(({ id }) => repairs.get(id) ?? [])',
  ],
  [
    'of-all-taps-in-order',
    'return taps.length === 1 ? lists : repairsInOrder(lists);',
    'return lists;',
  ],
];

const pricing: readonly Row[] = [
  [
    'terms-unknown',
    "if (terms === undefined) return 'TERMS_UNKNOWN';",
    "if (terms === undefined) return 'NO_PRICE';",
  ],
  [
    'stop-unknown',
    "if (fullFen === undefined) return 'STOP_UNKNOWN';",
    "if (fullFen === undefined) return 'NO_PRICE';",
  ],
  [
    'terms-of-the-first',
    'facts.terms(paired.taps[0])',
    'facts.terms(paired.taps.at(-1) ?? paired.taps[0])',
  ],
  ['head-held', 'entry,\n    head,\n', 'entry,\n    head: terms.headThen,\n'],
  ['class', 'class: journey.class }', 'class: first.class }'],
  ['uses', 'day.usesOf(first.service, ruleId)', '0'],
  ['uses-off-by-one', 'day.usesOf(first.service, ruleId)', 'day.usesOf(first.service, ruleId) - 1'],
  ['edition', 'edition: first.edition,', 'edition: journey.taps.at(-1)?.edition ?? 0,'],
  ['exceptions-in-order', 'exceptions.sort((a, b) => compareTapIds(a.tap, b.tap));', ''],
  ['taps-in-order', 'taps: taps.sort(compareTapIds)', 'taps'],
  ['day-so-far', 'day.add(line, treatment.rule);', ''],
];

const fares: readonly Row[] = [
  ['backwards', 'Math.abs(end - start)', 'end - start'],
  ['beyond-the-last', '] ?? highest;', '] ?? 0;'],
  [
    'missing-end',
    'if (from === null || to === null) return highest;',
    'if (from === null || to === null) return tariff.pricesFen[0];',
  ],
];

const parts: readonly Row[] = [
  [
    'funder',
    "partOf('concession', rule.id, { kind: funder.kind }, fen)",
    "partOf('concession', rule.id, OPERATOR, fen)",
  ],
  [
    'funder-party',
    "{ kind: 'party', party: funder.party }",
    "{ kind: 'party', party: facts.home }",
  ],
  ['reduction-funder', '{ kind: reduction.funder }', 'HOST'],
  ['nothing', 'if (part.fen <= 0) return;', 'if (part.fen < 0) return;'],
  [
    'stopped',
    'if (wasStopped(terms, rule.id, facts.home)) return',
    'if (terms === undefined) return',
  ],
  ['stopped-another-head', 'if (headThen.number === head.number) return false;', ''],
  ['stopped-service', 'one.rule === null || ', ''],
  ['stopped-rule', '(one.rule === null || one.rule === rule) && ', ''],
  ['stopped-residence', ' && concernsResidence(one, home)', ''],
  ['ceiling', 'Math.min(fen, Math.max(0, left))', 'fen'],
  ['ceiling-of-the-day', ' - day.takenFrom(service, rule)', ''],
  ['ceiling-below-none', 'Math.max(0, left)', 'left'],
  [
    'over-ceiling-funder',
    "partOf('over-ceiling', rule.id, HOST, fen - paid)",
    "partOf('over-ceiling', rule.id, OPERATOR, fen - paid)",
  ],
  [
    'reduction-at-most-what-is-left',
    'Math.min(reductionFen(fare, reduction, riderFen), riderFen)',
    'reductionFen(fare, reduction, riderFen)',
  ],
  [
    'cap-before-transfer',
    'of fare.terms.entry.reductions) {',
    'of [...fare.terms.entry.reductions].reverse()) {',
  ],
  ['cap-earlier', 'fare.day.riderFen + riderFen - ', 'riderFen - '],
  ['transfer-service', ' || before.service === journey.taps[0].service', ''],
  [
    'transfer-whole',
    "if (before.state !== 'complete' && before.state !== 'repaired') return false;",
    '',
  ],
  ['transfer-repaired', " && before.state !== 'repaired'", ''],
  ['transfer-entry', 'ended === undefined || journey.from === null', 'ended === undefined'],
  ['transfer-overlap', '0 <= wait && ', ''],
  ['transfer-border', 'wait <= withinMinutes * 60', 'wait < withinMinutes * 60'],
  ['transfer-end', '(before.to ?? before.from)', '(before.from ?? before.to)'],
  ['shown-least', 'Math.min(least, tap.shownFen)', 'Math.max(least, tap.shownFen)'],
  ['shown-funder', "partOf('shown', null, HOST,", "partOf('shown', null, OPERATOR,"],
  ['shown-never', 'riderFen - shownFen)', '0)'],
  ['waived', "if (fare.journey.waived) take(partOf('waived', null, OPERATOR, riderFen));", ''],
  ['waived-funder', "partOf('waived', null, OPERATOR,", "partOf('waived', null, HOST,"],
];

const soFar: readonly Row[] = [
  ['rider', 'this.riderFen += line.riderFen;', 'this.riderFen += line.fullFen;'],
  ['last', 'this.last = line;', 'this.last ??= line;'],
  [
    'uses-of-the-service',
    'return this.#uses.get(`${service} ${ruleId}`) ?? 0;',
    'return [...this.#uses].filter(([name]) => name.endsWith(` ${ruleId}`)).length;',
  ],
  ['uses', '(this.#uses.get(name) ?? 0) + 1', '1'],
  ['taken', 'this.takenFrom(line.service, rule) + paid.fen', 'paid.fen'],
  ['signature', "funder.kind === 'party' ? funder.signature.signature : ''", 'funder.kind'],
];

const aged: readonly Row[] = [
  ['life', 'tapTime - held.time <= LIST_LIFE_SECONDS', 'tapTime - held.time < LIST_LIFE_SECONDS'],
  ['fresh', 'if (tapTime - held.time <= LIST_LIFE_SECONDS) return held;', ''],
  ['made-by-then', 'head.time <= tapTime && ', ''],
  ['made-by-then-border', 'head.time <= tapTime', 'head.time < tapTime'],
  ['newest', ' && head.number > newest.number', ''],
];

const answers: readonly Row[] = [
  [
    'not-found',
    "if (own === undefined) return dispute(line.journey, 'LINE_NOT_FOUND');",
    'own ??= line;',
  ],
  [
    'differs',
    'if (lineText(line) !== lineText(expected)) {',
    'if (line.riderFen !== expected.riderFen) {',
  ],
  [
    'missing',
    "for (const journey of ownLines.keys()) lines.push(dispute(journey, 'LINE_MISSING'));",
    '',
  ],
  ['answered-twice', '    ownLines.delete(line.journey);\n', ''],
  ['own-ceiling', 'ceilingLeft: () => Number.MAX_SAFE_INTEGER', 'ceilingLeft: facts.ceilingLeft'],
  ['over-nothing', 'if (over < 1 || over > concession.fen) return own;', ''],
  ['over-all', 'over === concession.fen ? [] : ', ''],
  ['over-of-a-party', " || concession.funder.kind !== 'party'", ''],
  [
    'exceeded',
    "if (exceedsCeiling(line, signed)) return dispute(line.journey, 'CEILING_EXCEEDED');",
    '',
  ],
  [
    'exceeded-border',
    'part.fen > facts.ceilingLeft(line.service, rule) - before',
    'part.fen >= facts.ceilingLeft(line.service, rule) - before',
  ],
  ['exceeded-sum', 'taken.set(name, before + part.fen);', ''],
  ['exceeded-party', ' || part.funder.party !== facts.home', ''],
  ['path-in-order', 'if (!Array.isArray(claimed)) names.sort();', 'names.reverse();'],
];

const claims: readonly Row[] = [
  [
    'same',
    'held === undefined || contentOf(held) !== contentOf(next)',
    'held?.revision !== next.revision',
  ],
  ['as-of', 'asOf: __, ', ''],
  ['repairs-in-order', 'repairsInOrder(facts.repairs)', 'facts.repairs'],
];

const forms: readonly Row[] = [
  ['taps', "if (!isRising(group.taps)) return 'taps';", ''],
  ['open', "if (!isRising(group.open)) return 'open';", ''],
  ['exceptions', "if (!isRising(group.exceptions.map(({ tap }) => tap))) return 'exceptions';", ''],
  ['lines', "if (!areOnce(group.lines.map(({ journey }) => journey))) return 'lines';", ''],
  [
    'repairs',
    "return areOnce(group.repairs.map(({ id }) => id)) ? undefined : 'repairs';",
    'return undefined;',
  ],
];

const kinds: readonly Row[] = [
  ['time', "if ((repair.time !== null) !== hasEnd) return 'time';", ''],
  ['stop', "if (repair.stop !== null && !hasEnd) return 'stop';", ''],
  [
    'class',
    "return (repair.class !== null) === (repair.kind === 'class') ? undefined : 'class';",
    'return undefined;',
  ],
];

const order: readonly Row[] = [
  [
    'terminal',
    'if (terminalA !== terminalB) return terminalA < terminalB ? -1 : 1;',
    'if (terminalA !== terminalB) return a < b ? -1 : 1;',
  ],
  [
    'number',
    'return Number(a.slice(slashA + 1)) - Number(b.slice(slashB + 1));',
    'return a < b ? -1 : 1;',
  ],
];

const room = 'domain/src/journey';
const vectors = [`${room}/vectors.test.ts`];
const both = [...vectors, `${room}/properties.test.ts`];
const wire = 'protocol/src/journey';
const read = [`${wire}/forms.test.ts`];

export const journeyMutations: readonly Mutation[] = [
  ...inFile('pair', `${room}/pair-taps.ts`, both, pairing),
  ...inFile('repair', `${room}/repair-journey.ts`, both, repairs),
  ...inFile('price', `${room}/price-group.ts`, vectors, pricing),
  ...inFile('fare', `${room}/full-fare.ts`, vectors, fares),
  ...inFile('parts', `${room}/take-off.ts`, vectors, parts),
  ...inFile('so-far', `${room}/day-so-far.ts`, vectors, soFar),
  ...inFile('head-then', `${room}/head-then.ts`, vectors, aged),
  ...inFile('answer', `${room}/answer-group.ts`, vectors, answers),
  ...inFile('claim', `${room}/claim-of.ts`, [`${room}/properties.test.ts`], claims),
  ...inFile('group-form', `${wire}/claim.ts`, read, forms),
  ...inFile('repair-form', `${wire}/repair.ts`, read, kinds),
  ...inFile('tap-order', `${wire}/tap-order.ts`, [...vectors, ...read], order),
];
