import { defineMessages } from '../../kit/messages.ts';

export const editionWords = defineMessages({
  none: {
    'zh-CN': '还没有版次。联盟节点打开第一个之后会出现在这里。',
    'zh-TW': '還沒有版次。聯盟節點開啟第一個之後會出現在這裡。',
    en: 'No edition yet. The first appears here once the hub opens it.',
  },
  noneOpen: {
    'zh-CN': '现在没有在编的版次。草稿可以照常编辑，等联盟节点打开下一个。',
    'zh-TW': '目前沒有在編的版次。草稿可以照常編輯，等聯盟節點開啟下一個。',
    en: 'No edition is being made. The draft can be edited as usual until the hub opens the next one.',
  },
  overdue: {
    'zh-CN': '现行版次的半年已过，还没有下一个。它继续有效，各处页面都会注明“逾期”。',
    'zh-TW': '現行版次的半年已過，還沒有下一個。它繼續有效，各處頁面都會註明「逾期」。',
    en: 'The half-year of the edition in force is over and none has followed. It stays in force, and every page says that it is overdue.',
  },
  making: { 'zh-CN': '在编：{name}', 'zh-TW': '在編：{name}', en: 'Being made: {name}' },
  number: { 'zh-CN': '编号', 'zh-TW': '編號', en: 'Number' },
  state: { 'zh-CN': '状态', 'zh-TW': '狀態', en: 'State' },
  open: { 'zh-CN': '收集中', 'zh-TW': '收集中', en: 'Collecting' },
  frozen: {
    'zh-CN': '已定稿，等签署',
    'zh-TW': '已定稿，等簽署',
    en: 'Frozen, waiting for sign-offs',
  },
  published: { 'zh-CN': '已公布', 'zh-TW': '已公布', en: 'Published' },
  withdrawn: { 'zh-CN': '已撤回', 'zh-TW': '已撤回', en: 'Withdrawn' },
  opened: { 'zh-CN': '打开', 'zh-TW': '開啟', en: 'Opened' },
  effectiveFrom: { 'zh-CN': '生效', 'zh-TW': '生效', en: 'Takes effect' },
  atOnce: { 'zh-CN': '定稿后立即', 'zh-TW': '定稿後立即', en: 'At once when frozen' },
  hash: { 'zh-CN': '候选稿摘要', 'zh-TW': '候選稿摘要', en: 'Hash of the candidate' },
  members: { 'zh-CN': '要签署的成员', 'zh-TW': '要簽署的成員', en: 'Members to sign' },

  ownPart: { 'zh-CN': '本市部分', 'zh-TW': '本市部分', en: 'This city’s part' },
  handIn: { 'zh-CN': '交出本市部分', 'zh-TW': '交出本市部分', en: 'Hand in this city’s part' },
  handInAgain: {
    'zh-CN': '用现在的草稿重交',
    'zh-TW': '用目前的草稿重交',
    en: 'Hand in again from the draft',
  },
  handInBody: {
    'zh-CN': '把现在的草稿作为本市部分交给联盟节点。定稿前可以重交。每处变化都要有原因。',
    'zh-TW': '把目前的草稿作為本市部分交給聯盟節點。定稿前可以重交。每處變化都要有原因。',
    en: 'Hands the draft as it stands to the hub. It can be handed in again until the edition is frozen. Every change needs its reason.',
  },
  handedIn: {
    'zh-CN': '已交，{count} 条',
    'zh-TW': '已交，{count} 條',
    en: { one: 'Handed in, {count} entry', other: 'Handed in, {count} entries' },
  },
  notHandedIn: { 'zh-CN': '还没交', 'zh-TW': '還沒交', en: 'Not handed in' },
  given: { 'zh-CN': '已交，检查中', 'zh-TW': '已交，檢查中', en: 'Handed in, being checked' },
  good: { 'zh-CN': '合格', 'zh-TW': '合格', en: 'Good' },
  faulty: { 'zh-CN': '有问题', 'zh-TW': '有問題', en: 'Faulty' },
  carried: {
    'zh-CN': '沿用撤回的那一版',
    'zh-TW': '沿用撤回的那一版',
    en: 'carried over from the withdrawn one',
  },

  candidate: { 'zh-CN': '候选稿', 'zh-TW': '候選稿', en: 'The candidate' },
  checking: {
    'zh-CN': '本节点还在取各市的部分并检查，查完才能签署。',
    'zh-TW': '本節點還在取各市的部分並檢查，查完才能簽署。',
    en: 'This node is still fetching and checking all parts; signing waits for it.',
  },
  checkGood: {
    'zh-CN': '本节点查过每一部分，没有问题',
    'zh-TW': '本節點查過每一部分，沒有問題',
    en: 'This node has checked every part and found no fault',
  },
  checkFaulty: {
    'zh-CN': '候选稿有问题，本市不能签署',
    'zh-TW': '候選稿有問題，本市不能簽署',
    en: 'The candidate is faulty; this city cannot sign it',
  },
  signOff: { 'zh-CN': '签署', 'zh-TW': '簽署', en: 'Sign off' },
  signOffTitle: {
    'zh-CN': '以本市名义签署 {name}',
    'zh-TW': '以本市名義簽署 {name}',
    en: 'Sign off {name} for this city',
  },
  signOffBody: {
    'zh-CN':
      '本市用根密钥签下全部城市的内容。签名公开，不能收回，同一编号不能再签别的内容。请核对摘要：',
    'zh-TW':
      '本市用根金鑰簽下全部城市的內容。簽署公開，無法收回，同一編號不能再簽別的內容。請核對摘要：',
    en: 'This city signs what all cities handed in, with its root key. The signature is public and cannot be taken back, and no other content can be signed under this number. Compare the hash:',
  },
  object: { 'zh-CN': '不签，说明原因', 'zh-TW': '不簽，說明原因', en: 'Object, with a reason' },
  objectBody: {
    'zh-CN': '联盟节点会看到您的原因。少了本市的签署，这个版次就不能公布。之后仍可签署。',
    'zh-TW': '聯盟節點會看到您的原因。少了本市的簽署，這個版次就不能公布。之後仍可簽署。',
    en: 'The hub sees your reason. Without this city’s signature the edition cannot be published. You can still sign later.',
  },
  signedHere: { 'zh-CN': '本市已签署', 'zh-TW': '本市已簽署', en: 'Signed off by this city' },
  objectedHere: { 'zh-CN': '本市不同意：', 'zh-TW': '本市不同意：', en: 'This city objects: ' },
  observerHere: {
    'zh-CN': '本市不是签署这个版次的成员。',
    'zh-TW': '本市不是簽署這個版次的成員。',
    en: 'This city is not among the members who sign this edition.',
  },
  othersAtHub: {
    'zh-CN': '其他城市签了没有，由联盟节点收集；全部签齐才能公布。',
    'zh-TW': '其他城市簽了沒有，由聯盟節點收集；全部簽齊才能公布。',
    en: 'The hub collects what the other cities decide; it can publish only once all have signed.',
  },

  comparison: {
    'zh-CN': '与上一版次的差异',
    'zh-TW': '與上一版次的差異',
    en: 'Difference to the last edition',
  },
  comparisonFirst: {
    'zh-CN': '第一个版次，全部都是新增',
    'zh-TW': '第一個版次，全部都是新增',
    en: 'The first edition; everything is new',
  },
  countsCaption: {
    'zh-CN': '每个城市改了多少条',
    'zh-TW': '每個城市改了多少條',
    en: 'How many entries each city changes',
  },
  city: { 'zh-CN': '城市', 'zh-TW': '城市', en: 'City' },
  allCities: { 'zh-CN': '合计', 'zh-TW': '合計', en: 'All' },
  total: { 'zh-CN': '条目', 'zh-TW': '條目', en: 'Entries' },
  reports: { 'zh-CN': '公众报错', 'zh-TW': '公眾報錯', en: 'Errors reported' },
  wishes: { 'zh-CN': '公众想要', 'zh-TW': '公眾想要', en: 'Wishes' },
  noPart: { 'zh-CN': '还没交', 'zh-TW': '還沒交', en: 'nothing handed in' },
  noReason: { 'zh-CN': '没有写原因', 'zh-TW': '沒有寫原因', en: 'no reason given' },
  showChanges: {
    'zh-CN': '{city}：{count} 处变化',
    'zh-TW': '{city}：{count} 處變化',
    en: { one: '{city}: {count} change', other: '{city}: {count} changes' },
  },
  shownOnly: {
    'zh-CN': '只显示前 {count} 条；全部在公众网站的差异页。',
    'zh-TW': '只顯示前 {count} 條；全部在公眾網站的差異頁。',
    en: {
      one: 'Only the first is shown ({count}).',
      other: 'Only the first {count} are shown; the public difference page has all.',
    },
  },
  feedbackOf: {
    'zh-CN': '公众：报错 {errors}，想要 {wishes}',
    'zh-TW': '公眾：報錯 {errors}，想要 {wishes}',
    en: 'Public: {errors} errors, {wishes} wishes',
  },

  publishedTitle: { 'zh-CN': '已公布的版次', 'zh-TW': '已公布的版次', en: 'Published editions' },
  publishedCaption: {
    'zh-CN': '公布后内容不再变；更正另发勘误',
    'zh-TW': '公布後內容不再變；更正另發勘誤',
    en: 'Never changed once published; corrections are errata beside them',
  },
  edition: { 'zh-CN': '版次', 'zh-TW': '版次', en: 'Edition' },
  'in-force': { 'zh-CN': '现行', 'zh-TW': '現行', en: 'In force' },
  'to-come': { 'zh-CN': '待生效', 'zh-TW': '待生效', en: 'To come' },
  past: { 'zh-CN': '历史', 'zh-TW': '歷史', en: 'Past' },
  file: { 'zh-CN': '签署的文件', 'zh-TW': '簽署的檔案', en: 'Signed file' },
  download: { 'zh-CN': '下载', 'zh-TW': '下載', en: 'Download' },
  withdrawnTitle: { 'zh-CN': '撤回的', 'zh-TW': '撤回的', en: 'Withdrawn' },
  withdrawnCaption: {
    'zh-CN': '没有公布就撤回的版次；编号不再使用',
    'zh-TW': '沒有公布就撤回的版次；編號不再使用',
    en: 'Editions given up before they were published; their numbers stay unused',
  },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },

  openTitle: { 'zh-CN': '打开下一版次', 'zh-TW': '開啟下一版次', en: 'Open the next edition' },
  openBody: {
    'zh-CN': '各市收到通知，可以交出自己的部分。签署的成员以现在的根文件为准。',
    'zh-TW': '各市收到通知，可以交出自己的部分。簽署的成員以目前的根文件為準。',
    en: 'Every city is told and can hand in its part. Who signs is fixed by the root of this moment.',
  },
  halfYear: { 'zh-CN': '半年', 'zh-TW': '半年', en: 'Half-year' },
  when: { 'zh-CN': '何时生效', 'zh-TW': '何時生效', en: 'When it takes effect' },
  onDate: { 'zh-CN': '从某一天起', 'zh-TW': '從某一天起', en: 'From a day on' },
  date: { 'zh-CN': '日期', 'zh-TW': '日期', en: 'Date' },
  dateWrong: {
    'zh-CN': '请写日期，例如 2027-01-01',
    'zh-TW': '請寫日期，例如 2027-01-01',
    en: 'Give a date such as 2027-01-01',
  },
  openIt: { 'zh-CN': '打开', 'zh-TW': '開啟', en: 'Open it' },

  collected: { 'zh-CN': '收到的部分', 'zh-TW': '收到的部分', en: 'Parts collected' },
  collectedCaption: {
    'zh-CN': '每个城市交了没有；全部成员交齐后自动定稿',
    'zh-TW': '每個城市交了沒有；全部成員交齊後自動定稿',
    en: 'Who has handed in; once all members have, it freezes by itself',
  },
  at: { 'zh-CN': '时间', 'zh-TW': '時間', en: 'Time' },
  freeze: { 'zh-CN': '现在定稿', 'zh-TW': '現在定稿', en: 'Freeze now' },
  freezeBody: {
    'zh-CN': '用已收到的部分做成候选稿，请每个成员签署。之后各市不能再改这一版。',
    'zh-TW': '用已收到的部分做成候選稿，請每個成員簽署。之後各市不能再改這一版。',
    en: 'Makes the candidate of what has been handed in and asks every member to sign it. No city can change this edition afterwards.',
  },
  withdraw: { 'zh-CN': '撤回', 'zh-TW': '撤回', en: 'Withdraw' },
  withdrawBody: {
    'zh-CN': '这个编号作废，已有的签名没有用处。各市看到原因；下次打开时沿用交过的部分。',
    'zh-TW': '這個編號作廢，已有的簽署沒有用處。各市看到原因；下次開啟時沿用交過的部分。',
    en: 'This number is given up and its signatures are of no use. Cities see the reason; what they handed in is carried over to the next opening.',
  },
  publish: { 'zh-CN': '公布', 'zh-TW': '公布', en: 'Publish' },
  publishBody: {
    'zh-CN': '公布后内容不再变，各节点和闸机随即跟上。缺任何一个成员的签署都公布不了。',
    'zh-TW': '公布後內容不再變，各節點和閘門隨即跟上。缺任何一個成員的簽署都公布不了。',
    en: 'Published text never changes; nodes and gates follow at once. With any member’s sign-off missing it cannot be published.',
  },
  signOffs: { 'zh-CN': '各成员的签署', 'zh-TW': '各成員的簽署', en: 'Sign-offs' },
  signOffsCaption: {
    'zh-CN': '公布需要每个成员都签署',
    'zh-TW': '公布需要每個成員都簽署',
    en: 'Publishing needs every member',
  },
  signed: { 'zh-CN': '已签署', 'zh-TW': '已簽署', en: 'Signed' },
  objected: { 'zh-CN': '不同意', 'zh-TW': '不同意', en: 'Objects' },
  waiting: { 'zh-CN': '等待中', 'zh-TW': '等待中', en: 'Waiting' },
  missing: {
    'zh-CN': '还缺 {cities} 的签署，现在公布会被拒绝。',
    'zh-TW': '還缺 {cities} 的簽署，現在公布會被拒絕。',
    en: 'The sign-off of {cities} is missing; publishing now will be refused.',
  },
  done: { 'zh-CN': '已完成', 'zh-TW': '已完成', en: 'Done' },
});

export const tabWords = defineMessages({
  list: { 'zh-CN': '服务清单', 'zh-TW': '服務清單', en: 'Service list' },
  entry: { 'zh-CN': '清单条目', 'zh-TW': '清單條目', en: 'Entry of the list' },
  edit: { 'zh-CN': '编辑条目', 'zh-TW': '編輯條目', en: 'Edit an entry' },
  import: { 'zh-CN': '导入清单', 'zh-TW': '匯入清單', en: 'Import a list' },
  requests: { 'zh-CN': '变更请求', 'zh-TW': '變更請求', en: 'Change requests' },
  ask: { 'zh-CN': '向别的城市提出', 'zh-TW': '向別的城市提出', en: 'Ask another city' },
  fund: { 'zh-CN': '请别的城市出资', 'zh-TW': '請別的城市出資', en: 'Ask another city to pay' },
  feedback: { 'zh-CN': '公众反馈', 'zh-TW': '公眾回饋', en: 'Public reports' },
  editions: { 'zh-CN': '版次', 'zh-TW': '版次', en: 'Editions' },
  staff: { 'zh-CN': '账号', 'zh-TW': '帳號', en: 'Accounts' },
});
