import { defineMessages } from '../../kit/messages.ts';

/** What other cities and the public say of entries. */
export const requestWords = defineMessages({
  received: { 'zh-CN': '收到的请求', 'zh-TW': '收到的請求', en: 'Received' },
  sent: { 'zh-CN': '发出的请求', 'zh-TW': '發出的請求', en: 'Sent' },
  receivedNone: {
    'zh-CN': '没有请求。别的城市对本市条目有意见时会出现在这里，由本市决定。',
    'zh-TW': '沒有請求。別的城市對本市條目有意見時會出現在這裡，由本市決定。',
    en: 'No requests. What other cities say of this city’s entries appears here; this city decides.',
  },
  sentNone: {
    'zh-CN': '没有发出过请求。',
    'zh-TW': '沒有發出過請求。',
    en: 'None sent.',
  },
  show: { 'zh-CN': '显示', 'zh-TW': '顯示', en: 'Show' },
  openOnly: { 'zh-CN': '未答复的', 'zh-TW': '未答覆的', en: 'Not answered' },
  ask: { 'zh-CN': '向别的城市提出', 'zh-TW': '向別的城市提出', en: 'Ask another city' },
  askLead: {
    'zh-CN':
      '别的城市的条目只由它自己改。您可以说明意见，或交一份改好的条目；对方采纳、谢绝或答复。',
    'zh-TW':
      '別的城市的條目只由它自己改。您可以說明意見，或交一份改好的條目；對方採納、謝絕或答覆。',
    en: 'Only a city changes its entries. Say what you think, or send the entry as it should be; the owner takes it, declines or answers.',
  },
  comment: { 'zh-CN': '意见', 'zh-TW': '意見', en: 'Comment' },
  proposal: { 'zh-CN': '修改建议', 'zh-TW': '修改建議', en: 'Proposal' },
  kind: { 'zh-CN': '种类', 'zh-TW': '種類', en: 'Kind' },
  city: { 'zh-CN': '城市', 'zh-TW': '城市', en: 'City' },
  entry: { 'zh-CN': '条目', 'zh-TW': '條目', en: 'Entry' },
  choose: { 'zh-CN': '请选择', 'zh-TW': '請選擇', en: 'Choose' },
  text: { 'zh-CN': '内容', 'zh-TW': '內容', en: 'Text' },
  textHint: {
    'zh-CN': '不要写任何人的姓名或联系方式',
    'zh-TW': '請勿寫任何人的姓名或聯絡方式',
    en: 'Name nobody and give no contact of a person',
  },
  textMissing: { 'zh-CN': '请写内容', 'zh-TW': '請寫內容', en: 'Write something' },
  chooseEntry: {
    'zh-CN': '请选城市和条目',
    'zh-TW': '請選城市和條目',
    en: 'Choose a city and an entry',
  },
  nothingChanged: {
    'zh-CN': '建议里还什么都没改',
    'zh-TW': '建議裡還什麼都沒改',
    en: 'The proposal changes nothing yet',
  },
  send: { 'zh-CN': '送出', 'zh-TW': '送出', en: 'Send' },
  sentDone: {
    'zh-CN': '已送出，等对方答复',
    'zh-TW': '已送出，等對方答覆',
    en: 'Sent; the other city answers',
  },
  noEdition: {
    'zh-CN': '还没有公布的版次，没有别的城市的条目可提。',
    'zh-TW': '還沒有公布的版次，沒有別的城市的條目可提。',
    en: 'No edition is published yet, so there are no entries of other cities.',
  },
  proposed: { 'zh-CN': '建议的差异', 'zh-TW': '建議的差異', en: 'What the proposal changes' },
  proposedNew: {
    'zh-CN': '建议新增这个条目',
    'zh-TW': '建議新增這個條目',
    en: 'It proposes a new entry',
  },
  open: { 'zh-CN': '未答复', 'zh-TW': '未答覆', en: 'Not answered' },
  taken: { 'zh-CN': '已采纳', 'zh-TW': '已採納', en: 'Taken' },
  declined: { 'zh-CN': '已谢绝', 'zh-TW': '已謝絕', en: 'Declined' },
  answered: { 'zh-CN': '已答复', 'zh-TW': '已答覆', en: 'Answered' },
  refused: {
    'zh-CN': '对方节点没有收下',
    'zh-TW': '對方節點沒有收下',
    en: 'Refused by the other node',
  },
  signed: { 'zh-CN': '已签名', 'zh-TW': '已簽署', en: 'Signed' },
  lapsed: {
    'zh-CN': '签了，但草稿已改，不再适用',
    'zh-TW': '簽了，但草稿已改，不再適用',
    en: 'Signed, but the draft changed meanwhile',
  },
  answer: { 'zh-CN': '答复', 'zh-TW': '答覆', en: 'Answer' },
  answerTo: { 'zh-CN': '答复 {city}', 'zh-TW': '答覆 {city}', en: 'Answer {city}' },
  outcome: { 'zh-CN': '决定', 'zh-TW': '決定', en: 'Decision' },
  take: { 'zh-CN': '采纳，改入草稿', 'zh-TW': '採納，改入草稿', en: 'Take it into the draft' },
  decline: { 'zh-CN': '谢绝', 'zh-TW': '謝絕', en: 'Decline' },
  justAnswer: { 'zh-CN': '只答复', 'zh-TW': '只答覆', en: 'Answer only' },
  changeReason: { 'zh-CN': '改动的原因', 'zh-TW': '更動的原因', en: 'Reason of the change' },

  funding: { 'zh-CN': '出资', 'zh-TW': '出資', en: 'Funding' },
  toSign: { 'zh-CN': '请本市出资的', 'zh-TW': '請本市出資的', en: 'Asked of this city' },
  asked: { 'zh-CN': '本市提出的', 'zh-TW': '本市提出的', en: 'Asked by this city' },
  fundingNone: { 'zh-CN': '没有出资请求。', 'zh-TW': '沒有出資請求。', en: 'No funding requests.' },
  who: { 'zh-CN': '优惠', 'zh-TW': '優惠', en: 'Concession' },
  residences: { 'zh-CN': '居住城市', 'zh-TW': '居住城市', en: 'Residences' },
  riderPays: { 'zh-CN': '持码人付', 'zh-TW': '持碼人付', en: 'The rider pays' },
  sharePays: {
    'zh-CN': '票价的千分之 {permille}',
    'zh-TW': '票價的千分之 {permille}',
    en: '{permille} thousandths of the tariff',
  },
  ceiling: { 'zh-CN': '出资上限', 'zh-TW': '出資上限', en: 'Ceiling' },
  ceilingYuan: { 'zh-CN': '出资上限（元）', 'zh-TW': '出資上限（元）', en: 'Ceiling (yuan)' },
  validity: { 'zh-CN': '有效期', 'zh-TW': '有效期', en: 'From, until' },
  state: { 'zh-CN': '状态', 'zh-TW': '狀態', en: 'State' },
  approve: { 'zh-CN': '同意并签名', 'zh-TW': '同意並簽署', en: 'Approve and sign' },
  approveBody: {
    'zh-CN': '本市用根密钥签下这条优惠：按这些条款付差额，直到上限。签名公开，期限内不能收回。',
    'zh-TW': '本市用根金鑰簽下這條優惠：依這些條款付差額，直到上限。簽署公開，期限內無法收回。',
    en: 'This city signs the concession with its root key: it pays the difference on these terms, up to the ceiling. The signature is public and cannot be taken back within its dates.',
  },
  declineBody: {
    'zh-CN': '对方会看到您的原因，规则不会写入它的草稿。',
    'zh-TW': '對方會看到您的原因，規則不會寫入它的草稿。',
    en: 'The other city sees your reason; the rule does not enter its draft.',
  },
  fundLead: {
    'zh-CN':
      '另一个城市为它的居民付差额。条款填好后送去，对方用根密钥签名，签好的规则自动写入草稿。',
    'zh-TW':
      '另一個城市為它的居民付差額。條款填好後送去，對方用根金鑰簽署，簽好的規則自動寫入草稿。',
    en: 'Another city pays the difference for its residents. Once it has signed these terms with its root key, the rule enters the draft by itself.',
  },
  funder: { 'zh-CN': '出资城市', 'zh-TW': '出資城市', en: 'Who pays' },

  feedbackCaption: {
    'zh-CN': '公众在网站上报告的错误和想要的服务；不含任何人的身份',
    'zh-TW': '公眾在網站上回報的錯誤和想要的服務；不含任何人的身分',
    en: 'Errors and wishes that the public reported; nobody is identified',
  },
  feedbackNone: {
    'zh-CN': '没有公众反馈。',
    'zh-TW': '沒有公眾回饋。',
    en: 'The public has reported nothing.',
  },
  feedbackNoneOpen: {
    'zh-CN': '没有未答复的公众反馈。',
    'zh-TW': '沒有未答覆的公眾回饋。',
    en: 'No report waits for an answer.',
  },
  error: { 'zh-CN': '报错', 'zh-TW': '報錯', en: 'Error' },
  wish: { 'zh-CN': '想要', 'zh-TW': '想要', en: 'Wish' },
  times: {
    'zh-CN': '{count} 次',
    'zh-TW': '{count} 次',
    en: { one: '{count} time', other: '{count} times' },
  },
  noEntry: { 'zh-CN': '没有指明条目', 'zh-TW': '沒有指明條目', en: 'No entry named' },
  answerHint: {
    'zh-CN': '留在本节点，也给同事看；写明改了什么或为什么不改',
    'zh-TW': '留在本節點，也給同事看；寫明改了什麼或為什麼不改',
    en: 'Kept at this node for your colleagues: what was changed, or why not',
  },
  ofCity: {
    'zh-CN': '已转给 {city}，由它答复',
    'zh-TW': '已轉給 {city}，由它答覆',
    en: 'With {city}, which answers it',
  },
});
