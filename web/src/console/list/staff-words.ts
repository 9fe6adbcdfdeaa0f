import { defineMessages } from '../../kit/messages.ts';

export const staffWords = defineMessages({
  caption: {
    'zh-CN': '能进本节点管理台的账号',
    'zh-TW': '能進本節點管理臺的帳號',
    en: 'Accounts that may enter this node’s console',
  },
  forbidden: {
    'zh-CN': '账号列表只有“保管”角色能看。',
    'zh-TW': '帳號清單只有「保管」角色能看。',
    en: 'Only a Keeper sees the accounts.',
  },
  name: { 'zh-CN': '账号名', 'zh-TW': '帳號名', en: 'Name' },
  nameHint: {
    'zh-CN': '小写字母开头，2–31 个小写字母、数字、点和短横；写岗位，不写姓名',
    'zh-TW': '小寫字母開頭，2–31 個小寫字母、數字、點與短橫；寫職務，不寫姓名',
    en: '2–31 lower-case letters, digits, dots and hyphens, a letter first; a post, no person’s name',
  },
  nameWrong: {
    'zh-CN': '账号名不合规则',
    'zh-TW': '帳號名不合規則',
    en: 'This name breaks the rule',
  },
  operator: { 'zh-CN': '属于', 'zh-TW': '屬於', en: 'Belongs to' },
  cityOffice: { 'zh-CN': '本市', 'zh-TW': '本市', en: 'The city itself' },
  roles: { 'zh-CN': '角色', 'zh-TW': '角色', en: 'Roles' },
  rolesMissing: {
    'zh-CN': '至少选一个角色',
    'zh-TW': '至少選一個角色',
    en: 'Choose at least one role',
  },
  viewerDoes: {
    'zh-CN': '查看：看一切，不改',
    'zh-TW': '檢視：看一切，不改',
    en: 'Viewer: reads everything, changes nothing',
  },
  editorDoes: {
    'zh-CN': '编辑：草稿、导入、请求与答复、核对',
    'zh-TW': '編輯：草稿、匯入、請求與答覆、查核',
    en: 'Editor: draft, import, requests and answers, checks',
  },
  publisherDoes: {
    'zh-CN': '发布：交稿、签署、暂停、勘误、版次',
    'zh-TW': '發布：交稿、簽署、暫停、勘誤、版次',
    en: 'Publisher: hands in, signs off, suspends, errata, editions',
  },
  keeperDoes: {
    'zh-CN': '保管：密钥、信任、终端、账号',
    'zh-TW': '保管：金鑰、信任、終端、帳號',
    en: 'Keeper: keys, trust, terminals, accounts',
  },
  created: { 'zh-CN': '建立', 'zh-TW': '建立', en: 'Created' },
  lastUsed: { 'zh-CN': '最近使用', 'zh-TW': '最近使用', en: 'Last used' },
  never: { 'zh-CN': '还没有', 'zh-TW': '尚無', en: 'Never' },
  state: { 'zh-CN': '状态', 'zh-TW': '狀態', en: 'State' },
  active: { 'zh-CN': '在用', 'zh-TW': '使用中', en: 'Active' },
  disabled: { 'zh-CN': '已停用', 'zh-TW': '已停用', en: 'Disabled' },
  disable: { 'zh-CN': '停用', 'zh-TW': '停用', en: 'Disable' },
  disableTitle: {
    'zh-CN': '停用账号 {name}',
    'zh-TW': '停用帳號 {name}',
    en: 'Disable the account {name}',
  },
  disableBody: {
    'zh-CN': '它的会话立即关闭，令牌不再有效，账号名不再使用。它做过的事仍记在它名下。不能撤回。',
    'zh-TW':
      '它的工作階段立即關閉，權杖不再有效，帳號名不再使用。它做過的事仍記在它名下。無法復原。',
    en: 'Its sessions close at once, its token no longer works, and the name is not used again. What it did stays under its name. This cannot be undone.',
  },
  create: { 'zh-CN': '建立账号', 'zh-TW': '建立帳號', en: 'Create an account' },
  tokenTitle: {
    'zh-CN': '账号 {name} 已建立',
    'zh-TW': '帳號 {name} 已建立',
    en: 'The account {name} is created',
  },
  tokenBody: {
    'zh-CN':
      '下面的链接只显示这一次，是这个账号的长期钥匙。请当面交给使用的人，不要用聊天工具转发。丢了就停用这个账号，另建一个。',
    'zh-TW':
      '以下連結只顯示這一次，是這個帳號的長期鑰匙。請當面交給使用的人，不要用聊天工具轉發。遺失就停用這個帳號，另建一個。',
    en: 'This link is shown only now and is the account’s lasting key. Hand it over in person, not by chat. If it is lost, disable the account and create another.',
  },
  tokenKept: {
    'zh-CN': '已交给本人，收起',
    'zh-TW': '已交給本人，收起',
    en: 'Handed over, put it away',
  },
});
