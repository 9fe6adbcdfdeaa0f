// Makes one change to a copy of the pure workspaces and sees whether a test notices.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The folders that are copied: a change and its tests lie in these. */
const copied = [
  'protocol',
  'domain',
  'spec',
  'server/src/crypto',
  'tools/testing',
  'tools/vectors',
];
/** A change may make a loop endless; that is noticed too. */
const testLimitMs = 60_000;

export interface Mutation {
  /** Short and unique, such as `admit-revoked`. */
  readonly id: string;
  /** The file to change, from the root. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files, from the root; one of them must fail. */
  readonly tests: readonly string[];
}

export type MutationOutcome =
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'survived' }
  /** The entry no longer fits the code, which counts as a survivor. */
  | { readonly kind: 'misfit'; readonly why: string };

/** A folder where the workspaces can be changed without touching the repository. */
export interface Workbench {
  readonly root: string;
  readonly remove: () => void;
}

/** `@tongyu/x` leads to the copy, every other package to the installed one. */
function linkModules(repository: string, root: string): void {
  const installed = path.join(repository, 'node_modules');
  const modules = path.join(root, 'node_modules');
  mkdirSync(path.join(modules, '@tongyu'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name === '@tongyu' || name.startsWith('.')) continue;
    symlinkSync(path.join(installed, name), path.join(modules, name));
  }
  for (const name of ['protocol', 'domain']) {
    symlinkSync(path.join(root, name), path.join(modules, '@tongyu', name));
  }
}

/** Copies what the changes and their tests need into a temporary folder. */
export function makeWorkbench(repository: string): Workbench {
  const root = mkdtempSync(path.join(tmpdir(), 'tongyu-mutate-'));
  for (const name of copied) {
    const from = path.join(repository, name);
    if (!existsSync(from)) continue;
    const to = path.join(root, name);
    cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('node_modules') });
  }
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');
  linkModules(repository, root);
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Whether the test file passes; its output is of no interest. */
function passes(root: string, file: string): Promise<boolean> {
  const env = { ...process.env };
  delete env['NODE_TEST_CONTEXT'];
  return new Promise((resolve, reject) => {
    // A group of its own, so that an endless test dies with the process that waits for it.
    const child = spawn(process.execPath, ['--max-old-space-size=1024', file], {
      cwd: root,
      env,
      stdio: 'ignore',
      detached: true,
    });
    const { pid } = child;
    const limit = setTimeout(() => {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    }, testLimitMs);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(limit);
      resolve(code === 0);
    });
  });
}

function misfit(mutation: Mutation, workbench: Workbench): string | undefined {
  const missing = [mutation.file, ...mutation.tests].find(
    (file) => !existsSync(path.join(workbench.root, file)),
  );
  if (missing !== undefined) return `${missing} is not there`;
  if (mutation.tests.length === 0) return 'no test is named';
  const text = readFileSync(path.join(workbench.root, mutation.file), 'utf8');
  const times = text.split(mutation.find).length - 1;
  return times === 1 ? undefined : `its text stands ${times} times in ${mutation.file}`;
}

/** Applies the change, runs its tests until one fails, and takes the change back. */
export async function tryMutation(
  mutation: Mutation,
  workbench: Workbench,
): Promise<MutationOutcome> {
  const why = misfit(mutation, workbench);
  if (why !== undefined) return { kind: 'misfit', why };
  const file = path.join(workbench.root, mutation.file);
  const before = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    before.replace(mutation.find, () => mutation.replace),
  );
  try {
    for (const testFile of mutation.tests) {
      if (!(await passes(workbench.root, testFile))) return { kind: 'killed', by: testFile };
    }
    return { kind: 'survived' };
  } finally {
    writeFileSync(file, before);
  }
}

/** The named tests that fail without any change, and so prove nothing. */
export async function findFailingTests(
  mutations: readonly Mutation[],
  workbench: Workbench,
): Promise<string[]> {
  const files = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  const failing: string[] = [];
  for (const file of files) {
    const exists = existsSync(path.join(workbench.root, file));
    if (exists && !(await passes(workbench.root, file))) failing.push(file);
  }
  return failing;
}
