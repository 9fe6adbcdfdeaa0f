// Starts a fake region with the built pages and a browser, for the tests of the pages.
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { loadPages, type BuiltPages } from '../../server/src/http/page-files.ts';
import { buildWebIfChanged } from '../../tools/build-web.ts';
import type { PartyId } from '@tongyu/protocol';
import { startFakeCity, type FakeCity } from './fake-city.ts';
import { makeFakeList, type FakeList } from './fake-list.ts';
import { foundRegion, type TestRegion } from './test-region.ts';

export type FakeRegion = {
  readonly region: TestRegion;
  /** Host of the gate. */
  readonly wuhan: FakeCity;
  /** Home of the phone. */
  readonly changsha: FakeCity;
  /** Home of another phone. */
  readonly nanchang: FakeCity;
  /** The service list that all of them hold. */
  readonly list: FakeList;
  readonly close: () => Promise<void>;
};

/** Builds the pages when their sources have changed, and starts two cities on free ports. */
export async function startFakeRegion(): Promise<FakeRegion> {
  const pages = await builtPages();
  const now = Math.floor(Date.now() / 1000);
  const region = await foundRegion(now);
  const list = makeFakeList(now);
  const origins: string[] = [];
  const tryPlace = () => ({ phoneUrl: `${origins[1] ?? ''}/code?embed`, origins });
  const start = (party: PartyId) => startFakeCity({ party, region, list, pages, tryPlace });
  const [wuhan, changsha, nanchang] = [
    await start('4201'),
    await start('4301'),
    await start('3601'),
  ];
  origins.push(wuhan.url, changsha.url);
  const close = async () => {
    for (const city of [wuhan, changsha, nanchang]) await city.close();
  };
  return { region, wuhan, changsha, nanchang, list, close };
}

async function builtPages(): Promise<BuiltPages> {
  await buildWebIfChanged();
  const pages = await loadPages(path.resolve(import.meta.dirname, '../../web/dist'));
  if (pages === undefined) throw new Error('the pages are not built');
  return pages;
}

export type Reading = {
  readonly language: 'zh-CN' | 'zh-TW' | 'en';
  readonly textSize: 16 | 20 | 24 | 30;
  readonly isElder: boolean;
};

/** A fresh browser profile of the given width, with the reader's settings already chosen. */
export async function newReader(
  browser: Browser,
  width: number,
  reading: Partial<Reading> = {},
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const settings = { language: 'zh-CN', textSize: 16, isElder: false, ...reading };
  const height = width < 800 ? 740 : 800;
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  const saved = JSON.stringify(JSON.stringify(settings));
  await context.addInitScript(`try { localStorage.setItem('tongyu.settings', ${saved}) } catch {}`);
  return context;
}

/** Opens /code and binds the first synthetic adult; resolves when a code shows. */
export async function openPhone(context: BrowserContext, city: FakeCity): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${city.url}/code`);
  await page.locator('[data-persona="adult"]').click();
  await page.locator('[data-code]').waitFor();
  return page;
}

/** The code on show now. */
export async function codeOf(page: Page): Promise<string> {
  const text = await page.locator('[data-code]').getAttribute('data-code');
  if (text === null) throw new Error('no code is shown');
  return text;
}

/** Opens /gate, registers it as a demo terminal and waits until it holds trust. */
export async function openGate(context: BrowserContext, city: FakeCity): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${city.url}/gate`);
  await page.locator('[data-key]').waitFor();
  await page.locator('button.primary').click();
  await page.locator('[data-link="online"]').waitFor();
  return page;
}

/** Types a code as a hardware scanner does and answers the verdict that shows. */
export async function scanAt(
  page: Page,
  text: string,
): Promise<{ readonly verdict: string; readonly refusal: string; readonly tap: number }> {
  const screen = page.locator('[data-verdict]');
  const before = (await screen.count()) === 0 ? 0 : Number(await screen.getAttribute('data-turn'));
  // In one go: typed over the debugger, the gaps between keys would be those of a busy machine.
  await page.evaluate(
    `for (const key of [...${JSON.stringify(text)}, 'Enter']) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }`,
  );
  const next = page.locator(`[data-verdict]:not([data-turn="${String(before)}"])`);
  await next.waitFor();
  return {
    verdict: (await next.getAttribute('data-verdict')) ?? '',
    refusal: (await next.getAttribute('data-refusal')) ?? '',
    tap: Number(await next.getAttribute('data-tap')),
  };
}
