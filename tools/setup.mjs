// Installs the project's packages when package-lock.json has changed since the last time.
//
// Runs before `npm start` and `npm test` in a clone that may have no node_modules at all, on
// the machine's own Node (20 or later): plain JavaScript, no dependency.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const progressEverySeconds = 5;
const interruptedExitCode = 130;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(modules, '.setup-stamp');

/** What the installed packages depend on: the lock and the platform. */
function wantedStamp() {
  const lock = readFileSync(lockFile);
  const platform = `${process.platform} ${process.arch}`;
  return createHash('sha256').update(lock).update(platform).digest('hex');
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * Whether npm itself has installed what the lock asks for, as after `npm install` of one more
 * package. npm writes its own list of installed packages last of all.
 */
function isInstalled() {
  const listFile = path.join(modules, '.package-lock.json');
  if (!existsSync(listFile)) return false;
  const installed = packagesOf(listFile);
  const ourNode = `node_modules/node-${process.platform}-${process.arch}`;
  return Object.entries(packagesOf(lockFile)).every(([place, wanted]) => {
    if (!place.startsWith('node_modules/')) return true; // the workspaces themselves
    const found = installed[place];
    // Packages for other platforms are absent. Ours stands for all that are optional.
    if (found === undefined) return wanted.optional === true && place !== ourNode;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * The command for npm. `npm ci` deletes node_modules, and with it the Node 24 inside, so npm
 * must run on the Node that started it, which npm names in `npm_node_execpath`.
 */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script === undefined) return { program: 'npm', before: [] };
  return { program: process.env.npm_node_execpath ?? process.execPath, before: [script] };
}

/** Both includes, because NODE_ENV=production or `omit` in a user's .npmrc would drop them. */
const ciArguments = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];

let running;
let interrupted = false;

/** Runs `npm ci` once and resolves with its exit code; 1 when it was killed. */
function installOnce() {
  const { program, before } = npmCommand();
  const startedAt = Date.now();
  return new Promise((resolve) => {
    // A process group of its own: one kill reaches npm and whatever install script it runs.
    running = spawn(program, [...before, ...ciArguments], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const progress = setInterval(() => {
      console.log(`  installing packages, ${Math.round((Date.now() - startedAt) / 1000)} s ...`);
    }, progressEverySeconds * 1000);
    running.on('error', (error) => {
      clearInterval(progress);
      console.error(`npm could not be run: ${error.message}`);
      resolve(1);
    });
    running.on('exit', (code) => {
      clearInterval(progress);
      resolve(code ?? 1);
    });
  });
}

/** An npm that lives on after Ctrl-C would write into the next start's node_modules. */
function interrupt() {
  interrupted = true;
  if (running?.pid === undefined) return;
  try {
    process.kill(-running.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function install() {
  const startedAt = Date.now();
  console.log('Setting up: installing the packages of package-lock.json');
  for (const signal of signals) process.on(signal, interrupt);
  let code = await installOnce();
  if (code !== 0 && !interrupted) {
    console.log('Setting up: npm ci failed; trying once more from an empty node_modules');
    rmSync(modules, { recursive: true, force: true });
    code = await installOnce();
  }
  if (interrupted) {
    console.error('Set-up was interrupted; the next start begins it again.');
    return interruptedExitCode;
  }
  if (code !== 0) {
    console.error(`Set-up failed: npm ci ended with code ${code}; its messages stand above.`);
    return 1;
  }
  // Last of all, so that a half-made node_modules never carries a stamp.
  writeFileSync(stampFile, wantedStamp());
  console.log(`Set up in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return 0;
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(`Tongyu needs Node 20 or later to set itself up; this is ${process.version}.`);
    return 1;
  }
  if (!existsSync(lockFile)) {
    console.error('package-lock.json is missing; restore it from the repository.');
    return 1;
  }
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (stamp === wantedStamp()) return 0;
  if (!isInstalled()) return install();
  writeFileSync(stampFile, wantedStamp());
  return 0;
}

process.exitCode = await main();
