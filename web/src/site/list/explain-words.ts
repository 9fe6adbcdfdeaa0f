import { defineMessages } from '../../kit/messages.ts';

/** What the page that explains a price says. */
export const explainWords = defineMessages({
  nobodyPays: { 'zh-CN': '没有差额', 'zh-TW': '沒有差額', en: 'There is no rest' },
  explainTitle: { 'zh-CN': '为什么是这个价', 'zh-TW': '為什麼是這個價', en: 'Why this price' },
  explainLead: {
    'zh-CN': '每条优惠规则用不用得上、为什么，差额由谁付。只看居住城市和优惠人群，不记录是谁在问。',
    'zh-TW': '每條優惠規則用不用得上、為什麼，差額由誰付。只看居住城市和優惠對象，不記錄是誰在問。',
    en: 'Which concessions apply, which do not and why, and who pays the rest. Only where you live and what you show count; nobody keeps who asked.',
  },
  askedWrong: {
    'zh-CN': '网址里的居住城市或优惠人群不存在，请在下面选。',
    'zh-TW': '網址裡的居住城市或優惠對象不存在，請在下面選。',
    en: 'The address names a city or class that does not exist. Please choose below.',
  },
  rulesOf: {
    'zh-CN': '{who}，{city}居民：逐条规则',
    'zh-TW': '{who}，{city}居民：逐條規則',
    en: 'Rule by rule: {who}, resident of {city}',
  },
  noRules: {
    'zh-CN': '这项服务没有优惠规则。',
    'zh-TW': '這項服務沒有優惠規則。',
    en: 'This service has no concession rules.',
  },
  standing: { 'zh-CN': '用得上吗', 'zh-TW': '用得上嗎', en: 'Does it apply' },
  reasons: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reasons' },
  priceWith: { 'zh-CN': '按它付', 'zh-TW': '按它付', en: 'Price with it' },
  inOrder: { 'zh-CN': '按清单里的次序', 'zh-TW': '按清單裡的次序', en: 'In the order of the list' },
  isApplied: {
    'zh-CN': '价最低，就用这条',
    'zh-TW': '價最低，就用這條',
    en: 'It gives the lowest price',
  },
  backToEntry: { 'zh-CN': '回到这项服务', 'zh-TW': '回到這項服務', en: 'Back to this service' },
});
