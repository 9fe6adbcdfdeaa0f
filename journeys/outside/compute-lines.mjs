// Computes every journey line of a region from its raw records. It was written from the standard
// alone (the chapters on journeys, entitlement and the list), shares nothing with the project's
// programs, and needs only Node 20:
//   node compute-lines.mjs <file or folder of JSON records>
// A file, or each `.json` file of a folder, holds any of the members that `gather` puts together.
// It prints a line of JSON for each group of journeys, and one for each tap that is in none.
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { pairUp, priceGroup } from './price-group.mjs';

const hour = 3600;
const cutOff = 10 * 24 * hour;

// --- TIME-1: service days.
const dayOf = (time) => Math.floor((time + 14_400) / 86_400);
const startOf = (day) => 86_400 * day - 14_400;

// --- TRUST-1.2: the one text of a value.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

// --- CODE-2, CODE-3: what a code says of issuer, tag, class and time.
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const valueOf = new Map([...letters].map((letter, value) => [letter, value]));
/** Two bytes of the code, from an even offset on. */
function pairAt(code, offset) {
  const at = 4 + (offset / 2) * 3;
  const digit = (i) => valueOf.get(code[at + i]);
  return digit(0) + 45 * digit(1) + 2025 * digit(2);
}
function readCode(code) {
  const bytes = (from, to) => {
    let text = '';
    for (let at = from & ~1; at < to; at += 2)
      text += pairAt(code, at).toString(16).padStart(4, '0');
    return text.slice((from & 1) * 2, (from & 1) * 2 + (to - from) * 2);
  };
  return {
    home: String(Number.parseInt(bytes(1, 3), 16)),
    tag: bytes(5, 15),
    class: Number.parseInt(bytes(19, 21), 16),
    time: Number.parseInt(bytes(118, 122), 16),
  };
}

// --- The records: taps in the order in which their hosts stored them.
function gather(files) {
  const all = { homes: {}, editions: [], heads: [], taps: [], repairs: [], ceilings: [] };
  let asOf = 0;
  for (const file of files) {
    Object.assign(all.homes, file.homes);
    for (const name of ['editions', 'heads', 'taps', 'repairs', 'ceilings']) {
      for (const one of file[name] ?? []) all[name].push(one);
    }
    asOf = Math.max(asOf, file.asOf ?? 0);
  }
  return { ...all, asOf };
}

/** Entries by host, edition and id; heads of each host by number. */
function readList({ editions, heads }) {
  const entries = new Map();
  const headsOf = new Map();
  for (const { number, parts } of editions) {
    for (const part of parts) {
      for (const entry of part.entries) entries.set(`${part.party} ${number} ${entry.id}`, entry);
    }
  }
  for (const { signed } of heads) {
    const mine = headsOf.get(signed.party) ?? new Map();
    headsOf.set(signed.party, mine.set(signed.number, signed));
  }
  return { entries, headsOf };
}

/** Each tap with all that pairing and pricing ask of it; undefined for what opened nothing. */
function readTap({ tap, stored, answered }, list, asOf) {
  const { signed } = tap;
  if (signed.kind !== 'scan' || signed.verdict !== 'pass') return undefined;
  const code = readCode(signed.code);
  const host = signed.terminal.slice(0, 4);
  const { entries } = list;
  const entry = entries.get(`${host} ${signed.held.editionNumber} ${signed.service}`);
  const late = stored - signed.time > cutOff;
  const silent = (answered ?? asOf) - signed.time > cutOff;
  return {
    id: `${signed.terminal}/${signed.number}`,
    ...{ host, signed, code, entry, home: code.home, class: code.class },
    ...{ time: signed.time, terminal: signed.terminal, number: signed.number },
    ...{ service: signed.service, direction: signed.direction, stop: signed.stop },
    fareGroup: entry?.fareGroup,
    refusal: late ? 'TAP_TOO_LATE' : silent ? 'HOME_SILENT' : null,
    isWaiting: answered === null && !late && !silent,
  };
}

/** TAP-3.5: of one presentation the first that was stored is charged. */
function sift(taps, homes) {
  const presentations = new Set();
  const charged = [];
  const exceptions = [];
  for (const tap of taps) {
    const { host, home, code, refusal } = tap;
    const presentation = `${host} ${home} ${code.tag} ${code.time}`;
    const isSecond = presentations.has(presentation);
    presentations.add(presentation);
    const resident = homes[home]?.residents[code.tag];
    const isForeign = resident === undefined;
    const reason = isSecond
      ? 'DOUBLE_PRESENTATION'
      : (refusal ?? (isForeign ? 'HOME_REFUSED' : null));
    if (reason !== null) exceptions.push({ tap: tap.id, reason });
    else if (!tap.isWaiting) charged.push({ ...tap, resident });
  }
  return { charged, exceptions };
}

// --- JRN-1: who belongs together. A group is one home's resident, fare group and service day.
function groupUp(charged, homes) {
  const groups = new Map();
  for (const tap of charged) {
    const { host, home, resident, fareGroup } = tap;
    const day = dayOf(tap.time);
    const input = `journey\n${resident}\n${fareGroup}\n${day}`;
    const name = `${host} ${home} ${input}`;
    let group = groups.get(name);
    if (group === undefined) {
      const secret = Buffer.from(homes[home].secret, 'hex');
      const key = createHmac('sha256', secret).update(input).digest('hex').slice(0, 32);
      const before = `${host} ${home} journey\n${resident}\n${fareGroup}\n${day - 1}`;
      group = { host, home, fareGroup, day, key, before, own: [], carried: [] };
      groups.set(name, group);
    }
    group.own.push(tap);
  }
  for (const group of groups.values()) {
    const before = groups.get(group.before);
    const from = startOf(group.day) - 6 * hour; // 22:00
    if (!before?.own.some(({ direction, time }) => direction === 'entry' && time >= from)) continue;
    const until = startOf(group.day) + 3 * hour;
    before.carried = group.own.filter(
      ({ direction, time }) => direction === 'exit' && time < until,
    );
  }
  return [...groups.values()].sort((a, b) => a.day - b.day || (a.key < b.key ? -1 : 1));
}

/** All groups with their lines, and the taps that are in none. */
export function computeLines(records) {
  const { homes, taps, repairs, ceilings, asOf, ...rest } = gather(records);
  const list = readList(rest);
  const read = taps.map((one) => readTap(one, list, asOf)).filter((tap) => tap !== undefined);
  const { charged, exceptions } = sift(read, homes);
  const known = { list, repairsOf: new Map(), leftOf: new Map() };
  for (const repair of new Map(repairs.map((one) => [one.id, one])).values()) {
    const before = known.repairsOf.get(repair.journey) ?? [];
    known.repairsOf.set(repair.journey, [...before, repair]);
  }
  for (const { key, service, rule, signature, left } of ceilings) {
    known.leftOf.set(`${key} ${service} ${rule} ${signature}`, left);
  }
  const consumed = new Set();
  const groups = [];
  for (const group of groupUp(charged, homes)) {
    const priced = priceGroup(group, pairUp(group, consumed, asOf), known);
    const { host, home, key, fareGroup, day } = group;
    const paired = { ...priced, lines: priced.lines.map(canonical) };
    groups.push({ host, home, key, fareGroup, day, ...paired });
  }
  return { groups, exceptions };
}

function readRecords(place) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  if (!statSync(place).isDirectory()) return [read(place)];
  const names = readdirSync(place).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => read(path.join(place, name)));
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const { groups, exceptions } = computeLines(readRecords(argv[2]));
  const all = [...groups, ...exceptions].map((one) => JSON.stringify(one));
  process.stdout.write(`${all.join('\n')}\n`);
}
