import { defineMessages } from './messages.ts';

/** Where a terminal stands and which way it lets people go. */
export const placeWords = defineMessages({
  direction: { 'zh-CN': '方向', 'zh-TW': '方向', en: 'Direction' },
  single: { 'zh-CN': '单次（刷一次）', 'zh-TW': '單次（刷一次）', en: 'Single: one scan is all' },
  entry: { 'zh-CN': '进站', 'zh-TW': '進站', en: 'Entry' },
  exit: { 'zh-CN': '出站', 'zh-TW': '出站', en: 'Exit' },
  stop: { 'zh-CN': '站点', 'zh-TW': '站點', en: 'Stop' },
  chooseStop: { 'zh-CN': '请选择', 'zh-TW': '請選擇', en: 'Please choose' },
  noStop: { 'zh-CN': '不在站点', 'zh-TW': '不在站點', en: 'At no stop' },
  stopMissing: {
    'zh-CN': '这项服务分区计价，请选这台终端所在的站点',
    'zh-TW': '這項服務分區計價，請選這台終端所在的站點',
    en: 'This service is priced by zones: choose the stop where the terminal stands',
  },
});
