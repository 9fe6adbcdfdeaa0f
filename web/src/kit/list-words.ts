import { classWords } from './class-words.ts';
import { defineMessages } from './messages.ts';

/** Words of the service list that more than one face needs. */
export const listWords = defineMessages({
  transport: { 'zh-CN': '交通', 'zh-TW': '交通', en: 'Transport' },
  culture: { 'zh-CN': '文化', 'zh-TW': '文化', en: 'Culture' },
  tourism: { 'zh-CN': '旅游', 'zh-TW': '旅遊', en: 'Sights' },
  hotline: { 'zh-CN': '热线', 'zh-TW': '熱線', en: 'Hotlines' },
  'public-service': { 'zh-CN': '公共服务', 'zh-TW': '公共服務', en: 'Public services' },

  code: { 'zh-CN': '刷码', 'zh-TW': '掃碼', en: 'Code' },
  'sign-in': { 'zh-CN': '登录办理', 'zh-TW': '登入辦理', en: 'Sign-in' },
  counter: { 'zh-CN': '柜台', 'zh-TW': '櫃台', en: 'Counter' },
  phone: { 'zh-CN': '电话', 'zh-TW': '電話', en: 'Phone' },

  residents: { 'zh-CN': '居民', 'zh-TW': '居民', en: 'Residents' },
  organisations: { 'zh-CN': '单位', 'zh-TW': '單位', en: 'Organisations' },

  edition: { 'zh-CN': '{year} 年{half}版', 'zh-TW': '{year} 年{half}版', en: '{half} {year}' },
  half1: { 'zh-CN': '上半年', 'zh-TW': '上半年', en: 'First half of' },
  half2: { 'zh-CN': '下半年', 'zh-TW': '下半年', en: 'Second half of' },

  free: { 'zh-CN': '免费', 'zh-TW': '免費', en: 'Free' },
  range: { 'zh-CN': '{from}–{to}', 'zh-TW': '{from}–{to}', en: '{from}–{to}' },
  and: { 'zh-CN': '、', 'zh-TW': '、', en: ', ' },
  everyDay: { 'zh-CN': '每天', 'zh-TW': '每天', en: 'Every day' },
  allDay: { 'zh-CN': '全天', 'zh-TW': '全天', en: '24 hours' },
  openNow: { 'zh-CN': '现在开放', 'zh-TW': '現在開放', en: 'Open now' },
  closedNow: { 'zh-CN': '现在不开放', 'zh-TW': '現在不開放', en: 'Closed now' },
  hoursUnknown: { 'zh-CN': '时间没有给出', 'zh-TW': '時間沒有提供', en: 'Hours not given' },

  ...classWords,

  perDay: {
    'zh-CN': '每天前 {count} 次',
    'zh-TW': '每天前 {count} 次',
    en: { one: '{count} a day', other: 'the first {count} a day' },
  },
  transferOf: {
    'zh-CN': '{minutes} 分钟内换乘同组的另一项服务，少付 {price}',
    'zh-TW': '{minutes} 分鐘內轉乘同組的另一項服務，少付 {price}',
    en: '{price} less when you change from another service of the group within {minutes} minutes',
  },
  dailyCapOf: {
    'zh-CN': '同组一天最多付 {price}',
    'zh-TW': '同組一天最多付 {price}',
    en: 'No more than {price} a day in the group',
  },

  name: { 'zh-CN': '姓名', 'zh-TW': '姓名', en: 'Name' },
  'id-number': { 'zh-CN': '证件号码', 'zh-TW': '證件號碼', en: 'Identity number' },
  'birth-date': { 'zh-CN': '出生日期', 'zh-TW': '出生日期', en: 'Date of birth' },
  'age-class': { 'zh-CN': '年龄段', 'zh-TW': '年齡層', en: 'Age group' },
  'phone-number': { 'zh-CN': '电话号码', 'zh-TW': '電話號碼', en: 'Phone number' },
  address: { 'zh-CN': '地址', 'zh-TW': '地址', en: 'Address' },
  photo: { 'zh-CN': '照片', 'zh-TW': '照片', en: 'Photo' },
  organisation: { 'zh-CN': '单位', 'zh-TW': '單位', en: 'Organisation' },
  other: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Other data' },

  pilot: { 'zh-CN': '试点', 'zh-TW': '試辦', en: 'Pilot' },
  live: {
    'zh-CN': '正式 · 尚未做一致性检查',
    'zh-TW': '正式 · 尚未做一致性檢查',
    en: 'Live · not yet checked for conformance',
  },
});
