// Verifies one code with nothing but a pinned root hash and any node's public trust. It was written
// from the standard alone, shares nothing with the project's programs, and needs only Node 20:
//   node verify-code.mjs --node <url> --pin <hash of root 1> [--now <unix seconds>] < code.txt
// or many of them, each line of standard input a JSON array [code, node, pin, now]:
//   node verify-code.mjs --many < codes.txt
// It keeps no used tags and knows no service, so its ladder (REF-1) ends at REVOCATION_STALE.
import { createHmac } from 'node:crypto';
import { buffer as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { agreedTime, entryOf, findKey, gatherTrust } from './gather-trust.mjs';
import { bytes, checkWorkedExample, demand, hex, isSigned } from './signed-documents.mjs';

// --- CODE-2, CODE-3, CODE-5: the code.
function decodeBase45(text) {
  const values = [...text].map((c) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.indexOf(c));
  demand(values.length % 3 !== 1 && values.length > 0 && !values.includes(-1), 'MALFORMED');
  const decoded = [];
  for (let i = 0; i < values.length; i += 3) {
    const [low, middle, high] = values.slice(i, i + 3);
    const value = low + 45 * middle + 2025 * (high ?? 0);
    demand(value <= (high === undefined ? 255 : 65_535), 'MALFORMED');
    decoded.push(...(high === undefined ? [value] : [value >> 8, value & 255]));
  }
  return Buffer.from(decoded);
}

function readCode(text) {
  demand(text.length <= 4096 && text.startsWith('TY1:'), 'MALFORMED', 'prefix');
  const all = decodeBase45(text.slice(4));
  demand(all[0] >> 4 === 1, 'UNSUPPORTED_VERSION');
  demand(all.length === 186, 'MALFORMED', 'length');
  const [suite, issuer, keyId] = [all[0] & 15, all.readUInt16BE(1), all.readUInt16BE(3)];
  const [day, time] = [all.readUInt16BE(15), all.readUInt32BE(118)];
  demand(suite >= 1 && suite <= 3 && issuer >= 1000 && issuer <= 9999 && keyId > 0, 'MALFORMED');
  demand(day > 0 && day <= 49_709 && all[17] <= 3 && all[18] <= 1, 'MALFORMED');
  demand((all[21] === 2 || all[21] === 3) && time % 15 === 0, 'MALFORMED');
  const issuerAlg = suite === 1 ? 'ES256' : 'SM2';
  const deviceAlg = suite === 3 ? 'SM2' : 'ES256';
  const pass = { issuer: String(issuer), keyId, day, slot: day * 4 + all[17] };
  return { all, ...pass, tag: all.subarray(5, 15), time, issuerAlg, deviceAlg };
}

/** The COSE Sig_structure of CODE-5.1. */
function signedByIssuer({ all, issuerAlg, deviceAlg, issuer, slot }) {
  const part = (from, to) => all.subarray(from, to).toString('hex');
  const seconds = (value) => value.toString(16).padStart(8, '0');
  const start = 21_600 * slot - 14_400;
  const head = issuerAlg === 'SM2' ? '4da2013a000111d40444' : '49a201260444';
  const curve = deviceAlg === 'SM2' ? '203a000111d5' : '2001';
  const name = Buffer.from(`CN-${issuer}`).toString('hex');
  return hex(
    `846a5369676e617475726531${head}${part(1, 5)}4058${deviceAlg === 'SM2' ? '5d' : '59'}a6` +
      `0167${name}041a${seconds(start + 21_600)}051a${seconds(start)}074a${part(5, 15)}` +
      `08a101a40102${curve}215820${part(22, 54)}22${all[21] === 3 ? 'f5' : 'f4'}` +
      `3a0001117044${part(0, 1)}${part(18, 21)}`,
  );
}

/** The ladder of REF-1 as [verdict, refusal, whether it fails]; ends with whether trust is old. */
function* ladder(code, trust, now) {
  const mark = agreedTime(trust, () => true);
  yield ['unknown', 'TERMINAL_CLOCK', now < mark - 60];
  const ours = trust.bundle.signed.version;
  const trustAge = now - agreedTime(trust, ({ bundle }) => bundle.version <= ours);
  yield ['unknown', 'TRUST_STALE', !(trustAge <= 259_200)];
  const entry = entryOf(trust.root, code.issuer);
  yield ['unknown', 'ISSUER_UNKNOWN', !entry];
  yield ['refuse', 'ISSUER_NOT_PARTY', entry.role === 'observer'];
  yield ['refuse', 'ISSUER_SUSPENDED', entry.status === 'suspended'];
  const key = findKey(trust, code.issuer, code.keyId, 'issuer', code.day);
  yield ['unknown', 'KEY_UNKNOWN', !key];
  yield ['refuse', 'KEY_REVOKED', key.revokedAt !== null];
  yield ['unknown', 'KEY_UNKNOWN', key.alg !== code.issuerAlg];
  const { all, issuerAlg, deviceAlg, time } = code;
  const isIssued = isSigned(issuerAlg, bytes(key.key), signedByIssuer(code), all.subarray(54, 118));
  yield ['refuse', 'PASS_SIGNATURE_INVALID', !isIssued];
  const shown = Buffer.concat([Buffer.from('tongyu-code-1'), all.subarray(0, 122)]);
  const isShown = isSigned(deviceAlg, all.subarray(21, 54), shown, all.subarray(122));
  yield ['refuse', 'DEVICE_SIGNATURE_INVALID', !isShown];
  const start = 21_600 * code.slot - 14_400;
  yield ['refuse', 'PASS_NOT_YET_VALID', time < start];
  yield ['refuse', 'PASS_EXPIRED', time >= start + 21_600];
  yield ['check', 'CODE_STALE', now - time > 120];
  yield ['check', 'CLOCK_SKEW', time - now > 60];
  const list = trust.lists.get(code.issuer);
  yield ['refuse', 'PASS_REVOKED', isRevoked(list, code)];
  const knows = ({ lists }) => list && (lists[code.issuer] ?? 0) <= list.number;
  const listAge = now - agreedTime(trust, knows);
  yield ['unknown', 'REVOCATION_STALE', !(listAge <= 259_200)];
  return Math.max(trustAge, listAge) > 86_400;
}

// --- REV-3: whether the pass is one of a lost phone.
const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const nextSeed = (seed) => hmac(seed, Buffer.from('next')).subarray(0, 16);

function isRevoked(list, { all, slot, tag }) {
  const lead = Buffer.concat([Buffer.from('tag'), all.subarray(1, 3), all.subarray(15, 18)]);
  const tagOf = (seed, i) => hmac(seed, lead, Buffer.from([i])).subarray(0, 10);
  for (const { from, last, seeds } of list?.groups ?? []) {
    if (slot < from || slot > last) continue;
    for (let at = 0; at < seeds.length; at += 16) {
      let seed = seeds.subarray(at, at + 16);
      for (let t = from; t < slot; t++) seed = nextSeed(seed);
      for (let i = 0; i < 16; i++) if (tagOf(seed, i).equals(tag)) return true;
    }
  }
  return false;
}

/** The first thing on the ladder that fails, or a pass. */
async function judge(text, node, pin, now) {
  let code;
  try {
    code = readCode(text);
  } catch (error) {
    if (!error.refusal) throw error;
    const verdict = error.refusal === 'MALFORMED' ? 'refuse' : 'unknown';
    return { answer: { verdict, refusal: error.refusal, issuer: null }, said: [] };
  }
  const { trust, complaints } = await gatherTrust(node, pin);
  const said = complaints.map(({ refusal, about }) => `refused: ${refusal} ${about}`);
  const { issuer } = code;
  const end = (verdict, refusal) => ({ answer: { verdict, refusal, issuer }, said });
  if (!trust.bundle) return end('unknown', complaints[0].refusal);
  const rungs = ladder(code, trust, now);
  for (;;) {
    const { value, done } = rungs.next();
    if (done && value) said.push('warning: trust is more than a day old');
    if (done) return end('pass', null);
    const [verdict, refusal, fails] = value;
    if (fails) return end(verdict, refusal);
  }
}

async function judgeMany(lines) {
  for (const line of lines) {
    const { answer, said } = await judge(...JSON.parse(line));
    console.log(JSON.stringify({ ...answer, said }));
  }
}

async function judgeOne(text, node, pin, now) {
  const line = text.replace(/\r?\n$/, ''); // what ends the line is no part of the code
  const { answer, said } = await judge(line, node, pin, now);
  for (const sentence of said) console.error(sentence);
  console.log(JSON.stringify(answer));
  process.exitCode = answer.verdict === 'pass' ? 0 : 1;
}

const word = { type: 'string' };
const options = { node: word, pin: word, now: word, many: { type: 'boolean' } };
const { node, pin, many, now = Math.floor(Date.now() / 1000) } = parseArgs({ options }).values;
if (!many && (!node || !pin || !Number.isSafeInteger(Number(now)))) {
  throw new Error('use: verify-code.mjs --node <url> --pin <hash> [--now <unix seconds>]');
}
checkWorkedExample();
const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readAll(process.stdin));
if (many) await judgeMany(text.split('\n').filter((line) => line !== ''));
else await judgeOne(text, node, pin, Number(now));
