import { defineMessages } from '../kit/messages.ts';

export const tryWords = defineMessages({
  title: { 'zh-CN': '试一试', 'zh-TW': '試一試', en: 'Try it' },
  intro: {
    'zh-CN':
      '一边是{home}居民的手机，一边是{host}的终端。两边都是真的网页，各自连着自己城市的节点。按一个按钮，看终端怎么判。',
    'zh-TW':
      '一邊是{home}居民的手機，一邊是{host}的終端。兩邊都是真的網頁，各自連著自己城市的節點。按一個按鈕，看終端怎麼判。',
    en: 'One side is the phone of a resident of {home}, the other a gate in {host}. Both are the real pages, each with its own city’s node. Press a button and see what the gate says.',
  },
  phone: { 'zh-CN': '手机', 'zh-TW': '手機', en: 'Phone' },
  gate: { 'zh-CN': '终端', 'zh-TW': '終端', en: 'Gate' },
  preparing: {
    'zh-CN': '正在准备手机和终端',
    'zh-TW': '正在準備手機和終端',
    en: 'Preparing phone and gate',
  },
  notReady: {
    'zh-CN': '手机或终端没有准备好。请看两个城市的节点是否都在运行，再刷新本页。',
    'zh-TW': '手機或終端沒有準備好。請看兩個城市的節點是否都在運作，再重新整理本頁。',
    en: 'Phone or gate is not ready. Check that both cities’ nodes run, then reload this page.',
  },
  offered: {
    'zh-CN': '这个节点不在演示模式，这一页不可用。',
    'zh-TW': '這個節點不在示範模式，這一頁不可用。',
    en: 'This node is not in demo mode; the page is not available.',
  },
  steps: { 'zh-CN': '可以做的事', 'zh-TW': '可以做的事', en: 'What you can do' },
  present: { 'zh-CN': '出示', 'zh-TW': '出示', en: 'Present' },
  unplug: { 'zh-CN': '拔网线', 'zh-TW': '拔網路線', en: 'Unplug the gate' },
  plug: { 'zh-CN': '插回网线', 'zh-TW': '插回網路線', en: 'Plug it in again' },
  screenshot: { 'zh-CN': '截屏再用', 'zh-TW': '截圖再用', en: 'Use a screenshot' },
  tamper: { 'zh-CN': '篡改', 'zh-TW': '竄改', en: 'Change one character' },
  lost: { 'zh-CN': '报失', 'zh-TW': '掛失', en: 'Report the phone lost' },
  clock: { 'zh-CN': '时钟拨错', 'zh-TW': '時鐘撥錯', en: 'Set the clock wrong' },
  reset: { 'zh-CN': '从头来', 'zh-TW': '從頭來', en: 'Start over' },

  happened: { 'zh-CN': '刚才发生了什么', 'zh-TW': '剛才發生了什麼', en: 'What just happened' },
  start: {
    'zh-CN': '先按「出示」。',
    'zh-TW': '先按「出示」。',
    en: 'Begin with “Present”.',
  },
  didPresent: {
    'zh-CN':
      '城市签了通行凭证，手机签了此刻。终端验了两个签名，没有问任何服务器，也不知道是谁。价格按码里的两点算：是{home}居民，出示了哪种身份。',
    'zh-TW':
      '城市簽了通行憑證，手機簽了此刻。終端驗了兩個簽章，沒有問任何伺服器，也不知道是誰。價格按碼裡的兩點算：是{home}居民，出示了哪種身分。',
    en: 'The city signed the pass, the phone signed this moment. The gate checked both signatures, asked no server, and does not know who it was. The price follows two facts in the code: a resident of {home}, and the class shown.',
  },
  didPresentOffline: {
    'zh-CN': '终端没有网络，照样判得出。记录已存在终端里，插回网线后补传，每条只算一次。',
    'zh-TW': '終端沒有網路，照樣判得出。紀錄已存在終端裡，插回網路線後補傳，每筆只算一次。',
    en: 'The gate had no network and decided all the same. The record is kept in the gate and goes to the city once, when the cable is back.',
  },
  didUnplug: {
    'zh-CN': '终端断网了。手机也可以断网。现在按「出示」。',
    'zh-TW': '終端斷網了。手機也可以斷網。現在按「出示」。',
    en: 'The gate is cut off. The phone may be, too. Now press “Present”.',
  },
  didPlug: {
    'zh-CN': '网线插回了，攒下的记录已补传，还剩 {count} 条。',
    'zh-TW': '網路線插回了，累積的紀錄已補傳，還剩 {count} 筆。',
    en: 'The cable is back and the waiting records were sent; {count} are left.',
  },
  didScreenshot: {
    'zh-CN':
      '刚用过的那张图又出示一次。终端记得这个凭证，断网也记得。另一台断网终端认不出，但事后对账只收一次钱。',
    'zh-TW':
      '剛用過的那張圖又出示一次。終端記得這個憑證，斷網也記得。另一台斷網終端認不出，但事後對帳只收一次錢。',
    en: 'The picture just used was shown again. The gate remembers the pass, offline too. Another unplugged gate could not know, but the books charge it once.',
  },
  didStale: {
    'zh-CN': '那张图太旧了：手机签的时间超过 2 分钟就不收。',
    'zh-TW': '那張圖太舊了：手機簽的時間超過 2 分鐘就不收。',
    en: 'The picture is too old: a moment signed over 2 minutes ago is not taken.',
  },
  didTamper: {
    'zh-CN': '码里改了一个字符，城市的签名就对不上了。',
    'zh-TW': '碼裡改了一個字元，城市的簽章就對不上了。',
    en: 'One character of the code was changed, and the city’s signature no longer fits.',
  },
  didLost: {
    'zh-CN':
      '手机在{home}报失。{home}签了报失名单，{host}的终端几秒内收到。这部手机的码不能再用，别的手机不受影响。',
    'zh-TW':
      '手機在{home}掛失。{home}簽了掛失名單，{host}的終端幾秒內收到。這部手機的碼不能再用，別的手機不受影響。',
    en: 'The phone was reported lost in {home}. {home} signed its list of lost phones and the gate in {host} had it within seconds. This phone’s codes are finished; other phones are not touched.',
  },
  lostLate: {
    'zh-CN': '已报失，名单还没有送到终端。等几秒再按一次「报失」。',
    'zh-TW': '已掛失，名單還沒有送到終端。等幾秒再按一次「掛失」。',
    en: 'Reported, but the list has not reached the gate yet. Wait a few seconds and press again.',
  },
  didClock: {
    'zh-CN':
      '手机时钟快了 10 分钟，签的时间在将来，终端请人核对。手机一联网就会向自己的城市对时：再按「出示」。',
    'zh-TW':
      '手機時鐘快了 10 分鐘，簽的時間在將來，終端請人核對。手機一連網就會向自己的城市對時：再按「出示」。',
    en: 'The phone’s clock is 10 minutes fast, so it signed a future moment and the gate asks for a check. Once online the phone learns the right time from its city: press “Present” again.',
  },
  didReset: {
    'zh-CN': '手机已重新绑定，时钟已拨正，网线已插回。',
    'zh-TW': '手機已重新綁定，時鐘已撥正，網路線已插回。',
    en: 'The phone is bound anew, its clock is right and the cable is in.',
  },
  sides: { 'zh-CN': '两座城市各算各的', 'zh-TW': '兩座城市各算各的', en: 'Each city computes it' },
  sidesCaption: {
    'zh-CN': '同一趟行程，两边各有一行账',
    'zh-TW': '同一趟行程，兩邊各有一行帳',
    en: 'One trip, one line in each city’s book',
  },
  what: { 'zh-CN': '项目', 'zh-TW': '項目', en: 'Item' },
  hostSide: { 'zh-CN': '{host}（报账）', 'zh-TW': '{host}（報帳）', en: '{host} (claims)' },
  homeSide: { 'zh-CN': '{home}（核对）', 'zh-TW': '{home}（核對）', en: '{home} (checks)' },
  line: { 'zh-CN': '这行账的指纹', 'zh-TW': '這行帳的指紋', en: 'Fingerprint of the line' },
  fullFare: { 'zh-CN': '原价', 'zh-TW': '原價', en: 'Full price' },
  riderPays: { 'zh-CN': '乘客付', 'zh-TW': '乘客付', en: 'Rider pays' },
  waiting: {
    'zh-CN': '等{host}报账、{home}核对',
    'zh-TW': '等{host}報帳、{home}核對',
    en: 'Waiting for {host} to claim and {home} to check',
  },
  same: {
    'zh-CN': '{home}已核对：两行账逐字相同',
    'zh-TW': '{home}已核對：兩行帳逐字相同',
    en: '{home} has checked it: the lines are equal byte for byte',
  },
  differs: {
    'zh-CN': '{home}有异议：两行账不同',
    'zh-TW': '{home}有異議：兩行帳不同',
    en: '{home} disputes it: the lines differ',
  },
  late: {
    'zh-CN': '还没有核对完。再按一次「出示」，或稍后在手机的行程里看。',
    'zh-TW': '還沒有核對完。再按一次「出示」，或稍後在手機的行程裡看。',
    en: 'Not checked yet. Press “Present” again, or look at the phone’s trips later.',
  },
  sidesHow: {
    'zh-CN': '指纹是整行文字的 SHA-256 前 16 位。手机里现在显示的是这趟的票据。',
    'zh-TW': '指紋是整行文字的 SHA-256 前 16 位。手機裡現在顯示的是這趟的票據。',
    en: 'The fingerprint is the first 16 digits of SHA-256 over the whole line. The phone now shows the receipt of this trip.',
  },
  failed: {
    'zh-CN': '手机没有给出码。请按「从头来」。',
    'zh-TW': '手機沒有給出碼。請按「從頭來」。',
    en: 'The phone gave no code. Press “Start over”.',
  },
  unexpected: {
    'zh-CN': '终端的结论如上。',
    'zh-TW': '終端的結論如上。',
    en: 'The gate decided as above.',
  },
  demo: {
    'zh-CN': '演示环境。居民和价格均为虚构。',
    'zh-TW': '示範環境。居民和價格均為虛構。',
    en: 'Demonstration. Residents and prices are invented.',
  },
  alone: {
    'zh-CN': '也可以分开打开：',
    'zh-TW': '也可以分開打開：',
    en: 'Or open them apart:',
  },
  openPhone: { 'zh-CN': '我的码', 'zh-TW': '我的碼', en: 'My code' },
  openGate: { 'zh-CN': '验码', 'zh-TW': '驗碼', en: 'Check codes' },
});
