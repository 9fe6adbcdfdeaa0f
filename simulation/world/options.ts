import { diceOf, type Dice } from '../kernel/dice.ts';
import type { WireFaults } from '../kernel/wire.ts';
import type { RegionKind } from './world.ts';

/** What one seed expands to; printed when it fails. Rates are per mille. */
export type SeedOptions = {
  readonly seed: number;
  readonly region: RegionKind;
  /** How long after the founding the story begins: it decides where slots and days end. */
  readonly startAfterSeconds: number;
  readonly bursts: number;
  readonly burstSeconds: number;
  readonly actionsPerBurst: number;
  readonly gates: number;
  readonly phones: number;
  /** The phone program itself, with its whole pool, beside the light ones. */
  readonly wholePhone: boolean;
  readonly wire: WireFaults;
  /** The only fault point at which programs die in this seed; all of them when null. */
  readonly crashPoint: string | null;
  readonly crashRate: number;
  /** How many crashes there are at most. */
  readonly crashes: number;
  /** Clocks of nodes, gates and phones are wrong by up to this much. */
  readonly skewSeconds: number;
  /** A gate's warned accepts per day. */
  readonly maxWarnedAccepts: number;
  readonly change: 'none' | 'rollover' | 'replacement' | 'accession' | 'withdrawal';
  /** Offers travel as text and are read strictly, as over HTTP. */
  readonly offersAsText: boolean;
};

export const FAULT_POINTS = [
  'taps/before-commit',
  'taps/after-commit',
  'tap/before-commit',
  'tap/after-commit',
  'terminal/taps-answered',
  'terminal/trust-saved',
  'peer/after-send',
  'peer/after-effect',
  'peer/before-inbox-commit',
  'peer/after-inbox-commit',
  'peer/before-receipt-commit',
  'trust/after-sign-recorded',
  'revoke/before-commit',
  'revoke/after-commit',
  'pool/before-commit',
  'pool/after-commit',
  'bind/before-commit',
  'bind/after-commit',
  'phone/asked-saved',
  'phone/pool-answered',
  'catalogue/part-fetched',
  'catalogue/candidate-looked-at',
  'catalogue/after-sign-recorded',
  'catalogue/before-publish-commit',
  'catalogue/after-publish-commit',
  'catalogue/parts-fetched',
  'catalogue/before-head-signed',
  'lines/before-commit',
  'lines/after-commit',
] as const;

/**
 * Most crashes where a message is taken in meet a time statement, which comes again by itself; that
 * point is drawn more often, so that reports of taps have their share.
 */
const DRAWN_POINTS: readonly string[] = [
  ...FAULT_POINTS,
  ...Array<string>(5).fill('peer/before-inbox-commit'),
  ...Array<string>(2).fill('lines/before-commit'),
];

const HALF_A_DAY = 43_200;
/** The founding ends at 13:17 in Shanghai: the first burst has a service day's end in it. */
const BEFORE_DAY_ENDS = 52_910;

const CHANGES: readonly SeedOptions['change'][] = [
  'none',
  'none',
  'none',
  'none',
  'none',
  'none',
  'rollover',
  'rollover',
  'replacement',
  'replacement',
  'accession',
  'withdrawal',
];

export function expandSeed(seed: number): SeedOptions {
  const dice = diceOf(Math.imul(seed, 0x9e37_79b1) ^ 0x51ed_270b);
  const isCalm = dice.perMille(150);
  const change = dice.pick(CHANGES);
  const isAboutMembers = change === 'accession' || change === 'withdrawal';
  return {
    seed,
    change,
    region: isAboutMembers || dice.perMille(50) ? 'whole' : 'small',
    startAfterSeconds: dice.perMille(120) ? BEFORE_DAY_ENDS : dice.below(2 * HALF_A_DAY),
    bursts: dice.pick([1, 1, 2, 2, 3]),
    burstSeconds: dice.pick([100, 150, 240]),
    actionsPerBurst: dice.between(8, 20),
    gates: dice.between(2, 4),
    phones: dice.between(2, 4),
    wholePhone: dice.perMille(40),
    wire: isCalm ? CALM_WIRE : badWire(dice),
    crashPoint: dice.perMille(750) ? dice.pick(DRAWN_POINTS) : null,
    crashRate: dice.pick([50, 200, 600]),
    crashes: dice.pick([0, 2, 4, 8]),
    skewSeconds: dice.pick([0, 5, 45]),
    maxWarnedAccepts: dice.pick([0, 1, 1, 2, 500]),
    offersAsText: dice.perMille(60),
  };
}

export const CALM_WIRE: WireFaults = {
  lost: 0,
  duplicated: 0,
  slow: 0,
  delayMilliseconds: 40,
};

function badWire(dice: Dice): WireFaults {
  return {
    lost: dice.pick([0, 20, 100, 250]),
    duplicated: dice.pick([0, 20, 100, 250]),
    slow: dice.pick([0, 50, 200]),
    delayMilliseconds: dice.pick([20, 200, 1500]),
  };
}
