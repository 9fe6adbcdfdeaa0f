import { stopIdShape } from '../catalogue/tariff.ts';
import { integer, nullable, object, oneOf, text, where, type Shape } from '../encoding/shape.ts';
import { tapIdShape, type TapId } from '../tap/tap.ts';
import { timeShape } from '../trust/signed-document.ts';

/**
 * What is put right about a journey afterwards (JRN-5). The home city sends those of its residents,
 * each one checked against its bounds; the host city waives a fare.
 */
export type Repair = {
  /** Begins with the party that made it: `4301-r-…`; the same id is the same repair. */
  readonly id: string;
  readonly journey: TapId;
  readonly kind: 'entry' | 'exit' | 'class' | 'waive';
  /** For `entry` and `exit`: where (null where the tariff has no stops) and when. */
  readonly stop: string | null;
  readonly time: number | null;
  /** For `class`: the class that the home city proves for the day of the journey. */
  readonly class: number | null;
  readonly at: number;
};

export const repairIdShape = text(60, /^[1-9][0-9]{3}-r-[A-Za-z0-9_-]{1,50}$/);

const membersShape: Shape<Repair> = object({
  id: repairIdShape,
  journey: tapIdShape,
  kind: oneOf('entry', 'exit', 'class', 'waive'),
  stop: nullable(stopIdShape),
  time: nullable(timeShape),
  class: nullable(integer(1, 0xffff)),
  at: timeShape,
});

/** JRN-5.2: each kind has its own members, and null for the others. */
export const repairShape: Shape<Repair> = where(membersShape, (repair) => {
  const hasEnd = repair.kind === 'entry' || repair.kind === 'exit';
  if ((repair.time !== null) !== hasEnd) return 'time';
  if (repair.stop !== null && !hasEnd) return 'stop';
  return (repair.class !== null) === (repair.kind === 'class') ? undefined : 'class';
});

/** After a journey's first tap one may repair it for this long (JRN-5.1). */
export const REPAIR_SECONDS = 7 * 86_400;
/** A repaired end lies at most this far from the end that is there (JRN-5.5). */
export const LONGEST_JOURNEY_SECONDS = 6 * 3600;
/** Repaired ends per resident and 30 days (JRN-5.3). */
export const REPAIRED_ENDS_PER_MONTH = 3;
