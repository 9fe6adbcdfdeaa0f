import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Entry } from '@tongyu/protocol';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../tools/browser.ts';
import { buildWebIfChanged } from '../../tools/build-web.ts';
import {
  badReport,
  candidateHash,
  collecting,
  draftedMetro,
  goodReport,
  hubEditions,
  restingEditions,
} from './console-list-data.ts';
import { onlyViewer } from './console-staff-data.ts';
import { startConsoleNode, type ConsoleNode } from './console-node.ts';

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const axe = readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');
const entryPath = '/console/api/draft/entries/4301-metro';

let browser: Browser;
let node: ConsoleNode;
/** One tab for all tests: each new one would compile all scripts again. */
let page: Page;
const errors: string[] = [];

before(async () => {
  await buildWebIfChanged();
  [browser, node] = await Promise.all([launchBrowser(), startConsoleNode()]);
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
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

type Reader = { language?: string; width?: number; textSize?: number };

async function open(query: string, reader: Reader = {}): Promise<void> {
  const { language = 'en', width = 1280, textSize = 16 } = reader;
  const settings = JSON.stringify({ language, textSize, isElder: false });
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(`localStorage.setItem('tongyu.settings', ${JSON.stringify(settings)})`);
  await page.goto(`${node.origin}/console${query}`);
  await page.locator('main h1').waitFor();
}

type Sent = { readonly method: string; readonly url: string; readonly body: unknown };

/** What the page has changed at the node, each with the header that other origins cannot send. */
function sent(): readonly Sent[] {
  const changes = node.requests.filter(({ method }) => method !== 'GET');
  assert.ok(changes.every(({ csrf }) => csrf === '1'));
  return changes.map(({ method, url, body }) => ({
    method,
    url,
    body: JSON.parse(body) as unknown,
  }));
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const focusedId = () => page.evaluate<string>('document.activeElement.id');
const plain = (zhCN: string) => ({ zhCN, zhTW: null, en: null });

test('the draft list keeps its filters in the address and shows any text as text', async () => {
  await open('?view=list');
  await page.getByRole('link', { name: '夜间公交[U+202E]<script>' }).waitFor();
  await page.getByLabel('Change', { exact: true }).selectOption('changed');
  await page.waitForURL('**/console?view=list&kind=changed');
  await page.getByLabel('Id or name').fill('metro');
  const asked = page.waitForRequest((request) => request.url().includes('&q=metro'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console?view=list&kind=changed&q=metro');
  assert.match((await asked).url(), /api\/draft\?limit=100&kind=changed&q=metro$/);
  await page.getByRole('link', { name: 'Taps', exact: true }).click();
  await page.waitForURL('**/console?view=taps');
});

test('an entry is changed with a reason, and its page says that it is saved', async () => {
  await open('?view=entry&entry=4301-metro');
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Price (yuan)').fill('4.5');
  await page.getByLabel('Opens').fill('05:45');
  await button('Save to the draft').click();
  await page.getByRole('alert').getByText('Reason').waitFor();
  assert.deepEqual(sent(), []);
  await page.getByLabel('Reason').fill(' 早班提前 ');
  await button('Save to the draft').click();
  await page.getByText('Saved to the draft').waitFor();
  await page.waitForURL('**/console?view=entry&entry=4301-metro');
  const entry = structuredClone(draftedMetro.entry) as unknown as {
    tariff: { priceFen: number };
    places: [{ hours: [{ fromMinute: number }] }];
  };
  entry.tariff.priceFen = 450;
  entry.places[0].hours[0].fromMinute = 345;
  const body = { entry, reason: plain('早班提前'), expect: 41 };
  assert.deepEqual(sent(), [{ method: 'PUT', url: entryPath, body }]);
  assert.deepEqual(errors, []);
});

test('a daily number, a transfer and a cap are typed in, and come in their order', async () => {
  await open('?view=edit&entry=4301-metro');
  await page.getByLabel('Daily number').first().fill('2');
  await page.getByLabel('Daily cap').check();
  await page.getByLabel('At most a day (yuan)').fill('12');
  await page.getByLabel('Transfer').check();
  await page.getByLabel('Less (yuan)').fill('1.50');
  await page.locator('[id="at-reductions[1].funder"]').selectOption('host');
  await page.getByLabel('Reason').fill('联程');
  await button('Save to the draft').click();
  await page.getByText('Saved to the draft').waitFor();
  const [saved] = sent().map(({ body }) => (body as { entry: Entry }).entry);
  assert.ok(saved !== undefined);
  assert.equal(saved.rules[0]?.perDay, 2);
  assert.deepEqual(saved.reductions, [
    { kind: 'transfer', withinMinutes: 90, lessFen: 150, funder: 'operator' },
    { kind: 'daily-cap', capFen: 1200, funder: 'host' },
  ]);
  assert.deepEqual(errors, []);
});

test('what is wrong is listed, takes the focus, and leads by keyboard to its place', async () => {
  await open('?view=edit&entry=4301-metro');
  await page.getByLabel('Price (yuan)').fill('4,5');
  await page.getByLabel('Closes').fill('late');
  await page.locator('[id="at-name.zhCN"]').fill('');
  await page.getByLabel('Reason').fill('x');
  await button('Save to the draft').click();
  const summary = page.getByRole('alert');
  await page.locator('[role="alert"]:focus').waitFor();
  assert.equal(await summary.getByRole('link').count(), 3);
  await summary.getByRole('link', { name: 'Closes' }).press('Enter');
  assert.equal(await focusedId(), 'at-places[0].hours[0].toMinute');
  assert.equal(await page.getByLabel('Closes').getAttribute('aria-invalid'), 'true');
  assert.deepEqual(sent(), []);
});

test('a fault that only the node finds is shown at its member', async () => {
  const body = { code: 'RULE_FUNDER', field: 'entry.rules[0].until' };
  node.own = { [`PUT ${entryPath}`]: { status: 422, body } };
  await open('?view=edit&entry=4301-metro');
  await page.getByLabel('Price (yuan)').fill('9');
  await page.getByLabel('Reason').fill('x');
  await button('Save to the draft').click();
  await page.getByText('The node did not take it').waitFor();
  await page.getByRole('alert').getByRole('link').press('Enter');
  assert.equal(await focusedId(), 'at-rules[0].until');
});

test('who was faster is named, theirs stands beside mine, and mine can be saved', async () => {
  const changed = { code: 'DRAFT_CHANGED', by: 'editor-zhao', at: 1_795_579_200, revision: 44 };
  node.own = { [`PUT ${entryPath}`]: { status: 409, body: changed } };
  await open('?view=edit&entry=4301-metro');
  await page.getByLabel('Price (yuan)').fill('5');
  await page.getByLabel('Reason').fill('x');
  await button('Save to the draft').click();
  await page.getByText('Somebody else changed this entry').waitFor();
  await page.getByText('editor-zhao saved it').waitFor();
  await page.getByRole('row', { name: 'Tariff · Price ¥4.00 ¥5.00' }).waitFor();
  node.own = {};
  await button('Save mine all the same').click();
  await page.getByText('Saved to the draft').waitFor();
  const expected = sent().map(({ body }) => (body as { expect: number }).expect);
  assert.deepEqual(expected, [41, 44]);
});

test('a new entry begins with this city’s number and names all that is missing', async () => {
  await open('?view=edit');
  await button('Save to the draft').click();
  const links = page.getByRole('alert').getByRole('link');
  await links.first().waitFor();
  assert.equal(await links.count(), 9);
  await page.getByLabel('Entry id').fill('4201-tram');
  for (const id of ['name', 'summary', 'operator.name', 'staffed', 'source.text', 'checked.by']) {
    await page.locator(`[id="at-${id}.zhCN"]`).fill('有轨电车');
  }
  await page.getByLabel('Operator’s id').fill('4301-tram-co');
  await page.getByLabel('Fare group').fill('4301-tram-co');
  await page.getByLabel('Reason').fill('新开');
  await button('Save to the draft').click();
  await page.getByRole('alert').getByText('Ids begin with this city’s four digits').waitFor();
  await page.getByLabel('Entry id').fill('4301-tram');
  await button('Save to the draft').click();
  await page.waitForURL('**/console?view=entry&entry=4301-tram');
  assert.equal(sent()[0]?.url, '/console/api/draft/entries/4301-tram');
});

test('an entry is removed with a reason and the revision that was shown', async () => {
  await open('?view=entry&entry=4301-metro');
  await button('Remove from the draft').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Remove from the draft' }).click();
  await dialog.getByText('This is required').waitFor();
  await dialog.getByLabel('Reason').fill('停办');
  await dialog.getByRole('button', { name: 'Remove from the draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  const body = { reason: plain('停办'), expect: 41 };
  assert.deepEqual(sent(), [{ method: 'DELETE', url: entryPath, body }]);
});

test('a suspension says what gates will do before it is sent', async () => {
  await open('?view=entry&entry=4301-metro');
  await page.getByRole('button', { name: /^Suspend.*The whole service/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('This is required').waitFor();
  await dialog.getByLabel('Reason').fill('信号故障');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('gates let nobody pass').waitFor();
  assert.deepEqual(sent(), []);
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('on its way to the other nodes').waitFor();
  const body = { entry: '4301-metro', rule: null, reason: plain('信号故障') };
  assert.deepEqual(sent(), [{ method: 'POST', url: '/console/api/list/suspensions', body }]);
});

test('a rule is lifted, and an erratum names edition and member', async () => {
  await open('?view=entry&entry=4301-metro');
  await page.getByRole('button', { name: /^Lift.*Free from 65/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('修好了');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('button', { name: 'Lift' }).click();
  await dialog.waitFor({ state: 'detached' });
  await button('Publish an erratum').click();
  await dialog.getByLabel('Which member').selectOption('contact');
  await dialog.getByLabel('Correction').fill('电话 12345');
  await dialog.getByRole('button', { name: 'Publish an erratum' }).click();
  await dialog.waitFor({ state: 'detached' });
  const entry = '4301-metro';
  const lift = { entry, rule: 'senior-free', reason: plain('修好了') };
  const erratum = { edition: 1, entry, field: 'contact', correction: plain('电话 12345') };
  assert.deepEqual(
    sent().map(({ url, body }) => [url, body]),
    [
      ['/console/api/list/suspensions/lift', lift],
      ['/console/api/list/errata', erratum],
    ],
  );
});

test('what stands still for a partner’s residents is told, and not to be lifted here', async () => {
  const reason = plain('对方\u202e暂停');
  const followed = {
    entry: '4301-metro',
    rule: 'senior-free',
    residence: '4201',
    since: 1,
    reason,
  };
  const heads = [{ signed: { party: '4301', suspended: [followed] } }];
  node.own = { '/catalogue/offer': { body: { heads, errata: [] } } };
  await open('?view=entry&entry=4301-metro');
  const row = page.getByRole('row', { name: 'Free from 65' });
  await row.getByText(/^Wuhan has stopped the like since .*: stopped for its residents$/).waitFor();
  await row.getByText('[U+202E]').waitFor();
  await row.getByRole('button', { name: /^Suspend/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('协议到期');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('the partners stop the like for residents of this city').waitFor();
});

test('a file is checked row by row first, and goes in with the revision of the check', async () => {
  const path = 'POST /console/api/draft/import';
  node.own = { [path]: { body: badReport } };
  await open('?view=import');
  await button('Check').click();
  await page.getByText('Choose a CSV or JSON file').waitFor();
  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('id\n') };
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await button('Check').click();
  await page.getByText('No row can be imported').waitFor();
  for (const fault of ['this city’s four digits', 'is a formula', 'NEWER_THAN_THIS_PAGE']) {
    await page.getByRole('row', { name: '4201-metro' }).getByText(fault).waitFor();
  }
  assert.equal(await button('Import').count(), 0);
  node.own = { [path]: { body: goodReport } };
  await button('Check').click();
  await button('Import').waitFor();
  node.own = { [path]: { body: { ...goodReport, mode: 'apply', applied: true } } };
  await button('Import').click();
  await page.getByText('Imported into the draft').waitFor();
  const asked = node.requests.filter(({ method }) => method === 'POST').map(({ url }) => url);
  assert.match(asked[0] ?? '', /mode=check&missing=keep$/);
  assert.match(asked.at(-1) ?? '', /mode=apply&missing=keep&expect=41$/);
});

test('a proposal of another city is taken into the draft with a reason', async () => {
  await open('?view=requests');
  await button('Answer Wuhan').last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Decision').selectOption('taken');
  await dialog.getByLabel('Answer').fill('谢谢');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText('This is required').waitFor();
  await dialog.getByLabel('Reason of the change').fill('电话已变');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'detached' });
  const taking = { outcome: 'taken', text: '谢谢', reason: plain('电话已变'), expect: 41 };
  const url = '/console/api/comments/received-2/answer';
  assert.deepEqual(sent(), [{ method: 'POST', url, body: { party: '4201', ...taking } }]);
});

test('a proposal to another city shows its difference before it is sent', async () => {
  await open('?view=ask&party=4201&entry=4201-metro');
  await page.getByLabel('Kind').selectOption('proposal');
  await page.getByLabel('Text', { exact: true }).fill('票价');
  await button('Send').click();
  await page.getByRole('alert').getByText('changes nothing yet').waitFor();
  await page.getByLabel('Price (yuan)').fill('2');
  await page.getByRole('row', { name: 'Tariff · Price ¥3.00 ¥2.00' }).waitFor();
  await button('Send').click();
  await page.getByText('the other city answers').waitFor();
  const body = sent()[0]?.body as { proposed: { tariff: unknown } };
  assert.deepEqual(body.proposed.tariff, { kind: 'flat', priceFen: 200 });
});

test('a public report is answered, and another city’s request for money is declined', async () => {
  await open('?view=feedback');
  await button('Answer').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Answer' }).click();
  await dialog.getByText('Write something').waitFor();
  await dialog.locator('textarea:focus').waitFor();
  await dialog.getByRole('textbox').fill('已改');
  await dialog.getByRole('button', { name: 'Answer' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Change requests' }).click();
  await button('Decline').click();
  await dialog.getByRole('textbox').fill('预算已满');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(
    sent().map(({ url, body }) => [url, body]),
    [
      ['/console/api/feedback/report-1/answer', { text: '已改' }],
      [`/console/api/funding/${'aa'.repeat(32)}/decline`, { reason: '预算已满' }],
    ],
  );
});

test('a city hands in its part, and a refusal names the entries without a reason', async () => {
  const missing = { code: 'REASON_MISSING', entries: '4301-bus 4301-ferry' };
  node.own = {
    '/console/api/editions': { body: { openings: [collecting], editions: [] } },
    'POST /console/api/draft/submit': { status: 422, body: missing },
  };
  await open('?view=editions');
  await button('Hand in this city’s part').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Hand in' }).click();
  await dialog.getByText('4301-bus 4301-ferry').waitFor();
  const [{ url, body } = { url: '', body: null }] = sent();
  assert.deepEqual([url, body], ['/console/api/draft/submit', { edition: 3 }]);
});

test('a city signs off the hash that it was shown, or objects with a reason', async () => {
  await open('?view=editions');
  await page.getByRole('row', { name: 'Changsha 长沙 1 1 1 9 11 6 2' }).waitFor();
  await button('Object, with a reason').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Object' }).click();
  await dialog.getByText('This is required').waitFor();
  await page.keyboard.press('Escape');
  await button('Sign off').click();
  await dialog.getByText(candidateHash).waitFor();
  await dialog.getByRole('button', { name: 'Sign off' }).click();
  await dialog.waitFor({ state: 'detached' });
  const url = '/console/api/editions/3/sign-off';
  assert.deepEqual(sent(), [{ method: 'POST', url, body: { hash: candidateHash } }]);
});

test('the hub’s publishing is refused with the names of the cities that lack', async () => {
  const body = { code: 'EDITION_UNSIGNED', missing: ['3601', '4201'] };
  node.node = 'hub';
  node.own = {
    '/console/api/editions': { body: hubEditions },
    'POST /console/api/editions/3/publish': { status: 409, body },
  };
  await open('?view=editions');
  await page.getByText('The sign-off of Nanchang, Wuhan, Changsha is missing').waitFor();
  await button('Publish').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.getByText('Nanchang, Wuhan', { exact: true }).waitFor();
  assert.deepEqual(sent()[0]?.body, { hash: candidateHash });
});

test('the hub opens the half-year after the last one, from its first day', async () => {
  node.node = 'hub';
  node.own = { '/console/api/editions': { body: restingEditions } };
  await open('?view=editions');
  await page.getByLabel('Half-year').selectOption({ label: 'Second half of 2027' });
  await page.getByLabel('When it takes effect').selectOption('date');
  assert.equal(await page.getByLabel('Date').inputValue(), '2027-07-01');
  await button('Open it').click();
  await page.getByText('Done').waitFor();
  const body = { id: '2027-H2', effectiveFrom: 1_814_371_200 };
  assert.deepEqual(sent(), [{ method: 'POST', url: '/console/api/editions', body }]);
});

test('an account’s token is shown once, and never stands in an address', async () => {
  const account = { name: 'editor-wu', roles: ['viewer', 'editor'] };
  const token = 'a-token-that-only-this-page-shows';
  node.own = { 'POST /console/api/staff': { body: { account, token } } };
  await open('?view=staff');
  await page.getByLabel('Name').fill('Editor Wu');
  await button('Create an account').click();
  await page.getByText('This name breaks the rule').waitFor();
  await page.getByLabel('Name').fill('editor-wu');
  await page.getByLabel('Editor:').check();
  await button('Create an account').click();
  await page.getByText(`#enter=${token}`).waitFor();
  assert.deepEqual(sent()[0]?.body, account);
  await button('Handed over, put it away').click();
  assert.equal(await page.getByText(token).count(), 0);
  assert.ok(!page.url().includes(token));
});

test('who may only read sees no button for more, and which role it takes', async () => {
  node.own = { '/console/api/me': { body: onlyViewer } };
  const earlier = ['terminals', 'keys', 'trust'];
  const places = [
    ...earlier,
    'list',
    'entry&entry=4301-metro',
    'edit',
    'import',
    'requests',
    'editions',
  ];
  for (const place of [...places, 'staff']) {
    await open(`?view=${place}`);
    await page.locator('[data-needs]').first().waitFor();
    await page.getByText('Whoever is Keeper of this node grants roles').first().waitFor();
    const buttons = await page.locator('main button:visible').allTextContents();
    assert.deepEqual(
      buttons.filter((name) => !/^(Find|Next page)$/.test(name)),
      [],
      place,
    );
  }
  await page.getByText('viewer-wang').waitFor();
});

test('an unknown entry, a fault and no network each say so', async () => {
  const unknown = { status: 404, body: { code: 'ENTRY_UNKNOWN' } };
  const fault = { status: 500, body: { code: 'INTERNAL', reference: 'ref-7' } };
  node.own = { [entryPath]: unknown, '/console/api/draft': fault };
  await open('?view=entry&entry=4301-metro');
  await page.getByText('There is no such entry').waitFor();
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await page.getByText('ref-7').waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Editions' }).click();
  await page.getByText('nothing is kept here').waitFor();
  await page.context().setOffline(false);
});

const views = [
  ...['list', 'entry&entry=4301-metro', 'edit&entry=4301-metro', 'import', 'requests'],
  ...['ask&party=4201&entry=4201-metro', 'fund&entry=4301-metro', 'feedback', 'editions', 'staff'],
];

const languages = ['zh-CN', 'zh-TW', 'en'];

/** Sizes are measured in every language, axe looks at each page in one: all by the soak. */
function isForAxe(index: number, { language }: Reader): boolean {
  return process.env['TONGYU_SOAK'] === '1' || languages[index % languages.length] === language;
}

for (const language of languages) {
  test(`every page of the list in ${language} passes axe and fits 360 px`, async () => {
    const narrow = { language, textSize: language === 'en' ? 24 : 16 };
    node.own = {};
    await inspectAll(views, narrow);
    node.node = 'hub';
    node.own = { '/console/api/editions': { body: hubEditions } };
    await inspectAll(['editions'], narrow);
  });
}

/** Goes through the pages without loading anew: that would compile all scripts each time. */
async function inspectAll(places: readonly string[], reader: Reader): Promise<void> {
  await open('?view=taps', reader);
  // A heading stands there before it is known who reads; only whole pages move the focus to theirs.
  await page.locator('nav.tabs').waitFor();
  // Through the debugger's own evaluation, so that the page's policy stays in force.
  await page.evaluate(axe);
  for (const [index, place] of places.entries()) {
    await page.evaluate(`document.activeElement.blur();
      history.pushState(null, '', '?view=${place}');
      dispatchEvent(new Event('popstate'))`);
    const shown = page.locator('main :is(table, .entries-list, .form, .entry-form)').first();
    await page.locator('h1:focus').waitFor();
    await shown.waitFor();
    await settle();
    for (const width of reader.language === 'zh-CN' ? [1280, 360] : [360]) {
      await page.setViewportSize({ width, height: 800 });
      const where = `${place} ${reader.language ?? ''} ${String(width)}`;
      assert.deepEqual(await page.evaluate(measure), [], where);
      if (!isForAxe(index, reader)) continue;
      assert.deepEqual(await page.evaluate(violations), [], where);
    }
    assert.deepEqual(errors, [], place);
  }
}

/** Until everything that the page asked for is there: one answer may ask for another. */
async function settle(): Promise<void> {
  const loading = page.locator('main .skeleton');
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' });
}

const violations = `axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  }).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ' ' + nodes[0].html.slice(0, 120)))`;

/** Nothing wider than the page, no target under 44 px, no text under 14 px, none untranslated. */
const measure = `(() => {
  const wrong = [];
  const show = (each) => each.outerHTML.slice(0, 140);
  const own = document.documentElement.lang;
  if (document.documentElement.scrollWidth > innerWidth) wrong.push('scrolls sideways');
  for (const each of document.querySelectorAll('a, button, select, summary, input, textarea')) {
    const { width, height } = (each.closest('label.choice') ?? each).getBoundingClientRect();
    if (width > 0 && (width < 44 || height < 44)) wrong.push(show(each));
  }
  for (const each of document.querySelectorAll('body *')) {
    const text = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!text || each.closest('noscript, script, style')) continue;
    if (parseFloat(getComputedStyle(each).fontSize) < 14) wrong.push('small: ' + show(each));
    if (own !== 'en' || each.closest('option, textarea') || each.closest('[lang]').lang !== own) {
      continue;
    }
    if (/\\p{Script=Han}/u.test(each.textContent) && !each.querySelector('[lang]')) {
      wrong.push('not translated: ' + show(each));
    }
  }
  return wrong;
})()`;
