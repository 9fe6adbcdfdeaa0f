// Canned answers about journeys, shaped as a city's routes answer them.
import type {
  ConsoleLine,
  ConsoleObjection,
  HomeLinePage,
  JourneyExceptionPage,
  LinePage,
  ObjectionPage,
  ParityPage,
  ParitySide,
  ShownLine,
} from '../../web/src/kit/api/journeys.ts';

const noon = 1_795_838_400;
const hostile = '<b>地铁</b>\u202e';

const ride: ShownLine = {
  ...{ type: 'tongyu.line', host: '4301', home: '4201', journey: '4301-gate-1/7' },
  ...{ fareGroup: '4301-metro', day: 20_784, service: '4301-metro', operator: '4301-metro' },
  ...{ state: 'complete', taps: ['4301-gate-1/7', '4301-gate-2/3'] },
  from: { time: noon, stop: 'demo-1' },
  to: { time: noon + 900, stop: 'demo-4' },
  ...{ edition: 2, head: 14, class: 2, fullFen: 500, riderFen: 0, shownFen: 500 },
  parts: [
    {
      ...{ kind: 'concession', rule: 'senior-free-guest', fen: 400 },
      funder: { kind: 'party', party: '4201' },
    },
    { kind: 'transfer', rule: null, funder: { kind: 'host' }, fen: 50 },
    { kind: 'daily-cap', rule: null, funder: { kind: 'operator' }, fen: 50 },
  ],
};
const lone: ShownLine = {
  ...ride,
  ...{ journey: '4301-gate-1/8', state: 'missing-exit', taps: ['4301-gate-1/8'], to: null },
  ...{ class: 0, riderFen: 500, parts: [] },
};

const claimed = { reason: null, field: null, revision: 1, updatedAt: noon + 1000 } as const;
const accepted: ConsoleLine = { ...claimed, line: ride, state: 'accepted' };
const disputed: ConsoleLine = {
  ...claimed,
  ...{ line: lone, state: 'disputed', reason: 'LINE_DIFFERS', field: 'riderFen', revision: 3 },
};

export const lines: LinePage = {
  lines: [
    accepted,
    disputed,
    { ...claimed, line: { ...ride, journey: '4301-gate-1/9' }, state: 'claimed' },
  ],
  next: `${String(noon)}/4301-gate-1/9`,
};

const homeLines: HomeLinePage = {
  lines: [
    { ...accepted, host: '4201', line: { ...ride, host: '4201', home: '4301' }, ours: null },
    {
      ...disputed,
      host: '3601',
      line: { ...lone, host: '3601', home: '4301' },
      ours: { ...lone, riderFen: 450, host: '3601', home: '4301' },
    },
  ],
  next: null,
};

const exceptions: JourneyExceptionPage = {
  exceptions: ['DOUBLE_PRESENTATION', 'HOME_SILENT', 'STOP_UNKNOWN', 'SOMETHING_NEWER'].map(
    (reason, i) => ({
      ...{ tap: `4301-gate-1/${i + 20}`, time: noon, service: '4301-metro' },
      ...{ operator: '4301-metro', home: i === 0 ? null : '4201', reason, at: noon + 60 },
    }),
  ),
  counts: { DOUBLE_PRESENTATION: 1, HOME_SILENT: 1, STOP_UNKNOWN: 1, SOMETHING_NEWER: 1 },
  sums: {
    ...{ from: '2026-11-21', to: '2026-11-27', accepted: 104, inLines: 97, exceptions: 4 },
    ...{ open: 2, unpriced: 1, pending: 0, doubled: 0 },
  },
  next: null,
};

const open: ConsoleObjection = {
  ...{ id: '4201-o-1', journey: '4301-gate-1/8', home: '4201', reason: 'wrong-stop', at: noon },
  ...{ decision: null, decidedAt: null, by: null, line: lone, state: 'accepted' },
};
export const objections: ObjectionPage = {
  objections: [
    open,
    {
      ...open,
      ...{ id: '4201-o-2', reason: 'charged-twice', decision: 'upheld', decidedAt: noon + 9 },
      ...{ by: 'wang', line: null, state: null },
    },
  ],
};

function side(more: Partial<ParitySide>): ParitySide {
  return {
    ...{ taps: 200, refused: 4, refusals: { CODE_STALE: 3, ALREADY_USED: 1 }, journeys: 190 },
    ...{ fullFen: 76_000, riderFen: 60_000, concessionFen: 16_000, disputed: 0 },
    ...more,
  };
}
const none = side({ taps: 3, refused: 3, refusals: { MALFORMED: 3 }, journeys: 0, fullFen: 0 });
const parity: ParityPage = {
  ...{ from: '2026-11-21', to: '2026-11-27' },
  services: [
    {
      ...{ service: '4301-metro', operator: '4301-metro', unread: none },
      name: { zhCN: hostile, zhTW: null, en: null },
      locals: side({}),
      visitors: side({ refused: 20, refusals: { NOT_ENTITLED: 12, NEWER: 8 }, riderFen: 70_000 }),
      byResidence: { '4201': side({}), '4301': side({}), '3601': side({ disputed: 2 }) },
    },
  ],
};

/** By path. */
export const journeyAnswers: Readonly<Record<string, unknown>> = {
  '/console/api/journeys': lines,
  '/console/api/home-lines': homeLines,
  '/console/api/journey-exceptions': exceptions,
  '/console/api/objections': objections,
  '/console/api/parity': parity,
};
