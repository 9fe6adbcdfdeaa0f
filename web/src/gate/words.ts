import { defineMessages } from '../kit/messages.ts';

export const gateWords = defineMessages({
  title: { 'zh-CN': '验码', 'zh-TW': '驗碼', en: 'Check codes' },
});
