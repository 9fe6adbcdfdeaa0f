// `npm run soak`: the long variants of tests, one after the other, for a night rather than a
// commit. `npm run soak -- simulation` runs those whose name holds the word.
import { spawn } from 'node:child_process';
import path from 'node:path';

/** Name, then the program and its arguments, run by this Node from the repository's root. */
const longRuns: readonly (readonly [name: string, ...words: string[]])[] = [
  ['simulation', 'simulation/run.ts', '--from', '2001', '--count', '20000'],
  ['lines', '--test', 'journeys/outside/compute-lines.test.ts'],
  ['linking', 'simulation/linking/main.ts'],
  ['screens', '--test', 'journeys/browser/accessibility.test.ts'],
  ['console screens', '--test', 'journeys/browser/console-list.test.ts'],
];

function run(words: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const root = path.resolve(import.meta.dirname, '..');
    const env = { ...process.env, TONGYU_SOAK: '1' };
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code === 0);
    });
  });
}

const wanted = process.argv.slice(2);
const chosen = longRuns.filter(
  ([name]) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
console.log(`Long runs: ${chosen.map(([name]) => name).join(', ') || 'none'}`);
const failed: string[] = [];
for (const [name, ...words] of chosen) {
  const startedAt = Date.now();
  console.log(`\n${name}: ${words.join(' ')}`);
  const passed = await run(words);
  if (!passed) failed.push(name);
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  console.log(`${name}: ${passed ? 'passed' : 'FAILED'} after ${minutes} min`);
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
