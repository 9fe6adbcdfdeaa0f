import { CODE_PREFIX, concat } from '@tongyu/protocol';
import { bytesOfCode, factsOf, makeCode, textOfBytes, withBytes } from './code-maker.ts';
import { VectorSet } from './vector-set.ts';

/** The text of a code, read strictly: each rule of CODE-3.10 at both sides of its limit. */
export async function codeFormVectors(): Promise<VectorSet> {
  const set = new VectorSet('code-form');
  const good = await makeCode();
  for (const suite of [1, 2, 3] as const) {
    const parts = { suite };
    const text = await makeCode(parts);
    set.accept(
      `suite-${String(suite)}`,
      'CODE-3.1',
      'a code as it is made',
      { text },
      {},
      factsOf(parts),
    );
  }
  addLimits(set, good);
  addTexts(set, good);
  addLengths(set, good);
  addRanges(set, good);
  return set;
}

/** Values at the edge that must still be read. */
function addLimits(set: VectorSet, good: string): void {
  const read = (
    id: string,
    clause: string,
    at: number,
    bytes: readonly number[],
    facts: object,
  ) => {
    const text = withBytes(good, at, bytes);
    set.accept(id, clause, `edge of a range: ${id}`, { text }, {}, { ...factsOf({}), ...facts });
  };
  read('issuer-1000', 'CODE-3.2', 1, [0x03, 0xe8], { issuer: '1000' });
  read('issuer-9999', 'CODE-3.2', 1, [0x27, 0x0f], { issuer: '9999' });
  read('key-id-1', 'CODE-3.3', 3, [0, 1], { keyId: 1 });
  read('key-id-65535', 'CODE-3.3', 3, [255, 255], { keyId: 65_535 });
  read('day-1', 'CODE-3.5', 15, [0, 1], { day: 1 });
  read('day-49709', 'CODE-3.5', 15, [0xc2, 0x2d], { day: 49_709 });
  read('slot-0', 'CODE-3.5', 17, [0], { slot: 0 });
  read('slot-3', 'CODE-3.5', 17, [3], { slot: 3 });
  read('flag-reserve', 'CODE-3.6', 18, [1], { reserve: true });
  read('class-65535', 'CODE-3.7', 19, [255, 255], { class: 65_535 });
  read('time-0', 'CODE-3.9', 118, [0, 0, 0, 0], { time: 0 });
  read('time-4294967295', 'CODE-3.9', 118, [255, 255, 255, 255], { time: 4_294_967_295 });
}

function addTexts(set: VectorSet, good: string): void {
  const rest = good.slice(CODE_PREFIX.length);
  const refuse = (id: string, clause: string, text: string, rule: string): void => {
    set.refuse(id, clause, `text: ${id}`, { text }, {}, 'MALFORMED', { rule });
  };
  refuse('empty', 'CODE-2.1', '', 'prefix');
  refuse('prefix-alone', 'CODE-2.1', 'TY1:', 'base45');
  refuse('prefix-cut', 'CODE-2.1', 'TY1', 'prefix');
  refuse('no-prefix', 'CODE-2.1', rest, 'prefix');
  refuse('prefix-lower-case', 'CODE-2.1', `ty1:${rest}`, 'prefix');
  refuse('prefix-other-number', 'CODE-2.1', `TY2:${rest}`, 'prefix');
  refuse('prefix-after-space', 'CODE-2.1', ` ${good}`, 'prefix');
  refuse('prefix-byte-order-mark', 'CODE-2.1', `\ufeff${good}`, 'prefix');
  refuse('prefix-full-width', 'CODE-2.1', `ＴＹ１：${rest}`, 'prefix');
  refuse('prefix-health-pass', 'CODE-2.1', `HC1:${rest}`, 'prefix');
  refuse('web-address', 'CODE-2.1', 'https://example.org/', 'prefix');
  refuse('longer-than-4096', 'CODE-2.1', good + '0'.repeat(4_096), 'prefix');
  refuse('all-lower-case', 'CODE-2.2', `TY1:${rest.toLowerCase()}`, 'base45');
  refuse('one-letter-lower-case', 'CODE-2.2', `TY1:a${rest.slice(1)}`, 'base45');
  refuse('line-feed-after', 'CODE-2.2', `${good}\n`, 'base45');
  refuse('one-character-over', 'CODE-2.2', `${good}0`, 'base45');
  refuse('one-character-short', 'CODE-2.2', good.slice(0, -2), 'base45');
  refuse('underscore-inside', 'CODE-2.2', `TY1:${rest.slice(0, 9)}_${rest.slice(10)}`, 'base45');
  refuse('letter-outside-ascii', 'CODE-2.2', `TY1:${rest.slice(0, 9)}é${rest.slice(10)}`, 'base45');
  refuse('group-over-65535', 'CODE-2.2', `TY1:${rest.slice(0, 9)}:::${rest.slice(12)}`, 'base45');
}

function addLengths(set: VectorSet, good: string): void {
  const bytes = bytesOfCode(good);
  const refuse = (id: string, content: Uint8Array): void => {
    const text = textOfBytes(content);
    set.refuse(id, 'CODE-3.10', `length: ${id}`, { text }, {}, 'MALFORMED', { rule: 'length' });
  };
  for (const length of [1, 2, 54, 118, 122, 184, 185]) {
    refuse(`first-${String(length)}-bytes`, bytes.subarray(0, length));
  }
  refuse('one-byte-after', concat(bytes, new Uint8Array(1)));
  refuse('twice', concat(bytes, bytes));
  for (let version = 0; version < 16; version++) {
    if (version === 1) continue;
    const text = withBytes(good, 0, [version * 16 + 1]);
    const id = `version-${String(version)}`;
    const details = { version };
    set.refuse(id, 'CODE-3.1', id, { text }, {}, 'UNSUPPORTED_VERSION', details);
  }
  const short = textOfBytes(concat(new Uint8Array([0x21]), bytes.subarray(1, 100)));
  const what = 'the version is read before the length';
  set.refuse('version-2-short', 'CODE-3.1', what, { text: short }, {}, 'UNSUPPORTED_VERSION');
  const wrong = withBytes(withBytes(good, 0, [0x2f]), 1, [0, 0]);
  const first = 'the version is read before suite and issuer';
  set.refuse('version-2-suite-15', 'CODE-3.1', first, { text: wrong }, {}, 'UNSUPPORTED_VERSION');
}

function addRanges(set: VectorSet, good: string): void {
  const refuse = (clause: string, rule: string, at: number, bytes: readonly number[]): void => {
    const id = `${rule}-${bytes.join('.')}`;
    const text = withBytes(good, at, bytes);
    set.refuse(id, clause, `range of ${rule}`, { text }, {}, 'MALFORMED', { rule });
  };
  for (const suite of [0, 4, 5, 8, 15]) refuse('CODE-4.1', 'suite', 0, [16 + suite]);
  for (const issuer of [0, 999, 10_000, 65_535]) {
    refuse('CODE-3.2', 'issuer', 1, [issuer >>> 8, issuer & 255]);
  }
  refuse('CODE-3.3', 'key-id', 3, [0, 0]);
  for (const day of [0, 49_710, 65_535]) refuse('CODE-3.5', 'day', 15, [day >>> 8, day & 255]);
  for (const slot of [4, 5, 255]) refuse('CODE-3.5', 'slot', 17, [slot]);
  for (const flags of [2, 3, 4, 8, 16, 32, 64, 128, 255]) refuse('CODE-3.6', 'flags', 18, [flags]);
  for (const form of [0, 1, 4, 6, 255]) refuse('CODE-3.8', 'device-key', 21, [form]);
  for (const over of [1, 7, 14]) refuse('CODE-3.9', 'time', 121, [0x40 + over]);
  addOrder(set, good);
}

/** Two rules broken at once: the earlier one of CODE-3.10 is the answer. */
function addOrder(set: VectorSet, good: string): void {
  const broken: readonly (readonly [string, number, readonly number[]])[] = [
    ['suite', 0, [0x14]],
    ['issuer', 1, [0, 1]],
    ['key-id', 3, [0, 0]],
    ['day', 15, [0, 0]],
    ['slot', 17, [9]],
    ['flags', 18, [2]],
    ['device-key', 21, [4]],
    ['time', 121, [0x41]],
  ];
  broken.forEach(([rule, at, bytes], i) => {
    const next = broken[i + 1];
    if (next === undefined) return;
    const text = withBytes(withBytes(good, at, bytes), next[1], next[2]);
    const id = `${rule}-before-${next[0]}`;
    set.refuse(id, 'CODE-3.10', id, { text }, {}, 'MALFORMED', { rule });
  });
}
