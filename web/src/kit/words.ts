import type { Verdict } from '@tongyu/protocol';
import { defineMessages } from './messages.ts';

/** Words that every face needs. */
export const kitWords = defineMessages({
  appName: { 'zh-CN': '通域', 'zh-TW': '通域', en: 'Tongyu' },
  memberCities: { 'zh-CN': '四个成员城市', 'zh-TW': '四個成員城市', en: 'The four member cities' },
  currentCity: { 'zh-CN': '当前城市', 'zh-TW': '目前城市', en: 'Current city' },
  close: { 'zh-CN': '关闭', 'zh-TW': '關閉', en: 'Close' },
  cancel: { 'zh-CN': '取消', 'zh-TW': '取消', en: 'Cancel' },
  retry: { 'zh-CN': '再试一次', 'zh-TW': '再試一次', en: 'Try again' },
  settings: { 'zh-CN': '文字与语言', 'zh-TW': '文字與語言', en: 'Text and language' },
  language: { 'zh-CN': '语言', 'zh-TW': '語言', en: 'Language' },
  textSize: { 'zh-CN': '文字大小', 'zh-TW': '文字大小', en: 'Text size' },
  size16: { 'zh-CN': '标准', 'zh-TW': '標準', en: 'Standard' },
  size20: { 'zh-CN': '大', 'zh-TW': '大', en: 'Large' },
  size24: { 'zh-CN': '更大', 'zh-TW': '更大', en: 'Larger' },
  size30: { 'zh-CN': '最大', 'zh-TW': '最大', en: 'Largest' },
  elderMode: { 'zh-CN': '长辈模式', 'zh-TW': '長者模式', en: 'Elder mode' },
  elderModeOn: { 'zh-CN': '进入长辈模式', 'zh-TW': '進入長者模式', en: 'Elder mode on' },
  elderModeOff: { 'zh-CN': '退出长辈模式', 'zh-TW': '離開長者模式', en: 'Elder mode off' },
  loading: { 'zh-CN': '正在读取', 'zh-TW': '讀取中', en: 'Loading' },
  offlineTitle: { 'zh-CN': '没有网络', 'zh-TW': '沒有網路', en: 'No network' },
  offlineNoData: {
    'zh-CN': '现在连不上本市节点，这里没有存下的内容。您的数据没有丢失，联网后再试。',
    'zh-TW': '目前連不上本市節點，這裡沒有留存的內容。您的資料並未遺失，連上網路後再試。',
    en: 'This city’s node cannot be reached and nothing is kept here. No data is lost. Try again when online.',
  },
  offlineOldData: {
    'zh-CN': '现在连不上本市节点，下面是 {when} 的内容。',
    'zh-TW': '目前連不上本市節點，以下是 {when} 的內容。',
    en: 'This city’s node cannot be reached. Below is what stood at {when}.',
  },
  failedTitle: { 'zh-CN': '没有完成', 'zh-TW': '未能完成', en: 'That did not work' },
  failedBody: {
    'zh-CN': '出了问题，数据没有改动。请再试一次；仍不行请报上编号。',
    'zh-TW': '出了問題，資料沒有變動。請再試一次；仍不行請提供編號。',
    en: 'Something went wrong and nothing was changed. Try again; if it stays, quote the reference.',
  },
  reference: { 'zh-CN': '编号', 'zh-TW': '編號', en: 'Reference' },
  expiredTitle: { 'zh-CN': '已过期', 'zh-TW': '已過期', en: 'Out of date' },
  notTranslated: { 'zh-CN': '（没有译文）', 'zh-TW': '（沒有譯文）', en: '(not translated)' },
  yes: { 'zh-CN': '是', 'zh-TW': '是', en: 'Yes' },
  no: { 'zh-CN': '否', 'zh-TW': '否', en: 'No' },
});

/** The four verdicts, in the words that every gate uses (UX rule A4). */
export { VERDICT_WORDS as verdictWords } from '@tongyu/domain';
export type VerdictKind = Verdict;
