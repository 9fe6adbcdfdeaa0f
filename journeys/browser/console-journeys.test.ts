import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../web/src/kit/language.ts';
import { launchBrowser } from '../../tools/browser.ts';
import { buildWebIfChanged } from '../../tools/build-web.ts';
import { startConsoleNode, type ConsoleNode } from './console-node.ts';
import { outside, tooSmall, violations, wrongWords } from './inspect-page.ts';

let browser: Browser;
let node: ConsoleNode;
/** One tab for all tests: each new one would compile all scripts again. */
let page: Page;
const errors: string[] = [];

before(async () => {
  await buildWebIfChanged();
  [browser, node] = await Promise.all([launchBrowser(), startConsoleNode()]);
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${node.origin}/console`);
});
after(() => Promise.all([browser.close(), node.stop()]));
beforeEach(() => {
  Object.assign(node, { node: '4301', isOpen: true, actionStatus: 200, own: {} });
  node.requests.length = 0;
  errors.length = 0;
});

async function open(query: string, language: Language = 'en', width = 1280): Promise<void> {
  const settings = JSON.stringify({ language, textSize: 16, isElder: false });
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(`localStorage.setItem('tongyu.settings', ${JSON.stringify(settings)})`);
  await page.goto(`${node.origin}/console${query}`);
  await page.locator('nav.tabs').waitFor();
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('a line leads to its own page, with who pays what and where the cities differ', async () => {
  await open('?view=journeys');
  await page.getByText('Concession ¥4.00 · Wuhan').first().waitFor();
  await page.getByLabel('Agreed').selectOption('disputed');
  await page.waitForURL('**/console?view=journeys&state=disputed');
  await page.locator('main td a, main th a').nth(1).click();
  await page.waitForURL('**journey=4301-gate-1%2F8**');
  await page.getByText('The two cities came to different results').waitFor();
  await page.locator('dd .code', { hasText: 'riderFen' }).waitFor();
  await page.getByRole('link', { name: 'Back to the journeys' }).click();
  await page.getByRole('table').waitFor();
  assert.deepEqual(errors, []);
});

test('what has no price says why, what to do, and that no tap is lost', async () => {
  await open('?view=queue');
  await page.getByText('104 accepted = 97 in journeys + 4 exceptions').waitFor();
  await page.getByText('Charged once; the operator bears the rest').waitFor();
  await page.getByText('SOMETHING_NEWER').first().waitFor();
});

test('an objection is answered after its effect was said', async () => {
  await open('?view=objections');
  await button('Uphold').click();
  await page.getByText('The rider pays nothing for this journey').waitFor();
  node.own = { 'POST /console/api/objections/4201-o-1/answer': { body: { objection: {} } } };
  await page.getByRole('dialog').getByRole('button', { name: 'Uphold' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const [sent] = node.requests.filter(({ method }) => method === 'POST');
  assert.deepEqual([sent?.csrf, sent?.body], ['1', '{"decision":"upheld"}']);
});

test('the parity report says what stands out, takes dates and shows names as text', async () => {
  await open('?view=parity');
  await page.getByText('Visitors are refused 5 times as often').waitFor();
  await page.getByRole('heading', { name: '<b>地铁</b>[U+202E]' }).waitFor();
  await page.getByLabel('From', { exact: true }).fill('2026-13');
  await button('Show').click();
  await page.getByText('These dates do not work').waitFor();
  await page.getByLabel('From', { exact: true }).fill('2026-11-01');
  await button('Show').click();
  await page.waitForURL('**from=2026-11-01**');
  const link = page.getByRole('link', { name: 'Download the table (CSV)' });
  assert.match((await link.getAttribute('href')) ?? '', /parity\.csv\?from=2026-11-01$/);
});

test('an operator’s account sees its own tabs and no other', async () => {
  const me = { name: 'gate-team', roles: ['viewer'], operator: '4301-metro' };
  node.own = { '/console/api/me': { body: me } };
  await open('?view=keys');
  const tabs = await page.locator('nav.tabs a').allTextContents();
  assert.deepEqual(tabs, [
    ...['Taps', 'Journeys', 'Taps without a price', 'Objections', 'Parity report'],
    ...['Gaps and exceptions', 'Terminals and operators'],
  ]);
  await page.getByText('gate-team · 4301-metro').waitFor();
  await page.goto(`${node.origin}/console?view=objections`);
  await page.locator('[data-needs="editor"]').waitFor();
  assert.equal(await button('Uphold').count(), 0);
});

const views = [
  'journeys',
  'journey&journey=4301-gate-1/8',
  'queue',
  'objections',
  'abroad',
  'parity',
];

for (const [index, language] of (['zh-CN', 'zh-TW', 'en'] as const).entries()) {
  test(`every page of journeys in ${language} passes axe and fits 360 px`, async () => {
    for (const [i, view] of views.entries()) {
      await open(`?view=${view}`, language, 360);
      await page.locator('main :is(table, dl)').first().waitFor();
      for (const summary of await page.locator('main summary').all()) await summary.click();
      assert.deepEqual(await outside(page), [], view);
      assert.deepEqual(await tooSmall(page, false), [], view);
      assert.deepEqual(await wrongWords(page, language), [], view);
      if (i % 3 === index) assert.deepEqual(await violations(page), [], view);
    }
    assert.deepEqual(errors, []);
  });
}
