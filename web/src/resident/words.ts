import { defineMessages } from '../kit/messages.ts';

export const residentWords = defineMessages({
  title: { 'zh-CN': '我的码', 'zh-TW': '我的碼', en: 'My code' },
  trips: { 'zh-CN': '行程', 'zh-TW': '行程', en: 'Trips' },
  told: { 'zh-CN': '我的信息', 'zh-TW': '我的資料', en: 'My data' },
  toldBrief: { 'zh-CN': '我的', 'zh-TW': '我的', en: 'Me' },
  ways: { 'zh-CN': '本页各处', 'zh-TW': '本頁各處', en: 'Places of this page' },
  showsClass: { 'zh-CN': '出示：{class}', 'zh-TW': '出示：{class}', en: 'Shows: {class}' },
  showsNoClass: {
    'zh-CN': '不出示身份类别',
    'zh-TW': '不出示身分類別',
    en: 'Shows no class',
  },
  changeClass: { 'zh-CN': '更改', 'zh-TW': '更改', en: 'Change' },
  menu: { 'zh-CN': '文字与语言', 'zh-TW': '文字與語言', en: 'Text and language' },
  openElder: { 'zh-CN': '长辈模式', 'zh-TW': '長者模式', en: 'Elder mode' },
  leaveElder: { 'zh-CN': '退出长辈模式', 'zh-TW': '離開長者模式', en: 'Leave elder mode' },

  codeImage: {
    'zh-CN': '出示给验码终端的二维码',
    'zh-TW': '出示給驗碼終端的 QR 碼',
    en: 'QR code to show to a gate',
  },
  refreshes: {
    'zh-CN': '每 15 秒自动更新。截屏不能用',
    'zh-TW': '每 15 秒自動更新。截圖不能用',
    en: 'Renews every 15 seconds. A screenshot does not work',
  },
  newPass: { 'zh-CN': '已换新码', 'zh-TW': '已換新碼', en: 'A new code is shown' },
  another: { 'zh-CN': '换一个', 'zh-TW': '換一個', en: 'Another code' },
  daysLeft: {
    'zh-CN': '没有网络还能用 {count} 天',
    'zh-TW': '沒有網路還能用 {count} 天',
    en: { one: 'Works {count} more day offline', other: 'Works {count} more days offline' },
  },
  lessThanDay: {
    'zh-CN': '没有网络只能再用几小时，请尽快联网',
    'zh-TW': '沒有網路只能再用幾小時，請儘快連上網路',
    en: 'Works only a few more hours offline. Connect soon',
  },
  dimHint: {
    'zh-CN': '扫不上？把屏幕调亮',
    'zh-TW': '掃不到？把螢幕調亮',
    en: 'Not scanning? Turn up the brightness',
  },
  codeText: { 'zh-CN': '码的文字', 'zh-TW': '碼的文字', en: 'The code as text' },
  codeTextHint: {
    'zh-CN': '镜头坏了，可以把这段文字贴到验码页',
    'zh-TW': '鏡頭故障時，可以把這段文字貼到驗碼頁',
    en: 'If the camera is broken, this text can be pasted at the gate',
  },

  reserveTitle: { 'zh-CN': '这是备用码', 'zh-TW': '這是備用碼', en: 'This is the spare code' },
  reserveBody: {
    'zh-CN': '本时段的码已换完。备用码用过一次后，要等 2 分钟才能再用。下一个 6 小时时段有新码。',
    'zh-TW': '本時段的碼已換完。備用碼用過一次後，要等 2 分鐘才能再用。下一個 6 小時時段有新碼。',
    en: 'The codes of these six hours are used up. After one use, the spare code works again 2 minutes later. The next six hours have new codes.',
  },
  clockTitle: {
    'zh-CN': '手机时间不准',
    'zh-TW': '手機時間不準',
    en: 'This phone’s clock is wrong',
  },
  clockBody: {
    'zh-CN': '差了 {minutes} 分钟。码已按城市的时间修正，请在手机设置里打开自动校时。',
    'zh-TW': '差了 {minutes} 分鐘。碼已依城市的時間修正，請在手機設定中開啟自動校時。',
    en: 'It is {minutes} minutes off. The code uses the city’s time; please turn on automatic time in the phone’s settings.',
  },
  fetching: { 'zh-CN': '正在取码', 'zh-TW': '正在取碼', en: 'Fetching codes' },
  emptyTitle: { 'zh-CN': '没有可用的码', 'zh-TW': '沒有可用的碼', en: 'No code left' },
  emptyBody: {
    'zh-CN':
      '本机存的码已用完或已过期，旧码不再显示。连上网络就会自动取新码；也可出示身份证走人工通道。',
    'zh-TW':
      '本機存的碼已用完或已過期，舊碼不再顯示。連上網路就會自動取新碼；也可出示證件走人工通道。',
    en: 'The codes kept on this phone are used up or expired, and old ones are not shown. New ones come when you are online; the staffed gate takes your identity document.',
  },
  fetchNow: { 'zh-CN': '现在取码', 'zh-TW': '現在取碼', en: 'Fetch codes now' },
  revokedTitle: {
    'zh-CN': '本机的码已停用',
    'zh-TW': '本機的碼已停用',
    en: 'This phone is stopped',
  },
  revokedBody: {
    'zh-CN': '这部手机已在城市报失，码不再显示。若是误报，请重新绑定。',
    'zh-TW': '這部手機已向城市掛失，碼不再顯示。若是誤報，請重新綁定。',
    en: 'This phone was reported lost to the city; its code is no longer shown. If that was a mistake, bind it again.',
  },
  bindAgain: { 'zh-CN': '重新绑定', 'zh-TW': '重新綁定', en: 'Bind again' },
  erased: {
    'zh-CN': '本机的码已全部删除。',
    'zh-TW': '本機的碼已全部刪除。',
    en: 'All codes on this phone are deleted.',
  },

  chooseTitle: { 'zh-CN': '选一位居民', 'zh-TW': '選一位居民', en: 'Choose a resident' },
  chooseBody: {
    'zh-CN': '演示用的虚构居民，不是真人。点一下，就把码放进这个浏览器。',
    'zh-TW': '示範用的虛構居民，不是真人。點一下，就把碼放進這個瀏覽器。',
    en: 'Invented residents for demonstration, not real people. One tap puts the code into this browser.',
  },
  noPersonas: {
    'zh-CN': '这座城市现在不提供演示居民。',
    'zh-TW': '這座城市目前不提供示範居民。',
    en: 'This city offers no demonstration residents now.',
  },
  'synthetic: child of 12': { 'zh-CN': '12 岁儿童', 'zh-TW': '12 歲兒童', en: 'Child of 12' },
  'synthetic: university student': {
    'zh-CN': '大学生',
    'zh-TW': '大學生',
    en: 'University student',
  },
  'synthetic: working adult': { 'zh-CN': '上班族', 'zh-TW': '上班族', en: 'Working adult' },
  'synthetic: senior of 68': { 'zh-CN': '68 岁老人', 'zh-TW': '68 歲長者', en: 'Senior of 68' },
  'synthetic: wheelchair user': {
    'zh-CN': '轮椅使用者',
    'zh-TW': '輪椅使用者',
    en: 'Wheelchair user',
  },
  'synthetic: foreign resident with a passport': {
    'zh-CN': '持护照的外籍居民',
    'zh-TW': '持護照的外籍居民',
    en: 'Foreign resident with a passport',
  },
  binding: { 'zh-CN': '正在绑定', 'zh-TW': '綁定中', en: 'Binding' },
  bindFailed: {
    'zh-CN': '没有绑定成功（{code}）。没有留下任何数据，请再试。',
    'zh-TW': '沒有綁定成功（{code}）。沒有留下任何資料，請再試。',
    en: 'Binding did not work ({code}). Nothing was kept; please try again.',
  },

  manage: { 'zh-CN': '停用与报失', 'zh-TW': '停用與掛失', en: 'Stop or report lost' },
  stopThis: { 'zh-CN': '停用本机', 'zh-TW': '停用本機', en: 'Stop this phone' },
  stopBody: {
    'zh-CN': '本机的码会立刻删除，不能恢复。之后可以重新绑定。',
    'zh-TW': '本機的碼會立刻刪除，不能復原。之後可以重新綁定。',
    en: 'The codes on this phone are deleted at once and cannot be brought back. You can bind again later.',
  },
  stopNow: { 'zh-CN': '删除本机的码', 'zh-TW': '刪除本機的碼', en: 'Delete the codes' },
  reportOther: {
    'zh-CN': '报失另一部手机',
    'zh-TW': '掛失另一部手機',
    en: 'Report another phone lost',
  },
  reportBody: {
    'zh-CN': '选中的手机会进入报失名单，各城市终端收到名单后不再放行。本机不受影响。',
    'zh-TW': '選取的手機會進入掛失名單，各城市終端收到名單後不再放行。本機不受影響。',
    en: 'The phone you choose goes on the lost list; gates in all cities refuse it once they have the list. This phone keeps working.',
  },
  reportNone: {
    'zh-CN': '没有别的手机绑定着您的码。',
    'zh-TW': '沒有其他手機綁定您的碼。',
    en: 'No other phone holds your code.',
  },
  boundOn: { 'zh-CN': '{when} 绑定', 'zh-TW': '{when} 綁定', en: 'Bound on {when}' },
  reportThis: { 'zh-CN': '报失这部', 'zh-TW': '掛失這部', en: 'Report this one' },
  reported: { 'zh-CN': '已报失', 'zh-TW': '已掛失', en: 'Reported lost' },
  help: { 'zh-CN': '拨打 12345 求助', 'zh-TW': '撥打 12345 求助', en: 'Call 12345 for help' },
  demo: {
    'zh-CN': '演示环境。居民和价格均为虚构。',
    'zh-TW': '示範環境。居民和價格均為虛構。',
    en: 'Demonstration. Residents and prices are invented.',
  },
  storageTitle: { 'zh-CN': '浏览器不让存码', 'zh-TW': '瀏覽器不讓存碼', en: 'No storage' },
  storageBody: {
    'zh-CN': '可能是无痕窗口。请用普通窗口打开。',
    'zh-TW': '可能是無痕視窗。請用一般視窗開啟。',
    en: 'This may be a private window. Please open the page in a normal one.',
  },
});
