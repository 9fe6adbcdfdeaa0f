import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { parseCode, toHex, type Entry } from '@tongyu/protocol';
import { launchBrowser } from '../../tools/browser.ts';
import { untouchedList } from './fake-list.ts';
import { codeOf, newReader, openPhone, startFakeRegion, type FakeRegion } from './open-pages.ts';

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
beforeEach(() => {
  Object.assign(fake.list, untouchedList(Math.floor(Date.now() / 1000)));
});

const DAY = 86_400;
const text = (zhCN: string) => ({ zhCN, zhTW: null, en: null });

/** A phone of Nanchang that has chosen to look at a city. */
async function lookAt(page: Page, city: string): Promise<void> {
  await page.locator('.here select').selectOption(city);
  await page.locator(`[data-services="${city}"]`).waitFor();
}

async function openAt(city: string, init?: string) {
  const context = await newReader(browser, 360);
  if (init !== undefined) await context.addInitScript(init);
  const page = await openPhone(context, fake.nanchang);
  await page.locator('[data-services]').waitFor();
  if (city !== '3601') await lookAt(page, city);
  return { context, page };
}

/** What stands under "your code works": id and price, and nothing else. */
function openLines(page: Page): Promise<readonly (readonly [string, string])[]> {
  return page.evaluate(`[...document.querySelectorAll('[data-state="open"]')].map((line) =>
    [line.dataset.entry, line.querySelector('.here-price').textContent])`);
}

async function tagOf(page: Page): Promise<string> {
  const parsed = parseCode(await codeOf(page));
  assert.ok(parsed.ok);
  return toHex(parsed.code.pass.tag);
}

const WUHAN = [
  ['4201-bus', '¥2.00'],
  ['4201-ferry', '¥1.50'],
  ['4201-metro', '¥4.00'],
  ['4201-library', '免费'],
  ['4201-museum', '免费'],
  ['4201-sight', '¥16.00'],
];

test('a visitor from Nanchang to Wuhan sees what works and its price, offline too', async () => {
  const { context, page } = await openAt('3601');
  const hosts = new Set<string>();
  context.on('request', (request) => hosts.add(new URL(request.url()).origin));
  assert.ok(
    (await openLines(page)).some(([id, price]) => id === '3601-metro' && price === '¥2.00–¥5.00'),
  );
  const code = await tagOf(page);
  await lookAt(page, '4201');
  assert.deepEqual(await openLines(page), WUHAN);
  assert.equal(await tagOf(page), code, 'the city changes information, never the code');
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  assert.deepEqual([...hosts], [fake.nanchang.url], 'Wuhan learns nothing of who is looking');
  fake.nanchang.isDown = true;
  try {
    await page.reload();
    await page.locator('[data-code]').waitFor();
    const shown = page.locator('[data-services="4201"]');
    await shown.waitFor();
    assert.deepEqual(await openLines(page), WUHAN, 'the city that was looked at last is kept');
    const year = String(new Date().getFullYear());
    const notice = page.locator('.here .notice', { hasText: '没有网络' });
    assert.match(await notice.innerText(), new RegExp(`下面是 ${year}年.*的内容`));
    await page.locator('.here select').selectOption('3401');
    await page.getByText('这里没有存下的内容').waitFor();
    await lookAt(page, '3601');
  } finally {
    fake.nanchang.isDown = false;
  }
  await context.close();
});

test('the rest says in words why it does not work, and how else to get there', async () => {
  const { context, page } = await openAt('4201');
  await page.getByText('码用不了的 6 项').click();
  const line = (id: string) => page.locator(`[data-entry="4201-${id}"]`).innerText();
  const hotline = await line('hotline-12345');
  for (const part of ['这里不用码', '可用：电话', '有人工接听', '拨打 12345']) {
    assert.ok(hotline.includes(part), `${part} in ${hotline}`);
  }
  assert.equal(
    await page.locator('[data-entry="4201-hotline-12345"] a').first().getAttribute('href'),
    'tel:12345',
  );
  const group = await line('museum-group');
  for (const part of ['这里不用码', '只接待单位', '虚构的服务', '试点', '登录办理、电话']) {
    assert.ok(group.includes(part), `${part} in ${group}`);
  }
  await context.close();
});

test('each line opens into its treatment, concessions, hours and who checked it', async () => {
  const { context, page } = await openAt('4201');
  const metro = page.locator('[data-entry="4201-metro"]');
  await metro.locator('summary').click();
  const facts = await metro.innerText();
  const expected = [
    ...[
      '您没有出示这个身份',
      '70 岁以上长者（成员城市来客）：免费',
      '65 岁以上长者（成员城市来客）：¥2.00',
    ],
    ...['合肥、南昌、长沙居民', '每天 06:00–23:00', '客服中心', '不要任何信息'],
    ...['种子数据（演示）', '未经核实'],
  ];
  for (const part of expected) assert.ok(facts.includes(part), `${part} in ${facts}`);
  assert.ok((await page.locator('.here').innerText()).includes('演示数据，未经核实'));
  await context.close();
});

test('a search in any language of the list leaves what it finds, closed services too', async () => {
  const { context, page } = await openAt('4201');
  const box = page.locator('[name="here-search"]');
  const shown = () =>
    page.evaluate<readonly string[]>(`[...document.querySelectorAll('[data-entry]')]
      .map((line) => line.dataset.entry)`);
  await box.fill('地铁');
  await page.getByText('找到 1 项').waitFor();
  assert.deepEqual(await shown(), ['4201-metro']);
  await box.fill('wuhan FERRIES');
  await page.locator('[data-entry="4201-ferry"]').waitFor();
  assert.deepEqual(await shown(), ['4201-ferry']);
  await box.fill('12348');
  await page.locator('[data-entry="4201-hotline-12348"]').waitFor();
  assert.equal((await shown()).length, 1);
  await box.fill('没有这样的服务');
  await page.getByText('没有找到').waitFor();
  assert.deepEqual(await shown(), []);
  await context.close();
});

test('suspended, unchecked and overdue are said with date and reason', async () => {
  const now = Math.floor(Date.now() / 1000);
  const reason = text('大风停航');
  fake.list.suspended = [
    { entry: '4201-ferry', rule: null, residence: null, since: now - 60, reason },
  ];
  fake.list.change = (entry: Entry) =>
    entry.id === '4201-bus' ? { ...entry, checked: { ...entry.checked, on: '2025-01-31' } } : entry;
  fake.list.editionId = '2025-H2';
  const { context, page } = await openAt('4201');
  const today = new Intl.DateTimeFormat('zh-CN', {
    dateStyle: 'medium',
    timeZone: 'Asia/Shanghai',
  }).format((now - 60) * 1000);
  const ferry = page.locator('[data-entry="4201-ferry"]');
  assert.equal(await ferry.getAttribute('data-state'), 'closed');
  const said = (await ferry.innerText()).replaceAll(/\s+/g, ' ');
  assert.ok(said.includes(`${today}起暂停：大风停航`), said);
  assert.ok(said.includes('售票窗口'), said);
  const bus = page.locator('[data-entry="4201-bus"]');
  assert.equal(await bus.getAttribute('data-state'), 'open', 'that informs, and closes nothing');
  assert.ok((await bus.innerText()).includes('半年内无人核对'));
  await bus.locator('summary').click();
  assert.ok((await bus.innerText()).includes('2025年1月31日'));
  await page.getByText('新一版还没有发布；这一版继续有效').waitFor();
  await context.close();
});

test('four days without a network the prices stand, and nobody says that it is open', async () => {
  const fast = `
    const rightNow = Date.now;
    Date.now = () => rightNow() + Number(localStorage.getItem('fastBy') ?? 0);
  `;
  const { context, page } = await openAt('4201', fast);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.getByText('7 天').waitFor();
  // An answer still on its way would teach the phone how far its clock is moved below.
  await page.waitForLoadState('networkidle');
  fake.nanchang.isDown = true;
  try {
    await page.evaluate(`localStorage.setItem('fastBy', String(${String(4 * DAY * 1000)}))`);
    await page.reload();
    await page.getByText('上次的清单里能用（6）').waitFor();
    await page.getByText('已超过 72 小时没有新消息').waitFor();
    assert.deepEqual(await openLines(page), WUHAN);
    assert.equal(await page.getByText('您的码能用（').count(), 0);
  } finally {
    fake.nanchang.isDown = false;
    await context.close();
  }
});

test('markup and direction marks in a name are shown as text', async () => {
  fake.list.change = (entry: Entry) =>
    entry.id === '4201-bus'
      ? { ...entry, name: text('<img src=x onerror=alert(1)>\u202e公交') }
      : entry;
  const { context, page } = await openAt('4201');
  const bus = page.locator('[data-entry="4201-bus"]');
  assert.ok((await bus.innerText()).includes('<img src=x onerror=alert(1)>[U+202E]公交'));
  assert.equal(await page.locator('.here img').count(), 0);
  await context.close();
});

test('a resident of a city that is no member yet reads that its codes are refused', async () => {
  fake.list.members = ['3401', '4201', '4301'];
  const { context, page } = await openAt('4201');
  await page.getByText('它的码现在各地都不放行').waitFor();
  assert.deepEqual(await openLines(page), []);
  await context.close();
});

test('a city without a list says so, and the code is there all the same', async () => {
  const context = await newReader(browser, 360);
  const page = await openPhone(context, fake.nanchang);
  await page.locator('[data-services]').waitFor();
  await page.route('**/resident/list/4301', (route) =>
    route.fulfill({ status: 404, json: { code: 'NOT_FOUND' } }),
  );
  await page.locator('.here select').selectOption('4301');
  await page.getByText('这座城市还没有发布服务清单').waitFor();
  assert.equal(await page.locator('[data-code]').count(), 1);
  await context.close();
});
