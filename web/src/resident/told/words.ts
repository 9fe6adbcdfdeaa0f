import { defineMessages } from '../../kit/messages.ts';

export const toldWords = defineMessages({
  classTitle: { 'zh-CN': '优待', 'zh-TW': '優待', en: 'Concession class' },
  classBody: {
    'zh-CN': '码可以带一项身份类别，享受相应优惠。带不带、带哪一项由您定，最多一项。',
    'zh-TW': '碼可以帶一項身分類別，享有相應優惠。帶不帶、帶哪一項由您決定，最多一項。',
    en: 'Your code can carry one class, for the concessions that go with it. Whether and which is up to you; one at most.',
  },
  showNone: { 'zh-CN': '不出示身份类别', 'zh-TW': '不出示身分類別', en: 'Show no class' },
  showClass: { 'zh-CN': '出示：{class}', 'zh-TW': '出示：{class}', en: 'Show: {class}' },
  inUse: { 'zh-CN': '现在这样', 'zh-TW': '目前這樣', en: 'As it is now' },
  toldNone: {
    'zh-CN':
      '终端只知道您是{home}居民，不知道是谁。这样付居民价或全价；忘了出示，7 天内可以在票据上按身份重算。',
    'zh-TW':
      '終端只知道您是{home}居民，不知道是誰。這樣付居民價或全價；忘了出示，7 天內可以在票據上按身分重算。',
    en: 'Gates learn that you live in {home}, and not who you are. You pay the residents’ or the full price; within 7 days a receipt can still be counted with your class.',
  },
  toldClass: {
    'zh-CN':
      '每个验码终端和它的城市都会知道「{class}」和{home}居民这两点，不知道您是谁，没有姓名、生日和证件。',
    'zh-TW':
      '每個驗碼終端和它的城市都會知道「{class}」和{home}居民這兩點，不知道您是誰，沒有姓名、生日和證件。',
    en: 'Every gate and its city learn “{class}” and that you live in {home}; not who you are, no name, birth date or papers.',
  },
  provedUntil: {
    'zh-CN': '{home}已核实，{when}前有效',
    'zh-TW': '{home}已核實，{when}前有效',
    en: 'Confirmed by {home}, valid until {when}',
  },
  proved: {
    'zh-CN': '{home}已核实（{when}）',
    'zh-TW': '{home}已核實（{when}）',
    en: 'Confirmed by {home} on {when}',
  },
  weak: {
    'zh-CN': '证明不够可靠，码不能带。请到本市窗口核实证件。',
    'zh-TW': '證明不夠可靠，碼不能帶。請到本市窗口核對證件。',
    en: 'The proof is not sure enough for the code. Please have your papers checked at a counter of your city.',
  },
  rare: {
    'zh-CN': '本市持有的人太少，带上容易认出您，所以码不带。可在票据上按身份重算。',
    'zh-TW': '本市持有的人太少，帶上容易認出您，所以碼不帶。可在票據上按身分重算。',
    en: 'So few people of your city hold it that it would point to you, so the code does not carry it. A receipt can still be counted with it.',
  },
  noClasses: {
    'zh-CN': '{home}没有您的身份类别记录，码不带任何类别。有证件但这里没有，请到本市窗口办理。',
    'zh-TW': '{home}沒有您的身分類別紀錄，碼不帶任何類別。有證件但這裡沒有，請到本市窗口辦理。',
    en: '{home} holds no class for you, and your code carries none. If you have papers for one, a counter of your city can record it.',
  },
  chosen: {
    'zh-CN': '已改。新的码照此出示。',
    'zh-TW': '已更改。新的碼照此出示。',
    en: 'Changed. New codes show it so.',
  },
  notChosen: {
    'zh-CN': '没有改成（{code}）。码照旧，请再试。',
    'zh-TW': '沒有改成（{code}）。碼照舊，請再試。',
    en: 'Not changed ({code}). Your code is as before; please try again.',
  },
  notChosenAway: {
    'zh-CN': '现在没有网络，没有改成，码照旧。联网后再试。',
    'zh-TW': '目前沒有網路，沒有改成，碼照舊。連上網路後再試。',
    en: 'There is no network now; nothing was changed. Try again when you are online.',
  },

  seenTitle: { 'zh-CN': '谁看过我的信息', 'zh-TW': '誰看過我的資料', en: 'Who saw my data' },
  seenBody: {
    'zh-CN': '只有您和{home}看得到这张表。别的城市只见到编号，不知道是您。',
    'zh-TW': '只有您和{home}看得到這張表。別的城市只見到編號，不知道是您。',
    en: 'Only you and {home} see this list. Other cities see numbers and do not know that it is you.',
  },
  seenNone: {
    'zh-CN': '还没有谁看过。出示过码之后，这里会写明。',
    'zh-TW': '還沒有誰看過。出示過碼之後，這裡會寫明。',
    en: 'Nobody so far. After you have shown your code, it is written here.',
  },
  saw: {
    'zh-CN': '{why}。看到：{what}',
    'zh-TW': '{why}。看到：{what}',
    en: '{why}. Seen: {what}',
  },
  residence: { 'zh-CN': '是哪个城市的居民', 'zh-TW': '是哪個城市的居民', en: 'city of residence' },
  class: { 'zh-CN': '身份类别', 'zh-TW': '身分類別', en: 'concession class' },
  time: { 'zh-CN': '时间', 'zh-TW': '時間', en: 'time' },
  place: { 'zh-CN': '地点', 'zh-TW': '地點', en: 'place' },
  journey: {
    'zh-CN': '哪几次刷码是一趟',
    'zh-TW': '哪幾次掃碼是一趟',
    en: 'which uses are one trip',
  },
  tap: { 'zh-CN': '您出示了码', 'zh-TW': '您出示了碼', en: 'You showed your code' },
  claim: { 'zh-CN': '两市核对票款', 'zh-TW': '兩市核對票款', en: 'The cities compared the fare' },
  repair: { 'zh-CN': '您补了一趟行程', 'zh-TW': '您補了一趟行程', en: 'You put a trip right' },
  objection: { 'zh-CN': '您提了异议', 'zh-TW': '您提了異議', en: 'You objected' },
  colon: { 'zh-CN': '：', 'zh-TW': '：', en: ': ' },
});
