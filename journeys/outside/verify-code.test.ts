// A program written from the standard alone agrees with the standard's vectors and with a region.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../../tools/browser.ts';
import { buildWebIfChanged } from '../../tools/build-web.ts';
import { makePlace } from '../region/programs.ts';
import { startNodes, untilTrusted } from './six-nodes.ts';

const program = path.join(import.meta.dirname, 'verify-code.mjs');
const vectorsFolder = path.join(import.meta.dirname, '../../spec/vectors');

type Answer = {
  readonly verdict: string;
  readonly refusal: string | null;
  readonly issuer: string | null;
  readonly exit: number | null;
  /** What it said about parts of trust that it did not take. */
  readonly complaints: string;
};

function verify(code: string, node: string, pin: string, now?: number): Promise<Answer> {
  const words = [program, '--node', node, '--pin', pin];
  const child = spawn(process.execPath, now === undefined ? words : [...words, '--now', `${now}`]);
  let [out, complaints] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part));
  child.stdin.end(code);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => {
      if (!/^\{[^\n]*\}\n$/.test(out)) reject(new Error(`printed ${out}${complaints}`));
      else resolve({ ...(JSON.parse(out) as Omit<Answer, 'exit'>), exit, complaints });
    });
  });
}

type Case = readonly [code: string, node: string, pin: string, now: number];
type ManyAnswer = Omit<Answer, 'exit' | 'complaints'> & { readonly said: readonly string[] };

/** One process for all of them; a program that is started for each takes a minute longer. */
async function verifyMany(cases: readonly Case[]): Promise<readonly ManyAnswer[]> {
  const child = spawn(process.execPath, [program, '--many'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stdin.end(cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const lines = out.split('\n').filter((line) => line !== '');
  assert.equal(lines.length, cases.length);
  return lines.map((line) => JSON.parse(line) as ManyAnswer);
}

// --- The vectors, behind a node that is nothing but the texts of the documents.

type Vector = {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly expect: { readonly refusal?: string };
};
type Context = {
  readonly root: string;
  readonly bundle: string;
  readonly times: readonly string[];
  readonly lists: Readonly<Record<string, string>>;
};
type VectorFile = {
  readonly documents: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, Context>>;
  readonly vectors: readonly Vector[];
};
type Offer = {
  readonly roots: readonly string[];
  readonly bundle: string | null;
  readonly times?: readonly string[];
  readonly lists?: readonly string[];
};

function readVectors(name: string): VectorFile {
  return JSON.parse(readFileSync(path.join(vectorsFolder, `${name}.json`), 'utf8')) as VectorFile;
}

const codes = readVectors('codes');
const textOf = (file: VectorFile, name: string): string => file.documents[name] ?? name;
const signedText = (document: string): string =>
  document.slice(document.indexOf('"signed":') + '"signed":'.length, -1);
const hashOf = (document: string): string =>
  createHash('sha256').update(signedText(document)).digest('hex');
const firstRoot = textOf(codes, 'root active');

const offers: string[] = [];
let server: Server;
let serverUrl: string;

before(async () => {
  server = createServer((request, response) => {
    const index = Number(/^\/(\d+)\/trust\/offer\?/.exec(request.url ?? '')?.[1]);
    response.end(offers[index]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

after(() => {
  server.close();
});

/** Puts the texts together as they are: they may be spelled wrongly on purpose. */
function publish({ roots, bundle, times = [], lists = [] }: Offer): string {
  const listTexts = lists.map((bytes) => `{"bytes":"${bytes}","number":1,"party":"1000"}`);
  const index = offers.push(
    `{"bundle":${bundle ?? 'null'},"lists":[${listTexts.join(',')}],"revokingSections":[],` +
      `"roots":[${roots.join(',')}],"times":[${times.join(',')}],` +
      `"used":[],"usedCursor":""}`,
  );
  return `${serverUrl}/${String(index - 1)}`;
}

/** What came out otherwise than expected, by the name of its vector. */
async function compare<T>(
  all: readonly T[],
  caseOf: (one: T) => Case,
  check: (one: T, got: ManyAnswer) => string[],
): Promise<readonly string[]> {
  const answers = await verifyMany(all.map(caseOf));
  return all.flatMap((one, i) => {
    const got = answers[i];
    return got === undefined ? ['no answer'] : check(one, got);
  });
}

function mark({ times }: Context): number {
  const all = times.map((name) => signedText(textOf(codes, name)));
  const sorted = all.map((text) => (JSON.parse(text) as { time: number }).time);
  return sorted.sort((a, b) => b - a)[1] ?? 0;
}

const ofWhatItDoesNotKeep = new Set(['ALREADY_USED', 'SERVICE_NOT_OPEN', 'NOT_ENTITLED']);

/** What a verifier without memory and service must answer: null for a pass. */
function expectedOf({ expect, context }: Vector, trust: Context): string | null {
  const refusal = expect.refusal ?? null;
  if (refusal === 'MALFORMED' || refusal === 'UNSUPPORTED_VERSION') return refusal;
  // Contexts give the clock's mark beside the statements; a fresh reader has it from those.
  if (Number(context['now']) < mark(trust) - 60) return 'TERMINAL_CLOCK';
  return refusal !== null && ofWhatItDoesNotKeep.has(refusal) ? null : refusal;
}

const isOfHeldState = ({ context }: Vector): boolean =>
  Number(context['highestSignedTime']) > Number(context['now']) + 60 ||
  Number(context['agedAcceptsToday']) >= Number(context['maxAgedAcceptsPerDay']);

test('it decides on the codes of the vectors as the standard says', async () => {
  const places = new Map<string, string>();
  for (const [name, trust] of Object.entries(codes.contexts)) {
    const root = textOf(codes, trust.root);
    const place = publish({
      roots: root === firstRoot ? [root] : [firstRoot, root],
      bundle: textOf(codes, trust.bundle),
      times: trust.times.map((time) => textOf(codes, time)),
      lists: Object.values(trust.lists).map((list) => textOf(codes, list)),
    });
    places.set(name, place);
  }
  const stateless = codes.vectors.filter(
    (vector) => !isOfHeldState(vector) || /MALFORMED|UNSUPPORTED/.test(vector.expect.refusal ?? ''),
  );
  assert.ok(codes.vectors.length - stateless.length < 10);
  const caseOf = ({ input, context }: Vector): Case => {
    const place = places.get(String(context['trust'])) ?? '';
    return [String(input['text']), place, hashOf(firstRoot), Number(context['now'])];
  };
  const different = await compare(stateless, caseOf, (vector, got) => {
    const trust = codes.contexts[String(vector.context['trust'])];
    assert.ok(trust);
    const expected = expectedOf(vector, trust);
    const isPass = (got.verdict === 'pass') === (expected === null);
    const isSame = got.refusal === expected && isPass && !got.said.join().includes('refused');
    return isSame ? [] : [`${vector.id}: ${String(got.refusal)}, not ${String(expected)}`];
  });
  assert.deepEqual(different, []);
});

const anyCode = String(codes.vectors[0]?.input['text']);

test('it reads the texts of the form vectors as the standard says', async () => {
  // A line feed at the end of standard input ends the line here.
  const forms = readVectors('code-form').vectors.filter(({ id }) => id !== 'line-feed-after');
  // A node that has nothing: what is well formed comes as far as the trust, which is missing.
  const caseOf = ({ input }: Vector): Case => {
    return [String(input['text']), `${serverUrl}/0/nothing`, 'none', 0];
  };
  const different = await compare(forms, caseOf, ({ id, expect }, got) => {
    const expected = expect.refusal ?? 'TRUST_MISSING';
    return got.refusal === expected ? [] : [`${id}: ${String(got.refusal)}, not ${expected}`];
  });
  assert.deepEqual(different, []);
});

test('it walks the roots of the vectors as the standard says', async () => {
  const file = readVectors('roots');
  const caseOf = ({ input }: Vector): Case => {
    const { first, current, next, pinnedHash } = input as Record<string, string | undefined>;
    const held = textOf(file, first ?? current ?? '');
    const roots = next === undefined ? [held] : [held, textOf(file, next)];
    const place = publish({ roots, bundle: null });
    return [anyCode, place, pinnedHash ?? hashOf(held), 0];
  };
  const different = await compare(file.vectors, caseOf, ({ id, expect }, got) => {
    const expected = expect.refusal ?? 'TRUST_MISSING'; // only the bundle
    return got.refusal === expected ? [] : [`${id}: ${String(got.refusal)}, not ${expected}`];
  });
  assert.deepEqual(different, []);
});

test('it takes and refuses the documents of the vectors as a newcomer can', async () => {
  const needsHeldBundle = /OLDER|FORKED|UNREVOKES|KEY_REUSED|left-out/;
  const [bundles, times] = [readVectors('bundles'), readVectors('times')];
  const lists = readVectors('revocations');
  const bundle12 = textOf(times, 'bundle 12');
  assert.ok(bundle12.includes(textOf(lists, 'section 4301 5')));
  const root1 = textOf(times, 'root 1');
  const list7 = textOf(codes, Object.values(codes.contexts)[0]?.lists['4301'] ?? '');
  const cases = [
    ...bundles.vectors
      .filter(
        ({ id, input, expect: { refusal } }) =>
          refusal === undefined || !input['held'] || !needsHeldBundle.test(`${refusal} ${id}`),
      )
      .map((vector) => ({ ...vector, file: bundles, kind: 'bundle' })),
    ...times.vectors.map((vector) => ({ ...vector, file: times, kind: 'statement' })),
    ...lists.vectors.map((vector) => ({ ...vector, file: lists, kind: 'list' })),
  ].filter(({ input, kind }) => kind in input && !('expand' in input));
  const caseOf = ({ input, file, kind }: (typeof cases)[number]): Case => {
    const held = kind === 'statement' ? (input['held'] as readonly string[]) : [input['held']];
    const one = [...held, input[kind]].flatMap((name) =>
      typeof name === 'string' ? [textOf(file, name)] : [],
    );
    const root = kind === 'bundle' ? textOf(file, String(input['root'])) : root1;
    const place = publish({
      roots: root === root1 ? [root1] : [root1, root],
      bundle: kind === 'bundle' ? (one.at(-1) ?? null) : bundle12,
      times: kind === 'statement' ? one : [],
      lists: kind === 'list' ? one : kind === 'statement' ? [list7] : [],
    });
    return [anyCode, place, hashOf(root1), 1_803_873_607];
  };
  const different = await compare(cases, caseOf, ({ id, expect }, { said }) => {
    const got = [...said.join('\n').matchAll(/refused: (\w+)/g)].map(([, name]) => name).join();
    const expected = expect.refusal ?? '';
    return got === expected ? [] : [`${id}: ${got}, not ${expected}`];
  });
  assert.deepEqual(different, []);
});

// --- A region of six running nodes.

test("it accepts a code from Changsha's page by any node's trust, for two minutes", async (t) => {
  await buildWebIfChanged();
  const place = await makePlace();
  t.after(place.remove);
  const region = await startNodes(place);
  t.after(() => region.stop());
  const [hub, wuhan, changsha] = [region.urlOf('hub'), region.urlOf('4201'), region.urlOf('4301')];
  for (const node of [hub, wuhan, changsha]) await untilTrusted(node, '4301');
  const pin = hashOf(await (await fetch(`${hub}/trust/roots/1`)).text());

  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${changsha}/code`);
  await page.locator('[data-persona="4301-adult"]').click();
  const code = (await page.locator('[data-code]').getAttribute('data-code')) ?? '';
  const now = Math.floor(Date.now() / 1000);

  const good = { verdict: 'pass', refusal: null, issuer: '4301', exit: 0, complaints: '' };
  assert.deepEqual(await verify(`${code}\n`, changsha, pin), good);
  assert.deepEqual(await verify(code, hub, pin, now), good);
  const stale = { ...good, verdict: 'check', refusal: 'CODE_STALE', exit: 1 };
  assert.deepEqual(await verify(code, wuhan, pin, now + 600), stale);
  const old = await verify(code, wuhan, pin, now + 4 * 86_400);
  assert.deepEqual([old.verdict, old.refusal], ['unknown', 'TRUST_STALE']);
  const lastDigit = code.endsWith('0') ? '1' : '0';
  const changed = await verify(code.slice(0, -1) + lastDigit, wuhan, pin, now);
  assert.deepEqual([changed.exit, changed.refusal], [1, 'DEVICE_SIGNATURE_INVALID']);
  const elsewhere = await verify(code, wuhan, '0'.repeat(64), now);
  assert.deepEqual([elsewhere.exit, elsewhere.refusal], [1, 'ROOT_NOT_PINNED']);

  const offer = await (await fetch(`${wuhan}/trust/offer?root=0&bundle=0`)).text();
  for (const route of ['roots/1', 'bundle']) {
    const document = await (await fetch(`${wuhan}/trust/${route}`)).text();
    assert.ok(offer.includes(document), route); // both travel in the one canonical spelling
  }
  const list = Buffer.from(await (await fetch(`${wuhan}/trust/lists/4301`)).arrayBuffer());
  assert.ok(offer.includes(`"${list.toString('base64url')}"`));
});
