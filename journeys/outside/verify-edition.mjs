// Verifies downloads of editions of the service list (LIST-6.6) with nothing but the hash of a
// root. It was written from the standard alone, shares nothing with the project's programs, and
// needs only Node 20:
//   node verify-edition.mjs --pin <hash of root 1> <file>...
//   node verify-edition.mjs --root <file with a root that you trust> <file>...
// For each file it prints a line of JSON. A file that is not what the members signed is `bad`, with
// the first document of it in which something is wrong.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkFirstRoot, checkNextRoot, membersOf } from './gather-trust.mjs';
import { readCanonical } from './read-canonical.mjs';
import {
  canonical,
  checkForm,
  checkValueForm,
  checkWorkedExample,
  demand,
  hashOf,
  hasSigned,
  isRising,
} from './signed-documents.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const rootKeysIn = (root, party) =>
  root?.signed.parties.find((one) => one.party === party)?.rootKeys ?? [];

/** Every signature in a download is good, by a key of one of these roots. */
function demandNoOther(document, roots) {
  for (const signature of document.signatures) {
    const alone = { signed: document.signed, signatures: [signature] };
    const isGood = roots.some((root) =>
      hasSigned(alone, signature.by, rootKeysIn(root, signature.by)),
    );
    demand(isGood, 'SIGNATURE_INVALID', signature.by);
  }
}

function checkRoot(root, before) {
  checkForm(root, 'root', 200_000);
  if (before) checkNextRoot(before, root);
  else checkFirstRoot(root, hashOf(root)); // whether it is the pinned one is looked at later
  demandNoOther(root, before ? [before, root] : [root]);
}

// --- LIST-3.6, but for what a consumer held before.
function checkEdition(edition, root) {
  checkForm(edition, 'edition', 60_000);
  const { signed } = edition;
  const isItsRoot = signed.root.number === root.signed.number && signed.root.hash === hashOf(root);
  demand(isItsRoot, 'EDITION_ROOT_UNKNOWN');
  const parties = signed.parts.map(({ party }) => party);
  const known = root.signed.parties.map(({ party }) => party);
  const members = membersOf(root).map(({ party }) => party);
  const isWhole = members.every((party) => parties.includes(party));
  const isOurs = parties.every((party) => known.includes(party));
  const follows = signed.previous === null || signed.previous.number < signed.number;
  const [year, half] = signed.id.split('-H').map(Number);
  const isOver = signed.effectiveFrom >= Date.UTC(year, half * 6) / 1000 - 8 * 3600;
  const isInTime = signed.opened <= signed.made && !isOver;
  demand(isRising(parties) && isWhole && isOurs && follows && isInTime, 'EDITION_FORM');
  const missing = members.find((party) => !hasSigned(edition, party, rootKeysIn(root, party)));
  demand(!missing, 'EDITION_UNSIGNED', missing);
  demandNoOther(edition, [root]);
}

// --- LIST-3.4; LIST-1.11 is the members' matter, who have signed this very text.
function checkPart(part, named, edition, root) {
  const text = canonical(part);
  demand(sha256(text) === named.hash, 'PART_DIFFERS');
  checkValueForm(part, 'part', 16_000_000, 1_500_000, 'PART_MALFORMED');
  const isIt = part.party === named.party && part.edition === edition.signed.id;
  demand(isIt && part.entries.length === named.count, 'PART_DIFFERS');
  const isOrdered =
    isRising(part.entries.map(({ id }) => id)) && isRising(part.changes.map((one) => one.entry));
  demand(isOrdered, 'PART_ORDER');
  for (const entry of part.entries) {
    for (const { funder, ...rule } of entry.rules) {
      if (funder.kind === 'party') checkFunding(entry, rule, funder, root);
    }
  }
}

/** LIST-2.5 */
function checkFunding({ id, tariff }, rule, { party, ceilingFen, signature }, root) {
  const about = { type: 'tongyu.funding', host: id.slice(0, 4), entry: id };
  const signed = { ...about, tariff, rule, funder: party, ceilingFen };
  const isSigned = hasSigned({ signed, signatures: [signature] }, party, rootKeysIn(root, party));
  demand(isSigned, 'FUNDING_UNSIGNED', `${id} ${rule.id}`);
}

/** Which document of a download a path leads into. */
function documentAt([member, i], names) {
  if (member === 'edition') return 'edition';
  if (member === 'roots' && i !== undefined) return `root ${i + 1}`;
  if (member === 'parts' && i < names.length) return `part ${names[i]}`;
  return 'download';
}

/** Names of the parts, as far as the edition in front of them can be read. */
function partNames(data) {
  const head = data.toString('latin1', 0, Math.min(data.length, 100_000)).split('],"parts":[')[0];
  return [...head.matchAll(/"count":\d+,"hash":"[^"]*","party":"(\d{4})"/g)].map(
    ([, name]) => name,
  );
}

function verify(data, pin) {
  const names = partNames(data);
  let place = 'download';
  try {
    const download = readCanonical(data);
    const isWhole = Object.keys(download).join() === 'edition,parts,roots';
    const { edition, parts, roots } = download;
    demand(isWhole && Array.isArray(parts) && Array.isArray(roots), 'MALFORMED');
    for (const [i, root] of roots.entries()) {
      place = documentAt(['roots', i], names);
      checkRoot(root, roots[i - 1]);
    }
    place = 'download';
    demand(
      roots.some((root) => hashOf(root) === pin),
      'ROOT_NOT_PINNED',
    );
    place = 'edition';
    const root = roots.at(-1);
    checkEdition(edition, root);
    for (const [i, named] of edition.signed.parts.entries()) {
      place = `part ${named.party}`;
      demand(parts[i] !== undefined, 'PART_MISSING');
      checkPart(parts[i], named, edition, root);
    }
    place = 'download';
    demand(parts.length === edition.signed.parts.length, 'PART_UNKNOWN');
    const { id, number, effectiveFrom } = edition.signed;
    const signedBy = membersOf(root).map(({ party }) => party);
    return { verdict: 'good', id, number, hash: hashOf(edition), effectiveFrom, signedBy };
  } catch (error) {
    if (!error.refusal) throw error;
    const document = error.path ? documentAt(error.path, names) : place;
    const about = error.path ? `byte ${error.at}` : error.about;
    return { verdict: 'bad', document, refusal: error.refusal, about };
  }
}

const options = { pin: { type: 'string' }, root: { type: 'string' } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
if (!values.pin === !values.root || positionals.length === 0) {
  throw new Error('use: verify-edition.mjs --pin <hash> | --root <file>, then files');
}
checkWorkedExample();
const pin = values.pin ?? hashOf(readCanonical(readFileSync(values.root)));
for (const file of positionals) {
  const answer = verify(readFileSync(file), pin);
  console.log(JSON.stringify(answer));
  if (answer.verdict !== 'good') process.exitCode = 1;
}
