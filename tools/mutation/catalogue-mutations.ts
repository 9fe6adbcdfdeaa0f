import { inFile, type Row } from './admission-mutations.ts';
import type { Mutation } from './try-mutation.ts';

/**
 * That the next root back has the number before needs no line here: the hash that leads to it
 * stands in a root that was checked, so no other can have it.
 */
const edition: readonly Row[] = [
  [
    'older',
    "if (held !== undefined && now.number < held.number) return refuse('EDITION_OLDER');",
    '',
  ],
  ['forked', "    return refuse('TRUST_FORKED');", "    return refuse('EDITION_FORM');"],
  ['root', "if (root === undefined) return refuse('EDITION_ROOT_UNKNOWN');", ''],
  ['previous-number', 'previous?.number !== held.number || previous.hash', 'previous?.hash'],
  ['previous-hash', ' || previous.hash !== documentHash(held)', ''],
  ['later', 'if (!isLater || now.root', 'if (now.root'],
  ['later-from', 'now.effectiveFrom > held.effectiveFrom && now.id', 'now.id'],
  [
    'later-from-border',
    'now.effectiveFrom > held.effectiveFrom',
    'now.effectiveFrom >= held.effectiveFrom',
  ],
  ['later-id', ' && now.id > held.id', ''],
  ['later-id-border', 'now.id > held.id', 'now.id >= held.id'],
  ['root-goes-back', ' || now.root.number < held.root.number', ''],
  ['form', "if (broken !== undefined) return refuse('EDITION_FORM', broken.party);", ''],
  [
    'all-members',
    'const missing = members.find(({ party }) => !signers.has(party));',
    'const missing = signers.size < root.threshold ? members[0] : undefined;',
  ],
  ['chain-hash', ' && documentHash(signed) === previous,', ','],
  ['root-number', 'if (root?.number !== edition.root.number) return undefined;', ''],
  [
    'root-hash',
    'return documentHash(root) === edition.root.hash ? root : undefined;',
    'return root;',
  ],
  ['parts-order', 'if (outOfOrder !== undefined) return { party: outOfOrder.party };', ''],
  ['parts-twice', "party <= (parts[i - 1]?.party ?? '')", "party < (parts[i - 1]?.party ?? '')"],
  ['parts-of-members', 'if (without !== undefined) return { party: without.party };', ''],
  ['parts-of-strangers', 'if (stranger !== undefined) return { party: stranger.party };', ''],
  [
    'follows-later',
    'if (edition.previous !== null && edition.previous.number >= edition.number) return {};',
    '',
  ],
  ['follows-itself', 'edition.previous.number >= edition', 'edition.previous.number > edition'],
  ['opened', 'edition.opened <= edition.made && ', ''],
  ['opened-border', 'edition.opened <= edition.made', 'edition.opened < edition.made'],
  ['over', ' && edition.effectiveFrom < editionEnd(edition.id)', ''],
  [
    'over-border',
    'edition.effectiveFrom < editionEnd(edition.id)',
    'edition.effectiveFrom <= editionEnd(edition.id)',
  ],
];

const part: readonly Row[] = [
  ['hash', "if (partTextHash(source) !== named.hash) return refuse({ code: 'PART_DIFFERS' });", ''],
  ['party', 'part.party !== party || ', ''],
  ['edition', 'part.edition !== edition || ', ''],
  ['count', ' || part.entries.length !== count) {', ') {'],
  ['order', "if (entry !== undefined) return { code: 'PART_ORDER', party, entry };", ''],
  ['twice', "id <= (ids[i - 1] ?? '')", "id < (ids[i - 1] ?? '')"],
  ['changes-order', ' ?? disorder(changes.map((change) => change.entry))', ''],
  ['fault', 'if (fault !== undefined) return { ...fault, party, entry: one.id };', ''],
  ['funding', 'if (rule !== undefined) {', 'if (rule === null) {'],
];

const funding: readonly Row[] = [
  [
    'key',
    'if (key === undefined || signature.by !== party) return rule;',
    'if (key === undefined) continue;',
  ],
  ['by', ' || signature.by !== party', ''],
  ['signature', 'if (!(yield signatureCheck(content, signature, key))) return rule;', ''],
  ['of-the-entry', 'entry: entry.id,', "entry: '',"],
  ['of-the-tariff', 'tariff: entry.tariff,', "tariff: { kind: 'free' },"],
  ['of-the-rule', 'rule: terms,', 'rule: { ...terms, until: null },'],
  ['of-the-ceiling', 'ceilingFen: funder.ceilingFen,', 'ceilingFen: 1,'],
];

const entry: readonly Row[] = [
  ['foreign', "if (foreign !== undefined) return { code: 'ENTRY_FOREIGN', field: foreign };", ''],
  ['foreign-id', "if (!entry.id.startsWith(own)) return 'id';", ''],
  ['foreign-operator', "if (!entry.operator.id.startsWith(own)) return 'operator.id';", ''],
  [
    'foreign-fare-group',
    "return entry.fareGroup.startsWith(own) ? undefined : 'fareGroup';",
    'return undefined;',
  ],
  [
    'access-order',
    "if (!isRising(entry.access.map((way) => ACCESS_WAYS.indexOf(way)))) return order('access');",
    '',
  ],
  ['admits-order', "if (!isRising(entry.admits.map(Number))) return order('admits');", ''],
  [
    'code-admits',
    'opensByCode !== entry.admits.length > 0',
    'opensByCode && entry.admits.length === 0',
  ],
  [
    'code-only-admits',
    'opensByCode !== entry.admits.length > 0',
    '!opensByCode && entry.admits.length > 0',
  ],
  [
    'audience',
    '!entry.audience.residents && !entry.audience.organisations',
    'entry.id.length === 0',
  ],
  ['audience-one', ' && !entry.audience.organisations', ''],
  ['days', 'if (!isRising(hours.days)) return order(`${field}.days`);', ''],
  ['hours', 'length <= 0 || length > 1440', 'length > 1440'],
  ['hours-none', 'length <= 0 ||', 'length < 0 ||'],
  ['hours-day', 'length <= 0 || length > 1440', 'length <= 0'],
  ['hours-day-border', 'length > 1440', 'length >= 1440'],
  ['tariff-falls', "if (falls) return { code: 'ENTRY_TARIFF', field: 'tariff.pricesFen' };", ''],
  [
    'repeats',
    'return new Set(ids).size === ids.length ? undefined : { code',
    'return ids.length < 99 ? undefined : { code',
  ],
  [
    'rising-twice',
    'i === 0 || value > (values[i - 1] ?? 0)',
    'i === 0 || value >= (values[i - 1] ?? 0)',
  ],
  [
    'reductions-order',
    "return isRising(places) ? undefined : order('reductions');",
    'return undefined;',
  ],
  ['reductions-kind', "kind === 'transfer' ? 0 : 1", "kind === 'transfer' ? 1 : 0"],
  ['reductions', 'reductionFault(entry) ??', ''],
  [
    'rule-order',
    'if (!isRising(rule.residences.map(Number))) return order(`${at}.residences`);',
    '',
  ],
  [
    'rule-residence',
    "if (stranger !== undefined) return { code: 'RULE_RESIDENCE', field: `${at}.residences` };",
    '',
  ],
  ['rule-dates', 'rule.until !== null && rule.until < rule.from', "rule.from === ''"],
  ['rule-dates-border', 'rule.until < rule.from', 'rule.until <= rule.from'],
  [
    'rule-funds-itself',
    "if (rule.funder.party === party) return { code: 'RULE_FUNDER', field: `${at}.funder.party` };",
    '',
  ],
  [
    'rule-funded-without-end',
    "return rule.until === null ? { code: 'RULE_FUNDER', field: `${at}.until` } : undefined;",
    'return undefined;',
  ],
];

const head: readonly Row[] = [
  [
    'of-the-section',
    'section?.party === now.party ? currentKeys',
    'section !== undefined ? currentKeys',
  ],
  ['purpose', "'list', serviceDay(now.time)", "'issuer', serviceDay(now.time)"],
  [
    'by',
    'signature?.by !== now.party || key === undefined',
    'signature === undefined || key === undefined',
  ],
  [
    'signature',
    "if (!(yield signatureCheck(now, signature, key))) return refuse('HEAD_SIGNATURE_INVALID');",
    '',
  ],
  ['forked', "return refuse('TRUST_FORKED');", ''],
  ['older', "if (held !== undefined && isOlder(now, held)) return refuse('HEAD_OLDER');", ''],
  ['older-number', 'now.number < held.number || now.time', 'now.time'],
  ['older-time', ' || now.time < held.time', ''],
  ['older-time-border', 'now.time < held.time', 'now.time <= held.time'],
  [
    'older-edition',
    'return (now.edition?.number ?? 0) < (held.edition?.number ?? 0);',
    'return false;',
  ],
  [
    'form',
    "return isInForm(now) ? { ok: true, head } : refuse('HEAD_FORM');",
    'return { ok: true, head };',
  ],
  ['own', 'return isOwn && isRising', 'return isRising'],
  ['checks-order', 'isOwn && isRising(verified) && ', 'isOwn && '],
  ['suspended-order', ' && isRising(suspended);', ';'],
  ['rules-order', "${rule ?? ''} ${residence", '${residence'],
  ['residences-order', " ${residence ?? ''}`", '`'],
  [
    'service-closed-for-one-residence',
    'if (head.suspended.some(({ rule, residence }) => rule === null && residence !== null)) {',
    'if (head.suspended.length > 2_500) {',
  ],
  ['twice', "key > (keys[i - 1] ?? '')", "key >= (keys[i - 1] ?? '')"],
];

const erratum: readonly Row[] = [
  ['by', ' || signature?.by !== now.party', ' || signature === undefined'],
  ['of-the-section', 'section?.party !== now.party || ', 'section === undefined || '],
  ['own', 'if (!now.entry.startsWith(`${now.party}-`)) return false;', ''],
  [
    'signature',
    'key !== undefined && (yield signatureCheck(now, signature, key))',
    'key !== undefined',
  ],
];

const offer: readonly Row[] = [
  [
    'edition-again',
    'else if (edition.signed.number > (newest?.number ?? 0)) editions',
    'else editions',
  ],
  [
    'head-names-another',
    "else if (namesAnother(editions, head)) refusals.push({ code: 'TRUST_FORKED', party });",
    '',
  ],
  ['head-again', 'else if (head.signed.number > (held?.signed.number ?? 0)) {', 'else {'],
  ['head-of-another', 'heads.filter((entry) => entry !== held)', 'heads.filter(() => false)'],
  [
    'erratum-good',
    "if (!isGood) refusals.push({ code: 'ERRATUM_SIGNATURE_INVALID', party });\n    else if",
    'if',
  ],
  [
    'erratum-forked',
    "else if (held !== undefined) refusals.push({ code: 'TRUST_FORKED', party });\n",
    '',
  ],
  [
    'in-force',
    'return editions.findLast(({ signed }) => signed.effectiveFrom <= now);',
    'return editions.at(-1);',
  ],
  ['needed', 'return editions.slice(Math.max(0, first));', 'return editions;'],
];

const hostList: readonly Row[] = [
  [
    'not-fetched',
    'if (held === undefined && text === undefined) break;',
    'if (held === undefined && text === undefined) continue;',
  ],
  [
    'own-head',
    'accepted.state.heads.filter(({ signed }) => signed.party === host)',
    'accepted.state.heads',
  ],
  ['whole', 'editions.length > 0 || list.catalogue.editions.length === 0', 'true'],
  [
    'refused-part',
    'refusals.push(result.refusal);\n        break;',
    'refusals.push(result.refusal);\n        continue;',
  ],
];

const difference: readonly Row[] = [
  [
    'unexplained',
    "if (given.get(entry) !== kind) return { code: 'CHANGE_UNEXPLAINED', entry };",
    '',
  ],
  ['kind', 'given.get(entry) !== kind', '!given.has(entry)'],
  [
    'not-made',
    "return idle === undefined ? undefined : { code: 'CHANGE_NOT_MADE', entry: idle.entry };",
    'return undefined;',
  ],
  [
    'removed',
    'const removed = before.filter(({ id }) => !ids.has(id));',
    'const removed = before.slice(0, 0);',
  ],
  ['order', 'if (first.some((id, i) => id !== second[i])) {', 'if (first.length > 99) {'],
  ['order-of-those-that-stay', '.filter((id) => other.has(id));\n  const', ';\n  const'],
  ['gone-member', ', ...[...was.keys()].filter((name) => !now.has(name))];', '];'],
  [
    'new-member',
    'if (a === undefined && b !== undefined) changes.push({ path: at, after: b });',
    'if (a === undefined) continue;',
  ],
];

const terms: readonly Row[] = [
  ['suspended', ' && suspensionOf(head, entry.id) === undefined', ''],
  ['head-age', 'isHeadGood(head, now) && ', ''],
  [
    'rules-counted',
    'entitle({ entry, head, rider, date, now })',
    'entitle({ entry, head: head && { ...head, suspended: [] }, rider, date, now })',
  ],
];

const hostTerms: readonly Row[] = [
  ['in-force', 'editions.findLast(({ from }) => from <= now)', 'editions.at(-1)'],
  ['own-head', '.find(({ signed }) => signed.party === host)', '.at(0)'],
];

const usable: readonly Row[] = [
  ['check-later', ' && later.on > entry.checked.on', ''],
  ['check-life', 'age > CHECK_LIFE_DAYS', 'age >= CHECK_LIFE_DAYS'],
  ['suspended', "(['SUSPENDED'] as const)),", '[]),'],
  ['hours-last-minute', 'at < h.toMinute', 'at <= h.toMinute'],
  ['hours-first-minute', 'h.fromMinute <= at', 'h.fromMinute < at'],
  ['past-midnight', ' || isOn(weekdayOf(day - 1), minute + 1440)', ''],
  ['past-midnight-of-the-day-before', 'weekdayOf(day - 1), minute', 'weekdayOf(day), minute'],
  ['weekday', 'h.days.includes(weekday) && ', ''],
  ['overdue-border', 'now >= editionEnd(inForce.id)', 'now > editionEnd(inForce.id)'],
];

const calendar: readonly Row[] = [
  ['date-exists', 'dateOfDay(dayOfDate(date)) === date ? date : text(0)(value, path)', 'date'],
  ['china', '(timeSeconds + CHINA_IS_AHEAD_SECONDS) / SECONDS', 'timeSeconds / SECONDS'],
  ['half', "Number(date.slice(5, 7)) <= 6 ? '1'", "Number(date.slice(5, 7)) < 6 ? '1'"],
  ['next-year', '`${String(year + 1)}-H1`', '`${String(year)}-H1`'],
];

const whatOpens: readonly Row[] = [
  [
    'no-code',
    "if (!entry.access.includes('code')) closed.push('NO_CODE_HERE');\n    else if",
    'if',
  ],
  ['not-admitted', "else if (!treatment.admitted) closed.push('RESIDENCE_NOT_ADMITTED');", ''],
  ['residents', "if (!entry.audience.residents) closed.push('NOT_FOR_RESIDENTS');", ''],
  ['old', "else if (!isHeadGood(head, now)) closed.push('LIST_TOO_OLD');", ''],
  ['price-where-closed', 'closed.length === 0 && treatment', 'treatment'],
  ['unchecked', "whyUnusable(entry, head, now).includes('CHECK_TOO_OLD')", 'false'],
];

const wire = 'protocol/src/catalogue';
const room = 'domain/src/catalogue';
const vectors = ['protocol/src/vectors.test.ts'];
const besides = [...vectors, `${wire}/head.test.ts`];
const offers = [...vectors, `${wire}/catalogue-offer.test.ts`];
const decisions = ['domain/src/vectors.test.ts', `${room}/list-properties.test.ts`];
const termTests = [`${room}/terms.test.ts`];

export const catalogueMutations: readonly Mutation[] = [
  ...inFile('edition', `${wire}/edition.ts`, vectors, edition),
  ...inFile('part', `${wire}/part.ts`, vectors, part),
  ...inFile('funding', `${wire}/funding.ts`, vectors, funding),
  ...inFile('entry', `${wire}/entry-fault.ts`, vectors, entry),
  ...inFile('head', `${wire}/head.ts`, besides, head),
  ...inFile('erratum', `${wire}/erratum.ts`, besides, erratum),
  ...inFile('calendar', `${wire}/calendar.ts`, vectors, calendar),
  ...inFile('offer', `${wire}/catalogue-offer.ts`, offers, offer),
  ...inFile('host-list', `${wire}/host-list.ts`, [`${wire}/host-list.test.ts`], hostList),
  ...inFile('difference', `${room}/difference.ts`, decisions, difference),
  ...inFile('terms', `${room}/terms.ts`, termTests, terms),
  ...inFile('host-terms', `${room}/host-terms.ts`, termTests, hostTerms),
  ...inFile('usable', `${room}/usable.ts`, [`${room}/usable.test.ts`], usable),
  ...inFile('what-opens', `${room}/what-opens.ts`, [`${room}/what-opens.test.ts`], whatOpens),
];
