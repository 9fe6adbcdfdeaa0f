import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildWeb } from './build.ts';
import { faces } from './build/faces.ts';
import type * as SiteModule from './src/site/site.ts';

let outDir = '';
const read = (name: string) => readFile(join(outDir, name), 'utf8');

before(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'tongyu-web-'));
  await buildWeb(outDir);
});
after(() => rm(outDir, { recursive: true, force: true }));

function inlineTexts(html: string, tag: 'script' | 'style'): string[] {
  const pattern = new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g');
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

async function allFiles(): Promise<string[]> {
  const names = await readdir(outDir, { recursive: true });
  const files: string[] = [];
  for (const name of names) if ((await stat(join(outDir, name))).isFile()) files.push(name);
  return files;
}

for (const face of faces) {
  test(`${face.name}.html stays within its budget after gzip`, async () => {
    const bytes = gzipSync(await read(`${face.name}.html`), { level: 9 }).length;
    assert.ok(bytes <= face.budgetBytes, `${String(bytes)} of ${String(face.budgetBytes)} bytes`);
  });

  test(`the policy of ${face.name}.html allows its one script and style only`, async () => {
    const html = await read(`${face.name}.html`);
    const policies = JSON.parse(await read('csp.json')) as Record<string, string>;
    const policy = policies[`${face.name}.html`] ?? '';
    const scripts = inlineTexts(html, 'script');
    const styles = inlineTexts(html, 'style');
    assert.equal(scripts.length, 1);
    assert.equal(styles.length, 1);
    assert.ok((scripts[0] ?? '').length > 1000, 'the script is not empty');
    assert.ok((styles[0] ?? '').length > 1000, 'the style is not empty');
    for (const text of [...scripts, ...styles]) assert.ok(policy.includes(hashOf(text)));
    assert.ok(policy.startsWith(`default-src 'none'; `));
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|https?:/);
    assert.doesNotMatch(html, /<(script|link|img)[^>]+(src|href)="(?!\/)/);
    assert.doesNotMatch(html, / style="/);
  });

  if (face.app !== undefined) {
    test(`${face.name} keeps what was built offline, and waits for the next open`, async () => {
      const worker = await read(`sw-${face.name}.js`);
      assert.doesNotMatch(worker, /skipWaiting/);
      assert.ok(worker.includes(`\`${face.path}\``));
      const html = await read(`${face.name}.html`);
      const assets = (await readdir(join(outDir, 'assets'))).map((name) => `/assets/${name}`);
      const used = assets.filter((path) => html.includes(path));
      for (const path of used) assert.ok(worker.includes(path), `${path} is kept`);
      for (const [path] of worker.matchAll(/\/assets\/[\w.-]+/g)) {
        assert.ok(assets.includes(path), `${path} exists`);
      }
    });

    test(`${face.name}.webmanifest opens and covers only its own path`, async () => {
      const manifest = JSON.parse(await read(`${face.name}.webmanifest`)) as {
        start_url: string;
        scope: string;
        icons: { src: string }[];
      };
      assert.equal(manifest.start_url, face.path);
      assert.equal(manifest.scope, face.path);
      const files = await allFiles();
      for (const { src } of manifest.icons) assert.ok(files.includes(src.slice(1)), src);
    });
  }
}

test('no built file names a third party', async () => {
  for (const name of await allFiles()) {
    if (name.endsWith('.wasm')) continue;
    const text = (await read(name)).replaceAll(/http:\/\/www\.w3\.org\/[\w/]+/g, '');
    const found = text.match(/\b(?:https?|wss?):\/\/[a-z0-9-]+\.[a-z0-9.-]+/gi) ?? [];
    assert.deepEqual(found, [], name);
  }
});

test('the same sources build to the same bytes', async () => {
  const again = await mkdtemp(join(tmpdir(), 'tongyu-web-'));
  try {
    await buildWeb(again);
    for (const name of await allFiles()) {
      const [one, two] = await Promise.all([
        readFile(join(outDir, name)),
        readFile(join(again, name)),
      ]);
      assert.ok(one.equals(two), name);
    }
  } finally {
    await rm(again, { recursive: true, force: true });
  }
});

type Site = typeof SiteModule;
const loadSite = async () => (await import(pathToFileURL(join(outDir, 'site.mjs')).href)) as Site;

const hash = '0123456789abcdef'.repeat(4);
const members = ['4201', '4301', '3401', '3601'];
const status: Parameters<Site['renderHubStatus']>[0] = {
  parties: [
    ...members.map((party) => ({
      party,
      role: 'member' as const,
      status: 'active' as const,
      rights: { 'one-code': 'signed' as const },
    })),
    { party: '4202', role: 'observer', status: 'active', isApplying: true, rights: {} },
  ],
  root: { number: 3, hash, threshold: 3 },
  bundle: { version: 12, hash, made: 1_795_560_000, signedBy: members.slice(0, 3) },
  trustTime: 1_795_560_000,
  ageSeconds: 90_000,
  times: [{ party: '4201', time: 1_795_560_000 }],
  proposals: [{ hash, number: 4, change: { kind: 'accession', party: '4202' }, signedBy: [] }],
};

test('the hub page says everything without a script, in each language', async () => {
  const site = await loadSite();
  const expected = {
    'zh-CN': ['武汉', '黄石', '正在申请加入', '偏旧，终端会提醒', '1天前', '第 3 号根文件'],
    'zh-TW': ['武漢', '黃石', '正在申請加入', '偏舊，終端會提醒', '1 天前', '第 3 號根文件'],
    en: ['Wuhan', 'Huangshi', 'Applying to accede', 'terminals warn', '1 day ago', 'Root number 3'],
  } as const;
  for (const language of ['zh-CN', 'zh-TW', 'en'] as const) {
    const html = site.renderHubStatus(status, language);
    assert.ok(html.startsWith(`<!doctype html><html lang="${language}">`));
    assert.doesNotMatch(html, /<script| style="/);
    for (const text of expected[language]) assert.ok(html.includes(text), `${language}: ${text}`);
    assert.equal(html.match(new RegExp(hash, 'g'))?.length, 3);
  }
});

test('the hub page stands before the founding, and links to no missing root', async () => {
  const site = await loadSite();
  const early = {
    ...status,
    parties: [],
    root: { number: 0, hash: '', threshold: 0 },
    bundle: null,
    trustTime: null,
    ageSeconds: null,
    times: [],
    proposals: [],
  };
  const html = site.renderHubStatus(early, 'en');
  assert.ok(html.includes('the members are signing the first one'));
  assert.doesNotMatch(html, /\/trust\/roots/);
});

test('a rendered page escapes what it is given', async () => {
  const site = await loadSite();
  const party = '<img src=x onerror=alert(1)>';
  const home = {
    party,
    mode: 'demo' as const,
    role: 'member' as const,
    rootNumber: 1,
    bundle: { version: 1, signedBy: [party] },
    ageSeconds: 0,
    hubUrl: null,
  };
  assert.doesNotMatch(site.renderCityHome(home, 'zh-CN'), /<img/);
});

test('the city page offers the try page in the demo only, and warns an observer', async () => {
  const site = await loadSite();
  const home = {
    party: '4202',
    mode: 'production' as const,
    role: 'observer' as const,
    rootNumber: null,
    bundle: null,
    ageSeconds: null,
    hubUrl: null,
  };
  const html = site.renderCityHome(home, 'zh-CN');
  assert.doesNotMatch(html, /href="\/try"/);
  assert.ok(html.includes('本市是观察员'));
  const demo = { ...home, mode: 'demo' as const, role: 'member' as const };
  assert.ok(site.renderCityHome(demo, 'en').includes('href="/try"'));
});

test('the policy of rendered pages allows their style and no script', async () => {
  const site = await loadSite();
  const policies = JSON.parse(await read('csp.json')) as Record<string, string>;
  const policy = policies['site.mjs'] ?? '';
  const [style = ''] = inlineTexts(site.renderHubStatus(status, 'en'), 'style');
  assert.ok(policy.includes(hashOf(style)));
  assert.doesNotMatch(policy, /script-src/);
});

test('the language of a rendered page comes from query, then header, then zh-CN', async () => {
  const { languageOf } = await loadSite();
  assert.equal(languageOf('en', 'zh-TW'), 'en');
  assert.equal(languageOf('xx', 'fr;q=1, zh-HK;q=0.5, en;q=0.4'), 'zh-TW');
  assert.equal(languageOf(undefined, 'en-GB;q=0.2, zh;q=0.9'), 'zh-CN');
  assert.equal(languageOf(['en'], undefined), 'zh-CN');
});
