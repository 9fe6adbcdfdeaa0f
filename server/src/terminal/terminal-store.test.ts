import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, truncateSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import { memoryTerminalStore } from './memory-terminal-store.ts';
import { openTerminalStore } from './sqlite-terminal-store.ts';
import { StorageFault, StoreUnusable, type TerminalStore } from './terminal-store.ts';
import { terminalStoreContract } from './terminal-store.contract.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'tongyu-terminal-store-'));
after(() => {
  rmSync(base, { recursive: true, force: true });
});

let count = 0;
const folders = new Map<TerminalStore, string>();

function freshFolder(): string {
  count += 1;
  return path.join(base, String(count));
}

function openIn(folder: string): TerminalStore {
  const store = openTerminalStore(folder);
  folders.set(store, folder);
  return store;
}

terminalStoreContract('memory', memoryTerminalStore, (store) => store);
terminalStoreContract(
  'sqlite',
  () => openIn(freshFolder()),
  (store) => {
    store.close();
    return openIn(folders.get(store) ?? '');
  },
);

function tap(number: number) {
  return { number, text: 'x'.repeat(1500), mark: undefined, warnedDay: undefined };
}

void test('a full disk is a fault that loses nothing and leaves no half tap', () => {
  const folder = freshFolder();
  const store = openTerminalStore(folder, { maxPages: 20 });
  let kept = 0;
  assert.throws(() => {
    for (let number = 1; number < 1000; number++) {
      store.commitTap(tap(number));
      kept = number;
    }
  }, StorageFault);
  assert.ok(kept > 0);
  assert.equal(store.lastNumber(), kept);
  assert.equal(store.pendingCount(), kept);
  store.settle(
    store.pending(kept).map(({ number }) => ({ number, outcome: 'delivered' as const })),
  );
  store.commitTap(tap(kept + 1));
  assert.equal(store.lastNumber(), kept + 1);
  store.close();
});

void test('a file of the same folder cannot be used twice', () => {
  const folder = freshFolder();
  const store = openTerminalStore(folder);
  assert.throws(
    () => openTerminalStore(folder),
    (error) =>
      error instanceof StoreUnusable && error.message.endsWith('in use by another process.'),
  );
  store.commitTap(tap(1));
  store.close();
});

function damagedFile(harm: (file: string) => void): { folder: string; file: string } {
  const folder = freshFolder();
  const store = openTerminalStore(folder);
  for (let number = 1; number <= 60; number++) store.commitTap(tap(number));
  store.close();
  const file = path.join(folder, 'terminal.db');
  harm(file);
  return { folder, file };
}

const HARMS: readonly (readonly [string, (file: string) => void])[] = [
  [
    'garbage in the middle',
    (file) => {
      const bytes = readFileSync(file);
      bytes.fill(0x5a, 8192, bytes.length - 4096);
      writeFileSync(file, bytes);
    },
  ],
  [
    'a lost beginning',
    (file) => {
      writeFileSync(file, 'no database at all, but long enough to be taken for one');
    },
  ],
  [
    'a cut end',
    (file) => {
      truncateSync(file, 16_384);
    },
  ],
  [
    'nothing left',
    (file) => {
      truncateSync(file, 0);
    },
  ],
];

for (const [name, harm] of HARMS) {
  void test(`a damaged file (${name}) is named in one sentence and not overwritten`, () => {
    const { folder, file } = damagedFile(harm);
    const before = readFileSync(file);
    assert.throws(
      () => openTerminalStore(folder),
      (error) => error instanceof StoreUnusable && error.message.includes('is damaged'),
    );
    assert.deepEqual(readFileSync(file), before);
  });
}
