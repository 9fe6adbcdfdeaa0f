import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkClaim, claimData } from './data-claim.ts';

function withFolder(work: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-claim-'));
  return Promise.resolve(work(folder)).finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

test('an unused folder may be claimed, and looking leaves nothing in it', () =>
  withFolder((folder) => {
    assert.deepEqual(checkClaim(folder, 4100), { ok: true, isFirst: true });
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(checkClaim(path.join(folder, 'absent'), 4100), { ok: true, isFirst: true });
    assert.equal(existsSync(path.join(folder, 'absent')), false);
  }));

test('a released folder is known again, on its own ports only', () =>
  withFolder((folder) => {
    claimData(folder, 4100).release();
    assert.deepEqual(checkClaim(folder, 4100), { ok: true, isFirst: false });
    const other = checkClaim(folder, 5100);
    assert.equal(other.ok, false);
    assert.match(other.sentence, /TONGYU_PORT=4100/);
  }));

test('a folder that a living starter holds is in use, and stays untouched', () =>
  withFolder(async (folder) => {
    const script = `
      import { claimData } from ${JSON.stringify(path.join(import.meta.dirname, 'data-claim.ts'))};
      claimData(${JSON.stringify(folder)}, 4100);
      console.log('claimed');
      process.stdin.resume();`;
    const words = ['--input-type=module', '--eval', script];
    const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const before = readFileSync(path.join(folder, 'starter.json'), 'utf8');
    const check = checkClaim(folder, 4100);
    assert.equal(check.ok, false);
    assert.match(check.sentence, new RegExp(`in use .*${String(child.pid)}`));
    assert.equal(readFileSync(path.join(folder, 'starter.json'), 'utf8'), before);

    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual(checkClaim(folder, 4100), { ok: true, isFirst: false });
  }));

test('a number that another process has by now, or half a file, holds nothing', () =>
  withFolder((folder) => {
    const file = path.join(folder, 'starter.json');
    writeFileSync(file, `{"pid":${String(process.ppid)},"startedAt":"1","basePort":4100}`);
    assert.equal(checkClaim(folder, 4100).ok, true);
    writeFileSync(file, '{"pid":1');
    assert.equal(checkClaim(folder, 4100).ok, true);
  }));
