// Runs setup.mjs and node24.mjs as npm does, in a folder of their own with a fake npm.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';

/** Notes each call in `calls`, then does what the test says. */
function fakeNpm(body: string): string {
  return `
    const fs = require('node:fs');
    fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
    const call = fs.readFileSync('calls', 'utf8').trim().split('\\n').length;
    ${body}`;
}

const installs = "fs.mkdirSync('node_modules', { recursive: true });";

class Clone {
  readonly root = mkdtempSync(path.join(tmpdir(), 'tongyu-setup-'));

  constructor(t: TestContext, npm: string) {
    mkdirSync(this.file('tools'));
    for (const name of ['setup.mjs', 'node24.mjs']) {
      copyFileSync(path.join(import.meta.dirname, name), this.file('tools', name));
    }
    writeFileSync(this.file('package-lock.json'), '{}');
    writeFileSync(this.file('npm.cjs'), fakeNpm(npm));
    t.after(() => {
      rmSync(this.root, { recursive: true, force: true });
    });
  }

  file(...parts: readonly string[]): string {
    return path.join(this.root, ...parts);
  }

  start(...words: readonly string[]): ChildProcess {
    const env = {
      ...process.env,
      npm_execpath: this.file('npm.cjs'),
      npm_node_execpath: process.execPath,
      NODE_ENV: 'production',
    };
    // From another folder: the scripts know where they are.
    return spawn(process.execPath, words, {
      cwd: tmpdir(),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...words: readonly string[]): Promise<{ code: number; text: string }> {
    const child = this.start(...words);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
    }
    const [code] = (await once(child, 'close')) as [number];
    return { code, text };
  }

  setUp(): Promise<{ code: number; text: string }> {
    return this.run(this.file('tools/setup.mjs'));
  }

  calls(): string[] {
    return readFileSync(this.file('calls'), 'utf8').trim().split('\n');
  }
}

function isRunning(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''; // empty when only a zombie
  } catch {
    return false;
  }
}

/** Waits until the file is there: a child has got that far. */
async function appearance(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('installs once for a lock, with the packages that production would leave out', async (t) => {
  const clone = new Clone(t, installs);
  assert.equal((await clone.setUp()).code, 0);
  assert.equal((await clone.setUp()).code, 0);
  assert.equal(clone.calls().length, 1);
  assert.match(clone.calls()[0] ?? '', /^ci .*--include=dev --include=optional/);
  writeFileSync(clone.file('package-lock.json'), '{"changed": true}');
  await clone.setUp();
  assert.equal(clone.calls().length, 2);
});

test('what npm has installed already is not installed again, unless it differs', async (t) => {
  const clone = new Clone(t, installs);
  const lock = (version: string): string =>
    JSON.stringify({
      packages: {
        '': { name: 'clone' },
        'node_modules/one': { version, integrity: version },
        'node_modules/for-another-platform': { version: '1.0.0', optional: true },
      },
    });
  const listed = { packages: { 'node_modules/one': { version: '1.0.1', integrity: '1.0.1' } } };
  mkdirSync(clone.file('node_modules'));
  writeFileSync(clone.file('node_modules/.package-lock.json'), JSON.stringify(listed));
  writeFileSync(clone.file('package-lock.json'), lock('1.0.1'));
  assert.equal((await clone.setUp()).code, 0);
  assert.ok(!existsSync(clone.file('calls')));
  writeFileSync(clone.file('package-lock.json'), lock('1.0.2'));
  assert.equal((await clone.setUp()).code, 0);
  assert.equal(clone.calls().length, 1);
});

test('a failed install is tried once more from an empty node_modules', async (t) => {
  const clone = new Clone(
    t,
    `${installs} if (fs.existsSync('node_modules/left')) process.exit(7);`,
  );
  mkdirSync(clone.file('node_modules/left'), { recursive: true });
  const { code, text } = await clone.setUp();
  assert.equal(code, 0, text);
  assert.equal(clone.calls().length, 2);
});

test('an install that fails twice is one sentence, a code and no stamp', async (t) => {
  const clone = new Clone(t, `${installs} process.exit(7);`);
  const { code, text } = await clone.setUp();
  assert.equal(code, 1);
  assert.match(text, /Set-up failed: npm ci ended with code 7/);
  assert.ok(!existsSync(clone.file('node_modules/.setup-stamp')));
});

test('a clone without its lock is one sentence', async (t) => {
  const clone = new Clone(t, installs);
  rmSync(clone.file('package-lock.json'));
  const { code, text } = await clone.setUp();
  assert.equal(code, 1);
  assert.match(text, /package-lock.json is missing/);
});

test('an interruption ends npm and what npm started, and leaves no stamp', async (t) => {
  const clone = new Clone(
    t,
    `${installs}
    process.on('SIGINT', () => {});
    const script = require('node:child_process').spawn('sleep', ['600']);
    fs.writeFileSync('pids.new', process.pid + ' ' + script.pid);
    fs.renameSync('pids.new', 'pids');
    setInterval(() => {}, 1000);`,
  );
  const child = clone.start(clone.file('tools/setup.mjs'));
  await appearance(clone.file('pids'));
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 130);
  const pids = readFileSync(clone.file('pids'), 'utf8').split(' ').map(Number);
  while (pids.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(clone.calls().length, 1, 'it must not try again');
  assert.ok(!existsSync(clone.file('node_modules/.setup-stamp')));
});

/** Puts this Node at the place of the packaged one. */
function packNode(clone: Clone): string {
  const bin = clone.file('node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(process.execPath, path.join(bin, 'node'));
  return bin;
}

test('node24 passes arguments and exit code, and puts its Node first in PATH', async (t) => {
  const clone = new Clone(t, '');
  const bin = packNode(clone);
  const script = 'console.log(process.env.PATH, process.argv[1]); process.exit(9)';
  const { code, text } = await clone.run(clone.file('tools/node24.mjs'), '-e', script, 'word');
  assert.equal(code, 9);
  assert.ok(text.startsWith(`${bin}${path.delimiter}`), text);
  assert.match(text, /word$/m);
});

test('node24 passes a signal on and reports an end by one', async (t) => {
  const clone = new Clone(t, '');
  packNode(clone);
  const script = "console.log('up'); setInterval(() => {}, 1000)";
  const child = clone.start(clone.file('tools/node24.mjs'), '-e', script);
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 128 + 15);
});
