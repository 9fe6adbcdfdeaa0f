import { defineMessages } from '../kit/messages.ts';

export const consoleWords = defineMessages({
  title: { 'zh-CN': '管理台', 'zh-TW': '管理臺', en: 'Console' },
  views: { 'zh-CN': '栏目', 'zh-TW': '欄目', en: 'Views' },
  hub: { 'zh-CN': '联盟节点', 'zh-TW': '聯盟節點', en: 'Hub' },
  taps: { 'zh-CN': '刷码记录', 'zh-TW': '刷碼記錄', en: 'Taps' },
  gaps: { 'zh-CN': '断号与例外', 'zh-TW': '斷號與例外', en: 'Gaps and exceptions' },
  terminals: { 'zh-CN': '终端与运营方', 'zh-TW': '終端與營運方', en: 'Terminals and operators' },
  keys: { 'zh-CN': '密钥', 'zh-TW': '金鑰', en: 'Keys' },
  trust: { 'zh-CN': '信任', 'zh-TW': '信任', en: 'Trust' },
  accessions: { 'zh-CN': '加入与退出', 'zh-TW': '加入與退出', en: 'Joining and leaving' },
  leave: { 'zh-CN': '退出登录', 'zh-TW': '登出', en: 'Sign out' },
  entering: { 'zh-CN': '正在进入', 'zh-TW': '正在進入', en: 'Entering' },
  enterTitle: {
    'zh-CN': '请用一次性链接进入',
    'zh-TW': '請用一次性連結進入',
    en: 'Enter by the one-time link',
  },
  enterBody: {
    'zh-CN': '节点启动时会打印一条只能用一次的链接，由本市值班人员保管。打开它即可进入管理台。',
    'zh-TW': '節點啟動時會印出一條只能用一次的連結，由本市值班人員保管。開啟它即可進入管理臺。',
    en: 'The node prints a link that works once when it starts; this city’s duty officer keeps it. Open it to enter.',
  },
  linkUsed: {
    'zh-CN': '这条链接不能用了',
    'zh-TW': '這條連結已失效',
    en: 'This link no longer works',
  },
  linkUsedBody: {
    'zh-CN': '链接只能用一次，也可能已过期。请向值班人员要一条新的。',
    'zh-TW': '連結只能用一次，也可能已過期。請向值班人員索取新的連結。',
    en: 'A link works once and not for long. Ask the duty officer for a new one.',
  },
  signedOut: { 'zh-CN': '您已退出', 'zh-TW': '您已登出', en: 'You are signed out' },
  done: { 'zh-CN': '已完成', 'zh-TW': '已完成', en: 'Done' },
  refused: { 'zh-CN': '节点拒绝了', 'zh-TW': '節點拒絕了', en: 'The node refused' },
  refusedBody: {
    'zh-CN': '没有任何改动。原因：',
    'zh-TW': '沒有任何更動。原因：',
    en: 'Nothing was changed. Reason: ',
  },
  confirm: { 'zh-CN': '确认', 'zh-TW': '確認', en: 'Confirm' },
  working: { 'zh-CN': '正在处理', 'zh-TW': '處理中', en: 'Working' },
  filters: { 'zh-CN': '筛选', 'zh-TW': '篩選', en: 'Filter' },
  all: { 'zh-CN': '全部', 'zh-TW': '全部', en: 'All' },
  older: { 'zh-CN': '更早的记录', 'zh-TW': '更早的記錄', en: 'Older' },
  newest: { 'zh-CN': '回到最新', 'zh-TW': '回到最新', en: 'Back to newest' },
});

export const keyWords = defineMessages({
  caption: {
    'zh-CN': '本市分节第 {number} 号中的密钥；新旧按运营日交替',
    'zh-TW': '本市分節第 {number} 號中的金鑰；新舊依營運日交替',
    en: 'Keys in section {number} of this city; they change by service day',
  },
  keyId: { 'zh-CN': '编号', 'zh-TW': '編號', en: 'Key' },
  purpose: { 'zh-CN': '用途', 'zh-TW': '用途', en: 'Purpose' },
  algorithm: { 'zh-CN': '算法', 'zh-TW': '演算法', en: 'Algorithm' },
  from: { 'zh-CN': '首个运营日', 'zh-TW': '首個營運日', en: 'First service day' },
  until: { 'zh-CN': '末个运营日', 'zh-TW': '末個營運日', en: 'Last service day' },
  state: { 'zh-CN': '状态', 'zh-TW': '狀態', en: 'State' },
  openEnd: { 'zh-CN': '不限', 'zh-TW': '不限', en: 'No end' },
  revoked: { 'zh-CN': '已吊销', 'zh-TW': '已撤銷', en: 'Revoked' },
  waiting: { 'zh-CN': '尚未启用', 'zh-TW': '尚未啟用', en: 'Not yet used' },
  inUse: { 'zh-CN': '在用', 'zh-TW': '使用中', en: 'In use' },
  ended: { 'zh-CN': '已到期', 'zh-TW': '已到期', en: 'Ended' },
  endsSoon: {
    'zh-CN': '还剩 {count} 天',
    'zh-TW': '還剩 {count} 天',
    en: { one: '{count} day left', other: '{count} days left' },
  },
  none: {
    'zh-CN': '信任包里还没有本市的分节。创立完成后会出现在这里。',
    'zh-TW': '信任包裡還沒有本市的分節。創立完成後會出現在這裡。',
    en: 'The bundle has no section of this city yet. It appears once the founding is done.',
  },
  lastEnds: {
    'zh-CN': '最后一把用于{purpose}的密钥还剩 {count} 天。到期前请换好，否则这项工作会停下。',
    'zh-TW': '最後一把用於{purpose}的金鑰還剩 {count} 天。到期前請換好，否則這項工作會停下。',
    en: {
      one: 'The last key for {purpose} has {count} day left. Change it before, or this work stops.',
      other:
        'The last key for {purpose} has {count} days left. Change it before, or this work stops.',
    },
  },
  lastEnded: {
    'zh-CN': '用于{purpose}的密钥都已失效，这项工作已停下。请立即更换。',
    'zh-TW': '用於{purpose}的金鑰都已失效，這項工作已停下。請立即更換。',
    en: 'No key for {purpose} counts any more, and this work has stopped. Change it now.',
  },
  rollover: { 'zh-CN': '计划更换', 'zh-TW': '計畫更換', en: 'Planned rollover' },
  rolloverBody: {
    'zh-CN': '制作新的发码密钥，先公布，到日子启用；已取走的通行凭证照常有效，没有人会被拒。',
    'zh-TW': '製作新的發碼金鑰，先公布，到日子啟用；已取走的通行憑證照常有效，沒有人會被拒。',
    en: 'Makes a new issuer key, publishes it first and uses it from its day on. Passes already fetched stay good; nobody is refused.',
  },
  rolloverAsk: { 'zh-CN': '更换发码密钥', 'zh-TW': '更換發碼金鑰', en: 'Change the issuer key' },
  replace: { 'zh-CN': '紧急更换', 'zh-TW': '緊急更換', en: 'Emergency replacement' },
  replaceBody: {
    'zh-CN':
      '只在密钥泄露时使用。旧发码密钥立即吊销，已取走的通行凭证全部失效，手机联网重新领取之前会被拒。',
    'zh-TW':
      '只在金鑰外洩時使用。舊發碼金鑰立即撤銷，已取走的通行憑證全部失效，手機連網重新領取之前會被拒。',
    en: 'Only when a key has leaked. The old issuer key is revoked at once, every pass already fetched becomes void, and phones are refused until they fetch again.',
  },
  replaceAsk: {
    'zh-CN': '吊销并更换密钥',
    'zh-TW': '撤銷並更換金鑰',
    en: 'Revoke and replace the key',
  },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },
  reasonHint: {
    'zh-CN': '写入本市记录，不要写任何人的姓名',
    'zh-TW': '寫入本市記錄，請勿寫任何人的姓名',
    en: 'Kept in this city’s record; name nobody',
  },
  reasonMissing: { 'zh-CN': '请写明原因', 'zh-TW': '請寫明原因', en: 'Give a reason' },
});

export const purposeWords = defineMessages({
  root: { 'zh-CN': '根', 'zh-TW': '根', en: 'Root' },
  federation: { 'zh-CN': '联合信任', 'zh-TW': '聯合信任', en: 'Federation' },
  op: { 'zh-CN': '登录', 'zh-TW': '登入', en: 'Sign-in' },
  issuer: { 'zh-CN': '发码', 'zh-TW': '發碼', en: 'Issuer' },
  list: { 'zh-CN': '名单', 'zh-TW': '名單', en: 'Lists' },
  peer: { 'zh-CN': '节点通信', 'zh-TW': '節點通訊', en: 'Peer messages' },
});

export const decisionWords = defineMessages({
  lists: { 'zh-CN': '挂失名单', 'zh-TW': '掛失名單', en: 'Revocation lists' },
  listsCaption: {
    'zh-CN': '各市名单的编号与手机数；名单不含任何人',
    'zh-TW': '各市名單的編號與手機數；名單不含任何人',
    en: 'Number and phones of each city’s list; no list names anybody',
  },
  listNumber: { 'zh-CN': '名单编号', 'zh-TW': '名單編號', en: 'List number' },
  phones: { 'zh-CN': '手机数', 'zh-TW': '手機數', en: 'Phones' },
  sections: { 'zh-CN': '各市分节', 'zh-TW': '各市分節', en: 'Sections' },
  sectionsCaption: {
    'zh-CN': '每个城市只能由自己改自己的分节',
    'zh-TW': '每個城市只能由自己更改自己的分節',
    en: 'Only a city itself can change its section',
  },
  sectionNumber: { 'zh-CN': '分节编号', 'zh-TW': '分節編號', en: 'Section number' },
  keyCount: { 'zh-CN': '密钥数', 'zh-TW': '金鑰數', en: 'Keys' },
  approve: { 'zh-CN': '同意并签名', 'zh-TW': '同意並簽署', en: 'Approve and sign' },
  approveTitle: { 'zh-CN': '以本市名义签名', 'zh-TW': '以本市名義簽署', en: 'Sign for this city' },
  approveBody: {
    'zh-CN': '本市将签下第 {number} 号根文件。签名公开，不能收回。请核对摘要：',
    'zh-TW': '本市將簽下第 {number} 號根文件。簽署公開，無法收回。請核對摘要：',
    en: 'This city will sign root {number}. The signature is public and cannot be taken back. Compare the hash:',
  },
  signedHere: { 'zh-CN': '本市已签', 'zh-TW': '本市已簽', en: 'Signed by this city' },
  apply: { 'zh-CN': '申请加入', 'zh-TW': '申請加入', en: 'Apply to accede' },
  applyBody: {
    'zh-CN': '本市是观察员。申请后，每个成员都签名，本市的码才在成员城市通过。',
    'zh-TW': '本市是觀察員。申請後，每個成員都簽署，本市的碼才在成員城市通過。',
    en: 'This city is an observer. After applying, every member must sign before its codes pass in member cities.',
  },
  leave: { 'zh-CN': '退出一码通域', 'zh-TW': '退出一碼通域', en: 'Leave the code' },
  leaveBody: {
    'zh-CN': '其他成员签名后，本市的码在别的城市不再通过，本市也不再参加共同签名。',
    'zh-TW': '其他成員簽署後，本市的碼在別的城市不再通過，本市也不再參加共同簽署。',
    en: 'Once the other members have signed, this city’s codes no longer pass elsewhere and it no longer co-signs.',
  },
  sent: {
    'zh-CN': '已送出，等各成员签名',
    'zh-TW': '已送出，等各成員簽署',
    en: 'Sent; the members sign next',
  },
  accessionsCaption: {
    'zh-CN': '加入与退出的申请',
    'zh-TW': '加入與退出的申請',
    en: 'Who asked to join or to leave',
  },
  accessionsNone: {
    'zh-CN': '没有申请。城市在自己的管理台提出后会出现在这里。',
    'zh-TW': '沒有申請。城市在自己的管理臺提出後會出現在這裡。',
    en: 'No applications. They appear here once a city applies in its own console.',
  },
  appliedAt: { 'zh-CN': '申请时间', 'zh-TW': '申請時間', en: 'Applied' },
  propose: { 'zh-CN': '交成员签名', 'zh-TW': '交成員簽署', en: 'Put to the members' },
  proposeBody: {
    'zh-CN': '把新的根文件交给每个成员；每个成员各自在管理台同意后才生效。',
    'zh-TW': '把新的根文件交給每個成員；每個成員各自在管理臺同意後才生效。',
    en: 'Sends the next root to every member. It takes effect once each has approved it in its own console.',
  },
  proposed: { 'zh-CN': '已交成员', 'zh-TW': '已交成員', en: 'With the members' },
  action: { 'zh-CN': '操作', 'zh-TW': '操作', en: 'Action' },
});
