import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { launchBrowser, launchPersistentBrowser } from './browser.ts';

const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>一码通域</title>
<style>span { font-size: 100px }</style><span id="one">通</span><span id="two">域</span>`;

/** Serves the page on loopback; returns its address. */
async function servePage(t: TestContext): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-browser-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Draws a sign in the page and counts its dark points: the page's own text, run there. */
const countDarkPoints = `(sign) => {
  const context = document.createElement('canvas').getContext('2d');
  context.font = '100px sans-serif';
  context.fillText(sign, 0, 110);
  const { data } = context.getImageData(0, 0, 120, 140);
  return data.filter((value, index) => index % 4 === 3 && value > 128).length;
}`;

test('shows Chinese signs as signs, each a full square wide and not the same box', async (t) => {
  const address = await servePage(t);
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  for (const id of ['one', 'two']) {
    const box = await page.locator(`#${id}`).boundingBox();
    assert.equal(Math.round(box?.width ?? 0), 100, 'a missing sign is a box 60 wide');
  }
  const few = await page.evaluate<number>(`(${countDarkPoints})('一')`);
  const many = await page.evaluate<number>(`(${countDarkPoints})('赣')`);
  assert.ok(few > 100 && many > 3 * few, `一 has ${few} dark points and 赣 ${many}`);
});

test('a page on loopback is a secure context; the libraries stay with the browser', async (t) => {
  const address = await servePage(t);
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  assert.equal(await page.evaluate('typeof crypto.subtle'), 'object');
  assert.ok(!(process.env['LD_LIBRARY_PATH'] ?? '').includes('al2023'));
});

test('a persistent browser remembers, in its profile folder', async (t) => {
  const address = await servePage(t);
  const profile = path.join(temporaryFolder(t), 'profile');
  const first = await launchPersistentBrowser(profile);
  const page = await first.newPage();
  await page.goto(address);
  await page.evaluate("localStorage.setItem('kept', '7')");
  await first.close();
  assert.ok(existsSync(profile));
  const second = await launchPersistentBrowser(profile);
  t.after(() => second.close());
  const again = await second.newPage();
  await again.goto(address);
  assert.equal(await again.evaluate("localStorage.getItem('kept')"), '7');
});

/** Two grey frames of 64 × 64 points. */
function writeVideo(file: string): void {
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.alloc((64 * 64 * 3) / 2, 128)]);
  const header = Buffer.from('YUV4MPEG2 W64 H64 F10:1 Ip A1:1 C420jpeg\n');
  writeFileSync(file, Buffer.concat([header, frame, frame]));
}

test('a video file plays as the camera', async (t) => {
  const address = await servePage(t);
  const cameraFile = path.join(temporaryFolder(t), 'camera.y4m');
  writeVideo(cameraFile);
  const browser = await launchBrowser({ cameraFile });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  const width = await page.evaluate(`(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    return stream.getVideoTracks()[0].getSettings().width;
  })()`);
  assert.equal(width, 64);
});
