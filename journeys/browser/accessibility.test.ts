import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../web/src/kit/language.ts';
import { launchBrowser } from '../../tools/browser.ts';
import { outside, tooSmall, violations, wrongWords } from './inspect-page.ts';
import { startListSite, type ListSite } from './list-site.ts';
import { makeCode } from './make-codes.ts';
import {
  newReader,
  openGate,
  openPhone,
  scanAt,
  startFakeRegion,
  type FakeRegion,
  type Reading,
} from './open-pages.ts';

let fake: FakeRegion;
let list: ListSite;
let browser: Browser;

before(async () => {
  fake = await startFakeRegion();
  list = await startListSite();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await fake.close();
  await list.close();
});

/** A screen: how to get to it, from a fresh browser. */
type Screen = (context: BrowserContext) => Promise<Page>;

const press = async (page: Page, selector: string): Promise<Page> => {
  await page.locator(selector).click();
  return page;
};

async function atGate(context: BrowserContext, text: string): Promise<Page> {
  const page = await openGate(context, fake.wuhan);
  await scanAt(page, text);
  return page;
}

const screens: Readonly<Record<string, Screen>> = {
  'the choice of a resident': async (context) => {
    const page = await context.newPage();
    await page.goto(`${fake.changsha.url}/code`);
    await page.locator('[data-persona]').first().waitFor();
    return page;
  },
  'the code': async (context) => {
    const page = await openPhone(context, fake.changsha);
    await page.locator('[data-services]').waitFor();
    for (const summary of await page.locator('summary:not(.here *)').all()) await summary.click();
    return page;
  },
  'a city’s services, some suspended, some not checked, none translated': async (context) => {
    fake.list.editionId = '2025-H2';
    fake.list.suspended = [
      {
        entry: '4201-bus',
        rule: 'student',
        residence: null,
        since: 1_795_000_000,
        reason: untranslated,
      },
      {
        entry: '4201-ferry',
        rule: null,
        residence: null,
        since: 1_795_000_000,
        reason: untranslated,
      },
    ];
    fake.list.change = (entry) =>
      entry.id === '4201-bus'
        ? { ...entry, name: untranslated, checked: { ...entry.checked, on: '2025-01-31' } }
        : entry;
    const page = await openPhone(context, fake.nanchang);
    await page.locator('.here select').selectOption('4201');
    await page.locator('[data-services="4201"]').waitFor();
    await page.locator('.here-others > summary').click();
    for (const summary of await page.locator('.here li summary').all()) await summary.click();
    return page;
  },
  'the dialog that stops a phone': async (context) => {
    const page = await openPhone(context, fake.changsha);
    await page.locator('summary').nth(-2).click();
    return press(page, 'details[open] .stack > button:first-child');
  },
  'the dialog that reports a phone lost': async (context) => {
    const page = await openPhone(context, fake.changsha);
    await page.locator('summary').nth(-2).click();
    await press(page, 'details[open] .stack > button:last-child');
    await page.locator('dialog .notice, dialog .phones').first().waitFor();
    return page;
  },
  'the gate before it is registered': async (context) => {
    const page = await context.newPage();
    await page.goto(`${fake.wuhan.url}/gate`);
    await page.locator('[data-key]').waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    return page;
  },
  'the gate, ready': (context) => openGate(context, fake.wuhan),
  'the verdict 通过, with a concession': async (context) =>
    atGate(context, await makeCode(fake.region, '4301', { class: 2 })),
  'the verdict 不通过': (context) => atGate(context, 'NOT A CODE'),
  'the verdict 请核对': async (context) =>
    atGate(context, await makeCode(fake.region, '4301', { time: Date.now() / 1000 - 400 })),
  'the verdict 不能判定': (context) => atGate(context, 'TY1:JUNKJUNKJUNK'),
  'the reasons for letting somebody through': async (context) =>
    press(await openGate(context, fake.wuhan), 'main > div > div > button'),
  'the records of the gate': async (context) => {
    const page = await atGate(context, 'NOT A CODE');
    await press(page, '.verdict-actions button:first-child');
    await press(page, '.bottom-bar button:nth-child(2)');
    await page.locator('[data-list]').first().waitFor();
    return page;
  },
  'this gate': async (context) =>
    press(await openGate(context, fake.wuhan), '.bottom-bar button:nth-child(3)'),
  'the try page': async (context) => {
    const page = await context.newPage();
    await page.goto(`${fake.wuhan.url}/try`);
    await page.locator('[data-ready="true"]').waitFor();
    await page.locator('.try-steps button').first().click();
    await page.locator('[data-told="didPresent"]').waitFor();
    return page;
  },
};

const untranslated = { zhCN: '<b>没有译文</b>\u202e的字', zhTW: null, en: null };

/** Three languages, each with and without elder mode, and every text size among them. */
const readings: readonly Reading[] = [
  { language: 'zh-CN', textSize: 16, isElder: false },
  { language: 'zh-CN', textSize: 30, isElder: true },
  { language: 'zh-TW', textSize: 24, isElder: false },
  { language: 'zh-TW', textSize: 16, isElder: true },
  { language: 'en', textSize: 30, isElder: false },
  { language: 'en', textSize: 20, isElder: true },
];

/**
 * Each screen in every language, elder mode in one or two of them by turns: all six are 90 browsers
 * a run. `TONGYU_SOAK=1` looks at all of them.
 */
function readingsOf(index: number): readonly Reading[] {
  if (process.env['TONGYU_SOAK'] === '1') return readings;
  return readings.filter((_, i) => (i + (i >> 1) + index) % 2 === 0);
}

for (const [index, [name, open]] of Object.entries(screens).entries()) {
  test(`${name}: accessible, large enough, inside the page and in one language`, async () => {
    for (const reading of readingsOf(index)) {
      const context = await newReader(browser, 360, reading);
      const page = await open(context);
      const label = JSON.stringify(reading);
      assert.deepEqual(await violations(page), [], `axe, ${label}`);
      assert.deepEqual(await tooSmall(page, reading.isElder), [], `sizes, ${label}`);
      assert.deepEqual(await outside(page), [], `overflow, ${label}`);
      assert.deepEqual(await wrongWords(page, reading.language), [], `words, ${label}`);
      await context.close();
    }
  });
}

/** The public pages have no script and no settings: only the language differs. */
const listPages: readonly string[] = [
  '/list?lang=',
  '/list/4201-metro?home=3601&class=0&lang=',
  '/list/4201-metro/explain?residence=3601&class=3&lang=',
  '/editions/2026-H2?lang=',
  '/editions/2026-H2/difference?lang=',
];
/** Their other states, made of the same parts, in one language each. */
const listStates: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['/list?q=zzzz&usable=true&lang=', '/list/3401-hostile?lang=', '/editions?lang='],
  'zh-TW': ['/list/4201-museum?home=4202&lang=', '/list/4201-nothing?lang=', '/report?lang='],
  en: [
    ...['/list?city=9999&lang=', '/list/4201-12345?lang=', '/report?entry=4201-metro&lang='],
    '/report/sent/report-1?lang=',
  ],
};

test('the public list: accessible, large enough, inside the page, in one language', async () => {
  const origin = await list.listen();
  for (const language of ['zh-CN', 'zh-TW', 'en'] as const) {
    const context = await newReader(browser, 360);
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) foreign.push(request.url());
    });
    for (const path of [...listPages, ...listStates[language]]) {
      const label = `${path}${language}`;
      await page.goto(`${origin}${label}`);
      for (const summary of await page.locator('summary').all()) await summary.click();
      assert.deepEqual(await violations(page), [], `axe, ${label}`);
      assert.deepEqual(await tooSmall(page, false), [], `sizes, ${label}`);
      assert.deepEqual(await outside(page), [], `overflow, ${label}`);
      assert.deepEqual(await wrongWords(page, language), [], `words, ${label}`);
      assert.equal(await layoutShifts(page), 0, `layout shift, ${label}`);
    }
    assert.deepEqual(foreign, []);
    await context.close();
  }
});

test('the form of the public list says what is wrong beside what was written', async () => {
  const context = await newReader(browser, 360);
  const page = await context.newPage();
  await page.goto(`${await list.listen()}/report?entry=4201-metro&lang=en`);
  await page.locator('#text').fill('   ');
  await page.locator('form button').click();
  await page.locator('[role="alert"] a').click();
  assert.equal(await page.evaluate('location.hash'), '#text');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await tooSmall(page, false), []);
  await page.locator('#text').fill('The hours are wrong');
  await page.locator('form button').click();
  await page.waitForURL('**/report/sent/**');
  assert.equal(list.reports.at(-1)?.text, 'The hours are wrong');
  await context.close();
});

/** How far things have moved since the page began to show. */
async function layoutShifts(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const observer = new PerformanceObserver(() => undefined);
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => {
      const moved = observer.takeRecords().filter((each) => !each.hadRecentInput);
      resolve(moved.reduce((sum, each) => sum + each.value, 0));
    }));
  })`);
}
