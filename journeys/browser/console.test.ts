import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../tools/browser.ts';
import { buildWebIfChanged } from '../../tools/build-web.ts';
import { proposalHash } from './console-data.ts';
import { startConsoleNode, type ConsoleNode } from './console-node.ts';

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const axe = readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let node: ConsoleNode;

before(async () => {
  await buildWebIfChanged();
  [browser, node] = await Promise.all([launchBrowser(), startConsoleNode()]);
});
after(() => Promise.all([browser.close(), node.stop()]));
beforeEach(() => {
  Object.assign(node, { node: '4301', isOpen: true, actionStatus: 200 });
  node.requests.length = 0;
});

type Reader = { language?: string; width?: number; textSize?: number; isElder?: boolean };

/** Opens an address of the node for a reader, hands the page over, and closes it. */
async function visit(
  address: string,
  reader: Reader,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const { language = 'en', width = 1280, textSize = 16, isElder = false } = reader;
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const settings = JSON.stringify({ language, textSize, isElder });
  await context.addInitScript(
    `localStorage.setItem('tongyu.settings', ${JSON.stringify(settings)})`,
  );
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(node.origin + address);
    await look(page);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

function posts(): { url: string; csrf: string | undefined; body: unknown }[] {
  return node.requests
    .filter(({ method }) => method === 'POST')
    .map(({ url, csrf, body }) => ({ url, csrf, body: JSON.parse(body) as unknown }));
}

test('a one-time link opens the console, and its token leaves the address', async () => {
  node.isOpen = false;
  await visit(`/console#enter=${node.token}`, {}, async (page) => {
    await page.getByRole('heading', { name: 'Taps', level: 1 }).waitFor();
    assert.equal(page.url(), `${node.origin}/console`);
    assert.deepEqual(posts(), [{ url: '/console/enter', csrf: '1', body: { token: node.token } }]);
    assert.ok(node.requests.every(({ url }) => !url.includes(node.token)));
  });
});

test('a used link says that it no longer works and whom to ask', async () => {
  node.isOpen = false;
  await visit('/console#enter=a-token-that-was-used-before', {}, async (page) => {
    await page.getByText('This link no longer works').waitFor();
    assert.equal(page.url(), `${node.origin}/console`);
  });
});

test('a lost session leads to the entry page and shows no data', async () => {
  node.isOpen = false;
  await visit('/console?view=taps', {}, async (page) => {
    await page.getByText('Enter by the one-time link').waitFor();
    assert.equal(await page.getByRole('table').count(), 0);
  });
});

test('filters stand in the address, are asked from the node, and go back by history', async () => {
  await visit('/console?view=taps', {}, async (page) => {
    const asked = page.waitForRequest((request) => request.url().includes('&verdict=refuse'));
    await page.getByLabel('Verdict').selectOption('refuse');
    await page.waitForURL('**/console?view=taps&verdict=refuse');
    assert.match((await asked).url(), /\/console\/api\/taps\?/);
    await page.getByRole('button', { name: 'Older' }).click();
    await page.waitForURL('**/console?view=taps&verdict=refuse&after=older-1');
    await page.goBack();
    await page.goBack();
    await page.waitForURL('**/console?view=taps');
    assert.equal(await page.getByLabel('Verdict').inputValue(), '');
  });
});

test('an address with filters opens as it was shared', async () => {
  await visit('/console?view=taps&terminal=4301-gate-9&verdict=pass', {}, async (page) => {
    await page.getByRole('table').waitFor();
    assert.equal(await page.getByLabel('Terminal').inputValue(), '4301-gate-9');
    const asked = node.requests.find(({ url }) => url.startsWith('/console/api/taps?'));
    assert.match(asked?.url ?? '', /terminal=4301-gate-9&verdict=pass/);
  });
});

test('keys that end without a successor are named above the table', async () => {
  await visit('/console?view=keys', {}, async (page) => {
    await page.getByText('No key for Peer messages counts any more').waitFor();
    assert.equal(await page.getByText('The last key for').count(), 0);
  });
});

test('an emergency replacement says its effect and sends nothing without a reason', async () => {
  await visit('/console?view=keys', {}, async (page) => {
    await page.getByRole('button', { name: 'Revoke and replace the key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('every pass already fetched becomes void').waitFor();
    const confirm = dialog.getByRole('button', { name: 'Revoke and replace the key' });
    await confirm.click();
    await dialog.getByText('Give a reason').waitFor();
    assert.deepEqual(posts(), []);
    await dialog.getByLabel('Reason').fill('key file copied');
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    const body = { reason: 'key file copied' };
    assert.deepEqual(posts(), [{ url: '/console/api/issuer-key/replace', csrf: '1', body }]);
  });
});

test('Escape closes a dialog, sends nothing and gives the focus back', async () => {
  await visit('/console?view=trust', {}, async (page) => {
    const opener = page.getByRole('button', { name: 'Approve and sign' });
    await opener.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Approve and sign');
    assert.deepEqual(posts(), []);
  });
});

test('an approval sends the hash that was shown, and a refusal stays readable', async () => {
  node.actionStatus = 409;
  await visit('/console?view=trust', {}, async (page) => {
    await page.getByRole('button', { name: 'Approve and sign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(proposalHash).waitFor();
    await dialog.getByRole('button', { name: 'Approve and sign' }).click();
    await dialog.getByText('This change is closed').waitFor();
    await dialog.getByText('PROPOSAL_CLOSED').waitFor();
    const body = { hash: proposalHash };
    assert.deepEqual(posts(), [{ url: '/console/api/root/approve', csrf: '1', body }]);
  });
});

test('a terminal is registered only with an id of this city and a whole key', async () => {
  await visit('/console?view=terminals', {}, async (page) => {
    await page.locator('summary', { hasText: 'Register a terminal' }).click();
    const send = page.getByRole('button', { name: 'Register a terminal' });
    await page.getByLabel('Id').first().fill('4201-gate-7');
    await send.click();
    await page.getByText('This id breaks the rule').waitFor();
    await page.getByText('A key has 44 characters').waitFor();
    assert.deepEqual(posts(), []);
    const key = 'A'.repeat(44);
    await page.getByLabel('Id').first().fill('4301-gate-7');
    await page.getByLabel('Terminal’s public key').fill(` ${key} `);
    await send.click();
    await page.getByText('Done').waitFor();
    const own = { id: '4301-gate-7', operator: '4301-metro-co', service: '4301-metro', key };
    const body = { ...own, direction: 'single', stop: null };
    assert.deepEqual(posts(), [{ url: '/console/api/terminals', csrf: '1', body }]);
  });
});

test('an exit gate of a service with zones is registered with its stop', async () => {
  await visit('/console?view=terminals', {}, async (page) => {
    await page.locator('summary', { hasText: 'Register a terminal' }).click();
    const send = page.getByRole('button', { name: 'Register a terminal' });
    await page.getByLabel('Id').first().fill('4301-gate-8');
    await page.getByLabel('Terminal’s public key').fill('A'.repeat(44));
    assert.equal(await page.getByLabel('Stop').count(), 0);
    await page.getByLabel('Service').selectOption('4301-tram');
    await page.getByLabel('Direction').selectOption('exit');
    await send.click();
    await page.getByText('choose the stop where the terminal stands').waitFor();
    assert.equal(await page.getByLabel('Stop').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(posts(), []);
    await page.getByLabel('Stop').selectOption({ label: '博物馆[[U+202E]]' });
    await send.click();
    await page.getByText('Done').waitFor();
    const { direction, stop } = posts()[0]?.body as Record<string, unknown>;
    assert.deepEqual([direction, stop], ['exit', 'museum']);
  });
});

test('the hub puts an accession to the members', async () => {
  node.node = 'hub';
  await visit('/console', {}, async (page) => {
    await page.getByRole('button', { name: 'Put to the members' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Huangshi').waitFor();
    await dialog.getByRole('button', { name: 'Put to the members' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(posts()[0]?.url, '/console/api/accessions/4202/propose');
  });
});

test('without network the last data stay, dated, and a new view says why it is empty', async () => {
  await visit('/console?view=taps', {}, async (page) => {
    await page.getByRole('table').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Below is what stood at').waitFor();
    assert.equal(await page.getByRole('table').count(), 1);
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByText('nothing is kept here').waitFor();
  });
});

const views = ['taps', 'gaps', 'terminals', 'keys', 'trust'];
const publicPages = ['/', '/home'];

for (const language of ['zh-CN', 'zh-TW', 'en']) {
  test(`every screen in ${language} passes axe, fits 360 px, and has full targets`, async () => {
    const readers: Reader[] = [
      // Wide is the same page with more room: one language tells.
      ...(language === 'zh-CN' ? [{ language, width: 1280 }] : []),
      { language, width: 360, textSize: 30 },
      { language, width: 360, isElder: true },
    ];
    for (const reader of readers) {
      await inspectAll(reader, reader, new Map(views.map((view) => [view, viewAddress(view)])));
    }
    const addresses = publicPages.map((place) => [place, `${place}?lang=${language}`] as const);
    for (const width of [360, 1280]) await inspectAll({ width }, { language }, new Map(addresses));
  });
}

function viewAddress(view: string): string {
  return `/console?view=${view}`;
}

/** Loads each address anew, in one tab: a tab for each would compile all scripts each time. */
async function inspectAll(
  reader: Reader,
  expected: Reader,
  addresses: ReadonlyMap<string, string>,
): Promise<void> {
  await visit([...addresses.values()][0] ?? '/', reader, async (page) => {
    for (const [place, address] of addresses) {
      await page.goto(node.origin + address);
      await inspect(page, expected, place);
    }
  });
}

/** Measures what UX rules A1, A2 and §7 ask of a screen, and runs axe. */
async function inspect(page: Page, reader: Reader, place: string): Promise<void> {
  await page.getByRole('table').or(page.locator('.facts')).first().waitFor();
  assert.equal(await page.evaluate('document.documentElement.lang'), reader.language, place);
  assert.deepEqual(await page.evaluate(measureScript(reader.isElder === true)), [], place);
  // Through the debugger's own evaluation, so that the page's policy stays in force.
  await page.evaluate(axe);
  const violations = await page.evaluate(
    `axe.run(document, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }).then(({ violations }) => violations.map(({ id, nodes }) =>
        id + ' ' + nodes[0].html.slice(0, 120)))`,
  );
  assert.deepEqual(violations, [], place);
}

function measureScript(isElder: boolean): string {
  return `(() => {
    const [target, text] = ${isElder ? '[60, 18]' : '[44, 14]'};
    const wrong = [];
    const show = (each) => each.outerHTML.slice(0, 120);
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('scrolls sideways');
    for (const each of document.querySelectorAll('a, button, input, select, summary')) {
      const { width, height } = each.getBoundingClientRect();
      if (width > 0 && (width < target || height < target)) wrong.push(show(each));
    }
    for (const each of document.querySelectorAll('body *')) {
      const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!own || each.closest('noscript, script, style')) continue;
      if (parseFloat(getComputedStyle(each).fontSize) < text) wrong.push('small: ' + show(each));
      const isForeign = each.closest('[lang]').lang !== document.documentElement.lang;
      if (document.documentElement.lang !== 'en' || isForeign) continue;
      if (each.closest('option')) continue;
      if (/\\p{Script=Han}/u.test(each.textContent) && !each.querySelector('[lang]')) {
        wrong.push('not translated: ' + show(each));
      }
    }
    return wrong;
  })()`;
}

test('no face of these asks a third party for anything', async () => {
  for (const address of [...views.map(viewAddress), ...publicPages]) {
    const foreign: string[] = [];
    await visit(address, {}, async (page) => {
      page.on('request', (request) => foreign.push(request.url()));
      await page.reload();
      await page.getByRole('table').or(page.locator('.facts')).first().waitFor();
    });
    assert.ok(foreign.length > 0);
    assert.deepEqual(
      foreign.filter((url) => !url.startsWith(node.origin)),
      [],
    );
  }
});

test('the public pages read the same with JavaScript switched off', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(`${node.origin}/?lang=en`);
    await page.getByRole('heading', { name: 'Members and observers' }).waitFor();
    assert.equal(await page.getByRole('row').count(), 1 + 6 + 1 + 4 + 1 + 1);
    assert.equal(await page.locator('.party-list').isVisible(), false);
    await page.setViewportSize({ width: 360, height: 740 });
    const parties = page.locator('.party-list > li');
    assert.equal(await parties.count(), 6);
    const huangshi = await parties.nth(4).innerText();
    assert.match(huangshi, /Huangshi[\s\S]*4202 · Observer[\s\S]*Applying to accede/);
    assert.match(huangshi, /Signed: Key items/);
    assert.match(huangshi, /Not party: .*One code/);
    assert.equal(
      await page.getByText('Legal services', { exact: true }).first().isVisible(),
      false,
    );
    await page.getByRole('link', { name: '繁體中文' }).click();
    await page.getByRole('heading', { name: '成員與觀察員' }).waitFor();
  } finally {
    await context.close();
  }
});
