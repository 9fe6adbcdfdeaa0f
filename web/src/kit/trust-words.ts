import { defineMessages } from './messages.ts';

/** Words about root, bundle and their age; hub page and consoles say the same. */
export const trustWords = defineMessages({
  trust: { 'zh-CN': '信任包', 'zh-TW': '信任包', en: 'Trust bundle' },
  version: { 'zh-CN': '版本', 'zh-TW': '版本', en: 'Version' },
  made: { 'zh-CN': '制成', 'zh-TW': '製成', en: 'Made' },
  signedBy: { 'zh-CN': '签名城市', 'zh-TW': '簽署城市', en: 'Signed by' },
  signedOf: {
    'zh-CN': '{count} 个，至少需要 {threshold} 个',
    'zh-TW': '{count} 個，至少需要 {threshold} 個',
    en: '{count} of at least {threshold} needed',
  },
  age: { 'zh-CN': '最近证明', 'zh-TW': '最近證明', en: 'Last vouched for' },
  hash: { 'zh-CN': '摘要', 'zh-TW': '摘要', en: 'Hash' },
  rootHash: { 'zh-CN': '根文件摘要', 'zh-TW': '根文件摘要', en: 'Root hash' },
  rootNumber: { 'zh-CN': '根文件编号', 'zh-TW': '根文件編號', en: 'Root number' },
  threshold: { 'zh-CN': '签名门槛', 'zh-TW': '簽署門檻', en: 'Threshold' },
  noBundle: {
    'zh-CN': '还没有信任包：各成员正在签名。',
    'zh-TW': '尚無信任包：各成員正在簽署。',
    en: 'No bundle yet: the members are signing the first one.',
  },
  fresh: { 'zh-CN': '新鲜', 'zh-TW': '新鮮', en: 'Fresh' },
  old: { 'zh-CN': '偏旧，终端会提醒', 'zh-TW': '偏舊，終端會提醒', en: 'Old, terminals warn' },
  stale: {
    'zh-CN': '过期，终端不能判定',
    'zh-TW': '過期，終端無法判定',
    en: 'Stale, terminals cannot decide',
  },
  none: { 'zh-CN': '还没有', 'zh-TW': '尚無', en: 'None yet' },
  member: { 'zh-CN': '成员', 'zh-TW': '成員', en: 'Member' },
  observer: { 'zh-CN': '观察员', 'zh-TW': '觀察員', en: 'Observer' },
  active: { 'zh-CN': '有效', 'zh-TW': '有效', en: 'Active' },
  suspended: { 'zh-CN': '已暂停', 'zh-TW': '已暫停', en: 'Suspended' },
  proposals: {
    'zh-CN': '待签的根文件变更',
    'zh-TW': '待簽的根文件變更',
    en: 'Root changes waiting for signatures',
  },
  proposalsNone: {
    'zh-CN': '没有待签的变更。',
    'zh-TW': '沒有待簽的變更。',
    en: 'No change is waiting.',
  },
  change: { 'zh-CN': '变更', 'zh-TW': '變更', en: 'Change' },
  party: { 'zh-CN': '城市', 'zh-TW': '城市', en: 'City' },
  nobody: { 'zh-CN': '还没有', 'zh-TW': '尚無', en: 'Nobody yet' },
});

/** What a root proposal wants, by its kind. */
export const changeWords = defineMessages({
  accession: { 'zh-CN': '加入', 'zh-TW': '加入', en: 'Accession' },
  withdrawal: { 'zh-CN': '退出', 'zh-TW': '退出', en: 'Withdrawal' },
  suspension: { 'zh-CN': '暂停', 'zh-TW': '暫停', en: 'Suspension' },
  reinstatement: { 'zh-CN': '恢复', 'zh-TW': '恢復', en: 'Reinstatement' },
  removal: { 'zh-CN': '除名', 'zh-TW': '除名', en: 'Removal' },
  addition: { 'zh-CN': '登记城市', 'zh-TW': '登記城市', en: 'New party' },
  hub: { 'zh-CN': '更换联盟节点', 'zh-TW': '更換聯盟節點', en: 'Change of hub' },
  keys: { 'zh-CN': '更换根密钥', 'zh-TW': '更換根金鑰', en: 'New root keys' },
});
