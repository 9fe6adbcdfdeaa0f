import assert from 'node:assert/strict';
import test from 'node:test';
import { mutateText, rollDice } from '../../../tools/testing/mutate-input.ts';
import { journeyDocuments } from '../../../tools/vectors/journey-documents.ts';
import {
  canonicalJson,
  compareTapIds,
  linesClaimShape,
  lineText,
  journeyLineShape,
  parseCanonicalJson,
  readShape,
  repairShape,
  type Json,
  type TapId,
} from '../index.ts';

/** What is read of what two cities tell each other of journeys (JRN-4.2, JRN-5.2). */

type Members = Readonly<Record<string, Json>>;

function documentOf(name: string): Members {
  const found = journeyDocuments.find(([title]) => title === name);
  assert.ok(found, name);
  return found[2];
}

const line = documentOf('journey-line');
const repair = documentOf('repair');
const group = documentOf('lines-claim#group');

/** Undefined when it is read, else the path at which it is not. */
function faultOf(shape: Parameters<typeof readShape>[0], value: Json): string | undefined {
  const result = readShape(shape, value);
  return result.ok ? undefined : result.path;
}
const lineFault = (parts: Members): string | undefined =>
  faultOf(journeyLineShape, { ...line, ...parts });
const repairFault = (parts: Members): string | undefined =>
  faultOf(repairShape, { ...repair, ...parts });
const groupFault = (parts: Members): string | undefined =>
  faultOf(linesClaimShape, { groups: [{ ...group, ...parts }], heads: [] })?.replace(
    '.groups[0].',
    '',
  );

const numbered = (count: number, terminal = '4201-gate-1'): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${terminal}/${String(i + 1)}`);

void test('taps are in order by terminal, character by character, and then by number', () => {
  const rising: readonly TapId[] = [
    ...(['4201-a/9', '4201-a/10', '4201-a-b/1', '4201-a-b/2', '4201-a1/1'] as const),
    ...(['4201-b/1', '4201-b/999999999999999', '4202-a/1'] as const),
  ];
  for (const [i, a] of rising.entries()) {
    for (const [j, b] of rising.entries()) {
      assert.equal(Math.sign(compareTapIds(a, b)), Math.sign(i - j), `${a} ${b}`);
    }
  }
});

void test('a line is spelled in one way, whatever order its members were written in', () => {
  const read = readShape(journeyLineShape, line);
  assert.ok(read.ok);
  const turned = Object.fromEntries(Object.entries(line).reverse());
  assert.equal(lineText(read.value), canonicalJson(turned));
});

void test('JRN-3.11: a line with a member out of its bounds is not read', () => {
  assert.equal(lineFault({}), undefined);
  const hostile: Readonly<Record<string, readonly Json[]>> = {
    type: ['tongyu.tap', null],
    host: ['42', '0201', 4201, '4201 '],
    home: ['', null, '43011'],
    journey: ['4201-gate', '4201-gate/0', '4201-gate/01', '4201-gate/1/2', '-gate/1', ''],
    key: ['0'.repeat(31), '0'.repeat(33), 'F'.repeat(32), `${'0'.repeat(31)}\n`, null],
    fareGroup: ['metro', '4201-', '4201-Metro', `4201-${'x'.repeat(40)}`],
    day: [-1, 100_001, 1.5, '20879'],
    service: ['metro', '4201_metro', null],
    operator: ['', '4201-a b'],
    state: ['open', 'COMPLETE', null],
    taps: [[], numbered(51), ['4201-gate/1', null], '4201-gate/1', null],
    edition: [0, 1_000_001, null],
    head: [0, -1, 1_000_000_001],
    class: [-1, 65_536, null],
    fullFen: [-1, 10_000_001, 0.5, '1', null],
    riderFen: [-1, 10_000_001, null],
    shownFen: [-1, null],
    parts: [
      null,
      {},
      Array.from({ length: 7 }, () => (line['parts'] as readonly Json[])[1] ?? null),
    ],
  };
  for (const [name, values] of Object.entries(hostile)) {
    for (const value of values) {
      const fault = lineFault({ [name]: value });
      assert.ok(fault?.startsWith(`.${name}`), `${name} ${JSON.stringify(value)}: ${fault ?? ''}`);
    }
  }
  assert.equal(lineFault({ more: 1 }), '.more');
  for (const name of Object.keys(line)) {
    const others = Object.fromEntries(Object.entries(line).filter(([other]) => other !== name));
    assert.equal(faultOf(journeyLineShape, others), `.${name}`, 'no member may be missing');
  }
});

void test('JRN-3.2: a part has a kind, a rule or null, a funder of three kinds, and 分', () => {
  const part = { kind: 'concession', rule: 'senior-65', funder: { kind: 'host' }, fen: 1 };
  const fault = (parts: Members): string | undefined =>
    lineFault({ parts: [{ ...part, ...parts }] });
  assert.equal(fault({}), undefined);
  assert.equal(fault({ funder: { kind: 'party', party: '4301' } }), undefined);
  assert.equal(fault({ kind: 'discount' }), '.parts[0].kind');
  assert.equal(fault({ rule: 'Senior' }), '.parts[0].rule');
  assert.equal(fault({ fen: -1 }), '.parts[0].fen');
  assert.equal(fault({ funder: { kind: 'rider' } }), '.parts[0].funder.kind');
  assert.equal(fault({ funder: { kind: 'party' } }), '.parts[0].funder.party');
  assert.equal(fault({ funder: { kind: 'host', party: '4301' } }), '.parts[0].funder.party');
  assert.equal(fault({ funder: null }), '.parts[0].funder');
});

void test('JRN-5.2: a repair has the members of its kind, and no others', () => {
  const none = { stop: null, time: null, class: null };
  const end = { stop: 'west', time: 1_803_873_600, class: null };
  const good: readonly Members[] = [
    ...[
      { kind: 'exit', ...end },
      { kind: 'entry', ...end },
      { kind: 'exit', ...end, stop: null },
    ],
    ...[
      { kind: 'class', ...none, class: 2 },
      { kind: 'waive', ...none },
    ],
  ];
  for (const parts of good) assert.equal(repairFault(parts), undefined, JSON.stringify(parts));
  const bad: readonly (readonly [string, Members])[] = [
    ['.time', { kind: 'exit', ...none, stop: 'west' }],
    ['.time', { kind: 'entry', ...none }],
    ['.class', { kind: 'exit', ...end, class: 2 }],
    ['.class', { kind: 'class', ...none }],
    ['.time', { kind: 'class', ...end, class: 2 }],
    ['.stop', { kind: 'class', ...none, stop: 'west', class: 2 }],
    ['.time', { kind: 'waive', ...end }],
    ['.stop', { kind: 'waive', ...none, stop: 'west' }],
    ['.class', { kind: 'waive', ...none, class: 2 }],
    ['.class', { kind: 'class', ...none, class: 0 }],
    ['.class', { kind: 'class', ...none, class: 65_536 }],
    ['.kind', { kind: 'refund', ...none }],
    ['.id', { id: '4301-o-1' }],
    ['.id', { id: '4301-r-' }],
    ['.id', { id: '4301-r-a b' }],
  ];
  for (const [path, parts] of bad) assert.equal(repairFault(parts), path, JSON.stringify(parts));
});

void test('JRN-4.2: a group with lists out of order, or with something twice, is not read', () => {
  assert.equal(groupFault({}), undefined);
  const [one, two, ten] = ['4201-gate-1/1', '4201-gate-1/2', '4201-gate-1/10'];
  assert.equal(groupFault({ taps: [one, two, ten] }), undefined);
  assert.equal(groupFault({ taps: [one, ten, two] }), 'taps');
  assert.equal(groupFault({ taps: [one, one] }), 'taps');
  assert.equal(groupFault({ open: [ten, two] }), 'open');
  const because = (tap: string) => ({ tap, reason: 'NO_PRICE' });
  assert.equal(groupFault({ exceptions: [because(two), because(ten)] }), undefined);
  assert.equal(groupFault({ exceptions: [because(ten), because(two)] }), 'exceptions');
  assert.equal(groupFault({ exceptions: [because(two), because(two)] }), 'exceptions');
  assert.equal(
    groupFault({ exceptions: [{ tap: two, reason: 'HOME_SILENT' }] }),
    'exceptions[0].reason',
  );
  assert.equal(groupFault({ lines: [line, line] }), 'lines');
  assert.equal(groupFault({ repairs: [repair, repair] }), 'repairs');
  assert.equal(groupFault({ taps: [], lines: [], open: [], exceptions: [] }), undefined, 'JRN-1.5');
  assert.equal(groupFault({ taps: numbered(500) }), undefined);
  assert.equal(groupFault({ taps: numbered(501) }), 'taps');
  assert.equal(groupFault({ revision: 0 }), 'revision');
});

void test('a line that is wrong is read all the same: it is disputed, and spoils no other', () => {
  assert.equal(groupFault({ lines: [{ ...line, riderFen: 1 }] }), undefined);
  assert.equal(groupFault({ lines: [{ ...line, key: 'f'.repeat(32) }] }), undefined);
});

void test('a claim has at most 100 groups and 50 heads', () => {
  const claim = (groups: number, heads: readonly Json[] = []) =>
    faultOf(linesClaimShape, { groups: Array.from({ length: groups }, () => group), heads });
  assert.equal(claim(100), undefined);
  assert.equal(claim(101), '.groups');
  assert.equal(claim(0), '.groups');
  assert.equal(
    claim(
      1,
      Array.from({ length: 51 }, () => null),
    ),
    '.heads',
  );
});

// Most spoiled texts end in an exception: without stacks it costs a fifth.
Error.stackTraceLimit = 0;

void test('100,000 spoiled documents: each is refused, or read as the one thing it says', (t) => {
  const rolled = rollDice();
  t.diagnostic(`seed ${String(rolled.seed)}: set TONGYU_SEED to see it again`);
  const each = Math.ceil(100_000 / journeyDocuments.length);
  let readings = 0;
  for (const [name, shape, good] of journeyDocuments) {
    const text = canonicalJson(good);
    for (let i = 0; i < each; i++) {
      const spoiled = mutateText(text, rolled);
      const value = parseCanonicalJson(spoiled, 20_000);
      if (value === undefined) continue;
      const read = readShape(shape, value);
      if (!read.ok) continue;
      readings++;
      if (name !== 'lines-claim#group') assert.equal(canonicalJson(read.value as Json), spoiled);
    }
  }
  assert.ok(readings > 1_000, String(readings));
});
