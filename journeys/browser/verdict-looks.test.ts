import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../tools/browser.ts';
import { makeCode } from './make-codes.ts';
import { newReader, openGate, openPhone, scanAt, startFakeRegion } from './open-pages.ts';
import type { FakeRegion } from './open-pages.ts';

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

test('in greyscale two verdicts always differ on over a quarter of the screen', async () => {
  const context = await newReader(browser, 360);
  const page = await openGate(context, fake.wuhan);
  const stale = { time: Date.now() / 1000 - 400 };
  const texts = [
    await makeCode(fake.region, '4301'),
    await makeCode(fake.region, '4301', stale),
    'NOT A CODE',
    'TY1:JUNKJUNKJUNK',
  ];
  const pictures: string[] = [];
  const verdicts: string[] = [];
  for (const text of texts) {
    verdicts.push((await scanAt(page, text)).verdict);
    pictures.push((await page.screenshot()).toString('base64'));
  }
  assert.deepEqual(verdicts, ['pass', 'check', 'refuse', 'unknown']);
  const blank = await context.newPage();
  for (let a = 0; a < pictures.length; a++) {
    for (let b = a + 1; b < pictures.length; b++) {
      const portion = await greyDifference(blank, pictures[a] ?? '', pictures[b] ?? '');
      const pair = `${verdicts[a] ?? ''} and ${verdicts[b] ?? ''}`;
      assert.ok(portion > 0.25, `${pair} differ on ${String(Math.round(portion * 100))} %`);
    }
  }
  await context.close();
});

/** The portion of pixels whose grey differs by 20 of 255 or more. */
function greyDifference(page: Page, a: string, b: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const greys = async (picture) => {
      const image = new Image();
      image.src = 'data:image/png;base64,' + picture;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      return Array.from({ length: data.length / 4 }, (_, i) =>
        0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    };
    const [one, other] = [await greys('${a}'), await greys('${b}')];
    return one.filter((grey, i) => Math.abs(grey - other[i]) >= 20).length / one.length;
  })()`);
}

test('by keyboard every control of phone and gate is reached and in sight', async () => {
  const context = await newReader(browser, 360);
  for (const page of [
    await openPhone(context, fake.changsha),
    await openGate(context, fake.wuhan),
  ]) {
    await page.bringToFront();
    await page.reload();
    // The phone is whole when its list of the city stands there too.
    await page.locator('[data-services], .ready-line').first().waitFor();
    const count = await page.evaluate<number>(
      `[...document.querySelectorAll('button, select, summary, input, a')]
        .filter((each) => each.checkVisibility() && !each.disabled).length`,
    );
    const reached = new Set<string>();
    for (let turn = 0; turn < count; turn++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate<string>(focusedControl));
    }
    assert.equal(reached.size, count, [...reached].join(', '));
    assert.deepEqual(
      [...reached].filter((each) => !each.endsWith('in sight')),
      [],
    );
  }
  await context.close();
});

/** Names the control that has the focus, and whether it lies in the window uncovered. */
const focusedControl = `(() => {
  const each = document.activeElement;
  const { left, top, width, height } = each.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  const isSeen = above !== null && (each.contains(above) || above.contains(each));
  const ring = getComputedStyle(each).outlineStyle;
  return each.tagName + ' ' + (each.textContent || each.id).slice(0, 12) + ' ' +
    (isSeen && ring !== 'none' ? 'in sight' : 'hidden');
})()`;
