import { defineMessages } from '../kit/messages.ts';

export const tryWords = defineMessages({
  title: { 'zh-CN': '试一试', 'zh-TW': '試一試', en: 'Try it' },
});
