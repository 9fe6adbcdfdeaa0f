import { documentText, type Entry, type SignedEdition } from '@tongyu/protocol';
import type { Breathe } from '../ports/breathe.ts';
import { csvHead, csvRow } from './csv.ts';
import { cityAddress, CONTEXT, graphNode } from './mapping.ts';
import type { PublicSource } from './types.ts';

export type DownloadForm = 'json' | 'csv' | 'jsonld';

export const DOWNLOAD_TYPES: Readonly<Record<DownloadForm, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  jsonld: 'application/ld+json; charset=utf-8',
};

export type DownloadPorts = {
  readonly source: PublicSource;
  readonly breathe: Breathe;
  readonly origin: string;
};

/** An edition in pieces of text, part by part, so that no download is ever whole in memory. */
export function downloadText(
  ports: DownloadPorts,
  edition: SignedEdition,
  form: DownloadForm,
): AsyncGenerator<string, void> {
  if (form === 'json') return verifiableText(ports, edition);
  return form === 'csv' ? csvText(ports, edition) : graphText(ports, edition);
}

/**
 * Canonical JSON of `{edition, parts, roots}`: the signed edition, the parts that it names in its
 * order, and the roots from number 1 up to the one that it names. Who holds any of these roots'
 * hashes can check all of it without asking anybody. It is the same for ever.
 */
async function* verifiableText(
  { source }: DownloadPorts,
  edition: SignedEdition,
): AsyncGenerator<string, void> {
  yield `{"edition":${documentText(edition)},"parts":[`;
  for (const [i, { hash }] of edition.signed.parts.entries()) {
    const text = await source.partText(hash);
    if (text === undefined) throw new Error('a part of a published edition is missing');
    yield i === 0 ? text : `,${text}`;
  }
  yield '],"roots":[';
  for (let number = 1; number <= edition.signed.root.number; number++) {
    const root = await source.root(number);
    if (root === undefined) throw new Error('a root of a published edition is missing');
    yield (number === 1 ? '' : ',') + documentText(root);
  }
  yield ']}';
}

async function* csvText(
  ports: DownloadPorts,
  edition: SignedEdition,
): AsyncGenerator<string, void> {
  yield csvHead();
  for await (const entry of entriesOf(ports, edition)) yield csvRow(edition.signed.id, entry);
}

async function* graphText(
  ports: DownloadPorts,
  edition: SignedEdition,
): AsyncGenerator<string, void> {
  const cities = edition.signed.parts.map(({ party }) => ({ '@id': cityAddress(party) }));
  const catalogue = {
    '@id': `${ports.origin}/editions/${edition.signed.id}`,
    '@type': 'schema:DataCatalog',
    'schema:identifier': edition.signed.id,
    'schema:publisher': cities,
  };
  yield `{"@context":${JSON.stringify(CONTEXT)},"@graph":[\n${JSON.stringify(catalogue)}`;
  for await (const entry of entriesOf(ports, edition)) {
    yield `,\n${JSON.stringify(graphNode(ports.origin, entry))}`;
  }
  yield '\n]}\n';
}

const ENTRIES_PER_BREATH = 100;

async function* entriesOf(
  { source, breathe }: DownloadPorts,
  edition: SignedEdition,
): AsyncGenerator<Entry, void> {
  let count = 0;
  for (const { hash } of edition.signed.parts) {
    const part = await source.part(hash);
    if (part === undefined) throw new Error('a part of a published edition is missing');
    for (const entry of part.entries) {
      yield entry;
      if (++count % ENTRIES_PER_BREATH === 0) await breathe();
    }
  }
}
