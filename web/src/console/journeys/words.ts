import { defineMessages } from '../../kit/messages.ts';

export const journeyTabs = defineMessages({
  journeys: { 'zh-CN': '行程', 'zh-TW': '行程', en: 'Journeys' },
  journey: { 'zh-CN': '一次行程', 'zh-TW': '一次行程', en: 'One journey' },
  queue: { 'zh-CN': '未计价记录', 'zh-TW': '未計價紀錄', en: 'Taps without a price' },
  abroad: { 'zh-CN': '本市居民外出', 'zh-TW': '本市居民外出', en: 'Our residents elsewhere' },
  objections: { 'zh-CN': '乘客异议', 'zh-TW': '乘客異議', en: 'Objections' },
  parity: { 'zh-CN': '同等待遇报告', 'zh-TW': '同等待遇報告', en: 'Parity report' },
});

export const lineWords = defineMessages({
  caption: {
    'zh-CN': '已计价的行程，最近变动的在前',
    'zh-TW': '已計價的行程，最近變動的在前',
    en: 'Priced journeys, the last changed first',
  },
  abroadCaption: {
    'zh-CN': '其他城市报来的本市居民行程；不含居民身份',
    'zh-TW': '其他城市報來的本市居民行程；不含居民身分',
    en: 'What other cities claim for our residents, without saying whose it is',
  },
  none: {
    'zh-CN': '还没有行程。终端上传刷码记录后，这里几秒内就有。',
    'zh-TW': '還沒有行程。終端上傳刷碼紀錄後，這裡幾秒內就有。',
    en: 'No journeys yet. Seconds after a terminal sends its taps they stand here.',
  },
  noneFiltered: {
    'zh-CN': '没有符合筛选的行程。',
    'zh-TW': '沒有符合篩選的行程。',
    en: 'No journey fits the filter.',
  },
  when: { 'zh-CN': '时间', 'zh-TW': '時間', en: 'When' },
  service: { 'zh-CN': '服务', 'zh-TW': '服務', en: 'Service' },
  host: { 'zh-CN': '到访城市', 'zh-TW': '到訪城市', en: 'City visited' },
  home: { 'zh-CN': '归属城市', 'zh-TW': '歸屬城市', en: 'Home city' },
  journeyState: { 'zh-CN': '行程', 'zh-TW': '行程', en: 'Journey' },
  rider: { 'zh-CN': '乘客付', 'zh-TW': '乘客付', en: 'Rider pays' },
  full: { 'zh-CN': '全价', 'zh-TW': '全價', en: 'Full fare' },
  shown: { 'zh-CN': '屏幕所示', 'zh-TW': '螢幕所示', en: 'Shown at most' },
  others: { 'zh-CN': '其他承担', 'zh-TW': '其他承擔', en: 'Others pay' },
  state: { 'zh-CN': '核对', 'zh-TW': '核對', en: 'Agreed' },
  claimed: { 'zh-CN': '等待归属城市', 'zh-TW': '等待歸屬城市', en: 'Waiting for the home city' },
  accepted: { 'zh-CN': '两地一致', 'zh-TW': '兩地一致', en: 'Both cities agree' },
  disputed: { 'zh-CN': '两地不一致', 'zh-TW': '兩地不一致', en: 'The cities disagree' },
  nobody: { 'zh-CN': '无', 'zh-TW': '無', en: 'nobody' },
  operator: { 'zh-CN': '运营方', 'zh-TW': '營運方', en: 'Operator' },
  from: { 'zh-CN': '起点', 'zh-TW': '起點', en: 'From' },
  to: { 'zh-CN': '终点', 'zh-TW': '終點', en: 'To' },
  taps: { 'zh-CN': '刷码记录', 'zh-TW': '刷碼紀錄', en: 'Taps' },
  held: { 'zh-CN': '依据', 'zh-TW': '依據', en: 'Stands on' },
  heldValue: {
    'zh-CN': '清单第 {edition} 版，城市公告第 {head} 号',
    'zh-TW': '清單第 {edition} 版，城市公告第 {head} 號',
    en: 'list edition {edition}, the city’s head {head}',
  },
  shownClass: { 'zh-CN': '出示身份', 'zh-TW': '出示身分', en: 'Class shown' },
  revision: { 'zh-CN': '第几次报送', 'zh-TW': '第幾次報送', en: 'Claimed, revision' },
  updated: { 'zh-CN': '最近变动', 'zh-TW': '最近變動', en: 'Last change' },
  dispute: { 'zh-CN': '不一致之处', 'zh-TW': '不一致之處', en: 'Where they differ' },
  ours: { 'zh-CN': '本市计算', 'zh-TW': '本市計算', en: 'As we compute it' },
  back: { 'zh-CN': '回到行程', 'zh-TW': '回到行程', en: 'Back to the journeys' },
  gone: {
    'zh-CN': '这里找不到这次行程：它可能已变动，或不在最近 200 条里。',
    'zh-TW': '這裡找不到這次行程：它可能已變動，或不在最近 200 筆裡。',
    en: 'This journey is not here: it has changed, or is not among the last 200.',
  },
});

export const queueWords = defineMessages({
  caption: {
    'zh-CN': '没有进入任何行程的刷码记录',
    'zh-TW': '沒有進入任何行程的刷碼紀錄',
    en: 'Taps that end in no journey',
  },
  none: {
    'zh-CN': '没有例外：每条接受的记录都已计价，或正在等出站。',
    'zh-TW': '沒有例外：每筆接受的紀錄都已計價，或正在等出站。',
    en: 'None: every accepted tap is priced, or waits for its exit.',
  },
  tap: { 'zh-CN': '记录', 'zh-TW': '紀錄', en: 'Tap' },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },
  next: { 'zh-CN': '怎么办', 'zh-TW': '怎麼辦', en: 'What to do' },
  sums: { 'zh-CN': '核数', 'zh-TW': '核數', en: 'The count' },
  sumsOf: {
    'zh-CN':
      '{from} 至 {to}：接受 {accepted} 条 = 行程内 {inLines} + 例外 {exceptions} + 等出站 {open} + 待计价 {unpriced} + 等归属城市 {pending}',
    'zh-TW':
      '{from} 至 {to}：接受 {accepted} 筆 = 行程內 {inLines} + 例外 {exceptions} + 等出站 {open} + 待計價 {unpriced} + 等歸屬城市 {pending}',
    en: '{from} to {to}: {accepted} accepted = {inLines} in journeys + {exceptions} exceptions + {open} waiting for an exit + {unpriced} to be priced + {pending} waiting for the home city',
  },
  doubled: {
    'zh-CN': '有 {count} 条记录算了两次：请报告，这是程序错误。',
    'zh-TW': '有 {count} 筆紀錄算了兩次：請回報，這是程式錯誤。',
    en: '{count} taps are counted twice: please report it, the program is wrong.',
  },
  TERMS_UNKNOWN: {
    'zh-CN': '核对终端持有的清单版次；同步后不会再有',
    'zh-TW': '核對終端持有的清單版次；同步後不會再有',
    en: 'Check which list the terminal holds; after a sync it ends',
  },
  NO_PRICE: {
    'zh-CN': '该城市不在开放名单：核对服务条目',
    'zh-TW': '該城市不在開放名單：核對服務條目',
    en: 'That city is not admitted: check the service’s entry',
  },
  STOP_UNKNOWN: {
    'zh-CN': '核对终端登记的站点',
    'zh-TW': '核對終端登記的站點',
    en: 'Check the stop that the terminal is registered at',
  },
  DOUBLE_PRESENTATION: {
    'zh-CN': '同一个码只收一次，其余由运营方承担',
    'zh-TW': '同一個碼只收一次，其餘由營運方承擔',
    en: 'Charged once; the operator bears the rest',
  },
  TAP_EVIDENCE_INVALID: {
    'zh-CN': '检查这台终端：它放行了不该放行的码',
    'zh-TW': '檢查這台終端：它放行了不該放行的碼',
    en: 'Look at this terminal: it let a code through that it should not have',
  },
  HOME_REFUSED: {
    'zh-CN': '联系归属城市：它不认这张通行凭证',
    'zh-TW': '聯絡歸屬城市：它不認這張通行憑證',
    en: 'Ask the home city: it does not know the pass',
  },
  HOME_SILENT: {
    'zh-CN': '归属城市十天没有答复，运营方承担',
    'zh-TW': '歸屬城市十天沒有答覆，營運方承擔',
    en: 'No answer for ten days; the operator bears it',
  },
  TAP_TOO_LATE: {
    'zh-CN': '让终端及时联网上传，十天后不再受理',
    'zh-TW': '讓終端及時連網上傳，十天後不再受理',
    en: 'Let terminals send in time; after ten days nothing is taken',
  },
});

export const objectionWords = defineMessages({
  caption: {
    'zh-CN': '乘客提出的异议，未答复的在前',
    'zh-TW': '乘客提出的異議，未答覆的在前',
    en: 'What riders object to, unanswered first',
  },
  none: { 'zh-CN': '没有异议。', 'zh-TW': '沒有異議。', en: 'No objections.' },
  says: { 'zh-CN': '乘客说', 'zh-TW': '乘客說', en: 'The rider says' },
  answer: { 'zh-CN': '答复', 'zh-TW': '答覆', en: 'Answer' },
  upheld: { 'zh-CN': '成立，已免收', 'zh-TW': '成立，已免收', en: 'Upheld, waived' },
  rejected: { 'zh-CN': '不成立', 'zh-TW': '不成立', en: 'Rejected' },
  uphold: { 'zh-CN': '成立', 'zh-TW': '成立', en: 'Uphold' },
  reject: { 'zh-CN': '不成立', 'zh-TW': '不成立', en: 'Reject' },
  upholdTitle: {
    'zh-CN': '认定异议成立？',
    'zh-TW': '認定異議成立？',
    en: 'Uphold the objection?',
  },
  upholdBody: {
    'zh-CN': '乘客不用付这次票款，由运营方承担；归属城市会收到新的行程明细。不能撤回。',
    'zh-TW': '乘客不用付這次票款，由營運方承擔；歸屬城市會收到新的行程明細。不能撤回。',
    en: 'The rider pays nothing for this journey and the operator bears it; the home city gets a new line. It cannot be taken back.',
  },
  rejectTitle: { 'zh-CN': '驳回异议？', 'zh-TW': '駁回異議？', en: 'Reject the objection?' },
  rejectBody: {
    'zh-CN': '行程明细不变，乘客会看到异议没有成立。不能撤回。',
    'zh-TW': '行程明細不變，乘客會看到異議沒有成立。不能撤回。',
    en: 'The line stays as it is, and the rider is told so. It cannot be taken back.',
  },
});

export const parityWords = defineMessages({
  intro: {
    'zh-CN':
      '外地居民付多少、被拒多少次，和本市居民相比。数字来自刷码记录和行程明细，不含任何个人。',
    'zh-TW':
      '外地居民付多少、被拒多少次，和本市居民相比。數字來自刷碼紀錄和行程明細，不含任何個人。',
    en: 'What visitors pay and how often they are refused, beside our own residents. Counted from taps and lines; it is about nobody in particular.',
  },
  none: {
    'zh-CN': '这些日子没有刷码记录。',
    'zh-TW': '這些日子沒有刷碼紀錄。',
    en: 'No taps on these days.',
  },
  from: { 'zh-CN': '从', 'zh-TW': '從', en: 'From' },
  to: { 'zh-CN': '到', 'zh-TW': '到', en: 'To' },
  show: { 'zh-CN': '显示', 'zh-TW': '顯示', en: 'Show' },
  dateHint: {
    'zh-CN': '如 2026-11-27；不填就是最近七天',
    'zh-TW': '如 2026-11-27；不填就是最近七天',
    en: 'Such as 2026-11-27; empty for the last seven days',
  },
  download: {
    'zh-CN': '下载表格（CSV）',
    'zh-TW': '下載表格（CSV）',
    en: 'Download the table (CSV)',
  },
  range: {
    'zh-CN': '日期不对：最多 92 天，先后有序。',
    'zh-TW': '日期不對：最多 92 天，先後有序。',
    en: 'These dates do not work: at most 92 days, the first one first.',
  },
  who: { 'zh-CN': '谁', 'zh-TW': '誰', en: 'Who' },
  locals: { 'zh-CN': '本市居民', 'zh-TW': '本市居民', en: 'Our residents' },
  visitors: { 'zh-CN': '外地居民', 'zh-TW': '外地居民', en: 'Visitors' },
  scans: { 'zh-CN': '刷码', 'zh-TW': '刷碼', en: 'Scans' },
  refused: { 'zh-CN': '被拒', 'zh-TW': '被拒', en: 'Refused' },
  reasons: { 'zh-CN': '主要原因', 'zh-TW': '主要原因', en: 'Main reasons' },
  journeys: { 'zh-CN': '行程', 'zh-TW': '行程', en: 'Journeys' },
  average: { 'zh-CN': '平均付', 'zh-TW': '平均付', en: 'Average paid' },
  share: { 'zh-CN': '占全价', 'zh-TW': '占全價', en: 'Of full fare' },
  disputed: { 'zh-CN': '不一致', 'zh-TW': '不一致', en: 'Disputed' },
  byCity: { 'zh-CN': '按归属城市', 'zh-TW': '按歸屬城市', en: 'By home city' },
  same: {
    'zh-CN': '外地居民和本市居民没有明显差别。',
    'zh-TW': '外地居民和本市居民沒有明顯差別。',
    en: 'Visitors and our residents fare alike.',
  },
  tooFew: {
    'zh-CN': '一方没有记录，无法比较。',
    'zh-TW': '一方沒有紀錄，無法比較。',
    en: 'One side has no taps: nothing to compare.',
  },
  refusedMore: {
    'zh-CN': '外地居民被拒的比例是本市居民的 {times} 倍。',
    'zh-TW': '外地居民被拒的比例是本市居民的 {times} 倍。',
    en: 'Visitors are refused {times} times as often.',
  },
  refusedOnly: {
    'zh-CN': '只有外地居民被拒：{share}。',
    'zh-TW': '只有外地居民被拒：{share}。',
    en: 'Only visitors are refused: {share} of their scans.',
  },
  payMore: {
    'zh-CN': '外地居民付全价的 {visitors}，本市居民付 {locals}。',
    'zh-TW': '外地居民付全價的 {visitors}，本市居民付 {locals}。',
    en: 'Visitors pay {visitors} of the full fare, our residents {locals}.',
  },
});
