import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Entry } from '@tongyu/protocol';
import { addConsole } from '../http/console-guard.ts';
import { consoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createStaff } from '../staff/staff.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { memoryStaff } from '../store/staff-memory.ts';
import { addDraftConsole } from './draft-routes.ts';
import { MAX_IMPORT_BYTES } from './import-route.ts';
import { testEntry, text } from './testing/test-entry.ts';
import { testOffices, type TestOffice, type TestOffices } from './testing/test-offices.ts';

const metro = testEntry('4201-metro');
const cheaper: Entry = { ...metro, tariff: { kind: 'flat', priceFen: 300 } };

let app: App;
let region: TestOffices;
let wuhan: TestOffice;
const cookies = new Map<string, string>();

before(async () => {
  region = testOffices();
  wuhan = region.office('4201');
  wuhan.publish([metro]);
  const [rng, clock] = [systemRng(), { now: () => region.now }];
  app = await createApp({ title: 't', version: '1', log: silentLog, rng, strictTransport: false });
  const sessions = consoleSessions(clock, rng);
  const staff = createStaff({ clock, rng }, createMemoryStore(memoryStaff));
  await addConsole(app, { nodeId: '4201', sessions, staff, secure: false }, (scope) => {
    addDraftConsole(scope, wuhan.draft);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  for (const [name, role] of [
    ['wang', 'editor'],
    ['zhou', 'publisher'],
    ['sun', 'viewer'],
  ] as const) {
    await staff.create('admin', name, [role]);
    cookies.set(name, `tongyu-4201-console=${sessions.open(name)}`);
  }
});
after(() => app.close());

type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly json: Readonly<Record<string, unknown>>;
};
type Call = { readonly as?: string; readonly type?: string; readonly file?: string | Buffer };

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: unknown,
  { as = 'wang', type = 'application/json', file }: Call = {},
): Promise<Answer> {
  const body = file ?? (payload === undefined ? undefined : JSON.stringify(payload));
  const answer = await app.inject({
    method,
    url: `/console/api/${path}`,
    ...(body === undefined ? {} : { payload: body }),
    headers: {
      ...{ cookie: cookies.get(as) ?? '', 'tongyu-csrf': '1' },
      ...(body === undefined ? {} : { 'content-type': type }),
    },
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    body: answer.body,
    json: isJson ? answer.json() : {},
  };
}

function codeOf({ status, json }: Answer): readonly unknown[] {
  return [status, json['code']];
}

test('an editor changes an entry over HTTP, under the name of the account', async () => {
  const edit = { entry: cheaper, reason: '降价', expect: 0 };
  const put = await call('PUT', 'draft/entries/4201-metro', edit);
  assert.deepEqual([put.status, put.json], [200, { id: metro.id, kind: 'changed', revision: 1 }]);
  const again = await call('PUT', 'draft/entries/4201-metro', edit);
  assert.deepEqual(codeOf(again), [409, 'DRAFT_CHANGED']);
  assert.equal(again.json['by'], 'wang');
  const history = await call('GET', 'draft/entries/4201-metro/history', undefined, { as: 'sun' });
  const [line] = history.json['lines'] as { by: string; reason: object }[];
  assert.deepEqual([line?.by, line?.reason], ['wang', text('降价')]);
  const list = await call('GET', 'draft?kind=drafted&limit=5', undefined, { as: 'sun' });
  assert.equal(list.json['total'], 1);
  const undone = { reason: '弄错了', expect: 1 };
  const reverted = await call('POST', 'draft/entries/4201-metro/revert', undone);
  assert.deepEqual(reverted.json, { id: metro.id, kind: null, revision: 2 });
});

test('what is no entry is refused with the member that is wrong', async () => {
  const put = async (entry: unknown): Promise<readonly unknown[]> => {
    const body = { entry, reason: '改', expect: 2 };
    const answer = await call('PUT', 'draft/entries/4201-metro', body);
    return [answer.status, answer.json['code'], answer.json['field']];
  };
  assert.deepEqual(await put(null), [422, 'ENTRY_INVALID', 'entry']);
  assert.deepEqual(await put({ ...metro, extra: 1 }), [422, 'ENTRY_INVALID', 'entry.extra']);
  const deep = { ...metro, tariff: { kind: 'flat', priceFen: 0.5 } };
  assert.deepEqual(await put(deep), [422, 'ENTRY_INVALID', 'entry.tariff.priceFen']);
  const rules = [{ ...metro.name }];
  assert.deepEqual((await put({ ...metro, rules }))[0], 422);
  const name = text('a\u0000b');
  assert.deepEqual(await put({ ...metro, name }), [422, 'ENTRY_INVALID', 'entry.name.zhCN']);
  const missing = await call('PUT', 'draft/entries/4201-metro', { entry: metro, reason: '改' });
  assert.deepEqual(codeOf(missing), [400, 'INVALID']);
  const address = await call('GET', 'draft/entries/..%2f..%2fetc');
  assert.deepEqual(codeOf(address), [400, 'INVALID']);
});

test('only a publisher hands in, only an editor writes, a viewer only reads', async () => {
  const submit = { edition: 9 };
  assert.deepEqual(codeOf(await call('POST', 'draft/submit', submit)), [403, 'ROLE_MISSING']);
  assert.equal((await call('POST', 'draft/submit', submit, { as: 'zhou' })).status, 200);
  const remove = { reason: '停', expect: 2 };
  for (const as of ['zhou', 'sun']) {
    const answer = await call('DELETE', 'draft/entries/4201-metro', remove, { as });
    assert.deepEqual(codeOf(answer), [403, 'ROLE_MISSING']);
  }
  assert.equal((await call('GET', 'feedback', undefined, { as: 'sun' })).status, 200);
});

test('an exported file is checked, and a bad one is a problem that holds the report', async () => {
  const csv = await call('GET', 'draft/export.csv', undefined, { as: 'sun' });
  assert.match(csv.type, /^text\/csv/);
  const asCsv = { type: 'text/csv; charset=utf-8' };
  const check = await call('POST', 'draft/import?mode=check', undefined, {
    ...asCsv,
    file: csv.body,
  });
  assert.deepEqual([check.status, check.json['applied']], [200, false]);
  assert.equal((check.json['counts'] as { unchanged: number }).unchanged, 1);
  const bad = csv.body.replace('4201-metro', '4301-metro');
  const refused = await call('POST', 'draft/import?mode=apply', undefined, { ...asCsv, file: bad });
  assert.deepEqual(codeOf(refused), [422, 'IMPORT_REFUSED']);
  assert.match(refused.type, /problem\+json/);
  const { rows } = refused.json['report'] as { rows: { faults: { code: string }[] }[] };
  assert.equal(rows[0]?.faults[0]?.code, 'ENTRY_FOREIGN');
  const json = await call('GET', 'draft/export.json');
  const live = json.body.replace('"pilot"', '"live"');
  const url = `draft/import?mode=apply&reason=${encodeURIComponent('上线')}`;
  const applied = await call('POST', url, undefined, { file: live });
  assert.deepEqual([applied.status, applied.json['applied']], [200, true]);
});

test('an import says its mode and sends a file that can be one', async () => {
  const post = async (query: string, more: Call): Promise<readonly unknown[]> =>
    codeOf(await call('POST', `draft/import${query}`, undefined, more));
  const csv = { type: 'text/csv', file: 'id\n' };
  assert.deepEqual(await post('', csv), [400, 'INVALID']);
  assert.deepEqual(await post('?mode=maybe', csv), [400, 'INVALID']);
  assert.deepEqual(await post('?mode=check', { type: 'text/html', file: 'x' }), [
    415,
    'MEDIA_TYPE',
  ]);
  assert.deepEqual(await post('?mode=check', { ...csv, as: 'sun' }), [403, 'ROLE_MISSING']);
  const none = await call('POST', 'draft/import?mode=check');
  assert.equal(none.status, 415);
  const long = Buffer.alloc(MAX_IMPORT_BYTES + 1, 0x61);
  assert.deepEqual(await post('?mode=check', { type: 'text/csv', file: long }), [
    413,
    'BODY_TOO_LARGE',
  ]);
});

test('100 MB are cut off while they arrive, announced or not', async () => {
  const { port } = app.server.address() as AddressInfo;
  const HUNDRED_MB = 100_000_000;
  const send = (announced: boolean): Promise<{ readonly status: number; readonly sent: number }> =>
    new Promise((resolve, reject) => {
      const request = http.request({
        ...{ host: '127.0.0.1', port, method: 'POST', agent: false },
        path: '/console/api/draft/import?mode=apply',
        headers: {
          ...{ cookie: cookies.get('wang') ?? '', 'tongyu-csrf': '1', 'content-type': 'text/csv' },
          ...(announced ? { 'content-length': String(HUNDRED_MB) } : {}),
        },
      });
      const piece = Buffer.alloc(500_000, 0x61);
      let sent = 0;
      let status = 0;
      const more = (): void => {
        while (sent < HUNDRED_MB && status === 0) {
          sent += piece.length;
          if (!request.write(piece)) {
            request.once('drain', more);
            return;
          }
        }
      };
      request.on('response', (response) => {
        status = response.statusCode ?? 0;
        response.resume().on('end', () => {
          request.destroy();
          resolve({ status, sent });
        });
      });
      // The server may close while we still write; what counts is the answer before that.
      request.on('error', (error) => {
        if (status === 0) reject(error);
      });
      more();
    });
  for (const announced of [true, false]) {
    const { status, sent } = await send(announced);
    assert.equal(status, 413);
    assert(sent < HUNDRED_MB / 2, `${String(sent)} bytes were taken`);
  }
  assert.equal((await call('GET', 'draft')).status, 200);
});

test('a comment, a request for funds and an answer to the public go the same way', async () => {
  const proposed = testEntry('4301-metro', { name: text('长沙地铁') });
  const asked = { party: '4301', entry: '4301-metro', kind: 'proposal', text: '名称', proposed };
  const sent = await call('POST', 'comments', asked);
  assert.deepEqual([sent.status, sent.json['author']], [200, 'wang']);
  const broken = await call('POST', 'comments', { ...asked, proposed: { id: '4301-metro' } });
  assert.deepEqual(codeOf(broken), [422, 'ENTRY_INVALID']);
  const comments = await call('GET', 'comments?state=open', undefined, { as: 'sun' });
  assert.equal((comments.json['sent'] as readonly unknown[]).length, 1);
  const answer = { party: '4301', outcome: 'declined', text: '不是' };
  const unknown = await call('POST', 'comments/not-there-1/answer', answer);
  assert.deepEqual(codeOf(unknown), [404, 'COMMENT_UNKNOWN']);
  const rule = {
    ...{ id: 'senior-65', name: text('老人'), class: 2, residences: ['4301'] },
    ...{ benefit: { kind: 'share', permille: 500 }, reciprocity: 'mutual' },
    ...{ agreement: text('协议'), from: '2027-01-01', until: '2027-06-30', perDay: null },
    funder: { kind: 'party', party: '4301', ceilingFen: 1000 },
  };
  const ask = { entry: '4201-metro', rule, reason: '同城' };
  const funding = await call('POST', 'funding', ask);
  assert.equal(funding.status, 200);
  const signed = { ...rule, funder: { ...rule.funder, signature: {} } };
  const invalid = await call('POST', 'funding', { ...ask, rule: signed });
  assert.deepEqual(
    [...codeOf(invalid), invalid.json['field']],
    [422, 'ENTRY_INVALID', 'rule.funder.signature'],
  );
  const hash = String(funding.json['hash']);
  const own = await call('POST', `funding/${hash}/approve`, undefined, { as: 'zhou' });
  assert.deepEqual(codeOf(own), [404, 'FUNDING_UNKNOWN'], 'what was asked of others is theirs');
  const editor = await call('POST', `funding/${hash}/approve`);
  assert.deepEqual(codeOf(editor), [403, 'ROLE_MISSING']);
  const report = await call('POST', 'feedback/not-there-1/answer', { text: '好' });
  assert.deepEqual(codeOf(report), [404, 'FEEDBACK_UNKNOWN']);
});
