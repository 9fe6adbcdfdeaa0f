// The second path through the vectors: Node's own crypto and the words of the standard, nothing of
// the project's protocol or domain. `node tools/vectors/check.ts` prints what was checked.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  beside,
  difference,
  edition,
  editionId,
  part,
  quote,
  treatment,
} from './independent/catalogue.ts';
import { claims } from './independent/claims.ts';
import { classes } from './independent/classes.ts';
import { signatureIsGood } from './independent/crypto.ts';
import {
  decide,
  openTrust,
  type HeldTrust,
  type Moment,
  type TrustContext,
} from './independent/decide.ts';
import { journeys } from './independent/journeys.ts';
import { base45, readCode } from './independent/read-code.ts';
import {
  canonical,
  countSigners,
  readList,
  serviceDayOf,
  steppedSeed,
  tagOf,
  type Document,
} from './independent/trust.ts';

type Vector = {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
  readonly expect: { readonly ok?: true; readonly facts?: object; readonly refusal?: string };
};
type VectorFile = {
  readonly operation: string;
  readonly documents: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, TrustContext>>;
  readonly vectors: readonly Vector[];
};
type Answer = {
  readonly refusal?: string;
  readonly rule?: string;
  readonly party?: string | undefined;
  readonly entry?: string;
  readonly facts?: object;
};

export type CheckedFile = {
  readonly operation: string;
  readonly accepted: number;
  readonly refused: number;
  /** Ids of vectors for which this path answers something else, with that answer. */
  readonly differing: readonly string[];
};

const folder = path.resolve(import.meta.dirname, '../../spec/vectors');

type Operation = (vector: Vector, file: VectorFile) => Answer;

const operations: Readonly<Record<string, Operation>> = {
  base45: ({ input }) => {
    const bytes = base45(String(input['text']));
    return bytes === null
      ? { refusal: 'MALFORMED', rule: 'base45' }
      : { facts: { bytesHex: bytes.toString('hex') } };
  },
  'code-form': ({ input }) => {
    const reading = readCode(String(input['text']));
    if ('refusal' in reading) return reading;
    return { facts: reading };
  },
  signatures: ({ input }) => {
    const { alg, publicKey, message, signature } = input as Readonly<Record<string, string>>;
    const bytes = (text = ''): Buffer => Buffer.from(text, 'base64url');
    const good = signatureIsGood(alg ?? '', bytes(publicKey), bytes(message), bytes(signature));
    return good ? { facts: {} } : { refusal: 'SIGNATURE_INVALID' };
  },
  'service-days': ({ input }) => {
    const { time = 0 } = input as { time?: number };
    const day = serviceDayOf(time);
    const slot = Math.floor((time + 14_400 - 86_400 * day) / 21_600);
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    return { facts: { day, slot, date } };
  },
  codes: ({ input, context }, file) => {
    const moment = context as unknown as Moment;
    const decision = decide(String(input['text']), trustOf(moment.trust, file), moment);
    if ('refusal' in decision) return decision;
    const { code, priceFen, warned } = decision;
    return { facts: { ...code, priceFen, warned } };
  },
  revocations: ({ input }) => seedsAndTags(input),
  'edition-ids': ({ input }) => editionId(input),
  classes: ({ input }) => classes(input),
  quotes: ({ input }, file) => quote(input, file.documents),
  entitlements: ({ input }, file) => treatment(input, file.documents),
  parts: ({ input }, file) => part(input, file.documents),
  editions: ({ input }, file) => edition(input, file.documents),
  differences: ({ input }, file) => difference(input, file.documents),
  heads: ({ input }, file) => beside(input, file.documents),
  journeys: ({ input }, file) => journeys(input, file.documents),
  claims: ({ input }, file) => claims(input, file.documents),
};

const opened = new WeakMap<TrustContext, HeldTrust>();

function trustOf(name: string, file: VectorFile): HeldTrust {
  const context = file.contexts[name];
  if (context === undefined) throw new Error(`no context ${name}`);
  const known = opened.get(context) ?? openTrust(context, file.documents);
  opened.set(context, known);
  return known;
}

type SlotText = { readonly day: number; readonly slot: number };

/** The vectors of seeds and of expansions; those of list checks are left to the first path. */
function seedsAndTags(input: Readonly<Record<string, unknown>>): Answer {
  const { seedHex } = input;
  if (typeof seedHex === 'string') {
    const [from, to] = [input['from'] as SlotText, input['slot'] as SlotText];
    const steps = 4 * to.day + to.slot - 4 * from.day - from.slot;
    const seed = steppedSeed(Buffer.from(seedHex, 'hex'), steps);
    const index = Number(input['index']);
    const tagHex = tagOf(seed, String(input['issuer']), to.day, to.slot, index);
    return { facts: { seedHex: seed.toString('hex'), tagHex } };
  }
  if (input['expand'] !== undefined) {
    const { day, slot } = input['expand'] as SlotText;
    const { tags } = readList(Buffer.from(String(input['list']), 'base64url'), day, slot);
    return { facts: { tagsHex: [...tags].sort() } };
  }
  return {};
}

/** Runs every file that the second path covers. */
export function checkVectors(): readonly CheckedFile[] {
  return Object.entries(operations).map(([operation, run]) => {
    const text = readFileSync(path.join(folder, `${operation}.json`), 'utf8');
    const file = JSON.parse(text) as VectorFile;
    let [accepted, refused] = [0, 0];
    const differing: string[] = [];
    for (const vector of file.vectors) {
      const answer = run(vector, file);
      if (answer.facts === undefined && answer.refusal === undefined) continue;
      if (answer.facts === undefined) refused++;
      else accepted++;
      if (!agrees(answer, vector.expect)) differing.push(`${vector.id}: ${JSON.stringify(answer)}`);
    }
    return { operation, accepted, refused, differing };
  });
}

export type CheckedDocuments = { readonly signatures: number; readonly bad: readonly string[] };

/** Every signature on every named document of every file, with the published test keys. */
export function checkDocuments(): CheckedDocuments {
  const keys = JSON.parse(readFileSync(path.join(folder, 'test-keys.json'), 'utf8')) as {
    readonly keys: readonly { readonly label: string; alg: string; publicKey: string }[];
  };
  let signatures = 0;
  const bad: string[] = [];
  for (const name of readdirSync(folder)) {
    const file = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Partial<VectorFile>;
    for (const [title, text] of Object.entries(file.documents ?? {})) {
      if (!text.startsWith('{"signatures":')) continue;
      const document = JSON.parse(text) as Document<{ readonly type: string }>;
      if (canonical(document) !== text) bad.push(`${name} ${title}: not canonical`);
      const byRoot = /root|section|bundle|edition/.test(document.signed.type);
      for (const { by, keyId } of document.signatures) {
        const label = `${by} ${byRoot ? 'root' : 'key'} ${String(keyId)}`;
        const key = keys.keys.find((entry) => entry.label === label);
        const entry = { keyId, alg: key?.alg ?? '', key: key?.publicKey ?? '' };
        const count = countSigners(document, (party) => (party === by ? [entry] : []));
        if (count !== 1) bad.push(`${name} ${title}: signature by ${label}`);
        signatures++;
      }
    }
  }
  return { signatures, bad };
}

function agrees(answer: Answer, expect: Vector['expect'] & Partial<Answer>): boolean {
  if (answer.facts === undefined) {
    const isThat = (name: 'party' | 'entry'): boolean =>
      expect[name] === undefined || answer[name] === undefined || expect[name] === answer[name];
    const isRule = (expect.rule ?? answer.rule) === answer.rule;
    return answer.refusal === expect.refusal && isRule && isThat('party') && isThat('entry');
  }
  const wanted = Object.entries(expect.facts ?? {});
  const found: Readonly<Record<string, unknown>> = { ...answer.facts };
  return (
    expect.ok === true &&
    wanted.every(([name, value]) => canonical(found[name] ?? null) === canonical(value))
  );
}

if (import.meta.main) {
  for (const { operation, accepted, refused, differing } of checkVectors()) {
    console.log(`${operation}: ${String(accepted)} accepted, ${String(refused)} refused`);
    for (const line of differing) console.log(`  differs: ${line}`);
    if (differing.length > 0) process.exitCode = 1;
  }
  const { signatures, bad } = checkDocuments();
  console.log(`documents: ${String(signatures)} signatures, ${String(bad.length)} bad`);
  if (bad.length > 0) process.exitCode = 1;
}
