import { dateOfDay, serviceDay, slotStart } from '@tongyu/protocol';
import type {
  JourneyLine,
  ObjectionAnswer,
  ObjectionReason,
  PartyId,
  TapId,
} from '@tongyu/protocol';
import type {
  ExceptionFilter,
  HomeLineFilter,
  HomeLineView,
  JourneyException,
  LineCursor,
  LineFilter,
  LineRow,
  TapCounts,
} from '../store/journey-tables.ts';
import type { ObjectionRow } from '../store/journey-view-tables.ts';
import { daysOf, type DateRange } from './parity.ts';
import { refuse, type ViewResult } from './refusals.ts';
import { lineOf, objectionOf } from './stored-texts.ts';
import type { ViewRoom, ViewTables } from './types.ts';

/** An operator's people see lines without the key: it tells which journeys are one rider's. */
export type ShownLine = Omit<JourneyLine, 'key'> & { readonly key?: JourneyLine['key'] };

export type LineView = Pick<LineRow, 'state' | 'reason' | 'field' | 'revision' | 'updatedAt'> & {
  readonly line: ShownLine;
};
export type Page<Name extends string, Row> = Readonly<Record<Name, readonly Row[]>> & {
  /** Hand it in as `after`; null when there are none. */ readonly next: string | null;
};

/** The host's lines, the last changed first. */
export async function listLines<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  filter: LineFilter,
): Promise<Page<'lines', LineView>> {
  const rows = await room.store.read((tx) => tx.host.lines(filter));
  const isOperators = filter.operator !== undefined;
  const lines = rows.map(({ text, state, reason, field, revision, updatedAt }) => ({
    ...{ line: shown(text, isOperators), state, reason, field, revision, updatedAt },
  }));
  const last = rows.length < filter.limit ? undefined : rows.at(-1);
  return { lines, next: last === undefined ? null : cursorText(last.updatedAt, last.journey) };
}

function shown(text: string, isOperators: boolean): ShownLine {
  const { key, ...line } = lineOf(text);
  return isOperators ? line : { ...line, key };
}

/** `<time>/<tap id>`: where a page of lines or exceptions ends. */
function cursorText(at: number, id: TapId): string {
  return `${String(at)}/${id}`;
}

/** @param text of the form that the routes let in */
export function cursorOf(text: string): LineCursor {
  const slash = text.indexOf('/');
  return { updatedAt: Number(text.slice(0, slash)), journey: text.slice(slash + 1) as TapId };
}

export type ExceptionPage = Page<'exceptions', JourneyException> & {
  /** Of the days asked for, by reason. */
  readonly counts: Readonly<Record<string, number>>;
  readonly sums: TapSums;
};

/** Where each accepted tap of the days is: the members after `accepted` add up to it. */
export type TapSums = {
  readonly from: string;
  readonly to: string;
  readonly accepted: number;
  readonly inLines: number;
  readonly exceptions: number;
  readonly open: number;
  /** With the home city's key, to be priced in a moment. */
  readonly unpriced: number;
  /** The home city has not answered yet. */
  readonly pending: number;
  /** At two of these places: never, unless the program is wrong. */
  readonly doubled: number;
};

/** Taps that end in no line, the newest first, and the proof that none is lost or counted twice. */
export async function listJourneyExceptions<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  filter: ExceptionFilter,
  range: DateRange,
): Promise<ViewResult<ExceptionPage>> {
  const days = daysOf(range, serviceDay(room.clock.now()));
  if (days === undefined) return refuse('RANGE_ODD');
  const exceptions = await room.store.read((tx) => tx.host.exceptions(filter));
  const from = slotStart({ day: days.fromDay, slot: 0 });
  const to = slotStart({ day: days.toDay + 1, slot: 0 });
  const counted = await room.journeys.countTaps(from, to, filter.operator);
  const last = exceptions.length < filter.limit ? undefined : exceptions.at(-1);
  const counts = countsOf(counted);
  const next = last === undefined ? null : cursorText(last.at, last.tap);
  return { ok: true, value: { exceptions, counts, sums: sumsOf(counted, counts, days), next } };
}

function countsOf({ exceptions, groupExceptions }: TapCounts): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { ...exceptions };
  for (const [reason, count] of Object.entries(groupExceptions)) {
    counts[reason] = (counts[reason] ?? 0) + count;
  }
  return counts;
}

function sumsOf(
  { accepted, inLines, open, unpriced, pending, doubled }: TapCounts,
  counts: Readonly<Record<string, number>>,
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
): TapSums {
  const exceptions = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const days = { from: dateOfDay(fromDay), to: dateOfDay(toDay) };
  return { ...days, accepted, inLines, exceptions, open, unpriced, pending, doubled };
}

export type HomeLine = {
  readonly host: PartyId;
  /** As the host claims it. */
  readonly line: JourneyLine;
  /** As this city computed it, where that differs. */
  readonly ours: JourneyLine | null;
  readonly state: HomeLineView['outcome'];
  readonly reason: HomeLineView['reason'];
  readonly field: string | null;
  /** Of the host's claim that was looked at. */
  readonly revision: number;
  readonly updatedAt: number;
};

/** Own residents' lines, the last answered first, without the resident. */
export async function listHomeLines<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  filter: HomeLineFilter,
): Promise<Page<'lines', HomeLine>> {
  return room.store.read(async (tx) => {
    const rows = await tx.home.homeLines(filter);
    const read = rows.map((row) => ({ row, line: lineOf(row.text) }));
    const keys = read.map(({ row: { host }, line: { key } }) => ({ host, key }));
    const groups = await tx.home.homeGroups(keys);
    const revisions = new Map(groups.map((row) => [`${row.host} ${row.key}`, row.revision]));
    const lines = read.map(({ row, line }): HomeLine => {
      const { host, ours, outcome: state, reason, field, at: updatedAt } = row;
      const revision = revisions.get(`${host} ${line.key}`) ?? 0;
      const own = ours === null ? null : lineOf(ours);
      return { host, line, ours: own, state, reason, field, revision, updatedAt };
    });
    const last = rows.length < filter.limit ? undefined : rows.at(-1);
    return { lines, next: last === undefined ? null : cursorText(last.at, last.journey) };
  });
}

export type ObjectionView = {
  readonly id: string;
  readonly journey: TapId;
  /** City of the rider, who is not known here. */
  readonly home: PartyId;
  readonly reason: ObjectionReason;
  readonly at: number;
  readonly decision: ObjectionAnswer['decision'] | null;
  readonly decidedAt: number | null;
  /** The account that decided; an operator's people are not told. */
  readonly by: string | null;
  /** As it is claimed now; null when it is claimed no more. */
  readonly line: ShownLine | null;
  readonly state: LineRow['state'] | null;
};

const MAX_OBJECTIONS = 200;

/** Undecided ones first. */
export async function listObjections<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  operator: string | null,
): Promise<{ readonly objections: readonly ObjectionView[] }> {
  const limit = MAX_OBJECTIONS;
  const rows = await room.store.read(({ views }) => views.objections({ operator, limit }));
  return { objections: rows.map((row) => objectionView(row, operator !== null)) };
}

function objectionView(row: ObjectionRow, isOperators: boolean): ObjectionView {
  const { id, journey, home, at, decision, decidedAt, by, line } = row;
  return {
    ...{ id, journey, home, reason: objectionOf(row.text).reason, at, decision, decidedAt },
    by: isOperators ? null : by,
    line: line === null ? null : shown(line.text, isOperators),
    state: line?.state ?? null,
  };
}

/** An operator's people decide about their own operator's lines alone. */
export async function answerObjection<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  id: string,
  decision: ObjectionAnswer['decision'],
  who: { readonly account: string; readonly operator: string | null },
): Promise<ViewResult<{ readonly objection: ObjectionView }>> {
  const { operator } = who;
  const find = () => room.store.read(({ views }) => views.objection(id));
  const before = await find();
  const isTheirs = operator === null || before?.line?.operator === operator;
  if (before === undefined || !isTheirs) return refuse('OBJECTION_UNKNOWN');
  const answered = await room.journeys.answerObjection(id, decision, who.account);
  if (!answered.ok) return refuse(answered.refusal.code);
  const after = await find();
  if (after === undefined) return refuse('OBJECTION_UNKNOWN');
  return { ok: true, value: { objection: objectionView(after, operator !== null) } };
}
