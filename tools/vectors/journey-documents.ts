import {
  groupAnswersShape,
  journeyLineShape,
  linesClaimShape,
  objectionAnswerShape,
  objectionShape,
  repairShape,
  type GroupClaim,
  type Json,
  type JourneyLine,
  type Repair,
  type Shape,
} from '@tongyu/protocol';
import { NOON } from './region.ts';

/** One of each document that two cities exchange about journeys, for the tests of the schemas. */

const key = '0123456789abcdef0123456789abcdef';

const line: JourneyLine = {
  type: 'tongyu.line',
  host: '4201',
  home: '4301',
  journey: '4201-gate-1/7',
  key,
  fareGroup: '4201-metro-co',
  day: 20_879,
  service: '4201-metro',
  operator: '4201-metro-co',
  state: 'complete',
  taps: ['4201-gate-1/7', '4201-gate-2/9'],
  from: { time: NOON, stop: 'east' },
  to: { time: NOON + 900, stop: null },
  edition: 3,
  head: 12,
  class: 2,
  fullFen: 600,
  riderFen: 200,
  shownFen: 300,
  parts: [
    { kind: 'concession', rule: 'senior-65', funder: { kind: 'party', party: '4301' }, fen: 300 },
    { kind: 'transfer', rule: null, funder: { kind: 'operator' }, fen: 100 },
  ],
};

const repair: Repair = {
  id: '4301-r-a_B9',
  journey: '4201-gate-1/7',
  kind: 'exit',
  stop: 'west',
  time: NOON + 900,
  class: null,
  at: NOON + 9_000,
};

const group: GroupClaim = {
  key,
  fareGroup: line.fareGroup,
  day: line.day,
  revision: 2,
  asOf: NOON + 9_000,
  taps: [...line.taps, '4201-gate-2/10', '4201-gate-3/1'],
  open: ['4201-gate-2/10'],
  repairs: [repair],
  lines: [line],
  exceptions: [{ tap: '4201-gate-3/1', reason: 'STOP_UNKNOWN' }],
};

const disputed = { outcome: 'disputed', reason: 'LINE_DIFFERS', field: 'riderFen' } as const;
const answer = {
  groups: [
    {
      key,
      revision: 2,
      refusal: null,
      held: null,
      lines: [{ journey: line.journey, ...disputed }],
    },
    { key, revision: 1, refusal: 'KEY_UNKNOWN', held: null, lines: [] },
  ],
};

const objection = { id: '4301-o-1', journey: line.journey, key, reason: 'wrong-price', at: NOON };

type Members = Readonly<Record<string, Json>>;

/** Name of the schema, its shape, and one that is good. */
export const journeyDocuments: readonly (readonly [string, Shape<unknown>, Members])[] = [
  ['journey-line', journeyLineShape, line],
  ['repair', repairShape, repair],
  ['lines-claim#group', (value, path) => claimOf(value, path), group],
  ['lines-claim', linesClaimShape, { groups: [group], heads: [] }],
  ['lines-claim#answer', groupAnswersShape, answer],
  ['objection', objectionShape, objection],
  ['objection#answer', objectionAnswerShape, { id: '4301-o-1', decision: 'upheld', at: NOON }],
];

function claimOf(value: Json | undefined, path: string): unknown {
  return linesClaimShape({ groups: [value ?? null], heads: [] }, path);
}
