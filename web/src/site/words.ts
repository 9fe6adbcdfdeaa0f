import { defineMessages } from '../kit/messages.ts';

export const siteWords = defineMessages({
  hubTitle: {
    'zh-CN': '一码通域 · 联盟状态',
    'zh-TW': '一碼通域 · 聯盟狀態',
    en: 'One code across the region: status',
  },
  hubLead: {
    'zh-CN': '成员城市共同签署的名单与密钥。这个节点不知道任何居民。',
    'zh-TW': '成員城市共同簽署的名單與金鑰。這個節點不知道任何居民。',
    en: 'Names and keys that the member cities sign together. This node knows no resident.',
  },
  parties: { 'zh-CN': '成员与观察员', 'zh-TW': '成員與觀察員', en: 'Members and observers' },
  partiesCaption: {
    'zh-CN': '{count} 个城市，以及它们在每份文件中的地位',
    'zh-TW': '{count} 個城市，以及它們在每份文件中的地位',
    en: 'The {count} cities and what each is to every document',
  },
  code: { 'zh-CN': '代码', 'zh-TW': '代碼', en: 'Code' },
  role: { 'zh-CN': '身份', 'zh-TW': '身分', en: 'Role' },
  state: { 'zh-CN': '状态', 'zh-TW': '狀態', en: 'State' },
  applying: { 'zh-CN': '正在申请加入', 'zh-TW': '正在申請加入', en: 'Applying to accede' },
  signed: { 'zh-CN': '签署', 'zh-TW': '簽署', en: 'Signed' },
  acceded: { 'zh-CN': '后来加入', 'zh-TW': '後來加入', en: 'Acceded' },
  notParty: { 'zh-CN': '未签署', 'zh-TW': '未簽署', en: 'Not party' },
  rightTo: {
    'zh-CN': '{right}：{documents}',
    'zh-TW': '{right}：{documents}',
    en: '{right}: {documents}',
  },
  documents: { 'zh-CN': '文件全名', 'zh-TW': '文件全名', en: 'The documents in full' },
  documentsNote: {
    'zh-CN': '2023 年 2 月 21 日第九届会商会（视频会议）签署。',
    'zh-TW': '2023 年 2 月 21 日第九屆會商會（視訊會議）簽署。',
    en: 'Signed on 21 February 2023 at the ninth annual meeting, held by video.',
  },
  times: {
    'zh-CN': '各成员最近一次证明',
    'zh-TW': '各成員最近一次證明',
    en: 'When each member last vouched',
  },
  timesCaption: {
    'zh-CN': '信任的新旧取第二新的一次，不看下载时间',
    'zh-TW': '信任的新舊取第二新的一次，不看下載時間',
    en: 'Trust is as old as the second-newest of these, never as the download',
  },
  time: { 'zh-CN': '时间', 'zh-TW': '時間', en: 'Time' },
  machine: {
    'zh-CN': '原文与固定链接',
    'zh-TW': '原文與固定連結',
    en: 'Originals and permanent links',
  },
  thisPage: {
    'zh-CN': '本页的固定链接',
    'zh-TW': '本頁的固定連結',
    en: 'Permanent link of this page',
  },
  asJson: {
    'zh-CN': '本页的数据 (JSON)',
    'zh-TW': '本頁的資料 (JSON)',
    en: 'The data of this page (JSON)',
  },
  rootFile: {
    'zh-CN': '第 {number} 号根文件，永不改动',
    'zh-TW': '第 {number} 號根文件，永不更動',
    en: 'Root number {number}, never changed',
  },
  bundleFile: { 'zh-CN': '现行信任包', 'zh-TW': '現行信任包', en: 'The bundle in force' },
  languages: { 'zh-CN': '语言', 'zh-TW': '語言', en: 'Language' },
  demo: {
    'zh-CN': '演示系统：居民、票价和运营方均为虚构；城市、代码和文件名称取自公开资料。',
    'zh-TW': '示範系統：居民、票價與營運方均為虛構；城市、代碼與文件名稱取自公開資料。',
    en: 'A demonstration: residents, fares and operators are invented; cities, codes and documents are from public sources.',
  },
  cityLead: {
    'zh-CN': '一个码，一个身份，在每个成员城市同城待遇。',
    'zh-TW': '一個碼，一個身分，在每個成員城市同城待遇。',
    en: 'One code, one identity, same-city treatment in every member city.',
  },
  myCode: { 'zh-CN': '我的码', 'zh-TW': '我的碼', en: 'My code' },
  myCodeNote: {
    'zh-CN': '在成员城市出示同一个码，断网也能用',
    'zh-TW': '在成員城市出示同一個碼，斷網也能用',
    en: 'One code in every member city, also without network',
  },
  gate: { 'zh-CN': '验码', 'zh-TW': '驗碼', en: 'Check a code' },
  gateNote: {
    'zh-CN': '给闸机和工作人员：摄像头、扫码枪或粘贴',
    'zh-TW': '給閘門與工作人員：相機、掃碼槍或貼上',
    en: 'For gates and attendants: camera, scanner or pasted text',
  },
  console: { 'zh-CN': '管理台', 'zh-TW': '管理臺', en: 'Console' },
  consoleNote: {
    'zh-CN': '给本市工作人员，用一次性链接进入',
    'zh-TW': '給本市工作人員，以一次性連結進入',
    en: 'For this city’s staff, entered by a one-time link',
  },
  try: { 'zh-CN': '试一试', 'zh-TW': '試一試', en: 'Try it' },
  tryNote: {
    'zh-CN': '手机和闸机并排，两分钟看明白',
    'zh-TW': '手機和閘門並排，兩分鐘看明白',
    en: 'Phone and gate side by side; see it in two minutes',
  },
  observerNote: {
    'zh-CN': '本市是观察员，还不是一码通域的成员：本市的码在成员城市不通过。',
    'zh-TW': '本市是觀察員，尚非一碼通域的成員：本市的碼在成員城市不通過。',
    en: 'This city is an observer and not yet party to the code: member cities refuse its codes.',
  },
  cityTrust: {
    'zh-CN': '本市节点的信任状态',
    'zh-TW': '本市節點的信任狀態',
    en: 'What this city’s node trusts',
  },
  hubLink: { 'zh-CN': '联盟状态页', 'zh-TW': '聯盟狀態頁', en: 'Status of the federation' },
});

/** Short names for table heads. */
export const documentHeads = defineMessages({
  'action-plan-2023-2025': { 'zh-CN': '行动计划', 'zh-TW': '行動計畫', en: 'Action plan' },
  'one-code': { 'zh-CN': '一码通域', 'zh-TW': '一碼通域', en: 'One code' },
  'legal-services': { 'zh-CN': '法律服务', 'zh-TW': '法律服務', en: 'Legal services' },
  'key-items-2023': { 'zh-CN': '合作事项', 'zh-TW': '合作事項', en: 'Key items' },
});

/** Legal names stay Chinese; English readers get a translation beside. */
export const documentNames = {
  'action-plan-2023-2025': {
    zh: '《长江中游城市群省会城市合作行动计划(2023-2025年)》',
    en: 'Action plan for cooperation of the provincial capitals, 2023–2025',
  },
  'one-code': {
    zh: '《长江中游城市群省会城市"一码通域"合作框架协议》',
    en: 'Framework agreement on one code across the region',
  },
  'legal-services': {
    zh: '《长江中游城市群省会城市法律服务异地协作框架协议》',
    en: 'Framework agreement on legal services across cities',
  },
  'key-items-2023': {
    zh: '《长江中游城市群2023年重点合作事项》',
    en: 'Key items of cooperation, 2023',
  },
} as const;
