import { defineMessages } from '../kit/messages.ts';

export const tapWords = defineMessages({
  caption: {
    'zh-CN': '最近的刷码记录，每 5 秒更新；不含任何人的身份',
    'zh-TW': '最近的刷碼記錄，每 5 秒更新；不含任何人的身分',
    en: 'Latest taps, renewed every 5 seconds; nobody is identified',
  },
  time: { 'zh-CN': '时间', 'zh-TW': '時間', en: 'Time' },
  terminal: { 'zh-CN': '终端', 'zh-TW': '終端', en: 'Terminal' },
  verdict: { 'zh-CN': '结论', 'zh-TW': '結論', en: 'Verdict' },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },
  issuer: { 'zh-CN': '发码城市', 'zh-TW': '發碼城市', en: 'Issuing city' },
  price: { 'zh-CN': '所示价格', 'zh-TW': '所示價格', en: 'Price shown' },
  booked: { 'zh-CN': '记账', 'zh-TW': '記帳', en: 'Booked' },
  home: { 'zh-CN': '归属城市', 'zh-TW': '歸屬城市', en: 'Home city' },
  charged: { 'zh-CN': '已记', 'zh-TW': '已記', en: 'Charged' },
  notCharged: { 'zh-CN': '不记', 'zh-TW': '不記', en: 'Not charged' },
  unread: { 'zh-CN': '未读出', 'zh-TW': '未讀出', en: 'Not read' },
  warned: { 'zh-CN': '名单较旧，已提醒', 'zh-TW': '名單較舊，已提醒', en: 'Lists old, warned' },
  none: {
    'zh-CN': '还没有刷码记录。登记一个终端，第一次刷码会出现在这里。',
    'zh-TW': '還沒有刷碼記錄。登記一個終端，第一次刷碼會出現在這裡。',
    en: 'No taps yet. Register a terminal and the first one appears here.',
  },
  noneFiltered: {
    'zh-CN': '没有符合筛选的记录。放宽筛选再看。',
    'zh-TW': '沒有符合篩選的記錄。放寬篩選再看。',
    en: 'Nothing matches. Widen the filter.',
  },
  exceptions: { 'zh-CN': '例外', 'zh-TW': '例外', en: 'Exceptions' },
  exceptionsCaption: {
    'zh-CN': '通过了但不照常记账的刷码，费用由运营方承担或待查',
    'zh-TW': '通過了但不照常記帳的刷碼，費用由營運方承擔或待查',
    en: 'Taps that passed but are not charged as usual; the operator bears them or they are looked into',
  },
  exceptionsNone: { 'zh-CN': '没有例外。', 'zh-TW': '沒有例外。', en: 'No exceptions.' },
  refusedUploads: { 'zh-CN': '拒收的上传', 'zh-TW': '拒收的上傳', en: 'Refused uploads' },
  refusedUploadsCaption: {
    'zh-CN': '终端送来但没有收下的记录；终端仍保留着它们',
    'zh-TW': '終端送來但沒有收下的記錄；終端仍保留著它們',
    en: 'Taps that were sent and not taken; the terminal still keeps them',
  },
  refusedUploadsNone: {
    'zh-CN': '没有拒收的上传。',
    'zh-TW': '沒有拒收的上傳。',
    en: 'No refused uploads.',
  },
  gaps: { 'zh-CN': '断号', 'zh-TW': '斷號', en: 'Gaps' },
  gapsCaption: {
    'zh-CN': '终端的记录连续编号；缺的号说明有记录还没送到',
    'zh-TW': '終端的記錄連續編號；缺號表示有記錄尚未送達',
    en: 'Terminals number their taps without a gap; a missing number has not arrived yet',
  },
  gapsNone: {
    'zh-CN': '没有断号：所有终端的记录都到齐了。',
    'zh-TW': '沒有斷號：所有終端的記錄都到齊了。',
    en: 'No gaps: every tap of every terminal has arrived.',
  },
  missing: { 'zh-CN': '缺的编号', 'zh-TW': '缺的編號', en: 'Missing numbers' },
  noticed: { 'zh-CN': '发现时间', 'zh-TW': '發現時間', en: 'Noticed' },
});

/** What the home city said. */
export const homeWords = defineMessages({
  pending: { 'zh-CN': '等待回执', 'zh-TW': '等待回執', en: 'Waiting' },
  accepted: { 'zh-CN': '已接受', 'zh-TW': '已接受', en: 'Accepted' },
  refused: { 'zh-CN': '未接受', 'zh-TW': '未接受', en: 'Refused' },
  own: { 'zh-CN': '本市', 'zh-TW': '本市', en: 'This city' },
  none: { 'zh-CN': '不涉及', 'zh-TW': '不涉及', en: 'Not concerned' },
});

export const exceptionWords = defineMessages({
  DOUBLE_PRESENTATION: {
    'zh-CN': '同一画面在两处使用',
    'zh-TW': '同一畫面在兩處使用',
    en: 'Same picture used at two gates',
  },
  TAP_EVIDENCE_INVALID: {
    'zh-CN': '证据对不上，已隔离',
    'zh-TW': '證據不符，已隔離',
    en: 'Evidence does not hold, set aside',
  },
});

export const assistedWords = defineMessages({
  'no-phone': { 'zh-CN': '人工：没有手机', 'zh-TW': '人工：沒有手機', en: 'Assisted: no phone' },
  'code-unreadable': {
    'zh-CN': '人工：码读不出',
    'zh-TW': '人工：碼讀不出',
    en: 'Assisted: code unreadable',
  },
  'card-or-paper': {
    'zh-CN': '人工：证件或纸质',
    'zh-TW': '人工：證件或紙本',
    en: 'Assisted: card or paper',
  },
  other: { 'zh-CN': '人工：其他', 'zh-TW': '人工：其他', en: 'Assisted: other' },
});

export const terminalWords = defineMessages({
  caption: {
    'zh-CN': '本市登记的终端',
    'zh-TW': '本市登記的終端',
    en: 'Terminals registered in this city',
  },
  none: {
    'zh-CN': '还没有终端。先登记运营方，再登记它的终端。',
    'zh-TW': '還沒有終端。先登記營運方，再登記它的終端。',
    en: 'No terminals yet. Register an operator first, then its terminals.',
  },
  terminals: { 'zh-CN': '终端', 'zh-TW': '終端', en: 'Terminals' },
  operators: { 'zh-CN': '运营方', 'zh-TW': '營運方', en: 'Operators' },
  operatorsCaption: {
    'zh-CN': '在本市运营终端的单位',
    'zh-TW': '在本市營運終端的單位',
    en: 'Who runs terminals in this city',
  },
  operatorsNone: { 'zh-CN': '还没有运营方。', 'zh-TW': '還沒有營運方。', en: 'No operators yet.' },
  operator: { 'zh-CN': '运营方', 'zh-TW': '營運方', en: 'Operator' },
  service: { 'zh-CN': '服务', 'zh-TW': '服務', en: 'Service' },
  state: { 'zh-CN': '状态', 'zh-TW': '狀態', en: 'State' },
  active: { 'zh-CN': '在用', 'zh-TW': '使用中', en: 'Active' },
  revoked: { 'zh-CN': '已注销', 'zh-TW': '已註銷', en: 'Revoked' },
  lastTap: { 'zh-CN': '最近送达', 'zh-TW': '最近送達', en: 'Last heard' },
  never: { 'zh-CN': '还没有', 'zh-TW': '尚無', en: 'Never' },
  highestNumber: { 'zh-CN': '最后编号', 'zh-TW': '最後編號', en: 'Last number' },
  revoke: { 'zh-CN': '注销', 'zh-TW': '註銷', en: 'Revoke' },
  revokeTitle: { 'zh-CN': '注销终端 {id}', 'zh-TW': '註銷終端 {id}', en: 'Revoke terminal {id}' },
  revokeBody: {
    'zh-CN': '它此后送来的记录不再接受；已收到的不受影响。不能撤回。',
    'zh-TW': '它此後送來的記錄不再接受；已收到的不受影響。無法復原。',
    en: 'Taps that it sends from now on are refused; those already here stay. This cannot be undone.',
  },
  addOperator: { 'zh-CN': '登记运营方', 'zh-TW': '登記營運方', en: 'Register an operator' },
  addTerminal: { 'zh-CN': '登记终端', 'zh-TW': '登記終端', en: 'Register a terminal' },
  id: { 'zh-CN': '代号', 'zh-TW': '代號', en: 'Id' },
  idHint: {
    'zh-CN': '{prefix} 开头，之后用小写字母、数字和短横',
    'zh-TW': '{prefix} 開頭，之後用小寫字母、數字與短橫',
    en: 'Begins with {prefix}, then lower-case letters, digits and hyphens',
  },
  idWrong: { 'zh-CN': '代号不合规则', 'zh-TW': '代號不合規則', en: 'This id breaks the rule' },
  name: { 'zh-CN': '名称', 'zh-TW': '名稱', en: 'Name' },
  nameWrong: { 'zh-CN': '请填写名称', 'zh-TW': '請填寫名稱', en: 'Give a name' },
  key: { 'zh-CN': '终端公钥', 'zh-TW': '終端公鑰', en: 'Terminal’s public key' },
  keyHint: {
    'zh-CN': '验码页或终端程序显示的 44 个字符',
    'zh-TW': '驗碼頁或終端程式顯示的 44 個字元',
    en: 'The 44 characters that the gate page or program shows',
  },
  keyWrong: {
    'zh-CN': '公钥应为 44 个字符，字母、数字、- 和 _',
    'zh-TW': '公鑰應為 44 個字元，字母、數字、- 與 _',
    en: 'A key has 44 characters: letters, digits, - and _',
  },
  needOperator: {
    'zh-CN': '先登记运营方和服务，才能登记终端。',
    'zh-TW': '先登記營運方與服務，才能登記終端。',
    en: 'Register an operator and a service before a terminal.',
  },
});
