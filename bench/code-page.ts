import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import {
  newReader,
  openPhone,
  startFakeRegion,
  type FakeRegion,
} from '../journeys/browser/open-pages.ts';
import { launchBrowser } from '../tools/browser.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const GROUP = 'Code page at 562 ms round trip, 1.44 Mbps, 4× slower CPU (median of 5)';
const ROUNDS = 5;

/** Milliseconds from opening the address until a code is on the page, seen by the page itself. */
export async function benchCodePage(): Promise<readonly Row[]> {
  const fake = await startFakeRegion();
  const browser = await launchBrowser();
  try {
    const opened: number[] = [];
    const reopened: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const context = await newReader(browser, 360);
      await context.addInitScript(NOTE_FIRST_CODE);
      const bound = await openPhone(context, fake.changsha);
      await bound.evaluate('navigator.serviceWorker.ready.then(() => true)');
      await bound.close();
      opened.push(await openCold(context, fake));
      reopened.push(await openOffline(context, fake));
      await context.close();
    }
    const document = await (await fetch(`${fake.changsha.url}/code`)).text();
    const row = (name: string, value: number, unit: Row['unit'], goal: number): Row => {
      return { group: GROUP, name, value, unit, goal };
    };
    return [
      row('one document, gzip', gzipSync(document, { level: 9 }).length, 'bytes', 40 * 1024),
      row('first open of a bound phone, nothing cached', median(opened), 'ms', 1500),
      row('offline reopen through the service worker', median(reopened), 'ms', 800),
    ];
  } finally {
    await browser.close();
    await fake.close();
  }
}

const NOTE_FIRST_CODE = `
  new MutationObserver((_, observer) => {
    if (document.querySelector('[data-code]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => { globalThis.firstCodeAt = performance.now(); });
  }).observe(document, { childList: true, subtree: true });
`;

/** As the first time: no HTTP cache, no service worker; the passes are there. */
async function openCold(context: BrowserContext, fake: FakeRegion): Promise<number> {
  const page = await context.newPage();
  const network = await slowDown(page);
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  await network.send('Network.setBypassServiceWorker', { bypass: true });
  return timeToCode(page, fake);
}

async function openOffline(context: BrowserContext, fake: FakeRegion): Promise<number> {
  const page = await context.newPage();
  await slowDown(page);
  fake.changsha.isDown = true;
  const milliseconds = await timeToCode(page, fake);
  fake.changsha.isDown = false;
  return milliseconds;
}

async function slowDown(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 562,
    downloadThroughput: 1.44e6 / 8,
    uploadThroughput: 1.44e6 / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return session;
}

async function timeToCode(page: Page, fake: FakeRegion): Promise<number> {
  await page.goto(`${fake.changsha.url}/code`, { waitUntil: 'commit' });
  await page.locator('[data-code]').waitFor();
  // The page notes the moment itself, one frame later.
  const noted = 'new Promise((r) => requestAnimationFrame(() => r(globalThis.firstCodeAt)))';
  const milliseconds = await page.evaluate<number>(noted);
  await page.close();
  return milliseconds;
}
