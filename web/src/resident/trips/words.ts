import { defineMessages } from '../../kit/messages.ts';

export const tripWords = defineMessages({
  none: {
    'zh-CN': '还没有行程。出示过码之后，这里几秒内就有票据。',
    'zh-TW': '還沒有行程。出示過碼之後，這裡幾秒內就有票據。',
    en: 'No trips yet. A few seconds after you have shown your code, the receipt is here.',
  },
  lead: {
    'zh-CN': '最近的在上面。点一趟看票据。',
    'zh-TW': '最近的在上面。點一趟看票據。',
    en: 'Newest first. Choose a trip to see its receipt.',
  },
  older: { 'zh-CN': '更早的行程', 'zh-TW': '更早的行程', en: 'Earlier trips' },
  justNow: { 'zh-CN': '刚才：{service}', 'zh-TW': '剛才：{service}', en: 'Just now: {service}' },
  seeReceipt: { 'zh-CN': '看票据', 'zh-TW': '看票據', en: 'See the receipt' },
  goneTitle: { 'zh-CN': '没有这趟行程', 'zh-TW': '沒有這趟行程', en: 'No such trip' },
  goneBody: {
    'zh-CN': '它可能并进了另一趟。请回到列表。',
    'zh-TW': '它可能併入了另一趟。請回到列表。',
    en: 'It may have become part of another one. Please go back to the list.',
  },

  open: { 'zh-CN': '进行中', 'zh-TW': '進行中', en: 'Under way' },
  provisional: { 'zh-CN': '暂计', 'zh-TW': '暫計', en: 'Provisional' },
  accepted: { 'zh-CN': '已核对', 'zh-TW': '已核對', en: 'Checked' },
  disputed: { 'zh-CN': '有异议', 'zh-TW': '有異議', en: 'Cities disagree' },
  exception: { 'zh-CN': '例外', 'zh-TW': '例外', en: 'Set aside' },

  openBody: {
    'zh-CN': '只有进站，还没有出站。出站后几秒内有票价；6 小时内没有出站，按最高票价算，可以补登。',
    'zh-TW': '只有進站，還沒有出站。出站後幾秒內有票價；6 小時內沒有出站，按最高票價算，可以補登。',
    en: 'There is an entry and no exit yet. The fare is here seconds after the exit; without one within 6 hours it is the highest fare, and the exit can be added.',
  },
  provisionalBody: {
    'zh-CN': '{home}按公布的规则先算的。{host}报来账目后，两边核对。',
    'zh-TW': '{home}按公布的規則先算的。{host}送來帳目後，兩邊核對。',
    en: '{home} computed this by the published rules. It is compared once {host} sends its account.',
  },
  acceptedBody: {
    'zh-CN': '{host}和{home}各算一遍，结果一样。您补登、异议成立或刷码记录迟到时才会再变。',
    'zh-TW': '{host}和{home}各算一遍，結果一樣。您補登、異議成立或掃碼紀錄遲到時才會再變。',
    en: '{host} and {home} each computed it, with the same result. It changes only by what you put right, an objection that is upheld, or a tap that arrives late.',
  },
  disputedBody: {
    'zh-CN': '{home}算出的和{host}报来的不一样，两市在查。您不用做什么。',
    'zh-TW': '{home}算出的和{host}送來的不一樣，兩市在查。您不用做什麼。',
    en: '{home} computed something else than {host} claims, and the cities look into it. You need not do anything.',
  },

  exceptionBody: {
    'zh-CN': '这次刷码没有计价，您不用付钱（{code}）。',
    'zh-TW': '這次掃碼沒有計價，您不用付錢（{code}）。',
    en: 'This use of the code is not priced and costs you nothing ({code}).',
  },

  receipt: { 'zh-CN': '票据', 'zh-TW': '票據', en: 'Receipt' },
  back: { 'zh-CN': '返回', 'zh-TW': '返回', en: 'Back' },
  print: { 'zh-CN': '打印', 'zh-TW': '列印', en: 'Print' },
  notPricedYet: { 'zh-CN': '出站后计价', 'zh-TW': '出站後計價', en: 'Priced at the exit' },
  notPriced: { 'zh-CN': '不计价', 'zh-TW': '不計價', en: 'Not priced' },
  youPay: { 'zh-CN': '您付', 'zh-TW': '您付', en: 'You pay' },
  fullFare: { 'zh-CN': '原价', 'zh-TW': '原價', en: 'Full price' },
  treatment: { 'zh-CN': '待遇', 'zh-TW': '待遇', en: 'Treatment' },
  fullPrice: {
    'zh-CN': '全价，没有用上优惠',
    'zh-TW': '全價，沒有用上優惠',
    en: 'Full price; no concession was used',
  },
  freeForAll: { 'zh-CN': '对所有人免费', 'zh-TW': '對所有人免費', en: 'Free for everybody' },
  payers: { 'zh-CN': '差额由谁付', 'zh-TW': '差額由誰付', en: 'Who pays the difference' },
  basis: { 'zh-CN': '依据', 'zh-TW': '依據', en: 'Based on' },
  mutual: {
    'zh-CN': '您的城市和到访城市互相给予。',
    'zh-TW': '您的城市和到訪城市互相給予。',
    en: 'Your city and the city visited grant it to each other.',
  },
  unilateral: { 'zh-CN': '单方给予', 'zh-TW': '單方給予', en: 'Granted by this side alone' },
  whenWhere: { 'zh-CN': '时间和地点', 'zh-TW': '時間和地點', en: 'When and where' },
  single: { 'zh-CN': '刷码', 'zh-TW': '掃碼', en: 'Used' },
  entry: { 'zh-CN': '进站', 'zh-TW': '進站', en: 'Entry' },
  exit: { 'zh-CN': '出站', 'zh-TW': '出站', en: 'Exit' },
  added: { 'zh-CN': '{end}（补登）', 'zh-TW': '{end}（補登）', en: '{end} (added)' },
  shownClass: { 'zh-CN': '按哪种身份', 'zh-TW': '按哪種身分', en: 'Counted as' },
  noClass: { 'zh-CN': '没有出示身份类别', 'zh-TW': '沒有出示身分類別', en: 'No class shown' },
  gateShowed: {
    'zh-CN': '刷码时显示的最高价',
    'zh-TW': '掃碼時顯示的最高價',
    en: 'The most that the gate showed',
  },
  edition: { 'zh-CN': '按哪一版清单', 'zh-TW': '按哪一版清單', en: 'Edition of the list' },
  editionNumber: {
    'zh-CN': '（第 {number} 号）',
    'zh-TW': '（第 {number} 號）',
    en: ' (no. {number})',
  },
  operator: { 'zh-CN': '运营方', 'zh-TW': '營運方', en: 'Operator' },
  number: { 'zh-CN': '票据编号', 'zh-TW': '票據編號', en: 'Receipt number' },
  standing: { 'zh-CN': '核对', 'zh-TW': '核對', en: 'Check' },
  whyOthers: {
    'zh-CN': '其他 {count} 条优惠为什么没用上',
    'zh-TW': '其他 {count} 條優惠為什麼沒用上',
    en: {
      one: 'Why {count} other concession did not apply',
      other: 'Why {count} other concessions did not apply',
    },
  },
  explain: {
    'zh-CN': '清单上逐条看为什么',
    'zh-TW': '在清單上逐條看為什麼',
    en: 'See why in the list, rule by rule',
  },
  colon: { 'zh-CN': '：', 'zh-TW': '：', en: ': ' },

  repairExit: { 'zh-CN': '补登出站', 'zh-TW': '補登出站', en: 'Add the exit' },
  repairEntry: { 'zh-CN': '补登进站', 'zh-TW': '補登進站', en: 'Add the entry' },
  repairClass: { 'zh-CN': '按身份重算', 'zh-TW': '按身分重算', en: 'Apply my class' },
  repairUntil: {
    'zh-CN': '{when}前可以补登；30 天内还能补 {count} 次。',
    'zh-TW': '{when}前可以補登；30 天內還能補 {count} 次。',
    en: {
      one: 'Possible until {when}; {count} more time in 30 days.',
      other: 'Possible until {when}; {count} more times in 30 days.',
    },
  },
  stopSends: {
    'zh-CN': '点车站就发送，发出后不能改。',
    'zh-TW': '點車站就送出，送出後不能改。',
    en: 'Choosing a stop sends it, and it cannot be changed afterwards.',
  },
  cannotChange: {
    'zh-CN': '发出后不能改。',
    'zh-TW': '送出後不能改。',
    en: 'It cannot be changed afterwards.',
  },
  exitTime: { 'zh-CN': '大约几点出站', 'zh-TW': '大約幾點出站', en: 'About when did you leave?' },
  entryTime: { 'zh-CN': '大约几点进站', 'zh-TW': '大約幾點進站', en: 'About when did you enter?' },
  exitStop: { 'zh-CN': '在哪一站出站', 'zh-TW': '在哪一站出站', en: 'Where did you leave?' },
  entryStop: { 'zh-CN': '在哪一站进站', 'zh-TW': '在哪一站進站', en: 'Where did you enter?' },
  sendEnd: { 'zh-CN': '发送', 'zh-TW': '送出', en: 'Send' },
  classBody: {
    'zh-CN': '{home}会向{host}证明这一项，不给出生日期或证件。',
    'zh-TW': '{home}會向{host}證明這一項，不提供出生日期或證件。',
    en: '{home} vouches to {host} for this one fact; no birth date, no papers.',
  },
  asClass: { 'zh-CN': '我是：{class}', 'zh-TW': '我是：{class}', en: 'I am: {class}' },
  sending: { 'zh-CN': '正在发送', 'zh-TW': '送出中', en: 'Sending' },
  repairSent: {
    'zh-CN': '已补登，等{host}重新计价',
    'zh-TW': '已補登，等{host}重新計價',
    en: 'Added; {host} prices the trip again',
  },
  classSent: {
    'zh-CN': '已按「{class}」申报，等{host}重新计价',
    'zh-TW': '已按「{class}」申報，等{host}重新計價',
    en: 'Claimed as “{class}”; {host} prices the trip again',
  },

  object: { 'zh-CN': '有疑问', 'zh-TW': '有疑問', en: 'Something is wrong' },
  objectBody: {
    'zh-CN': '点一个原因就发给{host}的办公室。处理结果在这里看；成立就免收。',
    'zh-TW': '點一個原因就送到{host}的辦公室。處理結果在這裡看；成立就免收。',
    en: 'Choosing a reason sends it to the office in {host}. The answer appears here; if you are right, the fare is waived.',
  },
  objectHow: {
    'zh-CN':
      '点「有疑问」，再点原因，就发给{host}；答复写在这里。没有截止日，半年内都能提。也可拨打 12345。',
    'zh-TW':
      '點「有疑問」，再點原因，就送到{host}；答覆寫在這裡。沒有截止日，半年內都能提。也可撥打 12345。',
    en: 'Press “Something is wrong” and choose a reason: it goes to {host}, and the answer appears here. You can do so for half a year. Or call 12345.',
  },
  objectTitle: { 'zh-CN': '怎么提异议', 'zh-TW': '怎麼提異議', en: 'How to object' },
  objected: {
    'zh-CN': '已提异议：{reason}（{when}）。{host}在处理，结果会写在这里。',
    'zh-TW': '已提異議：{reason}（{when}）。{host}在處理，結果會寫在這裡。',
    en: 'You objected: {reason} ({when}). {host} looks into it; the answer will be here.',
  },
  upheld: {
    'zh-CN': '异议成立（{when}）：{reason}。这趟免收。',
    'zh-TW': '異議成立（{when}）：{reason}。這趟免收。',
    en: 'Your objection was upheld ({when}): {reason}. The fare is waived.',
  },
  rejected: {
    'zh-CN': '异议不成立（{when}）：{reason}。不同意可拨打 12345。',
    'zh-TW': '異議不成立（{when}）：{reason}。不同意可撥打 12345。',
    en: 'Your objection was rejected ({when}): {reason}. If you disagree, call 12345.',
  },

  notSent: { 'zh-CN': '没有发送成功', 'zh-TW': '沒有送出', en: 'Not sent' },
  TRIP_UNKNOWN: {
    'zh-CN': '您的城市没有这趟行程。请返回列表再看。',
    'zh-TW': '您的城市沒有這趟行程。請返回列表再看。',
    en: 'Your city has no such trip. Please go back and look again.',
  },
  REPAIR_TOO_LATE: {
    'zh-CN': '已过 7 天，不能再补。可以点「有疑问」。',
    'zh-TW': '已過 7 天，不能再補。可以點「有疑問」。',
    en: 'It is more than 7 days ago and can no longer be added. You can press “Something is wrong”.',
  },
  REPAIR_OUT_OF_BOUNDS: {
    'zh-CN': '时间或车站不在允许的范围里。请换一个再发。',
    'zh-TW': '時間或車站不在允許的範圍裡。請換一個再送。',
    en: 'The time or the stop is outside what is allowed. Please choose another one.',
  },
  REPAIR_NOT_NEEDED: {
    'zh-CN': '这趟已经完整，不用补。请返回列表再看。',
    'zh-TW': '這趟已經完整，不用補。請返回列表再看。',
    en: 'The trip is complete already. Please go back and look again.',
  },
  REPAIRS_USED_UP: {
    'zh-CN': '30 天内已补登 3 次，不能再补。可以点「有疑问」。',
    'zh-TW': '30 天內已補登 3 次，不能再補。可以點「有疑問」。',
    en: 'You have added 3 ends in 30 days, which is the most. You can press “Something is wrong”.',
  },
  CLASS_NOT_PROVED: {
    'zh-CN': '您的城市没有您这项身份的证明。请到本市窗口办理，再来补。',
    'zh-TW': '您的城市沒有您這項身分的證明。請到本市窗口辦理，再來補。',
    en: 'Your city has no proof of this. Please have it recorded at a counter of your city, then come back.',
  },
  OBJECTION_OPEN: {
    'zh-CN': '这趟已有一条异议在处理，等结果就行。',
    'zh-TW': '這趟已有一件異議在處理，等結果就行。',
    en: 'An objection to this trip is being looked into already; just wait for the answer.',
  },
  AWAY: {
    'zh-CN': '现在没有网络，什么也没有发出。联网后再点一次。',
    'zh-TW': '目前沒有網路，什麼也沒有送出。連上網路後再點一次。',
    en: 'There is no network now and nothing was sent. Press again when you are online.',
  },
  PHONE_REVOKED: {
    'zh-CN': '这部手机已报失，不能再发。请到「我的码」重新绑定。',
    'zh-TW': '這部手機已掛失，不能再送。請到「我的碼」重新綁定。',
    en: 'This phone was reported lost and can send nothing. Please bind it again under “My code”.',
  },
  refusedOther: {
    'zh-CN': '您的城市没有接受（{code}）。什么也没有改动，请再试；仍不行请拨打 12345。',
    'zh-TW': '您的城市沒有接受（{code}）。什麼也沒有變動，請再試；仍不行請撥打 12345。',
    en: 'Your city did not take it ({code}). Nothing was changed; please try again, or call 12345.',
  },
});
