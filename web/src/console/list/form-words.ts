import { defineMessages } from '../../kit/messages.ts';

/** The form of an entry. */
export const formWords = defineMessages({
  basics: { 'zh-CN': '名称与说明', 'zh-TW': '名稱與說明', en: 'Names and texts' },
  placement: { 'zh-CN': '归类', 'zh-TW': '歸類', en: 'Where it belongs' },
  ways: { 'zh-CN': '怎样使用', 'zh-TW': '怎樣使用', en: 'How to use it' },
  places: { 'zh-CN': '地点与时间', 'zh-TW': '地點與時間', en: 'Places and hours' },
  tariff: { 'zh-CN': '票价', 'zh-TW': '票價', en: 'Tariff' },
  rules: { 'zh-CN': '优惠规则', 'zh-TW': '優惠規則', en: 'Concession rules' },
  asks: { 'zh-CN': '索要的信息', 'zh-TW': '索取的資料', en: 'Data asked' },
  source: { 'zh-CN': '来源与核对', 'zh-TW': '來源與查核', en: 'Source and check' },
  why: { 'zh-CN': '为什么改', 'zh-TW': '為什麼改', en: 'Why it changes' },

  missing: { 'zh-CN': '缺', 'zh-TW': '缺', en: 'missing' },
  mayStayEmpty: { 'zh-CN': '可不填', 'zh-TW': '可不填', en: 'optional' },
  zhCN: { 'zh-CN': '简体中文', 'zh-TW': '簡體中文', en: 'Simplified Chinese' },
  zhTW: { 'zh-CN': '繁体中文', 'zh-TW': '繁體中文', en: 'Traditional Chinese' },
  en: { 'zh-CN': '英文', 'zh-TW': '英文', en: 'English' },
  languagesHint: {
    'zh-CN': '简体中文必填。另两种没有就留空：页面会标明没有译文，不会自动翻译。',
    'zh-TW': '簡體中文必填。另兩種沒有就留空：頁面會標明沒有譯文，不會自動翻譯。',
    en: 'Simplified Chinese is required. Leave the others empty if there is no translation: pages say so, nothing is translated by machine.',
  },
  entryId: { 'zh-CN': '条目编号', 'zh-TW': '條目編號', en: 'Entry id' },
  entryIdHint: {
    'zh-CN': '以 {prefix} 开头，之后用小写字母、数字和短横；公布后不再改',
    'zh-TW': '以 {prefix} 開頭，之後用小寫字母、數字與短橫；公布後不再改',
    en: 'Begins with {prefix}, then lower-case letters, digits and hyphens; never changes once published',
  },
  operatorId: { 'zh-CN': '运营方编号', 'zh-TW': '營運方編號', en: 'Operator’s id' },
  operatorName: { 'zh-CN': '运营方名称', 'zh-TW': '營運方名稱', en: 'Operator’s name' },
  admitsHint: {
    'zh-CN': '只在可以刷码时选：哪些城市的居民能用',
    'zh-TW': '只在可以掃碼時選：哪些城市的居民能用',
    en: 'Only where the code opens it: residents of which cities',
  },
  fareGroupHint: {
    'zh-CN': '同一组的行程合并计算优惠，通常是运营方编号',
    'zh-TW': '同一組的行程合併計算優惠，通常是營運方編號',
    en: 'Journeys of one group are counted together; usually the operator’s id',
  },
  staffedHint: {
    'zh-CN': '没有手机、没有码的人怎么办；与数字渠道同等',
    'zh-TW': '沒有手機、沒有碼的人怎麼辦；與數位管道同等',
    en: 'For whoever has no phone or no code; equal to the digital way',
  },

  place: { 'zh-CN': '地点 {number}', 'zh-TW': '地點 {number}', en: 'Place {number}' },
  addPlace: { 'zh-CN': '加一个地点', 'zh-TW': '加一個地點', en: 'Add a place' },
  addAddress: { 'zh-CN': '加地址', 'zh-TW': '加地址', en: 'Add an address' },
  addPosition: { 'zh-CN': '加坐标', 'zh-TW': '加座標', en: 'Add a position' },
  dropPart: { 'zh-CN': '去掉{what}', 'zh-TW': '去掉{what}', en: 'Take out {what}' },
  latitude: { 'zh-CN': '纬度', 'zh-TW': '緯度', en: 'Latitude' },
  longitude: { 'zh-CN': '经度', 'zh-TW': '經度', en: 'Longitude' },
  degreesHint: {
    'zh-CN': 'WGS 84，例如 30.592800',
    'zh-TW': 'WGS 84，例如 30.592800',
    en: 'WGS 84, such as 30.592800',
  },
  hours: { 'zh-CN': '开放时段 {number}', 'zh-TW': '開放時段 {number}', en: 'Hours {number}' },
  addHours: { 'zh-CN': '加一个时段', 'zh-TW': '加一個時段', en: 'Add hours' },
  days: { 'zh-CN': '星期', 'zh-TW': '星期', en: 'Days' },
  opens: { 'zh-CN': '开门', 'zh-TW': '開門', en: 'Opens' },
  closes: { 'zh-CN': '关门', 'zh-TW': '關門', en: 'Closes' },
  clockHint: {
    'zh-CN': '例如 06:30；过半夜写 25:00',
    'zh-TW': '例如 06:30；過半夜寫 25:00',
    en: 'Such as 06:30; past midnight 25:00',
  },

  tariffKind: { 'zh-CN': '计价办法', 'zh-TW': '計價辦法', en: 'How it is priced' },
  yuan: { 'zh-CN': '价格（元）', 'zh-TW': '價格（元）', en: 'Price (yuan)' },
  zonesJson: { 'zh-CN': '分区票价（JSON）', 'zh-TW': '分區票價（JSON）', en: 'Zone tariff (JSON)' },
  zonesHint: {
    'zh-CN':
      '站点多，没有逐项表格，请按 JSON 填：stops 每站 id、name、zone；pricesFen 为跨 0、1、2… 区的价格，单位分，不得下降。也可用 CSV 导入。',
    'zh-TW':
      '站點多，沒有逐項表格，請以 JSON 填寫：stops 每站 id、name、zone；pricesFen 為跨 0、1、2… 區的價格，單位分，不得下降。也可用 CSV 匯入。',
    en: 'There are too many stops for single fields, so this one is JSON: stops with id, name and zone; pricesFen for 0, 1, 2 … zones between, in fen, never falling. CSV import works too.',
  },
  jsonWrong: {
    'zh-CN': '这不是 JSON：{what}',
    'zh-TW': '這不是 JSON：{what}',
    en: 'This is not JSON: {what}',
  },

  rule: { 'zh-CN': '规则 {number}', 'zh-TW': '規則 {number}', en: 'Rule {number}' },
  addRule: { 'zh-CN': '加一条规则', 'zh-TW': '加一條規則', en: 'Add a rule' },
  ruleId: { 'zh-CN': '规则编号', 'zh-TW': '規則編號', en: 'Rule’s id' },
  ruleIdHint: { 'zh-CN': '例如 senior-65', 'zh-TW': '例如 senior-65', en: 'Such as senior-65' },
  benefitKind: { 'zh-CN': '优惠办法', 'zh-TW': '優惠辦法', en: 'Benefit' },
  benefitYuan: {
    'zh-CN': '持码人付（元）',
    'zh-TW': '持碼人付（元）',
    en: 'The rider pays (yuan)',
  },
  benefitShare: {
    'zh-CN': '付票价的千分之几',
    'zh-TW': '付票價的千分之幾',
    en: 'Thousandths of the tariff',
  },
  shareHint: { 'zh-CN': '500 就是半价', 'zh-TW': '500 就是半價', en: '500 is half price' },
  funderParty: {
    'zh-CN':
      '{city} 出资，上限 {ceiling}，已签名。改动这条规则或票价，签名就不再有效，需要重新请它出资。',
    'zh-TW':
      '{city} 出資，上限 {ceiling}，已簽署。更動這條規則或票價，簽署就不再有效，需要重新請它出資。',
    en: '{city} pays up to {ceiling} and has signed. Once this rule or the tariff changes, the signature no longer counts and the city must be asked again.',
  },
  funderHint: {
    'zh-CN': '要别的城市出资，先存下条目，再到条目页“请别的城市出资”。',
    'zh-TW': '要別的城市出資，先存下條目，再到條目頁「請別的城市出資」。',
    en: 'For another city to pay, save the entry first, then ask it on the entry’s page.',
  },
  dateHint: { 'zh-CN': '例如 2027-01-01', 'zh-TW': '例如 2027-01-01', en: 'Such as 2027-01-01' },
  untilHint: {
    'zh-CN': '含这一天；不限就留空',
    'zh-TW': '含這一天；不限就留空',
    en: 'That day included; empty for no end',
  },
  perDayHint: {
    'zh-CN': '每人每个运营日的前几次行程；不限就留空',
    'zh-TW': '每人每個營運日的前幾次行程；不限就留空',
    en: 'So many first journeys of a person and service day; empty for all',
  },
  reductionsHint: {
    'zh-CN': '当天的行程配好以后再减；差额由下面选的一方承担。先减换乘，再算封顶。',
    'zh-TW': '當天的行程配對以後再減；差額由下面選的一方承擔。先減轉乘，再算封頂。',
    en: 'Taken off once the day’s journeys are known; who is chosen here bears it. Transfers first, then the cap.',
  },
  withinMinutes: {
    'zh-CN': '上一程结束后多少分钟内',
    'zh-TW': '上一程結束後多少分鐘內',
    en: 'Minutes since the last journey ended, at most',
  },
  lessYuan: { 'zh-CN': '少付（元）', 'zh-TW': '少付（元）', en: 'Less (yuan)' },
  capYuan: {
    'zh-CN': '一天最多付（元）',
    'zh-TW': '一天最多付（元）',
    en: 'At most a day (yuan)',
  },

  ask: { 'zh-CN': '信息 {number}', 'zh-TW': '資料 {number}', en: 'Data {number}' },
  addAsk: { 'zh-CN': '加一项信息', 'zh-TW': '加一項資料', en: 'Add data asked' },
  asksHint: {
    'zh-CN': '没有就是什么都不索要',
    'zh-TW': '沒有就是什麼都不索取',
    en: 'None means that it asks for nothing',
  },

  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },
  reasonHint: {
    'zh-CN': '随版次公布，不要写任何人的姓名',
    'zh-TW': '隨版次公布，請勿寫任何人的姓名',
    en: 'Published with the edition; name nobody',
  },
  otherLanguages: {
    'zh-CN': '也写繁体和英文',
    'zh-TW': '也寫繁體和英文',
    en: 'In the other languages too',
  },
  save: { 'zh-CN': '存入草稿', 'zh-TW': '存入草稿', en: 'Save to the draft' },
  saved: { 'zh-CN': '已存入草稿', 'zh-TW': '已存入草稿', en: 'Saved to the draft' },
  same: {
    'zh-CN': '什么也没改，不用存。',
    'zh-TW': '什麼也沒改，不用存。',
    en: 'Nothing was changed, so there is nothing to save.',
  },

  wrongTitle: {
    'zh-CN': '请先改正这几处',
    'zh-TW': '請先改正這幾處',
    en: 'Please correct these first',
  },
  wrongTitleNode: {
    'zh-CN': '节点没有收下，请改正这一处',
    'zh-TW': '節點沒有收下，請改正這一處',
    en: 'The node did not take it; please correct this',
  },
  empty: { 'zh-CN': '必须填写', 'zh-TW': '必須填寫', en: 'This is required' },
  wrong: {
    'zh-CN': '不合规则，请对照说明',
    'zh-TW': '不合規則，請對照說明',
    en: 'This breaks the rule; see the hint',
  },

  othersTitle: {
    'zh-CN': '别人先改了这个条目',
    'zh-TW': '別人先改了這個條目',
    en: 'Somebody else changed this entry',
  },
  othersBody: {
    'zh-CN':
      '{by} 在 {when} 存过它。您填写的都还在这一页，什么也没丢，也还没存。下面是对方的与您的不同之处：',
    'zh-TW':
      '{by} 在 {when} 存過它。您填寫的都還在這一頁，什麼也沒丟，也還沒存。以下是對方的與您的不同之處：',
    en: '{by} saved it at {when}. All you typed is still on this page; nothing is lost and nothing of yours is saved yet. Theirs against yours:',
  },
  theirs: { 'zh-CN': '对方的', 'zh-TW': '對方的', en: 'Theirs' },
  yours: { 'zh-CN': '您的', 'zh-TW': '您的', en: 'Yours' },
  theirsGone: { 'zh-CN': '对方把它取消了。', 'zh-TW': '對方把它取消了。', en: 'They removed it.' },
  noneLeft: {
    'zh-CN': '对方的与您的没有不同。',
    'zh-TW': '對方的與您的沒有不同。',
    en: 'Theirs and yours do not differ.',
  },
  keepMine: { 'zh-CN': '仍存我的', 'zh-TW': '仍存我的', en: 'Save mine all the same' },
  takeTheirs: {
    'zh-CN': '放弃我的，从对方的改起',
    'zh-TW': '放棄我的，從對方的改起',
    en: 'Drop mine and go on from theirs',
  },
});

/** What is wrong with an entry, by code. */
export const faultWords = defineMessages({
  ENTRY_FOREIGN: {
    'zh-CN': '编号要以本市的四位数字开头',
    'zh-TW': '編號要以本市的四位數字開頭',
    en: 'Ids begin with this city’s four digits',
  },
  ENTRY_ORDER: {
    'zh-CN': '顺序不对或有重复',
    'zh-TW': '順序不對或有重複',
    en: 'Out of order, or one twice',
  },
  ENTRY_REPEATS: {
    'zh-CN': '同一个编号出现了两次',
    'zh-TW': '同一個編號出現了兩次',
    en: 'One id stands twice',
  },
  ENTRY_AUDIENCE: {
    'zh-CN': '居民和单位至少选一个',
    'zh-TW': '居民和單位至少選一個',
    en: 'Choose residents, organisations or both',
  },
  ENTRY_ACCESS: {
    'zh-CN': '可以刷码时要选可用城市，不能刷码时不选',
    'zh-TW': '可以掃碼時要選適用城市，不能掃碼時不選',
    en: 'With the code choose admitted cities, without it none',
  },
  ENTRY_HOURS: {
    'zh-CN': '关门要晚于开门，且不超过 24 小时',
    'zh-TW': '關門要晚於開門，且不超過 24 小時',
    en: 'Closing is after opening, and at most 24 hours later',
  },
  ENTRY_TARIFF: {
    'zh-CN': '区越多价格不能越低',
    'zh-TW': '區越多價格不能越低',
    en: 'Prices do not fall with more zones',
  },
  RULE_RESIDENCE: {
    'zh-CN': '居住城市要在可用城市之内',
    'zh-TW': '居住城市要在適用城市之內',
    en: 'Residences must be admitted cities',
  },
  RULE_DATES: {
    'zh-CN': '截止不能早于开始',
    'zh-TW': '截止不能早於開始',
    en: 'The end is not before the start',
  },
  RULE_FUNDER: {
    'zh-CN': '别的城市出资时要有截止日期，且不能是本市',
    'zh-TW': '別的城市出資時要有截止日期，且不能是本市',
    en: 'Where another city pays there is an end date, and it is not this city',
  },
  FUNDING_UNSIGNED: {
    'zh-CN': '规则或票价与出资城市签的不一样，需要重新请它出资',
    'zh-TW': '規則或票價與出資城市簽的不一樣，需要重新請它出資',
    en: 'The rule or tariff is not what the funder signed; ask it again',
  },
});
