import { inFile, type Row } from './admission-mutations.ts';
import type { Mutation } from './try-mutation.ts';

/**
 * Rule 8 of TRUST-2.5 (the old threshold) has no line here: as long as each changed key needs its
 * old one, whoever reaches the new threshold has reached the old one, so no test can miss it.
 */
const root: readonly Row[] = [
  ['pin', "if (documentHash(root.signed) !== pinnedHash) return refuse('ROOT_NOT_PINNED');", ''],
  [
    'first-number',
    'if (root.signed.number !== 1 || root.signed.previous !== null)',
    'if (root.signed.previous !== null)',
  ],
  [
    'first-previous',
    'if (root.signed.number !== 1 || root.signed.previous !== null)',
    'if (root.signed.number !== 1)',
  ],
  [
    'first-form',
    '  const broken = brokenForm(root.signed);\n  if (broken !== undefined) return broken;',
    '',
  ],
  [
    'first-all',
    "return missing === undefined ? { ok: true, root } : refuse('ROOT_UNSIGNED', missing.party);",
    'return { ok: true, root };',
  ],
  ['forked', "    return refuse('TRUST_FORKED');", "    return refuse('ROOT_NUMBER');"],
  ['number', "if (now.number !== was.number + 1) return refuse('ROOT_NUMBER');", ''],
  ['previous', "if (now.previous !== documentHash(was)) return refuse('ROOT_PREVIOUS');", ''],
  ['form', '  const broken = brokenForm(now);\n  if (broken !== undefined) return broken;', ''],
  [
    'key-change',
    "if (changed !== undefined) return refuse('ROOT_KEY_CHANGE_UNSIGNED', changed.party);",
    '',
  ],
  ['key-change-members-only', 'const changed = was.parties.find(', 'const changed = staying.find('],
  [
    'key-change-by-new',
    '&& !byOldKeys.has(entry.party),',
    '&& !byOldKeys.has(entry.party) && !byNewKeys.has(entry.party),',
  ],
  [
    'key-emptied',
    "if (after.role === 'observer' && after.rootKeys.length === 0) return false;",
    'if (after.rootKeys.length === 0) return false;',
  ],
  [
    'key-emptied-never',
    "  if (after.role === 'observer' && after.rootKeys.length === 0) return false;",
    '',
  ],
  [
    'accession-old',
    'staying.find((entry) => !byOldKeys.has(entry.party)) ??\n      added',
    'added',
  ],
  ['accession-new', ' ??\n      added.find((entry) => !byNewKeys.has(entry.party))', ''],
  [
    'removal-all',
    "if (missing !== undefined) return refuse('ROOT_REMOVAL_UNSIGNED', missing.party);",
    '',
  ],
  [
    'removal-majority',
    "if (2 * staying.length <= oldMembers.length) return refuse('ROOT_REMOVAL_UNSIGNED');",
    '',
  ],
  [
    'new-threshold',
    'if (newMembers.filter((m) => byNewKeys.has(m.party)).length < now.threshold) {',
    'if (newMembers.length < 0) {',
  ],
  ['sorted', "if (!sorted) return refuse('ROOT_PARTIES');", ''],
  ['keyless', "if (keyless !== undefined) return refuse('ROOT_PARTIES', keyless.party);", ''],
  ['key-id-twice', "if (twice !== undefined) return refuse('ROOT_PARTIES', twice.party);", ''],
  ['threshold', 'members === 0 || root.threshold !== thresholdFor(members)', 'members === 0'],
  ['no-member', 'members === 0 || root.threshold', 'root.threshold'],
  ['two-thirds', 'Math.floor((2 * memberCount) / 3) + 1', 'Math.floor(memberCount / 2) + 1'],
  [
    'observer-votes',
    "entry.role === 'member' && entry.status === 'active'",
    "entry.status === 'active'",
  ],
  [
    'suspended-votes',
    "entry.role === 'member' && entry.status === 'active'",
    "entry.role === 'member'",
  ],
  [
    'signature',
    'if (yield signatureCheck(document.signed, signature, key)) signers',
    'yield signatureCheck(document.signed, signature, key);\n    signers',
  ],
];

const section: readonly Row[] = [
  ['owner', 'owner?.party !== now.party || owner.rootKeys.length === 0', 'owner === undefined'],
  ['key-id-twice', "if (ids.size !== now.keys.length) return refuse('SECTION_KEY_REUSED');", ''],
  ['older', "if (now.number < held.number) return refuse('SECTION_OLDER');", ''],
  ['forked', "      return refuse('TRUST_FORKED');", ''],
  ['reused-key', 'before.key !== key.key || ', ''],
  ['reused-alg', 'before.alg !== key.alg || ', ''],
  ['reused-purpose', ' || before.purpose !== key.purpose', ''],
  ['highest-dropped', 'if (highestKeyId(now) < highest) return true;', ''],
  [
    'id-came-back',
    'if (before === undefined) return key.keyId < highest;',
    'if (before === undefined) return false;',
  ],
  ['unrevokes', "if (takesRevocationBack(held, now)) return refuse('SECTION_UNREVOKES');", ''],
  ['unrevokes-time', 'if (after.revokedAt !== key.revokedAt) return true;', ''],
  ['unrevokes-from', 'after.fromDay !== key.fromDay || ', ''],
  ['unrevokes-until', ' || after.untilDay !== key.untilDay', ''],
  [
    'unrevokes-dropped',
    'if (after === undefined) return day <= key.untilDay;',
    'if (after === undefined) return false;',
  ],
  ['unrevokes-last-day', 'return day <= key.untilDay;', 'return day < key.untilDay;'],
  ['signature', 'return signers.size === 1 ?', 'return signers.size >= 0 ?'],
];

const onlyRevokes: readonly Row[] = [
  ['number', 'next.number <= held.number || ', ''],
  ['party', ' || next.party !== held.party', ' && false'],
  ['unrevoked-too', 'before?.revokedAt === null ?', 'before !== undefined ?'],
  [
    'content',
    'return documentHash(unrevoked) === documentHash(held);',
    'return documentHash(unrevoked) !== undefined;',
  ],
  [
    'key-revoked-counts',
    'key.purpose === purpose && key.revokedAt === null',
    'key.purpose === purpose',
  ],
  [
    'key-purpose-counts',
    'key.purpose === purpose && key.revokedAt === null',
    'key.revokedAt === null',
  ],
  ['key-from', 'key.fromDay <= day && ', ''],
  ['key-from-border', 'key.fromDay <= day', 'key.fromDay < day'],
  ['key-until', ' && day <= key.untilDay', ''],
  ['key-until-border', ' && day <= key.untilDay', ' && day < key.untilDay'],
];

const bundle: readonly Row[] = [
  [
    'root-number-and-hash',
    'bundle.root.number !== root.number || bundle.root.hash !== documentHash(root)',
    'bundle.root.number !== root.number',
  ],
  ['root-number', 'bundle.root.number !== root.number || bundle.root.hash', 'bundle.root.hash'],
  [
    'older',
    "if (held !== undefined && bundle.version < held.version) return { code: 'BUNDLE_OLDER' };",
    '',
  ],
  ['forked', "    return { code: 'TRUST_FORKED' };", ''],
  ['sorted', 'if (parties.some((party, i) => i > 0', 'if (parties.some((party, i) => i > 99'],
  [
    'missing',
    "if (missing !== undefined) return { code: 'BUNDLE_SECTIONS', party: missing.party };",
    '',
  ],
  [
    'left-out',
    "if (leftOut !== undefined) return { code: 'BUNDLE_SECTIONS'",
    "if (false) return { code: 'BUNDLE_SECTIONS'",
  ],
  [
    'left-out-keyless',
    'return hasKeys && !parties.includes(party);',
    'return !parties.includes(party);',
  ],
  ['section', 'if (!result.ok) return result.refusal;', ''],
  [
    'section-held',
    'verifySection(owner, before?.signed, section)',
    'verifySection(owner, undefined, section)',
  ],
  ['content', 'if (content !== undefined) return { ok: false, refusal: content };', ''],
  ['threshold', 'if (signers.size < root.threshold) return', 'if (signers.size < 0) return'],
  ['threshold-less', 'signers.size < root.threshold', 'signers.size + 1 < root.threshold'],
  ['members', 'const members = activeMembers(root);', 'const members = root.parties;'],
];

const state: readonly Row[] = [
  [
    'unrevoked-bundle',
    "if (unrevoked !== undefined) return refuse({ code: 'SECTION_UNREVOKES', party: unrevoked });",
    '',
  ],
  [
    'revoking-kept',
    'next === undefined || next.signed.number < revoking.number',
    'next === undefined || next.signed.number <= revoking.number',
  ],
  ['only-revokes', 'if (!onlyRevokes(held, section.signed)) return unchanged(state);', ''],
  [
    'times-of-other-bundle',
    'return named.version !== version || named.hash === hash;',
    'return true;',
  ],
  [
    'times-after-bundle',
    'const times = keptStatements(bundle.signed, state.lists, agreeing);',
    'const times = agreeing;',
  ],
  [
    'times-after-list',
    'times: keptStatements(trust.bundle, lists, state.times)',
    'times: state.times',
  ],
  ['signed-time-never-falls', 'Math.max(state.highestSignedTime, signedTime)', 'signedTime'],
  [
    'root-back',
    'if (held !== undefined && root.signed.number < held.signed.number) return unchanged(state);',
    '',
  ],
];

/** What is kept, beside what is taken: the vectors name only the latter. */
const kept: readonly Row[] = [
  ['bundle', '(s) => s.bundle.version <= bundle.version,\n    (s) => lists', '(s) => lists'],
  [
    'lists',
    '    (s) => lists.every(({ party, number }) => (s.lists[party] ?? 0) <= number),\n',
    '',
  ],
  ['all', ' : statements.filter((s) => kept.has(s));', ' : statements;'],
  ['newest-of-each', 'if (!fits(statement.signed)) continue;', ''],
  ['newest', 'if (a.time !== b.time) return a.time > b.time;', ''],
  ['same-second-bundle', 'return a.bundle.version > b.bundle.version;', 'return false;'],
  ['same-second-lists', 'return sumOfLists(a) > sumOfLists(b);', 'return true;'],
];

const lookup: readonly Row[] = [
  ['purpose', "if (entry.purpose !== 'issuer') continue;", ''],
  ['from-day', 'day < found.entry.fromDay || ', ''],
  ['until-day', ' || day > found.entry.untilDay', ''],
  [
    'revoked',
    "if (found.entry.revokedAt !== null) return { party, key: { state: 'revoked' } };",
    '',
  ],
  ['observer', "if (entry.role === 'observer') return 'observer';", ''],
  ['suspended', "entry.status === 'suspended' ? 'suspended' : 'member'", "'member'"],
  [
    'revoking-section',
    'revoking !== undefined && revoking.number > (inBundle?.number ?? 0) ? revoking : inBundle',
    'inBundle',
  ],
];

const time: readonly Row[] = [
  ['member', '!isMember || section', 'section'],
  ['older', "    return refuse('TIME_OLDER');", ''],
  ['older-same-second', 'h.time > now.time', 'h.time >= now.time'],
  ['older-of-any-member', 'h.party === now.party && fits(h)', 'fits(h)'],
  ['older-than-any', 'fits(h) && h.time > now.time', 'h.time > now.time'],
  ['older-where-it-counts', '!fits(now) || isOlder(fits)', 'isOlder(fits)'],
  [
    'older-for-bundle',
    '(s) => s.bundle.version <= bundle.version,\n    (s) => lists',
    '(s) => lists',
  ],
  [
    'older-for-lists',
    '    (s) => lists.every(({ party, number }) => (s.lists[party] ?? 0) <= number),\n',
    '',
  ],
  ['by', 'signature?.by !== now.party || key', 'signature === undefined || key'],
  [
    'signature',
    "if (!(yield signatureCheck(now, signature, key))) return refuse('TIME_SIGNATURE_INVALID');",
    '',
  ],
  ['forked', "    return refuse('TRUST_FORKED');", ''],
  [
    'newer-bundle-counts',
    'return agreedTime(root, statements, (s) => s.bundle.version <= bundle.version);',
    'return agreedTime(root, statements, () => true);',
  ],
  ['newer-list-counts', '(s) => (s.lists[party] ?? 0) <= listNumber', '() => true'],
  ['newest-counts', 'return times[Math.min(1, members.length - 1)];', 'return times[0];'],
  ['oldest-counts', '.sort((a, b) => b - a)', '.sort((a, b) => a - b)'],
];

/**
 * Three checks have no line, since others refuse the same: the shortest length and a count beyond
 * the end (they bound the work), and the first slot of a group (a seed cannot be stepped back).
 */
const list: readonly Row[] = [
  ['magic', 'if (MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined;', ''],
  ['issuer', 'issuer < 1000 || issuer > 9999 || ', ''],
  ['number', 'number === 0 || ', ''],
  ['number-high', ' || number > MAX_NUMBER', ''],
  ['slot', 'return slot > 3 ? undefined : ', 'return '],
  ['reach-back', 'reach < 0 || ', ''],
  ['reach', 'reach > HORIZON_SLOTS || ', ''],
  ['order', ' || order <= before', ''],
  ['count-0', 'count === 0 || ', ''],
  ['end', 'at !== end || ', ''],
  ['key-id', ' || readUint16(bytes, end) === 0', ''],
  ['own-section', 'section?.party === list.issuer', 'section !== undefined'],
  ['signature', "if (!good) return refuse('LIST_SIGNATURE_INVALID');", ''],
  [
    'older',
    "if (held !== undefined && list.number < held.number) return refuse('LIST_OLDER');",
    '',
  ],
  ['forked', "    return refuse('TRUST_FORKED');", ''],
];

const tags: readonly Row[] = [
  ['last', ' || slotIndex(group.last) < wanted', ''],
  ['all', 'index < TAGS_PER_SLOT', 'index < 8'],
];

const peer: readonly Row[] = [
  ['header', 'return given === headerText(iss, keyId) ? keyId : undefined;', 'return keyId;'],
  ['parts', 'parts.length !== 3 || ', ''],
  ['audience', "if (message.aud !== self) return refuse('PEER_NOT_FOR_US');", ''],
  ['signature', "if (!good) return refuse('PEER_SIGNATURE_INVALID');", ''],
];

const json: readonly Row[] = [
  [
    'canonical',
    'return spelledUntil(value, text, 0) === text.length ? value : undefined;',
    'return value;',
  ],
  ['length', 'text.length > maxLength || ', ''],
  ['piece', 'return text.startsWith(piece, at) ? at', 'return text.length > 0 ? at'],
  ['depth', ' || tooMuch(text, maxValues)', ''],
  ['values', '{\n      if (++values > maxValues) return true;', '{'],
  ['brackets', ' || ++values > maxValues) return true;', ') return true;'],
  ['texts', 'else if (++values > maxValues)', 'else if (values > maxValues)'],
  ['names', 'return names > MAX_JSON_NAMES && hasTooManyNames(text);', 'return false;'],
];

const signedTap: readonly Row[] = [
  ['by', 'signature?.by !== tap.signed.terminal || ', 'signature === undefined || '],
  ['key-id', ' || signature.keyId !== terminalKey.keyId', ''],
];

const vectors = ['protocol/src/vectors.test.ts'];
const room = 'protocol/src/trust';

export const trustMutations: readonly Mutation[] = [
  ...inFile('root', `${room}/root.ts`, [...vectors, `${room}/root.test.ts`], root),
  ...inFile('section', `${room}/section.ts`, vectors, section),
  ...inFile('section-keys', `${room}/section.ts`, [`${room}/section.test.ts`], onlyRevokes),
  ...inFile('bundle', `${room}/bundle.ts`, vectors, bundle),
  ...inFile('state', `${room}/trust-state.ts`, [`${room}/trust-state.test.ts`], state),
  ...inFile(
    'lookup',
    `${room}/issuer-lookup.ts`,
    ['domain/src/vectors.test.ts', `${room}/trust-state.test.ts`],
    lookup,
  ),
  ...inFile('time', `${room}/time-statement.ts`, vectors, time),
  ...inFile('kept', `${room}/time-statement.ts`, [`${room}/trust-state.test.ts`], kept),
  ...inFile('list', 'protocol/src/revocation/list.ts', vectors, list),
  ...inFile(
    'tags',
    'protocol/src/revocation/revoked-tags.ts',
    ['protocol/src/revocation/revocation.test.ts'],
    tags,
  ),
  ...inFile('peer', 'protocol/src/peer/envelope.ts', vectors, peer),
  ...inFile(
    'json',
    'protocol/src/encoding/canonical-json.ts',
    [...vectors, 'protocol/src/encoding/encodings.test.ts'],
    json,
  ),
  ...inFile('tap-signature', 'protocol/src/tap/tap.ts', vectors, signedTap),
];
