// `npm run vectors`: writes spec/vectors. Everything is derived from labels, so that running it
// again changes nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { claimVectors } from './claims.ts';
import { classVectors } from './classes.ts';
import { codeFormVectors } from './code-form.ts';
import { codeVectors } from './codes.ts';
import { differenceVectors } from './differences.ts';
import { editionIdVectors } from './edition-ids.ts';
import { editionVectors } from './editions.ts';
import { entitlementVectors } from './entitlements.ts';
import { base45Vectors, canonicalJsonVectors, serviceDayVectors } from './encodings.ts';
import { headVectors } from './heads.ts';
import { journeyVectors } from './journeys.ts';
import { partVectors } from './parts.ts';
import { peerVectors } from './peer-messages.ts';
import { quoteVectors } from './quotes.ts';
import { revocationVectors } from './revocations.ts';
import { rootVectors } from './roots.ts';
import { bundleVectors, sectionVectors } from './sections.ts';
import { signatureVectors } from './signatures.ts';
import { tapVectors } from './taps.ts';
import { publishedTestKeys } from './test-keys.ts';
import { timeVectors } from './times.ts';
import type { VectorSet } from './vector-set.ts';

/** All files of vectors, by name, as they are to stand in spec/vectors. */
export async function vectorTexts(): Promise<ReadonlyMap<string, string>> {
  const sets: VectorSet[] = [
    base45Vectors(),
    canonicalJsonVectors(),
    serviceDayVectors(),
    signatureVectors(),
    editionIdVectors(),
    classVectors(),
    quoteVectors(),
    differenceVectors(),
    journeyVectors(),
    claimVectors(),
  ];
  const makers = [
    codeFormVectors,
    codeVectors,
    rootVectors,
    sectionVectors,
    bundleVectors,
    timeVectors,
    revocationVectors,
    tapVectors,
    peerVectors,
    partVectors,
    editionVectors,
    headVectors,
    entitlementVectors,
  ];
  for (const make of makers) sets.push(await make());
  const texts = new Map<string, string>();
  for (const set of sets) texts.set(`${set.operation}.json`, pretty(set.file()));
  const note = 'Private keys of the vectors, made from labels. Use them for nothing else.';
  texts.set('test-keys.json', pretty({ note, keys: publishedTestKeys() }));
  return texts;
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

if (import.meta.main) {
  const folder = path.resolve(import.meta.dirname, '../../spec/vectors');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of await vectorTexts()) {
    writeFileSync(path.join(folder, name), text);
    const { vectors = [] } = JSON.parse(text) as { vectors?: readonly unknown[] };
    console.log(`${name}: ${String(vectors.length)}`);
  }
}
