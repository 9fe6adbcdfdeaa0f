import { defineMessages } from '../kit/messages.ts';

export const serviceWords = defineMessages({
  caption: {
    'zh-CN': '第 {number} 号服务文件，由本市签名；终端下次联网时取到',
    'zh-TW': '第 {number} 號服務檔案，由本市簽署；終端下次連網時取得',
    en: 'Service file {number}, signed by this city; gates take it when they are next online',
  },
  none: {
    'zh-CN': '还没有服务文件。创立完成后会出现在这里。',
    'zh-TW': '還沒有服務檔案。創立完成後會出現在這裡。',
    en: 'No service file yet. It appears once the founding is done.',
  },
  prices: { 'zh-CN': '各市居民价格', 'zh-TW': '各市居民價格', en: 'Price by residence' },
  open: { 'zh-CN': '开放', 'zh-TW': '開放', en: 'Open' },
  closed: { 'zh-CN': '暂停', 'zh-TW': '暫停', en: 'Closed' },
  nobody: { 'zh-CN': '不接受任何城市', 'zh-TW': '不接受任何城市', en: 'No city accepted' },
  edit: { 'zh-CN': '修改', 'zh-TW': '修改', en: 'Edit' },
  priceFor: {
    'zh-CN': '{city}居民（元）',
    'zh-TW': '{city}居民（元）',
    en: 'Residents of {city} (yuan)',
  },
  pricesHint: {
    'zh-CN': '填 0 为免费；留空则不接受该市居民。',
    'zh-TW': '填 0 為免費；留空則不接受該市居民。',
    en: '0 is free; leave it empty and residents of that city are not accepted.',
  },
  priceWrong: {
    'zh-CN': '请填金额，如 4 或 4.50',
    'zh-TW': '請填金額，如 4 或 4.50',
    en: 'Give an amount such as 4 or 4.50',
  },
  same: { 'zh-CN': '没有改动。', 'zh-TW': '沒有更動。', en: 'Nothing was changed.' },
  review: { 'zh-CN': '核对改动', 'zh-TW': '核對更動', en: 'Review the change' },
  confirmTitle: {
    'zh-CN': '签发新的服务文件',
    'zh-TW': '簽發新的服務檔案',
    en: 'Sign a new service file',
  },
  confirmBody: {
    'zh-CN': '本市将签发第 {number} 号服务文件，公开，终端联网后生效。旧文件不改动。',
    'zh-TW': '本市將簽發第 {number} 號服務檔案，公開，終端連網後生效。舊檔案不更動。',
    en: 'This city signs service file {number}. It is public and takes effect at each gate once that is online. Older files stay as they are.',
  },
  sign: { 'zh-CN': '签发', 'zh-TW': '簽發', en: 'Sign' },
  notAccepted: { 'zh-CN': '不接受', 'zh-TW': '不接受', en: 'Not accepted' },
});
