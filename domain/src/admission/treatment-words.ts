import { priceWith } from '../entitlement/entitle.ts';
import type { Entitled, RuleFinding, RuleReason, RuleStanding } from '../entitlement/types.ts';
import type { ScreenText } from './words.ts';

/**
 * Why a rule applies or not, in the words of ENT-4: for the terminal, the receipt, the journey line
 * and the page that explains. In Chinese at most 12 characters, so that a gate's screen holds them.
 */
export const REASON_WORDS: Readonly<Record<RuleReason, ScreenText>> = {
  RESIDENCE_NOT_NAMED: {
    'zh-CN': '不给您城市的居民',
    'zh-TW': '不給您城市的居民',
    en: 'Not for residents of your city',
  },
  CLASS_NOT_SHOWN: {
    'zh-CN': '您没有出示这个身份',
    'zh-TW': '您沒有出示這個身分',
    en: 'You did not show this class',
  },
  NOT_YET: { 'zh-CN': '优惠尚未开始', 'zh-TW': '優惠尚未開始', en: 'Not in force yet' },
  ENDED: { 'zh-CN': '优惠已经到期', 'zh-TW': '優惠已經到期', en: 'No longer in force' },
  SUSPENDED: { 'zh-CN': '优惠已暂停', 'zh-TW': '優惠已暫停', en: 'The concession is suspended' },
  SUSPENDED_FOR_RESIDENCE: {
    'zh-CN': '对贵市居民已暂停',
    'zh-TW': '對貴市居民已暫停',
    en: 'Suspended for residents of your city',
  },
  DAILY_NUMBER_USED: {
    'zh-CN': '今日次数已用完',
    'zh-TW': '今日次數已用完',
    en: 'Used up for today',
  },
  DAILY_NUMBER_OPEN: {
    'zh-CN': '每日限次，行程后定价',
    'zh-TW': '每日限次，行程後定價',
    en: 'Daily limit; settled after the ride',
  },
  LIST_TOO_OLD: {
    'zh-CN': '清单过旧，无法确定',
    'zh-TW': '清單過舊，無法確定',
    en: 'The list is too old to tell',
  },
  NOT_LOWEST: {
    'zh-CN': '另有一样低或更低的价',
    'zh-TW': '另有一樣低或更低的價',
    en: 'Another price is as low or lower',
  },
};

export const STANDING_WORDS: Readonly<Record<RuleStanding, ScreenText>> = {
  applied: { 'zh-CN': '采用', 'zh-TW': '採用', en: 'Applied' },
  fits: { 'zh-CN': '符合，未采用', 'zh-TW': '符合，未採用', en: 'Fits, not applied' },
  no: { 'zh-CN': '不适用', 'zh-TW': '不適用', en: 'Does not apply' },
  unknown: { 'zh-CN': '还不能确定', 'zh-TW': '還無法確定', en: 'Not known yet' },
};

/** What is told first, where several rules are kept from a rider for several reasons. */
const TELLING: readonly RuleReason[] = [
  ...(['SUSPENDED', 'SUSPENDED_FOR_RESIDENCE', 'DAILY_NUMBER_USED', 'DAILY_NUMBER_OPEN'] as const),
  ...(['LIST_TOO_OLD', 'ENDED', 'NOT_YET', 'CLASS_NOT_SHOWN'] as const),
];

/**
 * The most telling reason why this rider pays more than some rule for their residence gives. A rule
 * for another class counts only where nothing else keeps it away: the class was not carried.
 */
export function reasonWhyNot(entitled: Entitled): RuleReason | undefined {
  const { findings, fullFen, priceFen } = entitled;
  const reasons = new Set(
    findings
      .filter((finding) => priceWith(finding.rule, fullFen) < priceFen && concernsRider(finding))
      .flatMap((finding) => finding.reasons),
  );
  return TELLING.find((reason) => reasons.has(reason));
}

function concernsRider({ reasons }: RuleFinding): boolean {
  if (reasons.includes('RESIDENCE_NOT_NAMED')) return false;
  return !reasons.includes('CLASS_NOT_SHOWN') || reasons.length === 1;
}
