import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createApp, type App } from './create-app.ts';
import { loadPages } from './page-files.ts';
import { addListWay, addPages, addRenderedPage } from './page-routes.ts';

let folder: string;
let app: App;
const html = `<!doctype html><p>${'我的码'.repeat(500)}</p>`;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tongyu-pages-'));
  mkdirSync(path.join(folder, 'assets'));
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
  };
  write('resident.html', html);
  write('try.html', '<!doctype html>');
  write('sw-resident.js', 'self');
  write('secret.txt', 'not a page');
  write('assets/part-1a2b.js', 'export {}');
  write(
    'csp.json',
    JSON.stringify({
      'resident.html': "default-src 'none'; frame-ancestors {FRAME_ANCESTORS}",
      'try.html': "frame-src 'self' {FRAME_SOURCES}; frame-ancestors 'none'",
      'site.mjs': "default-src 'none'",
    }),
  );
  write(
    'site.mjs',
    `export const renderHubStatus = (status, language) => language;
     export const renderCityHome = renderHubStatus;
     export const languageOf = (query, header) => query ?? header ?? 'zh-CN';`,
  );
  const pages = await loadPages(folder);
  assert.ok(pages !== undefined);
  app = await createApp({
    title: 't',
    version: '0',
    log: silentLog,
    rng: systemRng(),
    strictTransport: false,
  });
  const framing = { ancestors: ['http://127.0.0.1:4201'], sources: ['http://127.0.0.1:4301'] };
  const routes = { '/code': 'resident.html', '/try': 'try.html' };
  await addPages(app, pages, routes, framing);
  addRenderedPage(app, '/', pages, (language) => pages.site.renderHubStatus({}, language));
  addListWay(app, 'http://127.0.0.1:4100');
  await app.ready();
});

after(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

async function get(url: string, headers: Record<string, string> = {}) {
  return app.inject({ method: 'GET', url, headers });
}

test('a service worker may fetch what it keeps; no other part may load anything', async () => {
  const policyOf = async (url: string) => (await get(url)).headers['content-security-policy'];
  assert.equal(
    await policyOf('/sw-resident.js'),
    "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
  );
  const bare = "default-src 'none'; frame-ancestors 'none'";
  assert.equal(await policyOf('/assets/part-1a2b.js'), bare);
});

test('a page of the service list is asked of the hub, and of nobody else', async () => {
  for (const address of [
    '/list/4201-metro/explain?residence=4301&class=2',
    '/list/@evil.example',
  ]) {
    const answer = await get(address);
    assert.equal(answer.statusCode, 302);
    assert.equal(answer.headers.location, `http://127.0.0.1:4100${address}`);
  }
});

test('a document carries its policy with the origins that may frame it or be framed', async () => {
  const code = await get('/code?embed');
  assert.equal(code.body, html);
  assert.equal(
    code.headers['content-security-policy'],
    "default-src 'none'; frame-ancestors 'self' http://127.0.0.1:4201",
  );
  assert.equal(code.headers['cache-control'], 'no-cache');
  const tried = await get('/try');
  assert.equal(
    tried.headers['content-security-policy'],
    "frame-src 'self' http://127.0.0.1:4301; frame-ancestors 'none'",
  );
});

test('a document is sent small where that can be read, and never twice', async () => {
  const br = await get('/code', { 'accept-encoding': 'gzip, br' });
  assert.equal(br.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(br.rawPayload).toString(), html);
  const gzip = await get('/code', { 'accept-encoding': 'gzip' });
  assert.equal(gunzipSync(gzip.rawPayload).toString(), html);
  const again = await get('/code', { 'if-none-match': String(br.headers.etag) });
  assert.equal(again.statusCode, 304);
});

test('assets are kept for ever, workers are asked for again', async () => {
  const asset = await get('/assets/part-1a2b.js');
  assert.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
  const worker = await get('/sw-resident.js');
  assert.equal(worker.headers['cache-control'], 'no-cache');
  assert.match(String(worker.headers['content-type']), /javascript/);
});

test('nothing else in the folder, or outside of it, is served', async () => {
  for (const url of [
    '/secret.txt',
    '/csp.json',
    '/site.mjs',
    '/resident.html',
    '/assets/',
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
  ]) {
    const answer = await get(url);
    assert.equal(answer.statusCode, 404, url);
  }
});

test('a rendered page is in the language that was asked for', async () => {
  assert.equal((await get('/?lang=en')).body, 'en');
  assert.equal((await get('/', { 'accept-language': 'zh-TW' })).body, 'zh-TW');
});
