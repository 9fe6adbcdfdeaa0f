// `npm run check`: everything that is known about the code without running it. Prints a line for
// each check and the output of those that fail.
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

interface Step {
  readonly name: string;
  /** A program of JavaScript or TypeScript, from the root, and its arguments. */
  readonly words: readonly string[];
}

const compilers = [
  'protocol/tsconfig.json',
  'protocol/tsconfig.test.json',
  'domain/tsconfig.json',
  'domain/tsconfig.test.json',
  'server/tsconfig.json',
  'web/tsconfig.json',
  'web/tsconfig.test.json',
  'tsconfig.json',
].map((project) => ({
  name: `types of ${project}`,
  words: ['node_modules/typescript/bin/tsc', '-p', project],
}));

const steps: readonly Step[] = [
  { name: 'tidy', words: ['tools/tidy.ts'] },
  { name: 'format', words: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  ...compilers,
  { name: 'lint', words: ['node_modules/eslint/bin/eslint.js', '.'] },
  {
    name: 'unused code',
    words: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'],
  },
];

interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

function run(words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      resolve({ passed: false, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ passed: code === 0, output });
    });
  });
}

let failures = 0;
for (const { name, words } of steps) {
  const startedAt = Date.now();
  const { passed, output } = await run(words);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${passed ? 'ok    ' : 'FAILED'}  ${name}`);
  if (!passed) {
    failures += 1;
    console.log(output.trimEnd());
  }
}
console.log(
  failures === 0 ? 'All checks passed.' : `${failures} of ${steps.length} checks failed.`,
);
process.exitCode = failures === 0 ? 0 : 1;
