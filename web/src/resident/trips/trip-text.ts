import type { LocalText } from '@tongyu/protocol';
import type { Trip, TripStop } from '../../kit/api/trips.ts';
import { formatDay, formatHour, formatMoment } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import { lastTapTime } from './load-trips.ts';

/** A name from the list, or the number where the list has none any more. */
export function nameOf(named: { readonly id: string; readonly name: LocalText | null }): LocalText {
  return named.name ?? { zhCN: named.id, zhTW: named.id, en: named.id };
}

/** When the journey began, seconds. */
export function startOf(trip: Trip): number {
  return trip.line?.from?.time ?? trip.taps[0]?.time ?? lastTapTime(trip);
}

/** One end of a journey as a reader takes it. */
export type End = {
  readonly kind: 'single' | 'entry' | 'exit';
  readonly time: number;
  readonly stop: TripStop | null;
  /** Told by the rider afterwards. */
  readonly isAdded: boolean;
};

/** What happened when and where, by time; an end that was told afterwards says so. */
export function endsOf(trip: Trip): readonly End[] {
  const taps: readonly End[] = trip.taps.map(({ time, direction, stop }) => {
    return { kind: direction, time, stop, isAdded: false };
  });
  // A real tap that arrived later has taken the place of what was told.
  const isOvertaken = trip.line?.state === 'complete';
  const told = trip.repaired.flatMap<End>(({ kind, time, stop }) => {
    if (isOvertaken || time === null || (kind !== 'entry' && kind !== 'exit')) return [];
    return [{ kind, time, stop: stop === null ? null : stopOf(trip, stop), isAdded: true }];
  });
  return [...taps, ...told].sort((a, b) => a.time - b.time);
}

function stopOf(trip: Trip, id: string): TripStop {
  const known = [...trip.repairedStops, ...trip.taps.map(({ stop }) => stop)];
  return known.find((stop) => stop?.id === id) ?? { id, name: null };
}

/** An end for which no repair has been sent yet. */
export function missingEnd(trip: Trip): 'exit' | 'entry' | undefined {
  const state = trip.line?.state;
  if (state !== 'missing-exit' && state !== 'missing-entry') return undefined;
  const end = state === 'missing-exit' ? 'exit' : 'entry';
  return trip.repaired.some(({ kind }) => kind === end) ? undefined : end;
}

/** Whether what was told is still to be priced. */
export function awaitsPricing({ line, repaired }: Trip): boolean {
  const told = repaired.at(-1);
  if (told === undefined || line === null) return false;
  if (told.kind === 'class') return line.class !== told.class;
  return told.kind !== 'waive' && line.state !== 'repaired';
}

/** 17:40, with its day where that is another one than the day of `beside`. */
export function hourText(language: Language, seconds: number, beside: number): string {
  const isSameDay = formatDay(language, seconds) === formatDay(language, beside);
  return isSameDay ? formatHour(language, seconds) : formatMoment(language, seconds);
}

const stepSeconds = 600;
const usualSeconds = 1800;

/** Times that may be told for a missing end, every ten minutes, and the likeliest of them. */
export function timesToTell(
  end: 'exit' | 'entry',
  { earliest, latest }: { readonly earliest: number; readonly latest: number },
): { readonly times: readonly number[]; readonly likeliest: number } {
  const times: number[] = [];
  for (let time = Math.ceil(earliest / stepSeconds) * stepSeconds; time <= latest;) {
    times.push(time);
    time += stepSeconds;
  }
  const edge = end === 'exit' ? earliest : latest;
  if (times.length === 0) return { times: [edge], likeliest: edge };
  const wished = end === 'exit' ? earliest + usualSeconds : latest - usualSeconds;
  const nearest = (a: number, b: number) => (Math.abs(b - wished) < Math.abs(a - wished) ? b : a);
  return { times, likeliest: times.reduce(nearest) };
}
