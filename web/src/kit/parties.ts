import { defineMessages } from './messages.ts';

/** Names of the 16 parties by the first four digits of their GB/T 2260 code. */
export const partyNames = defineMessages({
  '4201': { 'zh-CN': '武汉', 'zh-TW': '武漢', en: 'Wuhan' },
  '4301': { 'zh-CN': '长沙', 'zh-TW': '長沙', en: 'Changsha' },
  '3401': { 'zh-CN': '合肥', 'zh-TW': '合肥', en: 'Hefei' },
  '3601': { 'zh-CN': '南昌', 'zh-TW': '南昌', en: 'Nanchang' },
  '4202': { 'zh-CN': '黄石', 'zh-TW': '黃石', en: 'Huangshi' },
  '4211': { 'zh-CN': '黄冈', 'zh-TW': '黃岡', en: 'Huanggang' },
  '4212': { 'zh-CN': '咸宁', 'zh-TW': '咸寧', en: 'Xianning' },
  '4306': { 'zh-CN': '岳阳', 'zh-TW': '岳陽', en: 'Yueyang' },
  '4302': { 'zh-CN': '株洲', 'zh-TW': '株洲', en: 'Zhuzhou' },
  '4303': { 'zh-CN': '湘潭', 'zh-TW': '湘潭', en: 'Xiangtan' },
  '3408': { 'zh-CN': '安庆', 'zh-TW': '安慶', en: 'Anqing' },
  '3407': { 'zh-CN': '铜陵', 'zh-TW': '銅陵', en: 'Tongling' },
  '3415': { 'zh-CN': '六安', 'zh-TW': '六安', en: 'Lu’an' },
  '3604': { 'zh-CN': '九江', 'zh-TW': '九江', en: 'Jiujiang' },
  '3610': { 'zh-CN': '抚州', 'zh-TW': '撫州', en: 'Fuzhou (Jiangxi)' },
  '3609': { 'zh-CN': '宜春', 'zh-TW': '宜春', en: 'Yichun (Jiangxi)' },
});

export type PartyCode = keyof typeof partyNames;

/** The four first members, in the order of the four-city rule. */
export const memberCodes = ['4201', '4301', '3401', '3601'] as const satisfies PartyCode[];

export function isPartyCode(code: string): code is PartyCode {
  return Object.hasOwn(partyNames, code);
}
