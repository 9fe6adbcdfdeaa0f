import type { ConsoleService } from '../kit/api/console.ts';

/** What one edit changes. Prices are integer 分; undefined: that city's residents have none. */
export type ServiceChange =
  | { readonly what: 'open'; readonly from: boolean; readonly to: boolean }
  | {
      readonly what: 'price';
      readonly residence: string;
      readonly from: number | undefined;
      readonly to: number | undefined;
    };

export function changesOf(before: ConsoleService, after: ConsoleService): readonly ServiceChange[] {
  const priceIn = (service: ConsoleService, residence: string) =>
    service.prices.find((price) => price.residence === residence)?.priceFen;
  const residences = new Set([...before.prices, ...after.prices].map(({ residence }) => residence));
  const open: readonly ServiceChange[] =
    before.open === after.open ? [] : [{ what: 'open', from: before.open, to: after.open }];
  const prices = [...residences].flatMap((residence): readonly ServiceChange[] => {
    const [from, to] = [priceIn(before, residence), priceIn(after, residence)];
    return from === to ? [] : [{ what: 'price', residence, from, to }];
  });
  return [...open, ...prices];
}

/** The most that a service file can say (TAP-1): 100,000 yuan. */
const mostFen = 10_000_000;

/** 分 of a price typed in yuan, e.g. `4` or `4.50`; undefined when it is empty or no price. */
export function fenOf(yuan: string): number | undefined {
  const found = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(yuan.trim());
  if (found === null) return undefined;
  const fen = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return fen <= mostFen ? fen : undefined;
}

/** Yuan with two digits, for the field; empty for none. */
export function yuanOf(fen: number | undefined): string {
  return fen === undefined ? '' : (fen / 100).toFixed(2);
}
