import { defineMessages } from '../kit/messages.ts';

export const residentWords = defineMessages({
  title: { 'zh-CN': '我的码', 'zh-TW': '我的碼', en: 'My code' },
});
