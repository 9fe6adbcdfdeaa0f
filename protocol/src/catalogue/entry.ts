import type { PartyId } from '../code/pass.ts';
import {
  flag,
  integer,
  list,
  nullable,
  object,
  oneOf,
  text,
  type Shape,
} from '../encoding/shape.ts';
import { partyShape } from '../trust/signed-document.ts';
import { dateShape, type DateText } from './calendar.ts';
import { localTextShape, type LocalText } from './local-text.ts';
import { reductionShape, type Reduction } from './reduction.ts';
import { ruleShape, type ConcessionRule } from './rule.ts';
import { tariffShape, type Tariff } from './tariff.ts';

/** One service of one city, as an edition of the service list holds it (LIST-1). */
export type Entry = {
  /** Stable for ever, begins with the city's number: `4201-metro`. */
  readonly id: string;
  readonly name: LocalText;
  readonly summary: LocalText;
  readonly operator: { readonly id: string; readonly name: LocalText };
  readonly category: Category;
  readonly lifeEvent: LifeEvent;
  readonly audience: { readonly residents: boolean; readonly organisations: boolean };
  /** How one gets at it, at least one way, in the order of `ACCESS_WAYS`. */
  readonly access: readonly AccessWay[];
  /** The staffed route that is equal to the digital one: for who has no phone or no code. */
  readonly staffed: LocalText;
  readonly contact: { readonly phone: string | null; readonly url: string | null };
  readonly places: readonly Place[];
  /** Residences whose code opens it, rising; any other is `NOT_ENTITLED`. Empty without codes. */
  readonly admits: readonly PartyId[];
  readonly tariff: Tariff;
  /** Journeys of one group are counted together; by default one operator's (LIST-1.8). */
  readonly fareGroup: string;
  readonly rules: readonly ConcessionRule[];
  /** What is taken off once the day's journeys are known: a transfer before a daily cap. */
  readonly reductions: readonly Reduction[];
  /** What the service may ask of the person, and why. Empty: it asks for nothing. */
  readonly asks: readonly DataAsked[];
  /** How sure a sign-in must be of who somebody is. */
  readonly assurance: 'none' | 'low' | 'substantial' | 'high';
  readonly source: Source;
  /** Who looked last whether this is true, and when. */
  readonly checked: { readonly by: LocalText; readonly on: DateText };
  readonly stage: 'pilot' | 'live';
};

export const CATEGORIES = ['transport', 'culture', 'tourism', 'hotline', 'public-service'] as const;
export type Category = (typeof CATEGORIES)[number];

export const LIFE_EVENTS = [
  'getting-around',
  'free-time',
  'studying',
  'working',
  'moving-house',
  'growing-old',
  'needing-help',
  'running-a-business',
] as const;
export type LifeEvent = (typeof LIFE_EVENTS)[number];

export const ACCESS_WAYS = ['code', 'sign-in', 'counter', 'phone'] as const;
export type AccessWay = (typeof ACCESS_WAYS)[number];

export type Place = {
  readonly id: string;
  readonly name: LocalText;
  readonly address: LocalText | null;
  /** Millionths of a degree, WGS 84; null where not known. */
  readonly position: { readonly latitudeE6: number; readonly longitudeE6: number } | null;
  /** Empty: not known. */
  readonly hours: readonly Hours[];
};

/** Open from one minute of the day to another; past 1,440 is after midnight. */
export type Hours = {
  /** 1 Monday to 7 Sunday, rising. */
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
};

export const DATA_KINDS = [
  'name',
  'id-number',
  'birth-date',
  'age-class',
  'phone-number',
  'address',
  'photo',
  'organisation',
  'other',
] as const;

export type DataAsked = { readonly data: (typeof DATA_KINDS)[number]; readonly why: LocalText };

/** Where the entry's facts come from, and how far to believe them (LIST-1.10). */
export type Source = {
  /** `document`: a public document says so; `public`: known to everybody, not verified. */
  readonly facts: 'document' | 'public' | 'invented';
  /** Prices, rules and hours: as decided by the operator, or made up for the demonstration. */
  readonly terms: 'official' | 'demo';
  readonly text: LocalText;
  readonly url: string | null;
};

export const entryIdShape = text(40, /^[1-9][0-9]{3}-[a-z0-9-]{1,34}$/);
const webUrlShape = text(300, /^https?:\/\/[^\s\u0000-\u0020"<>\\^`{|}\u007f-\uffff]+$/);

const placeShape: Shape<Place> = object({
  id: text(40, /^[a-z0-9-]{1,40}$/),
  name: localTextShape(60),
  address: nullable(localTextShape(120)),
  position: nullable(
    object({
      latitudeE6: integer(-90_000_000, 90_000_000),
      longitudeE6: integer(-180_000_000, 180_000_000),
    }),
  ),
  hours: list(
    object({
      days: list(integer(1, 7), 1, 7),
      fromMinute: integer(0, 1439),
      toMinute: integer(1, 2880),
    }),
    0,
    14,
  ),
});

/** The form of one entry; what holds between its members is `entryFault`'s. */
export const entryShape: Shape<Entry> = object({
  id: entryIdShape,
  name: localTextShape(60),
  summary: localTextShape(400),
  operator: object({ id: entryIdShape, name: localTextShape(60) }),
  category: oneOf(...CATEGORIES),
  lifeEvent: oneOf(...LIFE_EVENTS),
  audience: object({ residents: flag(), organisations: flag() }),
  access: list(oneOf(...ACCESS_WAYS), 1, ACCESS_WAYS.length),
  staffed: localTextShape(200),
  contact: object({
    phone: nullable(text(30, /^[0-9+][0-9 -]{2,29}$/)),
    url: nullable(webUrlShape),
  }),
  places: list(placeShape, 0, 50),
  admits: list(partyShape, 0, 64),
  tariff: tariffShape,
  fareGroup: entryIdShape,
  rules: list(ruleShape, 0, 40),
  reductions: list(reductionShape, 0, 2),
  asks: list(object({ data: oneOf(...DATA_KINDS), why: localTextShape(200) }), 0, 10),
  assurance: oneOf('none', 'low', 'substantial', 'high'),
  source: object({
    facts: oneOf('document', 'public', 'invented'),
    terms: oneOf('official', 'demo'),
    text: localTextShape(200),
    url: nullable(webUrlShape),
  }),
  checked: object({ by: localTextShape(60), on: dateShape }),
  stage: oneOf('pilot', 'live'),
});
