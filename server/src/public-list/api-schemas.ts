import { Type, type TSchema } from '@fastify/type-provider-typebox';
import { ACCESS_WAYS, CATEGORIES, DATA_KINDS, LIFE_EVENTS } from '@tongyu/protocol';
import { DEFAULT_PAGE, LARGEST_PAGE, LAST_OFFSET } from './public-list.ts';

// What API v1 takes and answers. Answers are described for readers and for tests; they are not
// filtered through these schemas.

const words = (values: readonly string[]): TSchema => Type.Unsafe<string>({ enum: [...values] });
const nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()]);
const seconds = Type.Integer({ description: 'Unix seconds' });
const fen = Type.Integer({ description: '分, hundredths of a yuan' });
const hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hex' });
export const partySchema = Type.String({
  pattern: '^[1-9][0-9]{3}$',
  description: 'First four digits of the GB/T 2260 code',
});
export const entryIdSchema = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
export const editionIdSchema = Type.String({ pattern: '^20[0-9]{2}-H[12]$' });
const ruleId = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });
const date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

const localText = Type.Object(
  { zhCN: Type.String(), zhTW: nullable(Type.String()), en: nullable(Type.String()) },
  { description: 'Null: not translated' },
);

const page = {
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: LAST_OFFSET, default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE })),
};

/** Longer than the search takes, so that it can say itself what is too long. */
const MAX_TEXT = 2_000;

export const entriesQuery = Type.Object({
  q: Type.Optional(
    Type.String({ maxLength: MAX_TEXT, description: 'Chinese, pinyin, initials or English' }),
  ),
  city: Type.Optional(partySchema),
  category: Type.Optional(Type.Union(CATEGORIES.map((each) => Type.Literal(each)))),
  audience: Type.Optional(Type.Union([Type.Literal('residents'), Type.Literal('organisations')])),
  usable: Type.Optional(Type.Boolean({ description: 'true: only what is usable now' })),
  ...page,
});

export const differenceQuery = Type.Object({ city: Type.Optional(partySchema), ...page });

const tariff = Type.Union([
  Type.Object({ kind: Type.Literal('free') }),
  Type.Object({ kind: words(['flat', 'ticket']), priceFen: fen }),
  Type.Object({
    kind: Type.Literal('zones'),
    stops: Type.Array(Type.Object({ id: Type.String(), name: localText, zone: Type.Integer() })),
    pricesFen: Type.Array(fen),
  }),
]);

const rule = Type.Object({
  id: ruleId,
  name: localText,
  class: Type.Integer({ description: 'Class of the shown pass; 0: everybody' }),
  residences: Type.Array(partySchema),
  benefit: Type.Union([
    Type.Object({ kind: Type.Literal('price'), priceFen: fen }),
    Type.Object({ kind: Type.Literal('share'), permille: Type.Integer() }),
  ]),
  funder: Type.Union([
    Type.Object({ kind: words(['operator', 'host']) }),
    Type.Object({
      kind: Type.Literal('party'),
      party: partySchema,
      ceilingFen: fen,
      signature: Type.Object({
        by: Type.String(),
        keyId: Type.Integer(),
        signature: Type.String(),
      }),
    }),
  ]),
  reciprocity: words(['unilateral', 'mutual']),
  agreement: localText,
  from: date,
  until: nullable(date),
  perDay: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
});

const place = Type.Object({
  id: Type.String(),
  name: localText,
  address: nullable(localText),
  position: nullable(Type.Object({ latitudeE6: Type.Integer(), longitudeE6: Type.Integer() })),
  hours: Type.Array(
    Type.Object({
      days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 })),
      fromMinute: Type.Integer(),
      toMinute: Type.Integer(),
    }),
  ),
});

const reductionFunder = words(['operator', 'host']);
const reduction = Type.Union([
  Type.Object({
    kind: Type.Literal('transfer'),
    withinMinutes: Type.Integer({ minimum: 1, maximum: 360 }),
    lessFen: fen,
    funder: reductionFunder,
  }),
  Type.Object({ kind: Type.Literal('daily-cap'), capFen: fen, funder: reductionFunder }),
]);

/** An entry as its city signed it (LIST-1). */
const entry = Type.Object({
  id: entryIdSchema,
  name: localText,
  summary: localText,
  operator: Type.Object({ id: Type.String(), name: localText }),
  category: words(CATEGORIES),
  lifeEvent: words(LIFE_EVENTS),
  audience: Type.Object({ residents: Type.Boolean(), organisations: Type.Boolean() }),
  access: Type.Array(words(ACCESS_WAYS)),
  staffed: localText,
  contact: Type.Object({ phone: nullable(Type.String()), url: nullable(Type.String()) }),
  places: Type.Array(place),
  admits: Type.Array(partySchema),
  tariff,
  fareGroup: Type.String(),
  rules: Type.Array(rule),
  reductions: Type.Array(reduction),
  asks: Type.Array(Type.Object({ data: words(DATA_KINDS), why: localText })),
  assurance: words(['none', 'low', 'substantial', 'high']),
  source: Type.Object({
    facts: words(['document', 'public', 'invented']),
    terms: words(['official', 'demo']),
    text: localText,
    url: nullable(Type.String()),
  }),
  checked: Type.Object({ by: localText, on: date }),
  stage: words(['pilot', 'live']),
});

const suspension = Type.Object({
  entry: entryIdSchema,
  rule: nullable(ruleId),
  residence: nullable(partySchema),
  since: seconds,
  reason: localText,
});

const links = Type.Record(Type.String(), nullable(Type.String()));

export const entryAnswer = Type.Object({
  entry,
  city: partySchema,
  usable: Type.Boolean(),
  unusable: Type.Array(words(['SUSPENDED', 'CHECK_TOO_OLD'])),
  suspension: nullable(suspension),
  suspendedRules: Type.Array(suspension),
  checked: Type.Object({ by: localText, on: date }),
  told: Type.Boolean({ description: 'The city has spoken in the last 72 hours' }),
  links,
});

const paged = { total: Type.Integer(), offset: Type.Integer(), limit: Type.Integer() };

export const entriesAnswer = Type.Object({
  edition: nullable(editionIdSchema),
  overdue: Type.Boolean(),
  ...paged,
  entries: Type.Array(entryAnswer),
  links,
});

const reference = Type.Object({ id: nullable(editionIdSchema), hash });

const erratum = Type.Object({
  party: partySchema,
  number: Type.Integer(),
  time: seconds,
  edition: nullable(editionIdSchema),
  entry: entryIdSchema,
  field: nullable(Type.String()),
  correction: localText,
});

const editionMembers = {
  id: editionIdSchema,
  number: Type.Integer(),
  hash,
  effectiveFrom: seconds,
  opened: seconds,
  made: seconds,
  previous: nullable(reference),
  root: Type.Object({ number: Type.Integer(), hash }),
  parts: Type.Array(Type.Object({ party: partySchema, hash, count: Type.Integer() })),
  entries: Type.Integer(),
  signedBy: Type.Array(partySchema),
  state: words(['to-come', 'in-force', 'past']),
  overdue: Type.Boolean({ description: 'In force, and its half-year is over' }),
  links,
};

export const editionsAnswer = Type.Object({
  editions: Type.Array(Type.Object(editionMembers)),
  links,
});

export const editionAnswer = Type.Object({
  ...editionMembers,
  errata: Type.Array(erratum),
  document: Type.Object({
    signed: Type.Object({}, { additionalProperties: true }),
    signatures: Type.Array(
      Type.Object({ by: Type.String(), keyId: Type.Integer(), signature: Type.String() }),
    ),
  }),
});

const counts = {
  added: Type.Integer(),
  changed: Type.Integer(),
  removed: Type.Integer(),
  unchanged: Type.Integer(),
};

export const differenceAnswer = Type.Object({
  edition: reference,
  previous: nullable(reference),
  counts: Type.Object(counts),
  byCity: Type.Array(Type.Object({ party: partySchema, ...counts })),
  ...paged,
  changes: Type.Array(
    Type.Object({
      party: partySchema,
      kind: words(['added', 'changed', 'removed']),
      id: entryIdSchema,
      name: localText,
      reason: nullable(localText),
      fields: Type.Array(
        Type.Object({
          path: Type.String(),
          before: Type.Optional(Type.Unknown()),
          after: Type.Optional(Type.Unknown()),
        }),
      ),
    }),
  ),
  links,
});

export const problemAnswer = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    field: Type.Optional(Type.String()),
  },
  { description: 'RFC 9457', additionalProperties: true },
);
