import type { ObjectionAnswer, ObjectionReason, Objection, Repair, TapId } from '@tongyu/protocol';
import type { ExceptionFilter, HomeLineFilter, LineFilter } from '../store/journey-tables.ts';
import * as office from './console-lines.ts';
import { askObjection } from './objections.ts';
import { parityCsv } from './parity-csv.ts';
import { parityReport, type DateRange, type ParityReport } from './parity.ts';
import type { ViewResult } from './refusals.ts';
import { askRepair, type RepairWish } from './repairs.ts';
import { residentTrips } from './resident-trips.ts';
import { residentSeen, type Seen } from './seen.ts';
import type { TripPage, ViewRoom, ViewTables } from './types.ts';

/** What people see of journeys and say about them: residents on their phones, staff at a office. */
export type JourneyViews = {
  trips(residentRef: string, after: number | undefined): Promise<TripPage>;
  seen(residentRef: string): Promise<{ readonly entries: readonly Seen[] }>;
  repair(residentRef: string, wish: RepairWish): Promise<ViewResult<{ readonly repair: Repair }>>;
  object(
    residentRef: string,
    wish: { readonly journey: TapId; readonly reason: ObjectionReason },
  ): Promise<ViewResult<{ readonly objection: Objection }>>;

  lines(filter: LineFilter): Promise<office.Page<'lines', office.LineView>>;
  exceptions(filter: ExceptionFilter, range: DateRange): Promise<ViewResult<office.ExceptionPage>>;
  homeLines(filter: HomeLineFilter): Promise<office.Page<'lines', office.HomeLine>>;
  objections(
    operator: string | null,
  ): Promise<{ readonly objections: readonly office.ObjectionView[] }>;
  answerObjection(
    id: string,
    decision: ObjectionAnswer['decision'],
    who: { readonly account: string; readonly operator: string | null },
  ): Promise<ViewResult<{ readonly objection: office.ObjectionView }>>;
  parity(range: DateRange, operator: string | null): Promise<ViewResult<ParityReport>>;
  /** The same as a table for a spreadsheet. */
  parityTable(range: DateRange, operator: string | null): Promise<ViewResult<string>>;
};

export function createJourneyViews<Tx extends ViewTables>(room: ViewRoom<Tx>): JourneyViews {
  return {
    trips: (residentRef, after) => residentTrips(room, residentRef, after),
    seen: (residentRef) => residentSeen(room, residentRef),
    repair: (residentRef, wish) => askRepair(room, residentRef, wish),
    object: (residentRef, wish) => askObjection(room, residentRef, wish),
    lines: (filter) => office.listLines(room, filter),
    exceptions: (filter, range) => office.listJourneyExceptions(room, filter, range),
    homeLines: (filter) => office.listHomeLines(room, filter),
    objections: (operator) => office.listObjections(room, operator),
    answerObjection: (id, decision, who) => office.answerObjection(room, id, decision, who),
    parity: (range, operator) => parityReport(room, range, operator),
    async parityTable(range, operator) {
      const report = await parityReport(room, range, operator);
      return report.ok ? { ok: true, value: parityCsv(room.party, report.value) } : report;
    },
  };
}
