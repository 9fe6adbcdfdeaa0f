import { defineMessages } from '../../kit/messages.ts';

/** What the pages of editions and their differences say. */
export const editionPageWords = defineMessages({
  asCsv: { 'zh-CN': '表格 (CSV)', 'zh-TW': '表格 (CSV)', en: 'As a table (CSV)' },
  asGraph: {
    'zh-CN': '关联数据 (JSON-LD)',
    'zh-TW': '鏈結資料 (JSON-LD)',
    en: 'As linked data (JSON-LD)',
  },
  asDocument: {
    'zh-CN': '签署原文，可自行验证 (JSON)',
    'zh-TW': '簽署原文，可自行驗證 (JSON)',
    en: 'As signed, to check for yourself (JSON)',
  },
  feed: { 'zh-CN': '变动订阅 (Atom)', 'zh-TW': '變動訂閱 (Atom)', en: 'Feed of changes (Atom)' },
  api: { 'zh-CN': '接口说明 (OpenAPI)', 'zh-TW': '介面說明 (OpenAPI)', en: 'The API (OpenAPI)' },
  editionsLead: {
    'zh-CN': '每半年一版，开始时的全体成员都用自己的密钥签署后才能发布。',
    'zh-TW': '每半年一版，開始時的全體成員都用自己的金鑰簽署後才能發布。',
    en: 'One for each half-year, published only when every city that was a member when it was opened has signed with its own key.',
  },
  number: { 'zh-CN': '编号', 'zh-TW': '編號', en: 'Number' },
  effective: { 'zh-CN': '生效', 'zh-TW': '生效', en: 'Effective from' },
  entries: { 'zh-CN': '服务数', 'zh-TW': '服務數', en: 'Services' },
  editionLead: {
    'zh-CN': '发布后不再改动。任何人都能下载并验证签名。',
    'zh-TW': '發布後不再更動。任何人都能下載並驗證簽名。',
    en: 'Never changed after publication. Anybody can download it and check the signatures.',
  },
  published: { 'zh-CN': '发布内容', 'zh-TW': '發布內容', en: 'As published' },
  hash: { 'zh-CN': '哈希 (SHA-256)', 'zh-TW': '雜湊 (SHA-256)', en: 'Hash (SHA-256)' },
  signedBy: { 'zh-CN': '签署城市', 'zh-TW': '簽署城市', en: 'Signed by' },
  opened: { 'zh-CN': '开始编制', 'zh-TW': '開始編製', en: 'Opened' },
  frozen: { 'zh-CN': '定稿', 'zh-TW': '定稿', en: 'Frozen' },
  previousEdition: { 'zh-CN': '上一版', 'zh-TW': '上一版', en: 'Edition before' },
  firstEdition: { 'zh-CN': '这是第一版', 'zh-TW': '這是第一版', en: 'This is the first' },
  root: { 'zh-CN': '依据的根文件', 'zh-TW': '依據的根文件', en: 'Root that it stands on' },
  rootNumber: { 'zh-CN': '第 {number} 号', 'zh-TW': '第 {number} 號', en: 'number {number}' },
  parts: { 'zh-CN': '各城市部分', 'zh-TW': '各城市部分', en: 'The cities’ parts' },
  partsCaption: {
    'zh-CN': '每个城市交来自己的部分，按哈希认定',
    'zh-TW': '每個城市交來自己的部分，按雜湊認定',
    en: 'Each city hands in its own part, known by its hash',
  },
  editionsCaption: {
    'zh-CN': '共 {count} 版',
    'zh-TW': '共 {count} 版',
    en: { one: '{count} edition', other: '{count} editions' },
  },
  changes: { 'zh-CN': '与上一版的差异', 'zh-TW': '與上一版的差異', en: 'Against the one before' },
  changesLead: {
    'zh-CN': '逐项逐字段，每项变更都附城市给出的理由。',
    'zh-TW': '逐項逐欄位，每項變更都附城市給出的理由。',
    en: 'Service by service and field by field, with the reason that the city gave.',
  },
  countsCaption: { 'zh-CN': '各城市的变更数', 'zh-TW': '各城市的變更數', en: 'Changes by city' },
  allCities: { 'zh-CN': '合计', 'zh-TW': '合計', en: 'All' },
  noChanges: { 'zh-CN': '没有变更。', 'zh-TW': '沒有變更。', en: 'Nothing has changed.' },
  seeChanges: {
    'zh-CN': '逐项看差异',
    'zh-TW': '逐項看差異',
    en: 'See what changed, one by one',
  },
  reason: { 'zh-CN': '理由', 'zh-TW': '理由', en: 'Reason' },
  noReason: { 'zh-CN': '没有给出', 'zh-TW': '沒有提供', en: 'None given' },
  before: { 'zh-CN': '原来', 'zh-TW': '原來', en: 'Before' },
  after: { 'zh-CN': '现在', 'zh-TW': '現在', en: 'After' },
  fieldsOf: {
    'zh-CN': '{count} 个字段有变',
    'zh-TW': '{count} 個欄位有變',
    en: { one: '{count} field changed', other: '{count} fields changed' },
  },
  changeRange: {
    'zh-CN': '共 {count} 项变更，第 {from}–{to} 项',
    'zh-TW': '共 {count} 項變更，第 {from}–{to} 項',
    en: {
      one: '{count} change, {from}–{to} shown',
      other: '{count} changes, {from}–{to} shown',
    },
  },
  showCity: { 'zh-CN': '显示', 'zh-TW': '顯示', en: 'Show' },
  onlyCity: { 'zh-CN': '只看一座城市', 'zh-TW': '只看一座城市', en: 'One city only' },
});
