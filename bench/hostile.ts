import { randomBytes } from 'node:crypto';
import {
  bundleShape,
  encodeBase45,
  MAX_BUNDLE_LENGTH,
  MAX_HEAD_LENGTH,
  MAX_PART_LENGTH,
  MAX_PEER_MESSAGE_LENGTH,
  MAX_TAP_LENGTH,
  openPeerMessage,
  parseCanonicalJson,
  parseCode,
  parseDocument,
  parseHead,
  parsePart,
  parseRevocationList,
  rootShape,
  runChecks,
  tapShape,
} from '@tongyu/protocol';
import type { Row } from './report.ts';

const GROUP = 'Slowest answer to any hostile input';
const GOAL_MS = 50;
const EACH = 3_000;

type Decoder = {
  readonly name: string;
  readonly maxLength: number;
  readonly decode: (text: string) => unknown;
};

const DECODERS: readonly Decoder[] = [
  { name: 'code', maxLength: 8_000, decode: parseCode },
  {
    name: 'canonical JSON',
    maxLength: MAX_BUNDLE_LENGTH,
    decode: (text) => parseCanonicalJson(text, MAX_BUNDLE_LENGTH),
  },
  {
    name: 'tap',
    maxLength: 8_000,
    decode: (text) => parseDocument(tapShape, text, MAX_TAP_LENGTH),
  },
  { name: 'root', maxLength: 200_000, decode: (text) => parseDocument(rootShape, text, 200_000) },
  {
    name: 'bundle',
    maxLength: MAX_BUNDLE_LENGTH,
    decode: (text) => parseDocument(bundleShape, text, MAX_BUNDLE_LENGTH),
  },
  { name: 'part of the list', maxLength: MAX_PART_LENGTH, decode: parsePart },
  { name: 'head', maxLength: MAX_HEAD_LENGTH, decode: parseHead },
  {
    name: 'peer message',
    maxLength: MAX_PEER_MESSAGE_LENGTH,
    decode: (text) =>
      runChecks(
        openPeerMessage(text, '4201', () => undefined),
        () => false,
      ),
  },
  {
    name: 'revocation list',
    maxLength: 400_000,
    decode: (text) => parseRevocationList(new Uint8Array(Buffer.from(text, 'latin1'))),
  },
];

/** Small mutations by the thousand, and a few texts as long as each decoder lets in. */
export async function benchHostile(): Promise<readonly Row[]> {
  return DECODERS.map((decoder) => {
    let slowestMs = 0;
    for (const text of hostileTexts(decoder.maxLength)) {
      slowestMs = Math.max(
        slowestMs,
        fastestOfThreeMs(() => decoder.decode(text)),
      );
    }
    return { group: GROUP, name: decoder.name, value: slowestMs, unit: 'ms', goal: GOAL_MS };
  });
}

/** The fastest of three, so that another process's turn is not taken for work of ours. */
function fastestOfThreeMs(work: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.hrtime.bigint();
    work();
    fastest = Math.min(fastest, Number(process.hrtime.bigint() - before) / 1e6);
  }
  return fastest;
}

function* hostileTexts(maxLength: number): Generator<string> {
  const code = `TY1:${encodeBase45(randomBytes(186))}`;
  for (let i = 0; i < EACH; i++) {
    yield code.slice(0, i % code.length) + randomBytes(i % 40).toString('latin1');
    yield JSON.stringify({
      [randomBytes(4).toString('hex')]: randomBytes(i % 200).toString('hex'),
    });
  }
  const filled = (part: string): string => part.repeat(Math.floor(maxLength / part.length));
  yield filled('[');
  yield filled('{"a":');
  yield `[${filled('0,').slice(2)}0]`;
  yield `["${filled('a').slice(4)}"]`;
  yield `["${filled('\\u0000').slice(6)}"]`;
  yield `{${filled('"a":1,').slice(8)}"a":1}`;
  yield filled('TY1:');
  yield filled('a.');
  yield `TYR1${filled('\u0001')}`;
  yield filled('\ud800');
}
