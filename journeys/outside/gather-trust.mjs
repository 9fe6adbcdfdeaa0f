// Fetches a node's public trust and keeps what the chapters TRUST, TIME and REV find good.
import {
  bytes,
  canonical,
  checkForm,
  demand,
  hashOf,
  hasSigned,
  isRising,
  isSigned,
} from './signed-documents.mjs';

// --- TRUST-2: the root.
export const membersOf = ({ signed }) =>
  signed.parties.filter(({ role, status }) => role === 'member' && status === 'active');
export const entryOf = (root, party) => root.signed.parties.find((one) => one.party === party);
const keysIn = (root, party) => entryOf(root, party)?.rootKeys ?? [];
const signersOf = (document, root) =>
  membersOf(root).filter(({ party }) => hasSigned(document, party, keysIn(root, party)));
function demandAll(document, root, entries, refusal) {
  const missing = entries.find(({ party }) => !hasSigned(document, party, keysIn(root, party)));
  demand(!missing, refusal, missing?.party);
}

function checkRootParties(root) {
  const members = membersOf(root);
  const hasKeys = members.every(({ rootKeys }) => rootKeys.length > 0);
  const isOnce = ({ rootKeys }) =>
    new Set(rootKeys.map((key) => key.keyId)).size === rootKeys.length;
  const { parties } = root.signed;
  const isWell = isRising(parties.map((one) => one.party)) && hasKeys && parties.every(isOnce);
  demand(isWell, 'ROOT_PARTIES');
  const threshold = Math.floor((2 * members.length) / 3) + 1;
  demand(members.length > 0 && root.signed.threshold === threshold, 'ROOT_THRESHOLD');
}

export function checkFirstRoot(root, pin) {
  demand(hashOf(root) === pin, 'ROOT_NOT_PINNED');
  demand(root.signed.number === 1 && root.signed.previous === null, 'ROOT_NUMBER');
  checkRootParties(root);
  demandAll(root, root, membersOf(root), 'ROOT_UNSIGNED');
}

function takeRoot(root, trust, pin) {
  checkForm(root, 'root', 200_000);
  if (trust.root) checkNextRoot(trust.root, root);
  else checkFirstRoot(root, pin);
  trust.root = root;
}

export function checkNextRoot(old, next) {
  const isFork = next.signed.number === old.signed.number && hashOf(next) !== hashOf(old);
  demand(!isFork, 'TRUST_FORKED');
  demand(next.signed.number === old.signed.number + 1, 'ROOT_NUMBER');
  demand(next.signed.previous === hashOf(old), 'ROOT_PREVIOUS');
  checkRootParties(next);
  const set = (keys) => keys.map(canonical).join();
  for (const { party, rootKeys } of old.signed.parties) {
    const entry = entryOf(next, party); // a party that left altogether is a matter of removal
    const isKeyless = entry?.role === 'observer' && entry.rootKeys.length === 0;
    const isSame = !entry || isKeyless || set(entry.rootKeys) === set(rootKeys);
    const mayChange = isSame || rootKeys.length === 0 || hasSigned(next, party, rootKeys);
    demand(mayChange, 'ROOT_KEY_CHANGE_UNSIGNED', party);
  }
  const [before, after] = [membersOf(old), membersOf(next)];
  const stay = before.filter(({ party }) => after.some((one) => one.party === party));
  const come = after.filter(({ party }) => before.every((one) => one.party !== party));
  if (come.length > 0) demandAll(next, old, stay, 'ROOT_ACCESSION_UNSIGNED');
  demandAll(next, next, come, 'ROOT_ACCESSION_UNSIGNED');
  if (stay.length < before.length) {
    demandAll(next, old, stay, 'ROOT_REMOVAL_UNSIGNED');
    demand(stay.length * 2 > before.length, 'ROOT_REMOVAL_UNSIGNED');
  } else if (come.length === 0) {
    demand(signersOf(next, old).length >= old.signed.threshold, 'ROOT_UNSIGNED');
  }
  demand(signersOf(next, next).length >= next.signed.threshold, 'ROOT_UNSIGNED');
}

// --- TRUST-3, TRUST-4: sections and the bundle.
function checkSection(section, root) {
  const { party, keys } = section.signed;
  demand(keysIn(root, party).length > 0, 'SECTION_PARTY_UNKNOWN', party);
  demand(new Set(keys.map((key) => key.keyId)).size === keys.length, 'SECTION_KEY_REUSED', party);
  demand(hasSigned(section, party, keysIn(root, party)), 'SECTION_SIGNATURE_INVALID', party);
}

function takeBundle(bundle, trust) {
  const { root } = trust;
  demand(root && bundle, 'TRUST_MISSING');
  checkForm(bundle, 'bundle', 1_500_000);
  const { root: named, sections } = bundle.signed;
  const isOfRoot = named.number === root.signed.number && named.hash === hashOf(root);
  demand(isOfRoot, 'BUNDLE_ROOT_UNKNOWN');
  const parties = sections.map(({ signed }) => signed.party);
  const isWhole = membersOf(root).every(({ party }) => parties.includes(party));
  demand(isRising(parties) && isWhole, 'BUNDLE_SECTIONS');
  for (const section of sections) checkSection(section, root);
  demand(signersOf(bundle, root).length >= root.signed.threshold, 'BUNDLE_UNSIGNED');
  trust.bundle = bundle;
  for (const section of sections) trust.sections.set(section.signed.party, section);
}

function takeRevokingSection(section, { root, sections }) {
  checkForm(section, 'section', 200_000);
  checkSection(section, root);
  const [held, next] = [sections.get(section.signed.party)?.signed, section.signed];
  const isNull = (i) => held?.keys[i]?.revokedAt === null;
  const keys = next.keys.map((key, i) => (isNull(i) ? { ...key, revokedAt: null } : key));
  const undone = { ...next, keys, number: held?.number, made: held?.made };
  const onlyRevokes = held && canonical(undone) === canonical(held) && next.number > held.number;
  if (onlyRevokes) sections.set(next.party, section); // any other waits for its bundle (TRUST-3.4)
}

export function findKey({ sections }, party, id, purpose, day) {
  const keys = sections.get(party)?.signed.keys ?? [];
  const isIt = (key) => key.keyId === id && key.purpose === purpose;
  return keys.find((key) => isIt(key) && key.fromDay <= day && day <= key.untilDay);
}
const serviceDay = (time) => Math.floor((time + 14_400) / 86_400); // TIME-1.2

// --- TIME-2: statements, and the second-newest of those that count.
function takeTime(statement, trust) {
  checkForm(statement, 'time-statement', 4_000);
  const { party, time, bundle } = statement.signed;
  const isOutdone = (counts) =>
    trust.times.some((held) => held.party === party && held.time > time && counts(held));
  const isMember = membersOf(trust.root).some((one) => one.party === party);
  demand(isMember && trust.sections.has(party), 'TIME_NOT_MEMBER', party);
  const counting = placesOf(trust).filter((counts) => counts(statement.signed));
  demand(!counting.every(isOutdone), 'TIME_OLDER', party);
  const key = findKey(trust, party, statement.signatures[0].keyId, 'list', serviceDay(time));
  const isGood = key?.revokedAt === null && hasSigned(statement, party, [key]);
  demand(isGood, 'TIME_SIGNATURE_INVALID', party);
  const isSameVersion = bundle.version === trust.bundle.signed.version;
  demand(!isSameVersion || bundle.hash === hashOf(trust.bundle), 'TRUST_FORKED', party);
  trust.times.push(statement.signed); // one answer of a node is all: nothing need be dropped
}
// What a statement can be kept for (TIME-2.4).
const placesOf = ({ bundle, lists }) => [
  () => true,
  (statement) => statement.bundle.version <= bundle.signed.version,
  (statement) => [...lists].every(([party, held]) => (statement.lists[party] ?? 0) <= held.number),
];
export function agreedTime({ root, times }, counts) {
  const newest = membersOf(root).map(({ party }) =>
    Math.max(...times.filter((one) => one.party === party && counts(one)).map(({ time }) => time)),
  );
  const counted = newest.filter(Number.isFinite);
  return counted.sort((a, b) => b - a)[membersOf(root).length === 1 ? 0 : 1];
}

// --- REV-4: the list of revoked phones.
function readList(data) {
  let at = 0;
  const must = (holds) => demand(holds, 'LIST_MALFORMED');
  const take = (size) => {
    must(at + size <= data.length);
    return data.subarray(at, (at += size));
  };
  const int = (size) => take(size).readUIntBE(0, size);
  must(take(4).toString('latin1') === 'TYR1');
  const list = { issuer: int(2), number: int(4), made: int(4), groups: [] };
  for (let left = int(2); left > 0; left--) {
    const [fromDay, from, lastDay, last, count] = [int(2), int(1), int(2), int(1), int(4)];
    const group = { from: fromDay * 4 + from, last: lastDay * 4 + last, seeds: take(16 * count) };
    const reach = group.last - group.from;
    must(from < 4 && last < 4 && count > 0 && count <= 1e6 && reach >= 0 && reach <= 28);
    list.groups.push(group);
  }
  must(isRising(list.groups.map(({ from, last }) => from * 1e6 + last)));
  must(list.issuer >= 1000 && list.issuer <= 9999 && list.number >= 1 && list.number <= 1e9);
  Object.assign(list, { keyId: int(2), signed: data.subarray(0, at), signature: take(64) });
  must(list.keyId > 0 && at === data.length);
  return list;
}

function takeList(text, trust) {
  demand(bytes(text).toString('base64url') === text, 'LIST_MALFORMED');
  const list = readList(bytes(text));
  const party = String(list.issuer);
  const message = Buffer.concat([Buffer.from('tongyu.revocations\n'), list.signed]);
  const key = findKey(trust, party, list.keyId, 'list', serviceDay(list.made));
  const isOurs =
    key?.revokedAt === null && isSigned(key.alg, bytes(key.key), message, list.signature);
  demand(isOurs, 'LIST_SIGNATURE_INVALID', party);
  const held = trust.lists.get(party);
  demand(!(list.number < held?.number), 'LIST_OLDER', party);
  demand(list.number !== held?.number || held.signed.equals(list.signed), 'TRUST_FORKED', party);
  trust.lists.set(party, list);
}

// --- TRUST-5, TRUST-6: fetching, and keeping what is good.
async function fetchOffer(node, heldRoot) {
  const url = `${node}/trust/offer?root=${heldRoot}&bundle=0`;
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(20_000) });
  demand(answer.ok, 'TRUST_MISSING', `${answer.status} from ${url}`);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const text = decoder.decode(await answer.arrayBuffer());
  const offer = JSON.parse(text);
  demand(canonical(offer) === text, 'MALFORMED', 'offer');
  return offer;
}

/** All good parts of a node's offer in `trust`; without a `bundle` they are of no use. */
export async function gatherTrust(node, pin) {
  const trust = { sections: new Map(), times: [], lists: new Map() };
  const complaints = [];
  const attempt = (act) => {
    try {
      act();
    } catch (error) {
      if (!error.refusal) throw error;
      complaints.push(error);
    }
  };
  let offer;
  try {
    do {
      offer = await fetchOffer(node, trust.root?.signed.number ?? 0);
      for (const root of offer.roots) attempt(() => takeRoot(root, trust, pin));
    } while (offer.roots.length === 50 && complaints.length === 0); // 50 is the most in one offer
  } catch (error) {
    const { refusal = 'TRUST_MISSING', about = `${error.message} ${error.cause ?? ''}` } = error;
    return { trust, complaints: [...complaints, { refusal, about }] };
  }
  attempt(() => takeBundle(offer.bundle, trust));
  if (!trust.bundle) return { trust, complaints };
  for (const section of offer.revokingSections) attempt(() => takeRevokingSection(section, trust));
  for (const list of offer.lists) attempt(() => takeList(list.bytes, trust));
  for (const statement of offer.times) attempt(() => takeTime(statement, trust));
  return { trust, complaints };
}
