import type { LocalText } from '@tongyu/protocol';
import { REASON_WORDS, reasonWhyNot } from './treatment-words.ts';
import type { Admitted } from './types.ts';
import type { ScreenText } from './words.ts';

/** What a gate's screen says of money beside 通过; who bears the difference is not its matter. */
export type ShownTerms = {
  /** The most that may be asked: nobody pays more than was shown. */
  readonly priceFen: number;
  /** The least. */
  readonly fromFen: number;
  readonly fullFen: number;
  /** The concession that counts; null for the full price. */
  readonly rule: { readonly id: string; readonly name: LocalText } | null;
  /** Why it is this price although a lower one was to be expected; null where none was. */
  readonly why: ScreenText | null;
};

export const NO_SUCH_CONCESSION: ScreenText = {
  'zh-CN': '本服务无此类优惠',
  'zh-TW': '本服務無此類優惠',
  en: 'No concession of this class here',
};

/**
 * A rider whose code carries a class is told why nothing came of it (ENT-4.1); one whose code
 * carries none is not told at each gate what others get.
 */
export function shownTerms({ quote, code }: Admitted): ShownTerms {
  const { priceFen, fromFen, fullFen, rule } = quote;
  const named = rule === null ? null : { id: rule.id, name: rule.name };
  return { priceFen, fromFen, fullFen, rule: named, why: whyNoLess({ quote, code }) };
}

function whyNoLess({ quote, code }: Pick<Admitted, 'quote' | 'code'>): ScreenText | null {
  const reason = reasonWhyNot(quote);
  if (reason !== undefined && reason !== 'CLASS_NOT_SHOWN') return REASON_WORDS[reason];
  const isFull = quote.rule === null && quote.fullFen > 0;
  return isFull && code.code.pass.class !== 0 ? NO_SUCH_CONCESSION : null;
}
