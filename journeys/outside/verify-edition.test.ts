// A program written from the standard alone finds any changed byte of a downloaded edition.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import {
  canonicalJson,
  documentHash,
  type Edition,
  type Json,
  type Part,
  type Root,
  type SignedEdition,
  type SignedRoot,
} from '@tongyu/protocol';
import { downloadText } from '../../server/src/public-list/downloads.ts';
import { startSampleList } from '../../server/src/public-list/sample-list.ts';
import { rollDice } from '../../tools/testing/mutate-input.ts';
import {
  editionContent,
  entryContent,
  fundedRule,
  namedPartOf,
  partContent,
  ruleContent,
} from '../../tools/vectors/catalogue-region.ts';
import {
  MEMBERS,
  memberSigners,
  OBSERVER,
  rootContent,
  rootParty,
  rootSigner,
  signed,
} from '../../tools/vectors/region.ts';
import { testKey } from '../../tools/vectors/test-keys.ts';

const program = path.join(import.meta.dirname, 'verify-edition.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-editions-'));
after(() => {
  rmSync(folder, { recursive: true });
});

type Answer = {
  readonly verdict: 'good' | 'bad';
  readonly id?: string;
  readonly document?: string;
  readonly refusal?: string;
  readonly about?: string;
};

/** What the program says of each file, in their order. */
async function verify(files: readonly Uint8Array[], ...trust: readonly string[]) {
  const paths = files.map((bytes, i) => {
    const file = path.join(folder, `${String(i)}.json`);
    writeFileSync(file, bytes);
    return file;
  });
  const child = spawn(process.execPath, [program, ...trust, ...paths]);
  let [out, complaints] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const lines = out.split('\n').slice(0, -1);
  assert.equal(lines.length, files.length, complaints);
  return { answers: lines.map((line) => JSON.parse(line) as Answer), exit };
}

type Download = {
  readonly edition: SignedEdition;
  readonly parts: readonly Part[];
  readonly roots: readonly SignedRoot[];
};

const bytesOf = (download: Download): Buffer => Buffer.from(canonicalJson(download as Json));

/** Two roots, in the second of which the observer has joined; a rule that another city pays. */
async function makeDownload(): Promise<Download> {
  const root1 = rootContent();
  const root2: Root = rootContent({
    ...{ number: 2, previous: documentHash(root1) },
    parties: root1.parties.map((party) => (party.party === OBSERVER ? rootParty(OBSERVER) : party)),
  });
  const everybody = [...memberSigners(), rootSigner(OBSERVER)];
  const roots = [await signed(root1, memberSigners()), await signed(root2, everybody)];
  const rule = ruleContent({ id: 'guests', until: '2027-06-30' });
  const funded = entryContent({ rules: [await fundedRule(entryContent(), rule, '4301')] });
  const parts = [...MEMBERS, OBSERVER]
    .sort()
    .map((party) =>
      party === '4201' ? partContent(party, { entries: [funded] }) : partContent(party),
    );
  const content = editionContent({ parts: parts.map(namedPartOf) }, root2);
  return { edition: await signed(content, everybody), parts, roots };
}

const good = await makeDownload();
const bytes = bytesOf(good);
const firstRoot = good.roots[0]?.signed;
assert.ok(firstRoot);
const pin = documentHash(firstRoot);

/** From where to where each document stands in the bytes; what is left is the download's own. */
function placesOf(): readonly {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}[] {
  const all: readonly (readonly [string, Json])[] = [
    ['edition', good.edition],
    ...good.parts.map((part) => [`part ${part.party}`, part] as const),
    ...good.roots.map((root) => [`root ${String(root.signed.number)}`, root] as const),
  ];
  return all.map(([name, document]) => {
    const from = bytes.indexOf(canonicalJson(document));
    return { name, from, to: from + Buffer.byteLength(canonicalJson(document)) };
  });
}
const places = placesOf();
const documentOf = (at: number): string =>
  places.find(({ from, to }) => from <= at && at < to)?.name ?? 'download';
/** Where a document begins or ends nobody can say on which side the mistake is. */
const documentsAround = (at: number): readonly string[] =>
  [at, at - 2, at - 1, at + 1, at + 2].map(documentOf);

void test('a good download passes by the hash of root 1 or a file with either root', async () => {
  const { answers, exit } = await verify([bytes], '--pin', pin);
  const { id, number, effectiveFrom } = good.edition.signed;
  const hash = documentHash(good.edition.signed);
  const signedBy = [...MEMBERS, OBSERVER].sort();
  assert.deepEqual(answers, [{ verdict: 'good', id, number, hash, effectiveFrom, signedBy }]);
  assert.equal(exit, 0);
  for (const root of good.roots) {
    const file = path.join(folder, 'root.json');
    writeFileSync(file, canonicalJson(root));
    assert.equal((await verify([bytes], '--root', file)).answers[0]?.verdict, 'good');
  }
  const other = await verify([bytes], '--pin', '0'.repeat(64));
  assert.deepEqual([other.answers[0]?.refusal, other.exit], ['ROOT_NOT_PINNED', 1]);
});

/** At the borders of each document, in each signature, key, hash and number, and anywhere. */
function changedPlaces(below: (end: number) => number): readonly number[] {
  const text = bytes.toString('latin1');
  const borders = places.flatMap(({ from, to }) => [from - 1, from, from + 1, to - 2, to - 1, to]);
  const marks = /"(?:signature|key|hash|previous|keyId|by|number|made|count|party|en|kind)":/g;
  const values = [...text.matchAll(marks)].map((match) => match.index + match[0].length);
  const ends = values.map((at) => text.slice(at).search(/[,}\]]/) + at - 1);
  const inside = [...values.map((at) => at + 1), ...ends];
  const random = Array.from({ length: 200 }, () => below(bytes.length));
  return [...new Set([0, bytes.length - 1, ...borders, ...inside, ...random])];
}

/** A brace or a quote more or less: where the documents end is not to be seen any more. */
function movesAnEnd(copy: Buffer | undefined, at: number): boolean {
  return [bytes[at], copy?.[at]].some((byte) => '{}[]"\\'.includes(String.fromCharCode(byte ?? 0)));
}

void test('any byte that was changed is found, in the document where it stands', async (t) => {
  const { below, seed } = rollDice();
  t.diagnostic(`seed ${String(seed)}: set TONGYU_SEED to see it again`);
  const all = changedPlaces(below).filter((at) => at >= 0 && at < bytes.length);
  const changed = all.map((at) => {
    const copy = Buffer.from(bytes);
    const was = copy[at] ?? 0;
    const likely = [was ^ 1, was ^ 2, was ^ 0x20, was ^ 0x80, 0x30, 0x41, 0x22, 0x2c, 0x7d, 0x5d];
    const others = likely.filter((byte) => byte !== was);
    copy[at] = others[below(others.length)] ?? was ^ 1;
    return copy;
  });
  const { answers, exit } = await verify(changed, '--pin', pin);
  assert.equal(exit, 1);
  const missed = answers.flatMap(({ verdict, document }, i) => {
    const [at, copy] = [all[i] ?? 0, changed[i]];
    const expected = documentsAround(at);
    if (verdict === 'bad' && expected.includes(document ?? '')) return [];
    if (verdict === 'bad' && document === 'download' && movesAnEnd(copy, at)) return [];
    const around = copy?.subarray(Math.max(0, at - 20), at + 20).toString('latin1') ?? '';
    return [
      `byte ${String(at)} in ${String(expected[0])}: ${verdict} ${String(document)} …${around}…`,
    ];
  });
  assert.deepEqual(missed, []);
  t.diagnostic(`${String(all.length)} of ${String(bytes.length)} bytes changed`);
});

void test('bytes that are missing, doubled or put behind the end are found', async () => {
  const copies = [bytes.length - 1, 500, 0].map((at) =>
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
  );
  const more = ['\n', ' ', '{}'].map((text) => Buffer.concat([bytes, Buffer.from(text)]));
  const all = [...copies, ...more, Buffer.alloc(0), Buffer.from('null'), Buffer.from('[[')];
  const { answers } = await verify(all, '--pin', pin);
  for (const { verdict, refusal } of answers) {
    assert.deepEqual([verdict, refusal], ['bad', 'MALFORMED']);
  }
});

void test('what is half-signed, mixed or left out is found', async () => {
  const { edition, parts, roots } = good;
  const [root1, root2] = roots;
  assert.ok(root1 && root2);
  const by = (signers: ReturnType<typeof memberSigners>, content: Edition = edition.signed) =>
    signed(content, signers);
  const everybody = [...memberSigners(), rootSigner(OBSERVER)];
  const forged = { ...rootSigner(OBSERVER), key: testKey('forger') };
  const without1 = { ...good, roots: [root2] };
  const otherPart = partContent('4201', { entries: [entryContent({ rules: [] })] });
  const mixed = parts.map((part) => (part.party === '4201' ? otherPart : part));
  const named = edition.signed.parts.map((part) =>
    part.party === '4201' ? namedPartOf(otherPart) : part,
  );
  const rule = ruleContent({ id: 'guests', until: '2027-06-30' });
  const unpaid = entryContent({
    rules: [await fundedRule(entryContent(), rule, '4301', rootSigner('4201'))],
  });
  const unpaidPart = partContent('4201', { entries: [unpaid] });
  const unpaidParts = parts.map((part) => (part.party === '4201' ? unpaidPart : part));
  const cases: readonly (readonly [Download, string, string])[] = [
    [{ ...good, edition: await by(memberSigners()) }, 'edition', 'EDITION_UNSIGNED'],
    [{ ...good, edition: await by([...memberSigners(), forged]) }, 'edition', 'EDITION_UNSIGNED'],
    [
      {
        ...good,
        edition: await by([...everybody, { ...rootSigner('4301'), key: testKey('forger') }]),
      },
      ...(['edition', 'SIGNATURE_INVALID'] as const),
    ],
    [{ ...good, parts: mixed }, 'part 4201', 'PART_DIFFERS'],
    [{ ...good, parts: [...parts].reverse() }, 'part 3401', 'PART_DIFFERS'],
    [{ ...good, parts: parts.slice(0, -1) }, 'part 4301', 'PART_MISSING'],
    [{ ...good, parts: [...parts, otherPart] }, 'download', 'PART_UNKNOWN'],
    [
      {
        ...good,
        parts: mixed,
        edition: { ...edition, signed: { ...edition.signed, parts: named } },
      },
      ...(['edition', 'EDITION_UNSIGNED'] as const),
    ],
    [
      {
        ...good,
        parts: unpaidParts,
        edition: await by(everybody, { ...edition.signed, parts: unpaidParts.map(namedPartOf) }),
      },
      ...(['part 4201', 'FUNDING_UNSIGNED'] as const),
    ],
    [{ ...good, roots: [root1] }, 'edition', 'EDITION_ROOT_UNKNOWN'],
    [without1, 'root 1', 'ROOT_NUMBER'],
    [{ ...good, roots: [root1, root1] }, 'root 2', 'ROOT_NUMBER'],
    [{ ...good, roots: [] }, 'download', 'ROOT_NOT_PINNED'],
    [
      { ...good, roots: [{ ...root1, signatures: root1.signatures.slice(1) }, root2] },
      ...(['root 1', 'ROOT_UNSIGNED'] as const),
    ],
  ];
  const { answers } = await verify(
    cases.map(([download]) => bytesOf(download)),
    ...['--pin', pin],
  );
  assert.deepEqual(
    answers.map(({ document, refusal }) => [document, refusal]),
    cases.map(([, document, refusal]) => [document, refusal]),
  );
  assert.equal(answers[0]?.about, OBSERVER, 'the city that has not signed is named');
});

void test('what a hub gives out is good, and a changed fare in it is found', async () => {
  const { source, state, pinnedRootHash } = await startSampleList();
  const ports = { source, breathe: () => Promise.resolve(), origin: 'https://hub.example' };
  const files: Buffer[] = [];
  for (const edition of state().editions) {
    const pieces: string[] = [];
    for await (const piece of downloadText(ports, edition, 'json')) pieces.push(piece);
    files.push(Buffer.from(pieces.join('')));
  }
  const { answers } = await verify(files, '--pin', pinnedRootHash);
  assert.deepEqual(
    answers.map(({ verdict, id }) => [verdict, id]),
    state().editions.map(({ signed: { id } }) => ['good', id]),
  );
  const text = files.at(-1)?.toString() ?? '';
  const dearer = text.replace(
    /"priceFen":(\d)/,
    (_, digit) => `"priceFen":${digit === '9' ? 8 : 9}`,
  );
  assert.notEqual(dearer, text);
  const found = await verify([Buffer.from(dearer)], '--pin', pinnedRootHash);
  assert.equal(found.answers[0]?.refusal, 'PART_DIFFERS');
});
