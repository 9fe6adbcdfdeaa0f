import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCode } from '../journeys/browser/make-codes.ts';
import {
  newReader,
  openGate,
  startFakeRegion,
  type FakeRegion,
} from '../journeys/browser/open-pages.ts';
import { writeCameraFile } from '../journeys/browser/write-camera.ts';
import { launchBrowser } from '../tools/browser.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const GROUP = 'Browser gate, fake camera (median of 3)';
const ROUNDS = 3;
/** Long enough for the decoder to be loaded before the code is held in. */
const EMPTY_FRAMES = 50;

/** From the first camera frame that shows a code until its verdict is on the page. */
export async function benchCamera(): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-bench-'));
  const fake = await startFakeRegion();
  try {
    const seen: number[] = [];
    for (let round = 0; round < ROUNDS; round++) seen.push(await frameToVerdict(fake, folder));
    const name = 'camera frame to verdict, tap kept durably';
    return [{ group: GROUP, name, value: median(seen), unit: 'ms', goal: 500 }];
  } finally {
    await fake.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function frameToVerdict(fake: FakeRegion, folder: string): Promise<number> {
  const film = path.join(folder, 'code.y4m');
  writeCameraFile(film, await makeCode(fake.region, '4301'), EMPTY_FRAMES);
  const browser = await launchBrowser({ cameraFile: film });
  try {
    const context = await newReader(browser, 360);
    await context.addInitScript(NOTE_MOMENTS);
    const page = await openGate(context, fake.wuhan);
    const open = page.locator('.camera-box[data-camera="closed"] button');
    if ((await open.count()) > 0) await open.click();
    await page.locator('[data-verdict="pass"]').waitFor();
    return await page.evaluate<number>('verdictAt - firstSeenAt');
  } finally {
    await browser.close();
  }
}

/** Notes when the video first shows something, and when the first verdict is painted. */
const NOTE_MOMENTS = `
  const canvas = new OffscreenCanvas(32, 24);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const watch = (video) => video.requestVideoFrameCallback(() => {
    pen.drawImage(video, 0, 0, 32, 24);
    const pixels = pen.getImageData(0, 0, 32, 24).data;
    const greens = pixels.filter((_, i) => i % 4 === 1);
    if (Math.max(...greens) - Math.min(...greens) > 40) globalThis.firstSeenAt = performance.now();
    else watch(video);
  });
  document.addEventListener('playing', (event) => watch(event.target), true);
  new MutationObserver((_, observer) => {
    if (document.querySelector('[data-verdict]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => { globalThis.verdictAt = performance.now(); });
  }).observe(document, { childList: true, subtree: true });
`;
