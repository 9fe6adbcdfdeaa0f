import { integer, list, object, oneOf, text, type Shape } from '../encoding/shape.ts';
import type { Json } from '../encoding/canonical-json.ts';
import { localTextShape, type LocalText } from './local-text.ts';

/** What a service costs before any concession, in whole 分 (LIST-1.7). */
export type Tariff = FreeTariff | FlatTariff | ZoneTariff | TicketTariff;

export type FreeTariff = { readonly kind: 'free' };
/** One price for each ride. */
export type FlatTariff = { readonly kind: 'flat'; readonly priceFen: number };
/** The price grows with the number of zones between entry and exit. */
export type ZoneTariff = {
  readonly kind: 'zones';
  /** Gates stand at stops; a zone is a whole number, and neighbours differ by one. */
  readonly stops: readonly {
    readonly id: string;
    readonly name: LocalText;
    readonly zone: number;
  }[];
  /** Price for 0, 1, 2 … zones between; longer journeys pay the last one, which is the highest. */
  readonly pricesFen: readonly number[];
};
/** One visit. */
export type TicketTariff = { readonly kind: 'ticket'; readonly priceFen: number };

export const stopIdShape = text(40, /^[a-z0-9-]{1,40}$/);
export const MAX_PRICE_FEN = 10_000_000;
export const priceShape = integer(0, MAX_PRICE_FEN);

const freeShape: Shape<FreeTariff> = object({ kind: oneOf('free') });
const flatShape: Shape<FlatTariff> = object({ kind: oneOf('flat'), priceFen: priceShape });
const ticketShape: Shape<TicketTariff> = object({ kind: oneOf('ticket'), priceFen: priceShape });
const zonesShape: Shape<ZoneTariff> = object({
  kind: oneOf('zones'),
  stops: list(
    object({
      id: stopIdShape,
      name: localTextShape(60),
      zone: integer(0, 99),
    }),
    2,
    500,
  ),
  pricesFen: list(priceShape, 1, 100),
});

export const tariffShape: Shape<Tariff> = (value, path) => {
  const kind = (value as Readonly<Record<string, Json>> | null | undefined)?.['kind'];
  if (kind === 'free') return freeShape(value, path);
  if (kind === 'flat') return flatShape(value, path);
  if (kind === 'ticket') return ticketShape(value, path);
  return zonesShape(value, path);
};
