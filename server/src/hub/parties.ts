import type { PartyId } from '@tongyu/protocol';

/** The four documents of 21 February 2023. */
export const DOCUMENTS = [
  'action-plan-2023-2025',
  'one-code',
  'legal-services',
  'key-items-2023',
] as const;
export type DocumentId = (typeof DOCUMENTS)[number];

/** A party as the documents name it; its number is the first four digits of its GB/T 2260 code. */
export type RegisteredParty = {
  readonly party: PartyId;
  readonly code: string;
  readonly names: { readonly 'zh-CN': string; readonly 'zh-TW': string; readonly en: string };
  /** At the founding; the root says what it is now. */
  readonly role: 'member' | 'observer';
  readonly signed: readonly DocumentId[];
};

const MEMBERS_SIGNED = DOCUMENTS;
const OBSERVERS_SIGNED = ['key-items-2023'] as const;

function member(code: string, zhCN: string, zhTW: string, en: string): RegisteredParty {
  return party(code, zhCN, zhTW, en, 'member', MEMBERS_SIGNED);
}

function observer(code: string, zhCN: string, zhTW: string, en: string): RegisteredParty {
  return party(code, zhCN, zhTW, en, 'observer', OBSERVERS_SIGNED);
}

function party(
  code: string,
  zhCN: string,
  zhTW: string,
  en: string,
  role: RegisteredParty['role'],
  signed: readonly DocumentId[],
): RegisteredParty {
  return {
    party: code.slice(0, 4),
    code,
    names: { 'zh-CN': zhCN, 'zh-TW': zhTW, en },
    role,
    signed,
  };
}

/** Four members and twelve observers, in the order in which the documents name them. */
export const PARTIES: readonly RegisteredParty[] = [
  member('420100', '武汉', '武漢', 'Wuhan'),
  member('430100', '长沙', '長沙', 'Changsha'),
  member('340100', '合肥', '合肥', 'Hefei'),
  member('360100', '南昌', '南昌', 'Nanchang'),
  observer('420200', '黄石', '黃石', 'Huangshi'),
  observer('421100', '黄冈', '黃岡', 'Huanggang'),
  observer('421200', '咸宁', '咸寧', 'Xianning'),
  observer('430600', '岳阳', '岳陽', 'Yueyang'),
  observer('430200', '株洲', '株洲', 'Zhuzhou'),
  observer('430300', '湘潭', '湘潭', 'Xiangtan'),
  observer('340800', '安庆', '安慶', 'Anqing'),
  observer('340700', '铜陵', '銅陵', 'Tongling'),
  observer('341500', '六安', '六安', 'Lu’an'),
  observer('360400', '九江', '九江', 'Jiujiang'),
  observer('361000', '抚州', '撫州', 'Fuzhou (Jiangxi)'),
  observer('360900', '宜春', '宜春', 'Yichun (Jiangxi)'),
];

export type DocumentRight = 'signed' | 'acceded' | 'none';

/** Joining the code's root is joining the one-code agreement, and leaving it is leaving that. */
export function rightsOf(
  party: RegisteredParty,
  roleNow: RegisteredParty['role'],
): Readonly<Record<DocumentId, DocumentRight>> {
  const right = (document: DocumentId): DocumentRight => {
    const hasSigned = party.signed.includes(document);
    if (document !== 'one-code') return hasSigned ? 'signed' : 'none';
    if (roleNow === 'observer') return 'none';
    return hasSigned ? 'signed' : 'acceded';
  };
  return {
    'action-plan-2023-2025': right('action-plan-2023-2025'),
    'one-code': right('one-code'),
    'legal-services': right('legal-services'),
    'key-items-2023': right('key-items-2023'),
  };
}
