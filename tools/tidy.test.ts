// Each rule is shown to find a planted fault and to leave the right way alone; then the
// repository itself is looked at.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { describeFinding, findUntidy } from './tidy.ts';
import { checkCalls } from './tidy/calls.ts';
import { checkCitations, checkNamedFiles, checkSuppressions } from './tidy/docs.ts';
import { requiredFiles } from './tidy/house-rules.ts';
import { checkImports } from './tidy/imports.ts';
import { checkPackages } from './tidy/packages.ts';
import { checkNames, checkSizes } from './tidy/size.ts';
import { readRepository, type Check } from './tidy/source.ts';
import { checkLeftovers, checkMachineTraces } from './tidy/text.ts';

function messages(check: Check, file: string, text: string): string[] {
  return check([{ path: file, text }]).map(describeFinding);
}

/** A planted text, and what the one finding must say; nothing for the right way. */
type Case = readonly [file: string, text: string, finding?: RegExp];

function checkCases(check: Check, cases: readonly Case[]): void {
  for (const [file, text, finding] of cases) {
    const found = messages(check, file, text);
    assert.equal(found.length, finding === undefined ? 0 : 1, `${file}: ${text}\n${found.join()}`);
    if (finding !== undefined) assert.match(found[0] ?? '', finding);
  }
}

test('imports keep to the table', () => {
  checkCases(checkImports, [
    ['protocol/src/code/a.ts', "import { b } from '../trust/b.ts';"],
    ['protocol/src/code/a.ts', "import { b } from '@tongyu/domain';", /protocol may not import/],
    ['protocol/src/code/a.ts', "import { b } from 'node:crypto';", /pass what is needed/],
    ['protocol/src/code/a.test.ts', "import { b } from 'node:crypto';"],
    ['domain/src/admission/a.ts', "import { b } from '../entitlement/b.ts';"],
    ['domain/src/entitlement/a.ts', "import { b } from '../admission/b.ts';", /may not import/],
    ['domain/src/clearing/a.ts', "export { b } from '../journey/b.ts';", /only protocol/],
    ['domain/src/a.ts', "import { b } from './clearing/b.ts';"],
    ['domain/src/weather/a.ts', '', /has no line in mayImport/],
    ['server/src/city/a.ts', "import { b } from '@tongyu/web';", /server may not import web/],
    ['server/src/city/a.ts', "const b = await import('../../../web/src/kit/b.ts');", /may not/],
    ['server/src/city/a.ts', "import { b } from '../../../domain/src/b.ts';", /@tongyu\/domain/],
    ['server/src/city/a.ts', "type B = import('../../../tools/b.ts').B;", /may not import tools/],
    ['server/src/city/a.test.ts', "import { b } from '../../../tools/browser.ts';"],
    ['server/src/hub/a.ts', "import { b } from '../search/b.ts';"],
    ['server/src/search/a.ts', "import { b } from '../hub/b.ts';", /only itself/],
    ['web/src/gate/a.tsx', "import { b } from '../kit/b.ts';"],
    ['web/src/gate/a.tsx', "import { b } from '../resident/b.ts';", /web\/gate may not import/],
    ['web/src/kit/a.tsx', "import { b } from '../gate/b.ts';", /web\/kit may not import web\/gate/],
  ]);
});

test('the world is reached through ports', () => {
  checkCases(checkCalls, [
    ['domain/src/admission/a.ts', 'const now = Date.now();', /take the time from the Clock port/],
    ['domain/src/admission/a.ts', 'const now = new Date();', /Clock port/],
    ['domain/src/admission/a.ts', 'const now = new Date(5);'],
    ['domain/src/admission/a.ts', 'const read = Date.now;', /Clock port/],
    ['server/src/city/a.ts', 'const n = Math.random();', /Rng port/],
    ['server/src/city/a.ts', 'globalThis.crypto.getRandomValues(bytes);', /Rng port/],
    ['server/src/city/a.ts', 'setTimeout(run, 5);', /Timers port/],
    ['server/src/city/a.ts', "import { setTimeout as s } from 'node:timers/promises';", /Timers/],
    ['server/src/city/a.ts', 'await window.fetch(url);', /Net port/],
    ['server/src/city/a.ts', 'async function get(fetch: Net) { await fetch(url); }'],
    ['server/src/city/a.ts', "import { setTimeout } from '../ports/timers.ts'; setTimeout(f, 5);"],
    ['simulation/a.ts', 'const n = Math.random();', /Rng port/],
    ['server/src/ports/clock.ts', 'const now = Date.now();'],
    ['web/src/kit/ports/fetch.ts', 'await fetch(url);'],
    ['domain/src/admission/a.test.ts', 'const now = Date.now();'],
  ]);
});

test('tests are neither skipped nor cut short', () => {
  const skipped = ['test', 'skip'].join('.');
  checkCases(checkCalls, [
    ['domain/src/a.test.ts', 'process.exit(0);', /hides the tests after it/],
    ['domain/src/a.test.ts', `${skipped}('later', () => {});`, /a test runs, or is removed/],
    ['domain/src/a.test.ts', "test('now', () => {});"],
  ]);
});

test('lines, functions and files have an end', () => {
  const long = 'x'.repeat(101);
  const lines = (count: number): string => 'f();\n'.repeat(count);
  checkCases(checkSizes, [
    ['domain/src/a.ts', `// ${long}`, /104 columns: break it at 100/],
    ['web/src/gate/words.ts', `// ${long}`],
    ['docs/a.md', long],
    ['domain/src/a.ts', `function f() {\n${lines(69)}}`, /71 lines in one function/],
    ['domain/src/a.ts', `const f = () => {\n${lines(68)}};`],
    ['domain/src/a.test.ts', `function f() {\n${lines(69)}}`],
    ['domain/src/a.ts', `function f() {\n${lines(60)}const g = () => {\n${lines(60)}};\n}`],
    ['domain/src/a.ts', lines(401), /401 lines: it is more than one thing/],
    ['domain/src/a.ts', lines(400)],
    ['domain/src/a.test.ts', lines(401)],
    ['web/src/kit/a.css', 'a {}\n'.repeat(401), /more than one thing/],
  ]);
});

test('names say something', () => {
  checkCases(checkNames, [
    ['server/src/utils/a.ts', '', /'utils' says nothing/],
    ['server/src/city/helpers.test.ts', '', /'helpers' says nothing/],
    ['server/src/city/Manager.ts', '', /'Manager' says nothing/],
    ['server/src/city/service-day.ts', ''],
  ]);
});

test('nothing is left for later', () => {
  const word = ['TO', 'DO'].join('');
  const phrase = ['not', 'implemented'].join(' ');
  checkCases(checkLeftovers, [
    ['domain/src/a.ts', `// ${word}: the rest`, /do it now/],
    ['docs/a.md', `This is ${phrase}.`, /do it now/],
    ['docs/decisions/0001-a.md', `This is ${phrase}.`],
    ['domain/src/a.ts', '// What is to do here, for now and ever, is done.'],
  ]);
});

test('no file knows one machine', () => {
  const folder = ['', 'tmp', 'x'].join('/');
  const host = ['https:', '', 'registry.npmjs.org', 'x'].join('/');
  checkCases(checkMachineTraces, [
    ['docs/a.md', `Look in ${folder}.`, /path of one machine/],
    ['.npmrc', `registry=${host}`, /leave it to npm's settings/],
    ['web/src/a.ts', "import { b } from './tmp/b.ts';"],
    ['docs/a.md', 'https://example.org/work/x'],
  ]);
});

test('packages are exact, and the lock names no host', () => {
  const manifest = (version: string): string => JSON.stringify({ dependencies: { pg: version } });
  checkCases(checkPackages, [
    ['server/package.json', manifest('8.23.1')],
    ['server/package.json', manifest('18.4.0-beta.17')],
    ['server/package.json', manifest('^8.23.1'), /pin one version/],
    ['package.json', manifest('latest'), /pin one version/],
    ['package-lock.json', '"resolved": "https://host/pg.tgz",', /a download host/],
    ['package-lock.json', '"resolved": "protocol",'],
  ]);
});

test('documents name files that exist', () => {
  const named = (text: string): string[] => {
    const all = requiredFiles.map((file) => ({ path: file, text: '' }));
    const sources = [
      ...all.filter((source) => source.path !== 'README.md'),
      { path: 'README.md', text },
      { path: 'domain/src/admission/admit.ts', text: '' },
    ];
    return checkNamedFiles(sources).map(describeFinding);
  };
  assert.deepEqual(named('See `domain/src/admission/admit.ts`, `domain/` and `docs`.'), []);
  assert.deepEqual(named('[admit](domain/src/admission/admit.ts#top), [x](https://x.org)'), []);
  assert.match(named('See `domain/src/admission/gone.ts`.')[0] ?? '', /README.md:1: names .*gone/);
  assert.match(named('[gone](docs/GONE.md)')[0] ?? '', /names docs\/GONE.md/);
  assert.match(checkNamedFiles([]).map(describeFinding).join(), /README.md: is missing/);
});

test('citations of the standard lead to a clause', () => {
  const cite = (text: string): string[] =>
    checkCitations([
      { path: 'spec/code.md', text: '**CODE-3.2** A decoder MUST be strict.' },
      { path: 'domain/src/a.ts', text },
    ]).map(describeFinding);
  // Put together here, for tidy reads this file as well.
  const other = ['CODE', '3.20'].join('-');
  const third = ['CODE', '3.3'].join('-');
  const chapter = ['spec', 'code.md'].join('/');
  const gone = ['spec', 'gone.md'].join('/');
  assert.deepEqual(cite('// CODE-3.2, spec/code.md §3.2, CODE-3'), []);
  assert.match(cite(`// ${third}`)[0] ?? '', /cites .*3.3, which the standard does not have/);
  assert.match(cite(`// ${other}`)[0] ?? '', /cites .*3.20, which/);
  assert.match(cite(`// ${chapter} §4`)[0] ?? '', /cites spec\/code.md §4/);
  assert.match(cite(`// ${gone} §3.2`)[0] ?? '', /cites spec\/gone.md/);
});

test('no comment switches a check off', () => {
  const expectError = ['@ts', 'expect-error'].join('-');
  const comment = ['// eslint', 'disable-next-line'].join('-');
  checkCases(checkSuppressions, [
    ['domain/src/a.ts', comment, /change the code, or the rule for everybody/],
    ['domain/src/a.ts', `// ${expectError}`, /change the code/],
    ['domain/src/a.test.ts', `// ${expectError}`],
    ['domain/src/a.ts', '// explains itself'],
  ]);
});

test('the repository is tidy', () => {
  const findings = findUntidy(readRepository(path.resolve(import.meta.dirname, '..')));
  assert.ok(findings.length === 0, `\n${findings.map(describeFinding).join('\n')}`);
});
