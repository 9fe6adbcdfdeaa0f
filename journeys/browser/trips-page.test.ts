import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { parseCode } from '@tongyu/protocol';
import { launchBrowser } from '../../tools/browser.ts';
import { lostExit, noTrips, seniorTrip } from './fake-trips.ts';
import { outside, tooSmall, violations, wrongWords } from './inspect-page.ts';
import { codeOf, newReader, openPhone, startFakeRegion, type FakeRegion } from './open-pages.ts';

const now = Math.floor(Date.now() / 1000);
const DAY = 86_400;
let fake: FakeRegion;
let browser: Browser;
let context: BrowserContext;
/** One phone for all tests: a bound one costs more than what is asked of it here. */
let page: Page;

before(async () => {
  fake = await startFakeRegion();
  browser = await launchBrowser();
  // Wherever the browser stands, times are those of the region.
  context = await newReader(browser, 360, {}, { timezoneId: 'America/New_York' });
  page = await openPhone(context, fake.changsha);
  page.setDefaultTimeout(15_000);
});
after(async () => {
  await browser.close();
  await fake.close();
});
beforeEach(() => {
  Object.assign(fake.changsha.trips, noTrips());
});

const trips = () => fake.changsha.trips;
const goTo = (index: 0 | 1 | 2) => page.locator('.bottom-bar button').nth(index).click();

/** The list, fresh from the city. */
async function openList(): Promise<void> {
  await goTo(0);
  await page.locator('[data-code]').waitFor();
  const told = page.waitForResponse('**/resident/trips');
  await goTo(1);
  await told;
  await page.locator('[data-trips] > :last-child:not(.skeleton)').waitFor();
}

async function openReceipt(number: number): Promise<void> {
  await openList();
  await page.locator(`[data-journey="4201-metro-1/${String(number)}"] button`).click();
  await page.locator('[data-receipt] h2:focus').waitFor();
}

const isFocused = (selector: string) =>
  page.evaluate<boolean>(`document.activeElement.matches('${selector}')`);

/** Names and values of the receipt. */
async function facts(): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(`Object.fromEntries([...document.querySelectorAll('.receipt .facts > div')]
    .map((row) => [...row.children].map((each) => each.innerText.replaceAll(/\\s+/g, ' '))))`);
}

test('a code that was just used says so within seconds, and shows the receipt', async () => {
  const asked = () => fake.changsha.asked.get('/resident/trips') ?? 0;
  await page.waitForFunction('navigator.serviceWorker.ready.then(() => true)');
  const before = asked();
  trips().trips = [seniorTrip(1, now - 1510)];
  const arrived = Date.now();
  await page.locator('[data-just-used="4201-metro-1/1"]').waitFor();
  assert.match(await page.locator('[data-just-used]').innerText(), /刚才：武汉地铁\s+¥2.00/);
  assert.ok(asked() - before <= 1 + (Date.now() - arrived) / 4000, 'asked about every 4 s');
  await page.getByRole('button', { name: '看票据' }).click();
  await page.locator('[data-receipt="4201-metro-1/1"]').waitFor();
  assert.equal(
    await page.locator('[data-code]').count(),
    0,
    'no code while something else is read',
  );
  await page.goBack();
  await page.locator('[data-code]').waitFor();
});

test('the receipt names price, full price, payer, rule and the way to object', async () => {
  const time = 1_795_003_200; // 2026-11-18 20:00 in Shanghai
  trips().trips = [seniorTrip(2, time)];
  await openReceipt(2);
  const head = await page.locator('.receipt-head').innerText();
  for (const part of ['武汉地铁', '您付 ¥2.00', '原价 ¥4.00', '已核对', '武汉和长沙各算一遍']) {
    assert.ok(head.replaceAll(/\s+/g, ' ').includes(part), `${part} in ${head}`);
  }
  const said = await facts();
  const expected = {
    ...{
      原价: '¥4.00',
      待遇: '65 岁及以上半价',
      差额由谁付: '¥2.00 武汉市 您按优惠少付的这一部分。',
    },
    ...{ 依据: '四市同城待遇备忘录 您的城市和到访城市互相给予。' },
    ...{ 时间和地点: '进站 2026年11月18日 20:00 江汉路 出站 20:25 光谷广场' },
    ...{ 按哪种身份: '65 岁及以上', 票据编号: '4201-metro-1/2' },
    按哪一版清单: '2026 年下半年版（第 3 号）',
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(said[name], value, name);
  assert.match(said['怎么提异议'] ?? '', /就发给武汉；.*半年内都能提/);
  await page.getByText('其他 2 条优惠为什么没用上').click();
  assert.match(
    await page.locator('[data-why="student"]').innerText(),
    /^学生七折：\p{Script=Han}/u,
  );
  const explained = await page.locator('.receipt a').getAttribute('href');
  assert.equal(explained, '/list/4201-metro/explain?residence=4301&class=2&lang=zh-CN');
  await page.reload();
  await page.locator('[data-receipt="4201-metro-1/2"]').waitFor();
  assert.doesNotMatch(page.url(), /4201/, 'no journey is named in an address');
});

test('the list is newest first, says how each stands, and loads older ones', async () => {
  const entered = seniorTrip(15, now - 300);
  trips().trips = [
    {
      ...entered,
      state: 'open',
      line: null,
      rule: null,
      funders: [],
      taps: entered.taps.slice(0, 1),
    },
    { ...seniorTrip(14, now - DAY), state: 'provisional' },
    seniorTrip(13, now - 2 * DAY),
    { ...seniorTrip(12, now - 3 * DAY), state: 'disputed' },
    { ...seniorTrip(11, now - 4 * DAY), state: 'exception', line: null, exception: 'TAP_TOO_LATE' },
  ];
  trips().pageSize = 3;
  await openList();
  const rows = page.locator('[data-journey]');
  assert.equal(await rows.count(), 3);
  await page.getByRole('button', { name: '更早的行程' }).click();
  await rows.nth(4).waitFor();
  const standings = await page.locator('[data-standing]').allInnerTexts();
  assert.deepEqual(standings, ['进行中', '暂计', '已核对', '有异议', '例外']);
  assert.equal(await page.getByRole('button', { name: '更早的行程' }).count(), 0);
  await rows.nth(4).locator('button').click();
  await page.getByText('记录晚了十天以上才送到，不收费').waitFor();
});

test('a lost exit is put right in two taps, at once and for good', async () => {
  trips().trips = [lostExit(8, now - 2 * 3600, now)];
  await openReceipt(8);
  await page.locator('[data-way="exit"]').click();
  assert.equal(await page.locator('.put-right select option').count(), 12, 'ten minutes apart');
  await page.locator('[data-stop="guanggu"]').click();
  await page.locator('[data-told="exit"]').waitFor();
  assert.match((await facts())['时间和地点'] ?? '', /出站（补登） \d\d:\d0 光谷广场/);
  const [sent] = trips().repairs;
  assert.ok(sent?.kind === 'exit' && sent.stop === 'guanggu');
  assert.ok((sent.time ?? 0) > now - 2 * 3600 && (sent.time ?? 0) <= now, 'within its bounds');
  assert.equal(trips().repairs.length, 1);
  const focused = await page.evaluate('document.activeElement.tagName');
  assert.equal(focused, 'H2', 'the pressed button is gone: reading goes on from the heading');
  await page.reload();
  await page.locator('[data-told="exit"]').waitFor();
  assert.equal(await page.locator('[data-way="exit"]').count(), 0);
});

test('a class that was not shown is claimed in two taps; a refusal says what to do', async () => {
  trips().trips = [lostExit(9, now - DAY, now)];
  await openReceipt(9);
  await page.locator('[data-way="class"]').click();
  for (const [code, words] of [
    ['CLASS_NOT_PROVED', '请到本市窗口办理'],
    ['REPAIRS_USED_UP', '可以点「有疑问」'],
    ['SOMETHING_NEW', '（SOMETHING_NEW）'],
  ] as const) {
    trips().refusal = code;
    await page.getByRole('button', { name: '我是：65 岁及以上' }).click();
    const notice = page.locator(`[data-refusal="${code}"]`);
    await notice.waitFor();
    assert.ok((await notice.innerText()).includes(words), code);
  }
  fake.changsha.isDown = true;
  await page.getByRole('button', { name: '我是：65 岁及以上' }).click();
  await page.locator('[data-refusal="AWAY"]').waitFor();
  fake.changsha.isDown = false;
  await page.getByRole('button', { name: '我是：65 岁及以上' }).click();
  await page.locator('[data-told="class"]').waitFor();
  assert.deepEqual(trips().repairs, [
    { journey: '4201-metro-1/9', kind: 'class', stop: null, time: null, class: 2 },
  ]);
});

test('an objection takes two taps by keyboard, and its answer is written there', async () => {
  trips().trips = [seniorTrip(5, now - DAY)];
  await openReceipt(5);
  const way = page.locator('[data-way="object"]');
  await page.keyboard.press('Tab');
  assert.ok(await isFocused('[data-way]'), 'the first stop after the heading');
  await page.keyboard.press('Enter');
  assert.equal(await way.getAttribute('aria-expanded'), 'true');
  for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('[data-objection="open"]').waitFor();
  assert.deepEqual(trips().objections, [{ journey: '4201-metro-1/5', reason: 'wrong-concession' }]);
  const [trip] = trips().trips;
  if (!trip?.objection) assert.fail('the city holds no objection');
  const answer = { decision: 'upheld', at: now } as const;
  trips().trips = [{ ...trip, objection: { ...trip.objection, answer } }];
  await openReceipt(5);
  await page.locator('[data-objection="upheld"]').waitFor();
  assert.match(await page.locator('[data-objection]').innerText(), /异议成立.*优惠不对.*免收/);
});

test('markup and direction marks in names are shown as text', async () => {
  const name = { zhCN: '<img src=x onerror=alert(1)>\u202e地铁', zhTW: null, en: null };
  const trip = seniorTrip(6, now - 60);
  const [entry] = trip.taps;
  trips().trips = [
    {
      ...{ ...trip, service: { id: '4201-metro', name }, operator: { id: '4201-co', name } },
      funders: [{ kind: 'host', name, fen: 200, part: 'concession' }],
      rule: { id: 'senior', name, agreement: name, reciprocity: 'mutual' },
      taps: entry === undefined ? [] : [{ ...entry, stop: { id: 'a', name } }],
      why: [{ rule: { id: 'b', name }, reasons: ['ENDED'] }],
    },
  ];
  trips().seen = [
    {
      at: now,
      who: { party: '4201', operator: { id: '4201-co', name } },
      what: ['time'],
      why: 'tap',
    },
  ];
  const isPlain = async () => {
    const text = await page.evaluate<string>('document.body.innerText');
    assert.ok(text.includes('<img src=x onerror=alert(1)>[U+202E]地铁'));
    assert.ok(!text.includes('\u202e'));
    assert.equal(await page.locator('img').count(), 0);
  };
  await goTo(0);
  await page.locator('[data-just-used="4201-metro-1/6"]').waitFor();
  await isPlain();
  await openReceipt(6);
  await isPlain();
  await goTo(2);
  await page.locator('.seen-rows li').waitFor();
  await isPlain();
});

test('a code shows no class until its holder says so, and then that one alone', async () => {
  const proof = { assurance: 'high', prover: 'x', provedAt: now - DAY, expires: null };
  trips().classes = [
    { class: 2, ...proof, standing: 'offered' },
    { class: 5, ...proof, standing: 'rare' },
  ];
  await goTo(0);
  await page.locator('[data-shown-class="0"]').waitFor();
  assert.match(await page.locator('.class-line').innerText(), /不出示身份类别/);
  await page.getByRole('button', { name: '更改' }).click();
  const none = page.locator('[data-class="0"]');
  const senior = page.locator('[data-class="2"]');
  await senior.waitFor();
  assert.equal(await none.getAttribute('aria-pressed'), 'true', 'nothing is shown unless chosen');
  const [one, other] = [await none.boundingBox(), await senior.boundingBox()];
  assert.deepEqual([one?.width, one?.height], [other?.width, other?.height], 'equal buttons');
  assert.equal(await page.locator('button[data-class="5"]').count(), 0, 'too few hold it');
  await senior.click();
  await page.locator('[data-class="2"][aria-pressed="true"]').waitFor();
  await page.getByText('每个验码终端和它的城市都会知道「65 岁及以上」').waitFor();
  await goTo(0);
  await page.locator('[data-shown-class="2"]').waitFor();
  assert.match(await page.locator('.class-line').innerText(), /出示：65 岁及以上/);
  const parsed = parseCode(await codeOf(page));
  assert.ok(parsed.ok && parsed.code.pass.class === 2);
});

test('who was told what and why is listed for the holder', async () => {
  const operator = { id: '4201-metro-co', name: { zhCN: '武汉地铁集团', zhTW: null, en: null } };
  trips().seen = [
    { at: now - 60, who: { party: '4201', operator }, what: ['residence', 'class'], why: 'tap' },
    { at: now - DAY, who: { party: '3401', operator: null }, what: ['journey'], why: 'claim' },
  ];
  await goTo(0);
  await goTo(2);
  await page.locator('.seen-rows li').nth(1).waitFor();
  const [first = '', second = ''] = await page.locator('.seen-rows li').allInnerTexts();
  assert.match(first, /武汉 · 武汉地铁集团\s+您出示了码。看到：是哪个城市的居民、身份类别/);
  assert.match(second, /合肥\s+两市核对票款。看到：哪几次刷码是一趟/);
});

test('offline the list stands with its date; a stopped phone leaves none of it', async () => {
  trips().trips = [seniorTrip(7, now - DAY)];
  await openList();
  await page.locator('[data-journey]').waitFor();
  fake.changsha.isDown = true;
  try {
    await page.reload();
    await page.locator('[data-journey]').waitFor();
    const year = String(new Date().getFullYear());
    await page.getByText(new RegExp(`下面是 ${year}年.* 的内容`)).waitFor();
    await page.locator('[data-journey] button').click();
    await page.locator('[data-receipt]').waitFor();
  } finally {
    fake.changsha.isDown = false;
  }
  await goTo(0);
  await page.getByText('停用与报失').click();
  await page.getByRole('button', { name: '停用本机' }).click();
  await page.getByRole('button', { name: '删除本机的码' }).click();
  await page.getByText('本机的码已全部删除').waitFor();
  const kept = await page.evaluate<number>(`new Promise((resolve) => {
    const opening = indexedDB.open('tongyu-phone');
    opening.onsuccess = () => {
      const asked = opening.result.transaction('trips').objectStore('trips').count();
      asked.onsuccess = () => resolve(asked.result);
    };
  })`);
  assert.equal(kept, 0);
});

for (const reading of [
  { language: 'zh-CN', textSize: 30, isElder: true },
  { language: 'zh-TW', textSize: 24, isElder: false },
  { language: 'en', textSize: 16, isElder: false },
] as const) {
  const { language } = reading;
  test(`trips, receipts and what is told are accessible in ${language}`, async () => {
    trips().trips = [
      ...[lostExit(3, now - 7200, now), seniorTrip(2, now - DAY)],
      { ...seniorTrip(1, now - 9 * DAY), state: 'disputed' },
    ];
    trips().seen = [
      { at: now, who: { party: '4201', operator: null }, what: ['residence', 'time'], why: 'tap' },
    ];
    const proof = { assurance: 'high', prover: 'x', provedAt: now - DAY, expires: null };
    trips().classes = [
      { class: 2, ...proof, standing: 'offered' },
      { class: 5, ...proof, standing: 'rare' },
    ];
    const reader = await newReader(browser, 360, reading);
    const own = await openPhone(reader, fake.changsha);
    const inspect = async (what: string) => {
      assert.deepEqual(await violations(own), [], `axe, ${what}`);
      assert.deepEqual(await tooSmall(own, reading.isElder), [], `sizes, ${what}`);
      assert.deepEqual(await outside(own), [], `overflow, ${what}`);
      assert.deepEqual(await wrongWords(own, language), [], `words, ${what}`);
    };
    await own.locator('.bottom-bar button').nth(1).click();
    await own.locator('[data-journey]').first().waitFor();
    await inspect('trips');
    await own.locator('[data-journey] button').first().click();
    await own.locator('[data-way="exit"]').click();
    trips().refusal = 'REPAIR_OUT_OF_BOUNDS';
    await own.locator('[data-stop]').first().click();
    await own.locator('[data-refusal]').waitFor();
    await own.locator('[data-way="object"]').click();
    for (const summary of await own.locator('summary').all()) await summary.click();
    await inspect('receipt');
    await own.locator('.bottom-bar button').nth(2).click();
    await own.locator('.class-rows').waitFor();
    await own.locator('.seen-rows').waitFor();
    await inspect('what is told');
    await reader.close();
  });
}
