// A program written from the standard alone comes to the same lines as both cities, byte for byte.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { answerGroup, claimOf } from '@tongyu/domain';
import { canonicalJson, lineText } from '@tongyu/protocol';
import { rollDice } from '../../tools/testing/mutate-input.ts';
import { computeLines, type ComputedGroup } from './compute-lines.mjs';
import { chargedTaps, createBook, type Book, type ChargedTap } from './journey-book.ts';
import { makeRecords, type Records } from './many-taps.ts';

/** A quarter of a minute; `npm run soak -- lines` takes the hundred thousand. */
const TAPS = process.env['TONGYU_SOAK'] === undefined ? 25_000 : 100_000;
const BATCHES = 5;

function shuffled<T>(values: readonly T[], below: (end: number) => number): readonly T[] {
  const all = [...values];
  for (let i = all.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

/** The taps in any order, some of them twice, with the repairs somewhere in between. */
function feed(
  book: Book,
  taps: readonly ChargedTap[],
  { repairs: all }: Records,
  below: (end: number) => number,
): void {
  const charged = shuffled(taps, below);
  const repairs = shuffled(all, below);
  const late = new Set(repairs.slice(repairs.length / 2));
  const size = Math.ceil(charged.length / BATCHES);
  for (let at = 0; at < charged.length; at += size) {
    const again = charged.slice(0, at).filter(() => below(200) === 0);
    book.take([...charged.slice(at, at + size), ...again]);
  }
  book.repair(repairs.filter((repair) => !late.has(repair)));
  book.repair([...late]);
}

function assertSame(book: Book, computed: readonly ComputedGroup[]): void {
  for (const { key, ...expected } of computed) {
    const priced = book.groups.get(key)?.priced;
    assert.equal(textOf(priced?.lines.map(lineText)), textOf(expected.lines));
    assert.equal(
      textOf(priced?.exceptions.map(canonicalJson)),
      textOf(expected.exceptions.map(canonicalJson)),
    );
    assert.equal(textOf(priced?.open), textOf(expected.open));
  }
}

function countLines(groups: Iterable<{ readonly lines: readonly unknown[] }>): number {
  return [...groups].reduce((sum, { lines }) => sum + lines.length, 0);
}

/** Ceilings are in the host's book alone (JRN-4.5). */
function hasNoCeiling({ lines }: ComputedGroup): boolean {
  return !lines.some((line) => line.includes('"over-ceiling"'));
}

/** In one order, and nothing for what is not there. */
function textOf(all: readonly string[] = []): string {
  return [...all].sort().join('\n');
}

void test('both cities come to the lines that an outside program computes', (t) => {
  const dice = rollDice();
  t.diagnostic(`seed ${String(dice.seed)}: set TONGYU_SEED to see it again`);
  const records = makeRecords(TAPS, dice);
  const left = new Map(
    records.ceilings.map((one) => [`${one.key} ${one.service} ${one.signature}`, one.left]),
  );
  const host = createBook(records, (key, service, { funder }) => {
    const signature = funder.kind === 'party' ? funder.signature.signature : '';
    return left.get(`${key} ${service} ${signature}`) ?? Number.MAX_SAFE_INTEGER;
  });
  const taps = chargedTaps(records);
  feed(host, taps, records, dice.below);
  const computed = computeLines([records]);
  assertSame(host, computed.groups);

  const home = createBook(records, () => Number.MAX_SAFE_INTEGER);
  home.take(shuffled(taps, dice.below));
  home.repair(records.repairs);
  assertSame(home, computed.groups.filter(hasNoCeiling));
  for (const [key, { facts, priced }] of host.groups) {
    const own = home.groups.get(key)?.facts;
    assert.ok(own);
    const claim = claimOf(facts, priced, 1);
    const answer = answerGroup(claim, own);
    const refused = answer.lines.filter(({ outcome }) => outcome !== 'accepted');
    assert.deepEqual(refused, []);
    assert.equal(answer.lines.length, priced.lines.length);
  }
  const lines = countLines(computed.groups);
  for (const { groups } of [host, home]) {
    assert.equal(countLines([...groups.values()].map(({ priced }) => priced)), lines);
  }
  t.diagnostic(`${String(records.taps.length)} taps, ${String(lines)} lines`);
});

void test('the outside program prints what it computes, from a file or a folder', () => {
  const records = makeRecords(500, rollDice());
  const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-lines-'));
  const { taps, ...rest } = records;
  writeFileSync(path.join(folder, 'taps.json'), JSON.stringify({ taps }));
  writeFileSync(path.join(folder, 'rest.json'), JSON.stringify(rest));
  const program = path.join(import.meta.dirname, 'compute-lines.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const { groups, exceptions } = computeLines([records]);
  const expected = [...groups, ...exceptions].map((one) => `${JSON.stringify(one)}\n`).join('');
  assert.equal(stdout, expected, stderr);
});
