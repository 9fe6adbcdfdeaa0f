import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { buildWebIfChanged, type WebBuildPlace } from './build-web.ts';

interface Place extends WebBuildPlace {
  readonly builds: () => number;
  readonly write: (file: string, text: string) => void;
}

/** A repository with one page, whose build copies it. */
function makePlace(t: TestContext): Place {
  const root = mkdtempSync(path.join(tmpdir(), 'tongyu-build-web-'));
  t.after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  let builds = 0;
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('web/src/page.ts', 'one');
  write('package-lock.json', '{}');
  const build = async (outDir: string): Promise<void> => {
    builds += 1;
    const page = readFileSync(path.join(root, 'web/src/page.ts'), 'utf8');
    await Promise.resolve(); // lets a second build begin, as a real one would
    writeFileSync(path.join(outDir, 'page.html'), page);
  };
  return { root, build, write, builds: () => builds };
}

function page(place: Place): string {
  return readFileSync(path.join(place.root, 'web/dist/page.html'), 'utf8');
}

test('builds once, and again only when a source or the lock has changed', async (t) => {
  const place = makePlace(t);
  assert.equal(await buildWebIfChanged(place), true);
  assert.equal(await buildWebIfChanged(place), false);
  place.write('web/src/page.ts', 'two');
  assert.equal(await buildWebIfChanged(place), true);
  assert.equal(page(place), 'two');
  place.write('package-lock.json', '{"changed": true}');
  assert.equal(await buildWebIfChanged(place), true);
  place.write('domain/src/admit.ts', 'new');
  assert.equal(await buildWebIfChanged(place), true);
  assert.equal(place.builds(), 4);
});

test('a test or a page built before is no source', async (t) => {
  const place = makePlace(t);
  await buildWebIfChanged(place);
  place.write('web/src/page.test.ts', 'a test');
  place.write('web/dist/other.html', 'changed by hand');
  assert.equal(await buildWebIfChanged(place), false);
});

test('two builds at once leave one whole result and nothing else', async (t) => {
  const place = makePlace(t);
  place.write('web/dist/old.html', 'from before');
  await Promise.all([buildWebIfChanged(place), buildWebIfChanged(place)]);
  assert.equal(page(place), 'one');
  assert.ok(!existsSync(path.join(place.root, 'web/dist/old.html')));
  assert.deepEqual(readdirSync(path.join(place.root, 'node_modules/.cache')), []);
});

test('a build that fails leaves the old pages and is tried again', async (t) => {
  const place = makePlace(t);
  await buildWebIfChanged(place);
  place.write('web/src/page.ts', 'two');
  const broken = { root: place.root, build: () => Promise.reject(new Error('no memory')) };
  await assert.rejects(buildWebIfChanged(broken), /no memory/);
  assert.equal(page(place), 'one');
  assert.equal(await buildWebIfChanged(place), true);
});
