import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { findTestFiles, runTests } from './run-tests.ts';

interface Setting {
  readonly signal?: AbortSignal;
  readonly faults?: readonly string[];
}

interface Outcome {
  readonly ok: boolean;
  readonly text: string;
  readonly lastLine: string;
}

/** Runs test files that hold the given sources. */
async function runSources(
  t: TestContext,
  sources: Readonly<Record<string, string>>,
  setting: Setting = {},
): Promise<Outcome> {
  const root = mkdtempSync(path.join(tmpdir(), 'tongyu-run-tests-'));
  t.after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  mkdirSync(path.join(root, 'domain'));
  for (const [name, source] of Object.entries(sources)) {
    const body = `import { test } from 'node:test';\n${source}\n`;
    writeFileSync(path.join(root, 'domain', name), body);
  }
  let text = '';
  const ok = await runTests({
    root,
    files: findTestFiles(root, []),
    concurrency: 2,
    limitSecondsPerFile: 4,
    faults: setting.faults ?? [],
    signal: setting.signal ?? new AbortController().signal,
    write: (part) => {
      text += part;
    },
  });
  return { ok, text, lastLine: text.trimEnd().split('\n').at(-1) ?? '' };
}

function isSleeping(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep'); // empty when dead
  } catch {
    return false;
  }
}

const good = "test('good', () => {});";

test('counts the tests of all files and ends with one line', async (t) => {
  const { ok, lastLine, text } = await runSources(t, {
    'a.test.ts': good,
    'b.test.ts': `${good} test('outer', async (t) => { await t.test('inner', () => {}); });`,
  });
  assert.equal(lastLine, '4 passed, 0 failed', text);
  assert.ok(ok);
});

test('shows a failure in full, with the output of its file', async (t) => {
  const { ok, lastLine, text } = await runSources(t, {
    'a.test.ts': "console.log('seed 42'); test('bad', () => { throw new Error('broken lock'); });",
    'b.test.ts': good,
  });
  assert.equal(lastLine, '1 passed, 1 failed', text);
  assert.ok(!ok);
  assert.match(text, /FAILED domain\/a\.test\.ts:2 bad/);
  assert.match(text, /broken lock[^]*at .*a\.test\.ts/);
  assert.match(text, /seed 42/);
});

const notCounted: readonly (readonly [string, string, RegExp])[] = [
  ['a skipped test', "test.skip('later', () => {});", /SKIPPED .* later/],
  ['a test left to do', "test.todo('later');", /SKIPPED .* later/],
  ['a file without a test', 'export {};', /no test was counted/],
  ['a file that cannot be parsed', 'const = 1;', /no test was counted[^]*SyntaxError/],
  ['a file that leaves before its tests', `${good} process.exit(0);`, /no test was counted/],
  [
    'a file that leaves between its tests',
    "test('a', () => {}); setTimeout(() => process.exit(0), 100);",
    /ended before its tests did/,
  ],
  ['a file that breaks at its end', `${good} process.on('exit', () => process.exit(7));`, /code 7/],
];

for (const [name, source, reason] of notCounted) {
  test(`${name} is a failure although nothing failed in it`, async (t) => {
    const { ok, lastLine, text } = await runSources(t, { 'a.test.ts': source });
    assert.ok(!ok, text);
    assert.match(lastLine, /, 1 failed$/);
    assert.match(text, reason);
  });
}

test('a file that keeps running after its tests is killed and named', async (t) => {
  const source = `${good} setInterval(() => {}, 1000);`;
  const { text, lastLine } = await runSources(t, { 'a.test.ts': source });
  assert.match(
    text,
    /a\.test\.ts: killed after 4 s; after the test 'good' something keeps running/,
  );
  assert.equal(lastLine, '1 passed, 1 failed');
});

test('a process left behind is a failure and is killed, even outside its group', async (t) => {
  const source = `import { spawn } from 'node:child_process';
test('starts a sleeper', () => {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  child.unref();
  console.log('sleeper', child.pid);
});`;
  const { text, lastLine } = await runSources(t, { 'a.test.ts': source });
  assert.equal(lastLine, '1 passed, 1 failed', text);
  assert.match(text, /left process \d+ running: sleep 600/);
  const pid = Number(/sleeper (\d+)/.exec(text)?.[1]);
  while (isSleeping(pid)) await nextTurn();
});

test('an interrupted run kills its files and does not pass', async (t) => {
  const interruption = new AbortController();
  const hanging = "test('hangs', () => new Promise((r) => setTimeout(r, 60_000)));";
  setTimeout(() => {
    interruption.abort();
  }, 300);
  const outcome = await runSources(t, { 'a.test.ts': hanging }, interruption);
  assert.ok(!outcome.ok);
  assert.match(outcome.text, /ended by SIGKILL/);
});

test('what went wrong before the tests counts as a failure', async (t) => {
  const faults = ['FAILED the pages do not build'];
  const { ok, lastLine, text } = await runSources(t, { 'a.test.ts': good }, { faults });
  assert.ok(!ok);
  assert.equal(lastLine, '1 passed, 1 failed');
  assert.match(text, /FAILED the pages/);
});

test('nothing to run is not a pass', async (t) => {
  const { ok, lastLine } = await runSources(t, {});
  assert.ok(!ok);
  assert.equal(lastLine, '0 passed, 0 failed');
});

test('filters choose files by a part of their path', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const files = findTestFiles(root, ['./tools/testing']);
  assert.deepEqual(files, ['tools/testing/run-tests.test.ts']);
});
