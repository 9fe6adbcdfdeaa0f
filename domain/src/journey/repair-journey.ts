import {
  LONGEST_JOURNEY_SECONDS,
  REPAIR_SECONDS,
  type JourneyEnd,
  type JourneyState,
  type PartyId,
  type Repair,
  type TapId,
  type Tariff,
} from '@tongyu/protocol';
import type { PairedJourney } from './pair-taps.ts';
import type { GroupTap } from './types.ts';

/** A journey as it is priced, with what was put right about it (JRN-5). */
export type MendedJourney = {
  readonly state: JourneyState | 'open';
  readonly taps: readonly [GroupTap, ...GroupTap[]];
  readonly from: JourneyEnd | null;
  readonly to: JourneyEnd | null;
  readonly class: number;
  readonly waived: boolean;
};

export type RepairsByTap = ReadonlyMap<TapId, readonly Repair[]>;

type Cities = { readonly host: PartyId; readonly home: PartyId };

/** JRN-5.4: in the order in which they count, the same id once. */
export function repairsInOrder(repairs: readonly Repair[]): readonly Repair[] {
  const seen = new Set<string>();
  return [...repairs]
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id)))
    .filter(({ id }) => seen.size < seen.add(id).size);
}

/** Those of each tap, made by the city that may make them (JRN-5.2). */
export function repairsByTap(repairs: readonly Repair[], { host, home }: Cities): RepairsByTap {
  const found = new Map<TapId, Repair[]>();
  for (const repair of repairsInOrder(repairs)) {
    const by = repair.kind === 'waive' ? host : home;
    if (!repair.id.startsWith(`${by}-r-`)) continue;
    const known = found.get(repair.journey);
    if (known === undefined) found.set(repair.journey, [repair]);
    else known.push(repair);
  }
  return found;
}

/**
 * The journey with its repairs (JRN-5.4 to JRN-5.6). One that does not apply, or no longer since a
 * real tap has come, changes nothing.
 *
 * @param tariff of the first tap's terms; undefined where these are not known: no end can be placed
 */
export function repairJourney(
  journey: PairedJourney,
  repairs: RepairsByTap,
  tariff: Tariff | undefined,
): MendedJourney {
  const { state, taps, from, to } = journey;
  const [first] = taps;
  const plain = { state, taps, from, to, class: first.class, waived: false };
  if (repairs.size === 0) return plain;
  const own = repairsOf(journey, repairs);
  if (own.length === 0) return plain;
  const find = (kind: Repair['kind']) =>
    own.find((repair) => repair.kind === kind && isValid(repair, journey, tariff));
  const [exit, entry] = [find('exit'), find('entry')];
  return {
    ...plain,
    ...(exit === undefined ? {} : { state: 'repaired', to: endOf(exit) }),
    ...(entry === undefined ? {} : { state: 'repaired', from: endOf(entry) }),
    class: find('class')?.class ?? first.class,
    waived: find('waive') !== undefined,
  };
}

/** A repair names a tap, and goes with it, whichever journey holds it by now. */
function repairsOf({ taps }: PairedJourney, repairs: RepairsByTap): readonly Repair[] {
  const lists = taps.flatMap(({ id }) => repairs.get(id) ?? []);
  return taps.length === 1 ? lists : repairsInOrder(lists);
}

function isValid(repair: Repair, journey: PairedJourney, tariff: Tariff | undefined): boolean {
  const start = journey.taps[0].time;
  if (repair.kind === 'waive') return true;
  if (repair.at - start > REPAIR_SECONDS) return false;
  if (repair.kind === 'class') return repair.class !== null;
  const { time, at } = repair;
  if (time === null || time > at || !isStop(repair.stop, tariff)) return false;
  if (repair.kind === 'entry') {
    if (journey.state !== 'missing-entry') return false;
    return start - LONGEST_JOURNEY_SECONDS <= time && time < start;
  }
  if (journey.state !== 'missing-exit' && journey.state !== 'open') return false;
  return start < time && time <= start + LONGEST_JOURNEY_SECONDS;
}

/** Whether one can enter or leave there; where the tariff has no stops, nowhere is right. */
function isStop(stop: string | null, tariff: Tariff | undefined): boolean {
  if (tariff === undefined) return false;
  if (tariff.kind !== 'zones') return stop === null;
  return tariff.stops.some(({ id }) => id === stop);
}

function endOf(repair: Repair): JourneyEnd {
  return { stop: repair.stop, time: repair.time ?? 0 };
}
