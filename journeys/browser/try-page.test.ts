import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { lineText, type TapId } from '@tongyu/protocol';
import { launchBrowser } from '../../tools/browser.ts';
import { seniorTrip } from './fake-trips.ts';
import { newReader, startFakeRegion, type FakeRegion } from './open-pages.ts';

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

const buttons = ['present', 'plug', 'screenshot', 'tamper', 'lost', 'clock', 'reset'] as const;
type Button = (typeof buttons)[number];

/** Presses one button and answers what the page then tells, with the verdict. */
async function press(page: Page, button: Button): Promise<string> {
  await page.locator('.try-steps button').nth(buttons.indexOf(button)).click();
  await page.locator('[data-busy="false"]').waitFor();
  const told = (await page.locator('[data-told]').getAttribute('data-told')) ?? '';
  const verdict = page.locator('.try-told .verdict');
  if ((await verdict.count()) === 0) return told;
  return `${told} ${(await verdict.getAttribute('data-kind')) ?? ''}`;
}

for (const width of [360, 1280]) {
  test(`every button of the try page does what it says, ${String(width)} px wide`, async () => {
    const context = await newReader(browser, width);
    const page = await context.newPage();
    await page.goto(`${fake.wuhan.url}/try`);
    await page.locator('[data-ready="true"]').waitFor();
    const course: readonly (readonly [Button, string])[] = [
      ['present', 'didPresent pass'],
      ['screenshot', 'didScreenshot refuse'],
      ['plug', 'didUnplug'],
      ['present', 'didPresentOffline pass'],
      ['screenshot', 'didScreenshot refuse'],
      ['plug', 'didPlug'],
      ['tamper', 'didTamper refuse'],
      ['clock', 'didClock check'],
      ['present', 'didPresent pass'],
      ['lost', 'didLost refuse'],
      ['present', 'didPresent pass'],
      ['reset', 'didReset'],
      ['present', 'didPresent pass'],
    ];
    for (const [button, expected] of course) assert.equal(await press(page, button), expected);
    await context.close();
  });
}

test('after a scan the phone shows the receipt, beside both cities’ lines', async () => {
  const context = await newReader(browser, 1280);
  const page = await context.newPage();
  await page.goto(`${fake.wuhan.url}/try`);
  await page.locator('[data-ready="true"]').waitFor();
  /** What the two cities make of the tap that the gate has just sent. */
  const settle = async (plantedFen: number) => {
    assert.equal(await press(page, 'present'), 'didPresent pass');
    await page.locator('[data-sides="waiting"]').waitFor();
    while (fake.wuhan.taps.size === 0) await page.waitForTimeout(100);
    const tap = [...fake.wuhan.taps.keys()].at(-1) as TapId;
    fake.wuhan.taps.clear();
    const trip = seniorTrip(1, Math.floor(Date.now() / 1000));
    const [entry] = trip.taps;
    if (entry === undefined || trip.line === null) assert.fail('the trip has no tap');
    const line = { ...trip.line, journey: tap, taps: [tap] };
    fake.changsha.trips.trips = [{ ...trip, journey: tap, line, taps: [{ ...entry, id: tap }] }];
    fake.wuhan.trips.lines.set(tap, {
      text: lineText({ ...line, riderFen: line.riderFen + plantedFen }),
      state: plantedFen === 0 ? 'accepted' : 'disputed',
      field: plantedFen === 0 ? null : 'riderFen',
    });
    return tap;
  };
  fake.wuhan.taps.clear();
  const tap = await settle(0);
  await page.locator('[data-sides="same"]').waitFor();
  const prints = await page.locator('.try-sides tbody tr:first-child td').allInnerTexts();
  assert.match(prints[0] ?? '', /^[0-9a-f]{16}$/);
  assert.equal(prints[0], prints[1]);
  const phone = page.locator('iframe').first().contentFrame();
  await phone.locator(`[data-receipt="${tap}"]`).waitFor();
  await settle(1);
  await page.locator('[data-sides="differs"]').waitFor();
  const [host, home] = await page.locator('.try-sides tbody tr:first-child td').allInnerTexts();
  assert.notEqual(host, home);
  await context.close();
});

test('a page that its node does not list can neither steer phone nor gate', async () => {
  const context = await newReader(browser, 1280);
  const page = await context.newPage();
  // Changsha's node lists Wuhan's and its own pages; this one comes from neither of them.
  const stranger = 'http://localhost:' + new URL(fake.wuhan.url).port;
  await page.goto(`${stranger}/health`);
  await page.evaluate(`new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.src = ${JSON.stringify(`${fake.changsha.url}/code?embed`)};
    frame.onload = resolve;
    document.body.append(frame);
  })`);
  const frame = page.frames().find((each) => each !== page.mainFrame());
  // The policy of the framed page refuses to be shown there at all.
  assert.notEqual(frame?.url(), `${fake.changsha.url}/code?embed`);
  await context.close();
});

test('in production, where no demo route exists, a framed page obeys nobody', async () => {
  const context = await newReader(browser, 1280);
  await context.route('**/demo/**', (route) => route.fulfill({ status: 404, body: '{}' }));
  const page = await context.newPage();
  await page.goto(`${fake.wuhan.url}/try`);
  await page.getByText('这个节点不在演示模式').waitFor();
  assert.equal(await page.locator('iframe').count(), 0);
  await page.goto(`${fake.wuhan.url}/gate?embed`);
  await page.locator('[data-key]').waitFor();
  await context.close();
});
