import { defineMessages, sayIn } from './messages.ts';
import type { Language } from './language.ts';

/** Concession classes (CODE-3.7) by number. */
export const classWords = defineMessages({
  class0: { 'zh-CN': '不限人群', 'zh-TW': '不限對象', en: 'Anybody' },
  class1: { 'zh-CN': '60 岁及以上', 'zh-TW': '60 歲以上', en: 'Aged 60 or more' },
  class2: { 'zh-CN': '65 岁及以上', 'zh-TW': '65 歲以上', en: 'Aged 65 or more' },
  class3: { 'zh-CN': '70 岁及以上', 'zh-TW': '70 歲以上', en: 'Aged 70 or more' },
  class4: { 'zh-CN': '学生', 'zh-TW': '學生', en: 'Student' },
  class5: { 'zh-CN': '残疾人', 'zh-TW': '身心障礙者', en: 'Person with a disability' },
  class6: { 'zh-CN': '退役军人', 'zh-TW': '退伍軍人', en: 'Veteran' },
});

const names = Object.values(classWords);

/** A class in words; its number where this page is older than the class. */
export function className(language: Language, number: number): string {
  const known = names[number];
  return known === undefined ? String(number) : sayIn(language)(known);
}
