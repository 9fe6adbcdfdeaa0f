// Runs its arguments on Node 24, which the project brings along as a package.
//
// npm 10 leaves no node_modules/.bin/node when the packages of several platforms are listed,
// and scripts would silently run on the machine's Node: so the binary is found by its path.
// Plain JavaScript, no dependency: the machine's own Node (20 or later) reads this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The path of a Node 24, or undefined when there is none here. */
function findNode() {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const platform = `${process.platform}-${process.arch}`;
  const own = path.join(root, 'node_modules', `node-${platform}`, 'bin', 'node');
  if (existsSync(own)) return own;
  const major = Number(process.versions.node.split('.')[0]);
  return major >= neededMajor ? process.execPath : undefined;
}

function main() {
  const node = findNode();
  if (node === undefined) {
    console.error(
      `Node ${neededMajor} is missing (this is ${process.version} on ${process.platform} ` +
        `${process.arch}): run \`npm ci --include=optional\`, or install Node ${neededMajor}.`,
    );
    process.exitCode = 1;
    return;
  }
  // First in PATH too, so that a `node` started further down is the same one.
  const searchPath = [path.dirname(node), process.env.PATH ?? ''].join(path.delimiter);
  const child = spawn(node, process.argv.slice(2), {
    stdio: 'inherit',
    env: { ...process.env, PATH: searchPath },
  });
  // On a terminal's Ctrl-C the child gets the signal twice, from the terminal and from here:
  // programs keep one stop promise. A signal sent to this process alone must arrive as well.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${node} could not be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

main();
