import type { Json } from '../encoding/canonical-json.ts';
import { integer, object, oneOf, type Shape } from '../encoding/shape.ts';
import { priceShape } from './tariff.ts';

/**
 * What riders pay less because of their other journeys of the service day in the fare group
 * (LIST-2.7). The operator gets the whole tariff all the same: the funder bears the difference.
 */
export type Reduction = Transfer | DailyCap;

export type Transfer = {
  readonly kind: 'transfer';
  /** From the end of a journey in another service of the group to the beginning of this one. */
  readonly withinMinutes: number;
  readonly lessFen: number;
  readonly funder: ReductionFunder;
};

export type DailyCap = {
  readonly kind: 'daily-cap';
  /** The most that a rider pays in the fare group on one service day. */
  readonly capFen: number;
  readonly funder: ReductionFunder;
};

export type ReductionFunder = 'operator' | 'host';

const funderShape: Shape<ReductionFunder> = oneOf('operator', 'host');
const transferShape: Shape<Transfer> = object({
  kind: oneOf('transfer'),
  withinMinutes: integer(1, 360),
  lessFen: priceShape,
  funder: funderShape,
});
const dailyCapShape: Shape<DailyCap> = object({
  kind: oneOf('daily-cap'),
  capFen: priceShape,
  funder: funderShape,
});

export const reductionShape: Shape<Reduction> = (value, path) => {
  const kind = (value as Readonly<Record<string, Json>> | null | undefined)?.['kind'];
  return kind === 'transfer' ? transferShape(value, path) : dailyCapShape(value, path);
};
