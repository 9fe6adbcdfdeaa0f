import { Type } from '@fastify/type-provider-typebox';
import type { TrustHave } from '@tongyu/protocol';

/** What a consumer holds, as the query of an offer says it (TRUST-6); absent means nothing. */
export const trustQuery = Type.Object(
  {
    root: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    bundle: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    lists: Type.Optional(
      Type.String({ maxLength: 1000, pattern: '^([1-9][0-9]{3}\\.[0-9]{1,10}(,|$)){0,64}$' }),
    ),
    used: Type.Optional(Type.String({ maxLength: 80, pattern: '^[0-9A-Za-z._:-]*$' })),
  },
  { additionalProperties: false },
);

export type TrustQuery = {
  readonly root?: number;
  readonly bundle?: number;
  readonly lists?: string;
};

export function haveOfQuery(query: TrustQuery): TrustHave {
  const lists = (query.lists ?? '').split(',').filter((entry) => entry !== '');
  return {
    root: query.root ?? 0,
    bundle: query.bundle ?? 0,
    lists: Object.fromEntries(
      lists.map((entry) => [entry.slice(0, 4), Math.min(Number(entry.slice(5)), 0xffffffff)]),
    ),
  };
}

/** The same the other way, for whoever asks. */
export function queryOfHave(have: TrustHave): string {
  const lists = Object.entries(have.lists)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([party, number]) => `${party}.${String(number)}`)
    .join(',');
  const numbers = `root=${String(have.root)}&bundle=${String(have.bundle)}`;
  const rest = lists === '' ? '' : `&lists=${lists}`;
  return `${numbers}${rest}`;
}
