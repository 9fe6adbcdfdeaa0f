import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  findFailingTests,
  makeWorkbench,
  tryMutation,
  type Mutation,
  type Workbench,
} from './try-mutation.ts';

const rule = `export function mayPass(age: number): boolean {
  if (age < 0) return false;
  return age >= 60;
}
`;

const ruleTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayPass } from '@tongyu/domain';
test('sixty is enough', () => {
  assert.ok(mayPass(60) && !mayPass(59));
});
`;

const exports = JSON.stringify({ name: '@tongyu/domain', exports: { '.': './rule.ts' } });

/** A workbench of a small repository with one rule and its test. */
function makeBench(t: TestContext): Workbench {
  const repository = mkdtempSync(path.join(tmpdir(), 'tongyu-mutation-'));
  mkdirSync(path.join(repository, 'domain'));
  mkdirSync(path.join(repository, 'node_modules'));
  writeFileSync(path.join(repository, 'domain/package.json'), exports);
  writeFileSync(path.join(repository, 'domain/rule.ts'), rule);
  writeFileSync(path.join(repository, 'domain/rule.test.ts'), ruleTest);
  const workbench = makeWorkbench(repository);
  t.after(() => {
    workbench.remove();
    rmSync(repository, { recursive: true, force: true });
  });
  return workbench;
}

const mutation: Mutation = {
  id: 'age',
  file: 'domain/rule.ts',
  find: 'age >= 60',
  replace: 'true',
  tests: ['domain/rule.test.ts'],
};

test('a change that a test notices is killed, and is taken back', async (t) => {
  const workbench = makeBench(t);
  const outcome = await tryMutation(mutation, workbench);
  assert.deepEqual(outcome, { kind: 'killed', by: 'domain/rule.test.ts' });
  assert.equal(readFileSync(path.join(workbench.root, 'domain/rule.ts'), 'utf8'), rule);
  assert.deepEqual(await findFailingTests([mutation], workbench), []);
});

test('a change that no test notices survives', async (t) => {
  const unseen = { ...mutation, find: 'if (age < 0) return false;', replace: '' };
  assert.deepEqual(await tryMutation(unseen, makeBench(t)), { kind: 'survived' });
});

test('an entry that does not fit the code is told', async (t) => {
  const workbench = makeBench(t);
  const misfits: readonly (readonly [Partial<Mutation>, RegExp])[] = [
    [{ find: 'age' }, /stands 3 times in domain\/rule.ts/],
    [{ find: 'height' }, /stands 0 times/],
    [{ file: 'domain/gone.ts' }, /gone.ts is not there/],
    [{ tests: [] }, /no test is named/],
  ];
  for (const [change, why] of misfits) {
    const outcome = await tryMutation({ ...mutation, ...change }, workbench);
    assert.ok(outcome.kind === 'misfit');
    assert.match(outcome.why, why);
  }
});

test('a test that fails without a change proves nothing and is told', async (t) => {
  const workbench = makeBench(t);
  writeFileSync(path.join(workbench.root, 'domain/rule.ts'), rule.replace('60', '61'));
  assert.deepEqual(await findFailingTests([mutation], workbench), ['domain/rule.test.ts']);
});
