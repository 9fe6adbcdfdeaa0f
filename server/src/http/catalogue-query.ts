import { Type } from '@fastify/type-provider-typebox';
import type { CatalogueHave } from '@tongyu/protocol';

const numbers = Type.String({
  maxLength: 1000,
  pattern: '^([1-9][0-9]{3}\\.[0-9]{1,10}(,|$)){0,64}$',
});

/** What a consumer holds of the list, as a query says it (LIST-6); absent means nothing. */
export const catalogueQuery = Type.Object(
  {
    edition: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    heads: Type.Optional(numbers),
    errata: Type.Optional(numbers),
  },
  { additionalProperties: false },
);

export type CatalogueQuery = {
  readonly edition?: number;
  readonly heads?: string;
  readonly errata?: string;
};

export function catalogueHaveOfQuery(query: CatalogueQuery): CatalogueHave {
  return {
    edition: query.edition ?? 0,
    heads: numbersOf(query.heads),
    errata: numbersOf(query.errata),
  };
}

/** The same the other way, for whoever asks. */
export function queryOfCatalogueHave(have: CatalogueHave): string {
  const heads = textOf(have.heads);
  const errata = textOf(have.errata);
  return (
    `edition=${String(have.edition)}` +
    (heads === '' ? '' : `&heads=${heads}`) +
    (errata === '' ? '' : `&errata=${errata}`)
  );
}

function numbersOf(list = ''): Readonly<Record<string, number>> {
  const entries = list.split(',').filter((entry) => entry !== '');
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, 4), Number(entry.slice(5))]));
}

function textOf(have: Readonly<Record<string, number>>): string {
  return Object.entries(have)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([party, number]) => `${party}.${String(number)}`)
    .join(',');
}
