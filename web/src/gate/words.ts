import { defineMessages } from '../kit/messages.ts';

export const gateWords = defineMessages({
  title: { 'zh-CN': '验码', 'zh-TW': '驗碼', en: 'Check codes' },
  bar: { 'zh-CN': '验码页的三个部分', 'zh-TW': '驗碼頁的三個部分', en: 'Parts of the gate page' },
  tabScan: { 'zh-CN': '验码', 'zh-TW': '驗碼', en: 'Check' },
  tabRecords: { 'zh-CN': '对账', 'zh-TW': '對帳', en: 'Records' },
  tabGate: { 'zh-CN': '本机', 'zh-TW': '本機', en: 'This gate' },

  storageTitle: { 'zh-CN': '浏览器不让存记录', 'zh-TW': '瀏覽器不讓存紀錄', en: 'No storage' },
  storageBody: {
    'zh-CN': '记不住用过的码，就不能放行。请用普通窗口打开，或清出存储空间。',
    'zh-TW': '記不住用過的碼，就不能放行。請用一般視窗開啟，或清出儲存空間。',
    en: 'A gate that cannot remember used codes must not open. Use a normal window, or free some space.',
  },
  otherTitle: {
    'zh-CN': '另一个窗口正在验码',
    'zh-TW': '另一個視窗正在驗碼',
    en: 'Another window is the gate',
  },
  otherBody: {
    'zh-CN': '一台设备只能有一个验码窗口，记录才不会乱。请关掉那个窗口再试。',
    'zh-TW': '一台裝置只能有一個驗碼視窗，紀錄才不會亂。請關掉那個視窗再試。',
    en: 'Only one window can be the gate, so that its records stay in order. Close the other one and try again.',
  },

  newTitle: { 'zh-CN': '登记这台终端', 'zh-TW': '登記這台終端', en: 'Register this gate' },
  newBody: {
    'zh-CN':
      '这个浏览器已生成自己的密钥，私钥不能导出。由城市登记公钥后即可验码，之后不联网也能用。',
    'zh-TW':
      '這個瀏覽器已產生自己的金鑰，私鑰不能匯出。由城市登記公鑰後即可驗碼，之後不連網也能用。',
    en: 'This browser has made a key of its own that cannot be taken out. Once the city has registered the public half, it checks codes, also offline.',
  },
  newKey: { 'zh-CN': '公钥', 'zh-TW': '公鑰', en: 'Public key' },
  newDemo: { 'zh-CN': '登记为演示终端', 'zh-TW': '登記為示範終端', en: 'Register as a demo gate' },
  newManual: {
    'zh-CN': '管理台已登记，填写编号',
    'zh-TW': '管理臺已登記，填寫編號',
    en: 'Registered in the console: enter its id',
  },
  newTerminal: { 'zh-CN': '终端编号', 'zh-TW': '終端編號', en: 'Terminal id' },
  newPin: {
    'zh-CN': '首个根文件的摘要',
    'zh-TW': '首個根檔案的摘要',
    en: 'Hash of the first root',
  },
  newPinHint: {
    'zh-CN': '64 个十六进制字符，须与城市公布的一致',
    'zh-TW': '64 個十六進位字元，須與城市公布的一致',
    en: '64 hexadecimal characters, as published by the city',
  },
  newUse: { 'zh-CN': '开始使用', 'zh-TW': '開始使用', en: 'Start' },
  newByConsole: {
    'zh-CN': '本市工作人员：从这里登记',
    'zh-TW': '本市工作人員：從這裡登記',
    en: 'City staff: register from here',
  },
  newNoSession: {
    'zh-CN': '这个浏览器没有登录管理台。先打开管理台的一次性链接，再回到这里。',
    'zh-TW': '這個瀏覽器沒有登入管理臺。先開啟管理臺的一次性連結，再回到這裡。',
    en: 'This browser has no console session. Open the console’s one-time link first, then come back here.',
  },
  newNoServices: {
    'zh-CN': '本市还没有服务，先在管理台设置。',
    'zh-TW': '本市還沒有服務，先在管理臺設定。',
    en: 'This city has no service yet; set one up in the console first.',
  },
  newOf: {
    'zh-CN': '为哪项服务验码',
    'zh-TW': '為哪項服務驗碼',
    en: 'Service that it checks codes for',
  },
  newIdHint: {
    'zh-CN': '{prefix} 开头，之后用小写字母、数字和短横',
    'zh-TW': '{prefix} 開頭，之後用小寫字母、數字與短橫',
    en: 'Begins with {prefix}, then lower-case letters, digits and hyphens',
  },
  newPinShown: {
    'zh-CN': '本市节点持有的摘要，请与公布的核对',
    'zh-TW': '本市節點持有的摘要，請與公布的核對',
    en: 'As this city’s node holds it; compare with the published one',
  },
  newRegister: { 'zh-CN': '登记并使用', 'zh-TW': '登記並使用', en: 'Register and start' },
  newWrong: { 'zh-CN': '格式不对', 'zh-TW': '格式不對', en: 'Wrong form' },
  newFailed: {
    'zh-CN': '没有登记成功（{code}）。什么也没有改动，请再试。',
    'zh-TW': '沒有登記成功（{code}）。什麼也沒有改動，請再試。',
    en: 'Not registered ({code}). Nothing was changed; please try again.',
  },

  ready: { 'zh-CN': '请出示码', 'zh-TW': '請出示碼', en: 'Ready for a code' },
  readyScanner: {
    'zh-CN': '扫码枪可直接使用',
    'zh-TW': '掃碼槍可直接使用',
    en: 'A hand scanner works at once',
  },
  openCamera: { 'zh-CN': '打开镜头', 'zh-TW': '開啟鏡頭', en: 'Open the camera' },
  closeCamera: { 'zh-CN': '关闭镜头', 'zh-TW': '關閉鏡頭', en: 'Close the camera' },
  cameraPicture: { 'zh-CN': '镜头画面', 'zh-TW': '鏡頭畫面', en: 'Camera picture' },
  cameraDenied: {
    'zh-CN': '镜头未获允许。扫码枪和粘贴照常可用。',
    'zh-TW': '鏡頭未獲允許。掃碼槍和貼上照常可用。',
    en: 'The camera was not allowed. A hand scanner and pasting still work.',
  },
  cameraNone: {
    'zh-CN': '没有找到镜头。请用扫码枪或粘贴。',
    'zh-TW': '找不到鏡頭。請用掃碼槍或貼上。',
    en: 'No camera was found. Use a hand scanner, or paste.',
  },
  cameraBusy: {
    'zh-CN': '镜头被别的程序占用。请关掉它再试。',
    'zh-TW': '鏡頭被其他程式占用。請關閉後再試。',
    en: 'Another program uses the camera. Close it and try again.',
  },
  paste: { 'zh-CN': '粘贴码的文字', 'zh-TW': '貼上碼的文字', en: 'Paste the code’s text' },
  check: { 'zh-CN': '验这个码', 'zh-TW': '驗這個碼', en: 'Check it' },

  edition: { 'zh-CN': '服务清单', 'zh-TW': '服務清單', en: 'Service list' },
  editionMissing: {
    'zh-CN': '缺第 {number} 号版次，请联系城市',
    'zh-TW': '缺第 {number} 號版次，請聯絡城市',
    en: 'Edition number {number} is missing; tell the city',
  },
  headAge: {
    'zh-CN': '暂停与核对截至',
    'zh-TW': '暫停與核對截至',
    en: 'Suspensions and checks as of',
  },
  demoTerms: { 'zh-CN': '演示政策', 'zh-TW': '示範政策', en: 'Demo policy' },
  price: {
    'zh-CN': '{city}居民 {price}',
    'zh-TW': '{city}居民 {price}',
    en: '{city} residents {price}',
  },
  fullPrice: { 'zh-CN': '全价', 'zh-TW': '全價', en: 'Full price' },
  next: { 'zh-CN': '下一位', 'zh-TW': '下一位', en: 'Next' },
  assist: { 'zh-CN': '人工放行', 'zh-TW': '人工放行', en: 'Let through by hand' },
  assistBody: {
    'zh-CN': '只记原因，不记是谁。',
    'zh-TW': '只記原因，不記是誰。',
    en: 'Only the reason is kept, never who.',
  },
  'no-phone': { 'zh-CN': '没带手机', 'zh-TW': '沒帶手機', en: 'No phone' },
  'code-unreadable': { 'zh-CN': '码扫不出', 'zh-TW': '碼掃不出', en: 'Code cannot be read' },
  'card-or-paper': { 'zh-CN': '持卡或纸质证件', 'zh-TW': '持卡或紙本證件', en: 'Card or paper' },
  other: { 'zh-CN': '其他', 'zh-TW': '其他', en: 'Other' },

  offlineUntil: {
    'zh-CN': '离线 · 可用到 {when}',
    'zh-TW': '離線 · 可用到 {when}',
    en: 'Offline · works until {when}',
  },
  offlineNever: {
    'zh-CN': '离线 · 信任数据已过期，不能放行',
    'zh-TW': '離線 · 信任資料已過期，不能放行',
    en: 'Offline · trust data has expired, nobody can be let in',
  },
  online: { 'zh-CN': '在线', 'zh-TW': '連線中', en: 'Online' },
  connecting: {
    'zh-CN': '正在联系城市节点',
    'zh-TW': '正在聯絡城市節點',
    en: 'Contacting the city',
  },
  noTrust: {
    'zh-CN': '还没有信任数据，正在领取',
    'zh-TW': '還沒有信任資料，正在領取',
    en: 'No trust data yet; fetching it',
  },
  aged: {
    'zh-CN': '信任数据已超过一天，请尽快联网',
    'zh-TW': '信任資料已超過一天，請儘快連網',
    en: 'Trust data is over a day old; connect soon',
  },
  clockOff: {
    'zh-CN': '本机时钟与城市差 {seconds} 秒，请校时',
    'zh-TW': '本機時鐘與城市差 {seconds} 秒，請校時',
    en: 'This clock differs from the city’s by {seconds} s; please set it',
  },
  objection: {
    'zh-CN': '城市节点提出：{code}',
    'zh-TW': '城市節點提出：{code}',
    en: 'The city’s node objects: {code}',
  },
  waiting: {
    'zh-CN': '待上传 {count} 条',
    'zh-TW': '待上傳 {count} 筆',
    en: { one: '{count} record to send', other: '{count} records to send' },
  },

  pendingTitle: { 'zh-CN': '待上传', 'zh-TW': '待上傳', en: 'To be sent' },
  pendingNone: {
    'zh-CN': '没有待上传的记录。',
    'zh-TW': '沒有待上傳的紀錄。',
    en: 'Nothing waits.',
  },
  refusedTitle: { 'zh-CN': '城市未收', 'zh-TW': '城市未收', en: 'Refused by the city' },
  refusedBody: {
    'zh-CN': '这些记录会一直留着，直到有人处理。可导出后交给城市管理台。',
    'zh-TW': '這些紀錄會一直留著，直到有人處理。可匯出後交給城市管理臺。',
    en: 'These stay until somebody has dealt with them. Export them for the city’s staff.',
  },
  forLater: {
    'zh-CN': 'TAP_IN_FUTURE：记录时本机时钟偏快。到了那个时间会自动再发，记录不会改动。',
    'zh-TW': 'TAP_IN_FUTURE：記錄時本機時鐘偏快。到了那個時間會自動再傳，紀錄不會更動。',
    en: 'TAP_IN_FUTURE: this device’s clock was ahead. It is sent again by itself, unchanged.',
  },
  refusedNone: {
    'zh-CN': '没有被拒的记录。',
    'zh-TW': '沒有被拒的紀錄。',
    en: 'None was refused.',
  },
  sentTitle: { 'zh-CN': '已上传', 'zh-TW': '已上傳', en: 'Sent' },
  sentNone: { 'zh-CN': '还没有上传过。', 'zh-TW': '還沒有上傳過。', en: 'Nothing sent yet.' },
  sendNow: { 'zh-CN': '现在上传', 'zh-TW': '現在上傳', en: 'Send now' },
  export: { 'zh-CN': '导出未上传的', 'zh-TW': '匯出未上傳的', en: 'Export what is not sent' },
  number: { 'zh-CN': '号', 'zh-TW': '號', en: 'No.' },
  time: { 'zh-CN': '时间', 'zh-TW': '時間', en: 'Time' },
  verdict: { 'zh-CN': '结论', 'zh-TW': '結論', en: 'Verdict' },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },

  terminal: { 'zh-CN': '终端', 'zh-TW': '終端', en: 'Terminal' },
  service: { 'zh-CN': '服务', 'zh-TW': '服務', en: 'Service' },
  root: { 'zh-CN': '根文件', 'zh-TW': '根檔案', en: 'Root' },
  bundle: { 'zh-CN': '信任包', 'zh-TW': '信任包', en: 'Trust bundle' },
  bundleAge: { 'zh-CN': '信任数据截至', 'zh-TW': '信任資料截至', en: 'Trust data as of' },
  listOf: { 'zh-CN': '报失名单', 'zh-TW': '掛失名單', en: 'Lost phones' },
  numberAge: {
    'zh-CN': '第 {number} 号 · {age}',
    'zh-TW': '第 {number} 號 · {age}',
    en: 'no. {number} · {age}',
  },
  none: { 'zh-CN': '没有', 'zh-TW': '沒有', en: 'none' },
  lastSync: { 'zh-CN': '上次联系城市', 'zh-TW': '上次聯絡城市', en: 'Last contact' },
  syncNow: { 'zh-CN': '现在联系', 'zh-TW': '現在聯絡', en: 'Contact now' },
  pin: { 'zh-CN': '信任起点', 'zh-TW': '信任起點', en: 'Pinned root' },
});
