import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { parseCode, toHex } from '@tongyu/protocol';
import { launchBrowser } from '../../tools/browser.ts';
import { codeOf, newReader, openPhone, startFakeRegion, type FakeRegion } from './open-pages.ts';
import { readQr } from './read-picture.ts';

let fake: FakeRegion;
let browser: Browser;

before(async () => {
  fake = await startFakeRegion();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await fake.close();
});

function tagOf(text: string): string {
  const parsed = parseCode(text);
  assert.ok(parsed.ok, text);
  return toHex(parsed.code.pass.tag);
}

function timeOf(text: string): number {
  const parsed = parseCode(text);
  assert.ok(parsed.ok, text);
  return parsed.code.time;
}

/** The code that shows once it differs from `before`. */
async function nextCode(page: Page, before: string): Promise<string> {
  await page.locator(`[data-code]:not([data-code="${before}"])`).waitFor();
  return codeOf(page);
}

for (const [width, textSize] of [
  [320, 16],
  [360, 16],
  [360, 30],
  [1280, 16],
] as const) {
  const at = `${String(width)} px wide with ${String(textSize)} px text`;
  test(`the picture of the code is readable in the first view at ${at}`, async () => {
    const context = await newReader(browser, width, { textSize });
    const page = await openPhone(context, fake.changsha);
    let text = '';
    let picture;
    do {
      text = await codeOf(page);
      picture = await page.screenshot();
    } while (text !== (await codeOf(page))); // it was signed anew in between
    assert.equal(await readQr(picture), text);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    assert.equal(overflow, 0);
    await context.close();
  });
}

test('the page asks nobody but its own city', async () => {
  const context = await newReader(browser, 360);
  const hosts = new Set<string>();
  context.on('request', (request) => hosts.add(new URL(request.url()).origin));
  const page = await openPhone(context, fake.changsha);
  await page.locator('[data-services]').waitFor();
  assert.deepEqual([...hosts], [fake.changsha.url]);
  await context.close();
});

test('a phone that is bound opens without a network and shows a fresh, valid code', async () => {
  const context = await newReader(browser, 360);
  const page = await openPhone(context, fake.changsha);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.getByText('7 天').waitFor();
  const first = await codeOf(page);
  fake.changsha.isDown = true;
  try {
    await page.reload();
    await page.locator('[data-code]').waitFor();
    const second = await codeOf(page);
    assert.notEqual(tagOf(second), tagOf(first), 'an opened page takes a new pass');
    const age = Math.floor(Date.now() / 1000) - timeOf(second);
    assert.ok(age >= 0 && age < 30, `signed ${String(age)} s ago`);
  } finally {
    fake.changsha.isDown = false;
    await context.close();
  }
});

test('a clock that runs days fast without network costs no codes', async () => {
  const context = await newReader(browser, 360);
  await context.addInitScript(`
    const rightNow = Date.now;
    Date.now = () => rightNow() + Number(localStorage.getItem('fastBy') ?? 0);
  `);
  const page = await openPhone(context, fake.changsha);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.getByText('7 天').waitFor();
  // An answer still on its way would teach the phone how far its clock is moved below.
  await page.waitForLoadState('networkidle');
  fake.changsha.isDown = true;
  try {
    await page.evaluate(`localStorage.setItem('fastBy', String(9 * 86_400_000))`);
    await page.reload();
    await page.getByText('没有可用的码').waitFor();
    await page.evaluate(`localStorage.removeItem('fastBy')`);
    await page.reload();
    await page.locator('[data-code]').waitFor();
    await page.getByText('7 天').waitFor();
  } finally {
    fake.changsha.isDown = false;
    await context.close();
  }
});

test('换一个 shows another pass, and two windows never show one pass as new', async () => {
  const context = await newReader(browser, 360);
  const page = await openPhone(context, fake.changsha);
  const first = await codeOf(page);
  await page.getByRole('button', { name: '换一个' }).click();
  const second = await nextCode(page, first);
  const windows = await Promise.all([context.newPage(), context.newPage()]);
  await Promise.all(windows.map((each) => each.goto(`${fake.changsha.url}/code`)));
  const others = [];
  for (const each of windows) {
    await each.bringToFront();
    await each.locator('[data-code]').waitFor();
    others.push(await codeOf(each));
  }
  const tags = [first, second, ...others].map(tagOf);
  assert.equal(new Set(tags).size, tags.length);
  await context.close();
});

test('the code is signed anew within 15 s of its own pass', async () => {
  const context = await newReader(browser, 360);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${fake.changsha.url}/code`);
  await page.locator('[data-persona="adult"]').click();
  await page.getByText('7 天').waitFor();
  fake.changsha.isDown = true; // its answers would set the clock right that is moved here
  try {
    await page.waitForLoadState('networkidle');
    const first = await codeOf(page);
    await page.clock.runFor(15_000);
    const second = await nextCode(page, first);
    assert.equal(tagOf(second), tagOf(first));
    assert.equal(timeOf(second) - timeOf(first), 15);
  } finally {
    fake.changsha.isDown = false;
    await context.close();
  }
});

test('when the pool has run out without a network no code is left on the screen', async () => {
  const context = await newReader(browser, 360);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${fake.changsha.url}/code`);
  await page.locator('[data-persona="adult"]').click();
  await page.getByText('7 天').waitFor();
  fake.changsha.isDown = true;
  try {
    await page.clock.setSystemTime(Date.now() + 8 * 86_400_000);
    await page.clock.runFor(2_000);
    await page.getByText('没有可用的码').waitFor();
    assert.equal(await page.locator('[data-code]').count(), 0);
  } finally {
    fake.changsha.isDown = false;
    await context.close();
  }
});

test('a phone whose clock is wrong says so and signs with the time of its city', async () => {
  const context = await newReader(browser, 360);
  const page = await context.newPage();
  await page.clock.install({ time: Date.now() + 600_000 });
  await page.goto(`${fake.changsha.url}/code`);
  await page.locator('[data-persona="adult"]').click();
  await page.getByText('手机时间不准').waitFor();
  const off = timeOf(await codeOf(page)) - Math.floor(Date.now() / 1000);
  assert.ok(Math.abs(off) <= 30, `${String(off)} s from the city's time`);
  await context.close();
});

test('out of sight the code is taken off the page at once', async () => {
  const context = await newReader(browser, 360);
  const page = await openPhone(context, fake.changsha);
  const hide = (isHidden: boolean) =>
    `Object.defineProperty(document, 'hidden', { value: ${String(isHidden)}, configurable: true });
     document.dispatchEvent(new Event('visibilitychange'))`;
  await page.evaluate(hide(true));
  await page.locator('[data-code]').waitFor({ state: 'detached' });
  await page.evaluate(hide(false));
  await page.locator('[data-code]').waitFor();
  await context.close();
});

test('reporting another phone lost stops that phone and not this one', async () => {
  const lost = await newReader(browser, 360);
  const kept = await newReader(browser, 360);
  const lostPage = await openPhone(lost, fake.changsha);
  const keptPage = await openPhone(kept, fake.changsha);
  await keptPage.getByText('停用与报失').click();
  await keptPage.getByRole('button', { name: '报失另一部手机' }).click();
  const buttons = keptPage.getByRole('button', { name: '报失这部' });
  await buttons.last().waitFor();
  while ((await buttons.count()) > 0) {
    const before = await buttons.count();
    await buttons.first().click();
    await keptPage.locator(`ul.phones button >> nth=${String(before - 1)}`).waitFor({
      state: 'detached',
    });
  }
  await lostPage.reload();
  await lostPage.getByText('本机的码已停用').waitFor();
  assert.equal(await lostPage.locator('[data-code]').count(), 0);
  await keptPage.keyboard.press('Escape');
  assert.equal(await keptPage.locator('[data-code]').count(), 1);
  await lost.close();
  await kept.close();
});

test('stopping this phone asks first, then leaves nothing behind here or at the city', async () => {
  fake.changsha.phones.clear();
  const context = await newReader(browser, 360);
  const page = await openPhone(context, fake.changsha);
  await page.getByText('停用与报失').click();
  await page.getByRole('button', { name: '停用本机' }).click();
  await page.getByRole('button', { name: '取消' }).click();
  assert.equal(await page.locator('[data-code]').count(), 1);
  await page.getByRole('button', { name: '停用本机' }).click();
  await page.getByRole('button', { name: '删除本机的码' }).click();
  await page.getByText('本机的码已全部删除').waitFor();
  assert.equal(fake.changsha.phones.size, 0);
  await page.reload();
  await page.locator('[data-persona="adult"]').waitFor();
  assert.equal(await page.locator('[data-code]').count(), 0);
  await context.close();
});
