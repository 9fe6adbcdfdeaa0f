import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { changeOneCharacter } from '../../web/src/try/change-code.ts';
import { launchBrowser, launchPersistentBrowser } from '../../tools/browser.ts';
import { makeCode } from './make-codes.ts';
import { newReader, openGate, scanAt, startFakeRegion, type FakeRegion } from './open-pages.ts';
import { writeCameraFile } from './write-camera.ts';

let fake: FakeRegion;
let browser: Browser;
const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-gate-'));

before(async () => {
  fake = await startFakeRegion();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

const now = (): number => Math.floor(Date.now() / 1000);

async function atGate(work: (page: Page) => Promise<void>, width = 360): Promise<void> {
  const context = await newReader(browser, width);
  try {
    await work(await openGate(context, fake.wuhan));
  } finally {
    await context.close();
  }
}

test('the gate passes a good code with its price and refuses what must be refused', async () => {
  await atGate(async (page) => {
    const { region } = fake;
    const good = await makeCode(region, '4301');
    assert.equal((await scanAt(page, good)).verdict, 'pass');
    assert.match(await page.locator('.verdict-price').innerText(), /长沙居民 ¥5\.00/);
    const refusals: Record<string, string> = {};
    const cases = {
      stale: await makeCode(region, '4301', { time: now() - 300 }),
      ahead: await makeCode(region, '4301', { time: now() + 300 }),
      tampered: changeOneCharacter(await makeCode(region, '4301')),
      junk: 'HTTPS://EXAMPLE.INVALID/',
    };
    for (const [name, text] of Object.entries(cases)) {
      const { verdict, refusal } = await scanAt(page, text);
      refusals[name] = `${verdict} ${refusal}`;
    }
    assert.deepEqual(refusals, {
      stale: 'check CODE_STALE',
      ahead: 'check CLOCK_SKEW',
      tampered: 'refuse PASS_SIGNATURE_INVALID',
      junk: 'refuse MALFORMED',
    });
  });
});

test('beside the verdict stand price, full price and concession, or why none', async () => {
  const reason = { zhCN: '测试', zhTW: null, en: null };
  const stopped = { entry: '4201-metro', rule: 'senior-half', since: now() - 9, reason };
  const { suspended } = fake.region.list;
  const shown = async (page: Page, classShown: number) => {
    await scanAt(page, await makeCode(fake.region, '4301', { class: classShown }));
    const terms = page.locator('.verdict-terms');
    const struck = await terms.locator('s').allInnerTexts();
    return [(await terms.innerText()).replaceAll(/\s+/g, ' '), ...struck];
  };
  await atGate(async (page) => {
    const senior = '六十五周岁及以上老年人半价乘车优惠[U+202E]';
    assert.deepEqual(await shown(page, 2), [
      `长沙居民 ¥2.50 全价 ¥5.00 ${senior} 演示政策`,
      '¥5.00',
    ]);
    assert.deepEqual(await shown(page, 0), ['长沙居民 ¥5.00 全价 演示政策']);
    assert.deepEqual(await shown(page, 5), ['长沙居民 ¥5.00 全价 · 本服务无此类优惠 演示政策']);
    assert.deepEqual(await shown(page, 4), ['长沙居民 ¥2.50–¥5.00 每日限次，行程后定价 演示政策']);
    await scanAt(page, await makeCode(fake.region, '4301', { class: 2, time: now() - 300 }));
    assert.equal(await page.locator('.verdict-terms').innerText(), '', 'no price when refused');
  });
  suspended.push({ ...stopped, residence: '4301' });
  try {
    await atGate(async (page) => {
      assert.deepEqual(await shown(page, 2), ['长沙居民 ¥5.00 全价 · 对贵市居民已暂停 演示政策']);
    });
  } finally {
    suspended.length = 0;
  }
});

test('a city that signs with SM2 is checked by the part that is loaded for it', async () => {
  await atGate(async (page) => {
    const good = await makeCode(fake.region, '3601');
    assert.equal((await scanAt(page, good)).verdict, 'pass');
    const bad = changeOneCharacter(await makeCode(fake.region, '3601'));
    assert.equal((await scanAt(page, bad)).refusal, 'PASS_SIGNATURE_INVALID');
  });
});

test('the same picture within 3 s is one presentation, and later it was used already', async () => {
  await atGate(async (page) => {
    const code = await makeCode(fake.region, '4301');
    const first = await scanAt(page, code);
    const again = await scanAt(page, code);
    assert.deepEqual([again.verdict, again.tap], ['pass', first.tap]);
    await page.waitForTimeout(3_100);
    assert.equal((await scanAt(page, code)).refusal, 'ALREADY_USED');
  });
});

test('old trust warns after a day and never passes anybody after three', async () => {
  fake.wuhan.statementTime = now() - 25 * 3600;
  try {
    await atGate(async (page) => {
      assert.equal((await scanAt(page, await makeCode(fake.region, '4301'))).verdict, 'pass');
      assert.match(await page.locator('.verdict').innerText(), /名单较旧/);
    });
    fake.wuhan.statementTime = now() - 73 * 3600;
    await atGate(async (page) => {
      const { verdict, refusal } = await scanAt(page, await makeCode(fake.region, '4301'));
      assert.deepEqual([verdict, refusal], ['unknown', 'TRUST_STALE']);
    });
  } finally {
    fake.wuhan.statementTime = undefined;
  }
});

test('a code held before the camera is read and decided', async () => {
  const film = path.join(folder, 'code.y4m');
  const code = await makeCode(fake.region, '4301');
  writeCameraFile(film, code);
  const withCamera = await launchBrowser({ cameraFile: film });
  try {
    const page = await openGate(await newReader(withCamera, 360), fake.wuhan);
    await page
      .locator('.camera-box button')
      .click({ timeout: 3_000 })
      .catch(() => undefined);
    await page.locator('[data-verdict="pass"]').waitFor();
    await page.locator('[data-camera="open"]').waitFor({ state: 'attached' });
    assert.equal(await page.locator('[data-decoder]').getAttribute('data-decoder'), 'zxing');
  } finally {
    await withCamera.close();
  }
});

test('without a camera the page says so, and pasting and a hand scanner work', async () => {
  await atGate(async (page) => {
    await page.getByRole('button', { name: '打开镜头' }).click();
    await page.locator('[data-camera="refused"]').waitFor();
    await page.getByLabel('粘贴码的文字').fill(await makeCode(fake.region, '4301'));
    await page.getByRole('button', { name: '验这个码' }).click();
    await page.locator('[data-verdict="pass"]').waitFor();
  });
});

test('staff register a gate by their console session, and are told when it is gone', async () => {
  const context = await newReader(browser, 360);
  try {
    const page = await context.newPage();
    await page.goto(`${fake.wuhan.url}/gate`);
    const way = page.locator('summary', { hasText: '本市工作人员：从这里登记' });
    await way.click();
    await page.getByText('这个浏览器没有登录管理台').waitFor();
    fake.wuhan.isConsoleOpen = true;
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('[data-registration]').waitFor();
    await page.getByText(fake.region.pinnedRootHash).waitFor();
    const suggested = await page.getByLabel('终端编号').first().inputValue();
    assert.match(suggested, /^4201-gate-[a-z0-9]{1,6}$/);
    const send = page.getByRole('button', { name: '登记并使用' });
    await page.getByLabel('终端编号').first().fill('4301-gate-1');
    await send.click();
    await page.getByText('格式不对').waitFor();
    assert.equal(fake.wuhan.terminals.has('4301-gate-1'), false);
    await page.getByLabel('终端编号').first().fill('4201-north-1');
    await send.click();
    await page.locator('[data-link="online"]').waitFor();
    assert.equal((await scanAt(page, await makeCode(fake.region, '4301'))).verdict, 'pass');
    assert.ok(fake.wuhan.terminals.has('4201-north-1'));
  } finally {
    fake.wuhan.isConsoleOpen = false;
    await context.close();
  }
});

test('a gate whose id is typed in learns its place, also when that is put right', async () => {
  const context = await newReader(browser, 360);
  try {
    const page = await context.newPage();
    await page.goto(`${fake.wuhan.url}/gate`);
    await page.locator('summary', { hasText: '管理台已登记' }).click();
    const form = page.locator('details[open]');
    await form.getByLabel('终端编号').fill('4201-typed-1');
    await form.getByLabel('首个根文件的摘要').fill(fake.region.pinnedRootHash);
    const use = page.getByRole('button', { name: '开始使用' });
    await use.click();
    await page.getByText('没有登记成功（TERMINAL_UNKNOWN）').waitFor();
    const key = (await page.locator('[data-key]').getAttribute('data-key')) ?? '';
    fake.wuhan.terminals.set('4201-typed-1', key);
    fake.wuhan.places.set('4201-typed-1', { direction: 'exit', stop: 'south' });
    await use.click();
    await page.locator('[data-link="online"]').waitFor();
    fake.wuhan.places.set('4201-typed-1', { direction: 'entry', stop: null });
    await page.reload();
    await page.locator('[data-link="online"]').waitFor();
    const { tap } = await scanAt(page, await makeCode(fake.region, '4301'));
    await page.locator('[data-pending]').waitFor({ state: 'detached' });
    const sent = fake.wuhan.taps.get(`4201-typed-1/${String(tap)}`)?.tap.signed;
    assert.deepEqual([sent?.direction, sent?.stop], ['entry', null]);
  } finally {
    await context.close();
  }
});

test('only one window of a browser is the gate', async () => {
  const context = await newReader(browser, 360);
  await openGate(context, fake.wuhan);
  const second = await context.newPage();
  await second.goto(`${fake.wuhan.url}/gate`);
  await second.getByText('另一个窗口正在验码').waitFor();
  await context.close();
});

test('letting somebody through by hand keeps a reason and nothing about who', async () => {
  await atGate(async (page) => {
    await page.getByRole('button', { name: '人工放行' }).click();
    await page.getByRole('button', { name: '没带手机' }).click();
    await page.locator('[data-verdict="pass"]').waitFor();
    await page.locator('[data-pending]').waitFor({ state: 'detached' });
    const taps = [...fake.wuhan.taps.values()].map(({ tap }) => tap.signed);
    const assisted = taps.filter((tap) => tap.kind === 'assisted');
    assert.equal(assisted.length, 1);
    assert.deepEqual([assisted[0]?.assistedReason, assisted[0]?.code], ['no-phone', null]);
  });
});

test('60 scans offline, a killed tab, a lost answer: each tap counts once', async () => {
  const profile = path.join(folder, 'profile');
  const context = await launchPersistentBrowser(profile);
  try {
    const page = await openGate(context, fake.wuhan);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const earlier = fake.wuhan.taps.size;
    fake.wuhan.isDown = true;
    const started = now();
    for (let i = 0; i < 60; i++) {
      const code = await makeCode(fake.region, '4301');
      const { verdict, tap } = await scanAt(page, code);
      assert.deepEqual([verdict, tap], ['pass', i + 1]);
    }
    await kill(page);

    const reopened = await context.newPage();
    await reopened.goto(`${fake.wuhan.url}/gate`); // from the service worker: the city is away
    await reopened.locator('[data-pending="60"]').waitFor();
    const ended = now();
    fake.wuhan.refusedTaps.add(7);
    fake.wuhan.losesAnswers = true;
    fake.wuhan.isDown = false;
    const uploads = fake.wuhan.asked.get('/terminal/taps') ?? 0;
    await sendNow(reopened);
    await until(() => (fake.wuhan.asked.get('/terminal/taps') ?? 0) > uploads);
    fake.wuhan.losesAnswers = false;
    await sendNow(reopened);
    await reopened.locator('[data-pending]').waitFor({ state: 'detached' });

    const arrived = [...fake.wuhan.taps.values()].slice(earlier).map(({ tap }) => tap.signed);
    const expected = Array.from({ length: 60 }, (_, i) => i + 1).filter((number) => number !== 7);
    assert.deepEqual(
      arrived.map((tap) => tap.number),
      expected,
    );
    assert.ok(arrived.every((tap) => tap.time >= started && tap.time <= ended));
    await reopened.locator('[data-list="refused"][data-count="1"]').waitFor();
    await reopened.locator('[data-list="refused"]').getByText('TAP_IN_FUTURE').waitFor();
    fake.wuhan.refusedTaps.clear(); // the city's clock has come as far as the tap's time
    await sendNow(reopened);
    await reopened.locator('[data-list="refused"]').waitFor({ state: 'detached' });
    const late = [...fake.wuhan.taps.values()].at(-1)?.tap.signed;
    assert.equal(late?.number, 7);
    assert.ok(late.time >= started && late.time <= ended);
  } finally {
    fake.wuhan.isDown = false;
    fake.wuhan.losesAnswers = false;
    fake.wuhan.refusedTaps.clear();
    await context.close();
  }
});

/** Takes the tab's process away, as a phone does that is short of memory. */
async function kill(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
}

async function sendNow(page: Page): Promise<void> {
  await page.locator('.bottom-bar button').nth(1).click();
  await page.locator('.section button.primary').click();
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50).unref());
  }
  assert.fail('it did not come about');
}
