import { dateOfDay, dayOfDate, serviceDay, type DateText, type PartyId } from '@tongyu/protocol';
import type { LocalText, Part } from '@tongyu/protocol';
import type { LineSumRow, ParityFilter, TapCountRow } from '../store/journey-view-tables.ts';
import { refuse, type ViewResult } from './refusals.ts';
import type { ViewRoom, ViewTables } from './types.ts';

/** What people of some residences were asked for and how often they were turned away. */
export type Side = {
  /** Scans, passed or not. */
  readonly taps: number;
  readonly refused: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly journeys: number;
  readonly fullFen: number;
  readonly riderFen: number;
  readonly concessionFen: number;
  readonly disputed: number;
};

export type ServiceParity = {
  readonly service: string;
  /** As in the edition in force; null when it is not in it. */
  readonly name: LocalText | null;
  readonly operator: string;
  readonly locals: Side;
  readonly visitors: Side;
  readonly byResidence: Readonly<Record<PartyId, Side>>;
  /** Scans of what was no code: they are nobody's. */
  readonly unread: Side;
};

export type ParityReport = {
  readonly from: DateText;
  readonly to: DateText;
  /** In rising order of service. */
  readonly services: readonly ServiceParity[];
};

export type DateRange = { readonly from?: DateText; readonly to?: DateText };

export const MAX_REPORT_DAYS = 92;
/** Without dates: the week up to today. */
const USUAL_DAYS = 7;

/** What visitors pay and how often they are refused, against locals, for each service. */
export async function parityReport<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  range: DateRange,
  operator: string | null,
): Promise<ViewResult<ParityReport>> {
  const days = daysOf(range, serviceDay(room.clock.now()));
  if (days === undefined) return refuse('RANGE_ODD');
  const filter: ParityFilter = { ...days, operator };
  const [taps, lines] = await room.store.read(async ({ views }) => [
    await views.tapCounts(filter),
    await views.lineSums(filter),
  ]);
  const services = servicesOf(room.party, await room.partInForce(), taps, lines);
  const { fromDay, toDay } = days;
  return { ok: true, value: { from: dateOfDay(fromDay), to: dateOfDay(toDay), services } };
}

/** Both included; undefined for dates that the calendar has not, or that are too far apart. */
export function daysOf(
  { from, to }: DateRange,
  today: number,
): { readonly fromDay: number; readonly toDay: number } | undefined {
  const toDay = to === undefined ? today : dayOfDate(to);
  const fromDay = from === undefined ? toDay - USUAL_DAYS + 1 : dayOfDate(from);
  const isDate = (given: DateText | undefined, day: number): boolean =>
    given === undefined || dateOfDay(day) === given;
  if (!isDate(from, fromDay) || !isDate(to, toDay)) return undefined;
  const count = toDay - fromDay + 1;
  return count >= 1 && count <= MAX_REPORT_DAYS ? { fromDay, toDay } : undefined;
}

function servicesOf(
  party: PartyId,
  part: Part | undefined,
  taps: readonly TapCountRow[],
  lines: readonly LineSumRow[],
): readonly ServiceParity[] {
  const names = new Map((part?.entries ?? []).map(({ id, name }) => [id, name]));
  const operators = new Map([...taps, ...lines].map((row) => [row.service, row.operator]));
  return [...operators.keys()].sort().map((service) => {
    const ownTaps = taps.filter((row) => row.service === service);
    const ownLines = lines.filter((row) => row.service === service);
    const side = (isOf: (residence: PartyId | null) => boolean): Side =>
      sideOf(
        ownTaps.filter(({ issuer }) => isOf(issuer)),
        ownLines.filter(({ home }) => isOf(home)),
      );
    const residences = [
      ...new Set([...ownTaps.map(({ issuer }) => issuer), ...ownLines.map(({ home }) => home)]),
    ].filter((one) => one !== null);
    return {
      ...{ service, name: names.get(service) ?? null, operator: operators.get(service) ?? '' },
      locals: side((one) => one === party),
      visitors: side((one) => one !== null && one !== party),
      byResidence: Object.fromEntries(
        residences.sort().map((residence) => [residence, side((one) => one === residence)]),
      ),
      unread: side((one) => one === null),
    };
  });
}

function sideOf(taps: readonly TapCountRow[], lines: readonly LineSumRow[]): Side {
  const refusals = new Map<string, number>();
  for (const { refusal, taps: count } of taps) {
    if (refusal !== null) refusals.set(refusal, (refusals.get(refusal) ?? 0) + count);
  }
  const sum = (member: Exclude<keyof LineSumRow, 'service' | 'operator' | 'home'>): number =>
    lines.reduce((total, row) => total + row[member], 0);
  return {
    taps: taps.reduce((total, row) => total + row.taps, 0),
    refused: [...refusals.values()].reduce((total, count) => total + count, 0),
    refusals: Object.fromEntries([...refusals].sort(([a], [b]) => (a < b ? -1 : 1))),
    journeys: sum('journeys'),
    fullFen: sum('fullFen'),
    riderFen: sum('riderFen'),
    concessionFen: sum('concessionFen'),
    disputed: sum('disputed'),
  };
}
