import { defineMessages } from '../../kit/messages.ts';

/** The working draft: its list, one entry, its history. */
export const draftWords = defineMessages({
  caption: {
    'zh-CN': '本市的工作草稿：与已公布的 {edition} 相比',
    'zh-TW': '本市的工作草稿：與已公布的 {edition} 相比',
    en: 'This city’s working draft, against {edition} as published',
  },
  captionFirst: {
    'zh-CN': '本市的工作草稿；还没有公布过版次',
    'zh-TW': '本市的工作草稿；還沒有公布過版次',
    en: 'This city’s working draft; no edition is published yet',
  },
  counts: {
    'zh-CN': '新增 {added}，变更 {changed}，取消 {removed}，不变 {unchanged}',
    'zh-TW': '新增 {added}，變更 {changed}，取消 {removed}，不變 {unchanged}',
    en: '{added} added, {changed} changed, {removed} removed, {unchanged} unchanged',
  },
  none: {
    'zh-CN': '清单里还没有条目。新增一条，或导入一个文件。',
    'zh-TW': '清單裡還沒有條目。新增一條，或匯入一個檔案。',
    en: 'The list has no entries yet. Add one, or import a file.',
  },
  noneFiltered: {
    'zh-CN': '没有符合筛选的条目。放宽筛选再看。',
    'zh-TW': '沒有符合篩選的條目。放寬篩選再看。',
    en: 'No entry matches. Widen the filter.',
  },
  entry: { 'zh-CN': '条目', 'zh-TW': '條目', en: 'Entry' },
  change: { 'zh-CN': '变化', 'zh-TW': '變化', en: 'Change' },
  added: { 'zh-CN': '新增', 'zh-TW': '新增', en: 'Added' },
  changed: { 'zh-CN': '变更', 'zh-TW': '變更', en: 'Changed' },
  removed: { 'zh-CN': '取消', 'zh-TW': '取消', en: 'Removed' },
  unchanged: { 'zh-CN': '不变', 'zh-TW': '不變', en: 'Unchanged' },
  drafted: { 'zh-CN': '有变化的', 'zh-TW': '有變化的', en: 'Anything that changes' },
  text: { 'zh-CN': '编号或名称', 'zh-TW': '編號或名稱', en: 'Id or name' },
  find: { 'zh-CN': '查找', 'zh-TW': '尋找', en: 'Find' },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },
  authorAndTime: { 'zh-CN': '谁，何时', 'zh-TW': '誰，何時', en: 'Who, when' },
  missing: { 'zh-CN': '缺译文', 'zh-TW': '缺譯文', en: 'Not translated' },
  missingTexts: {
    'zh-CN': '繁体 {zhTW}，英文 {en}',
    'zh-TW': '繁體 {zhTW}，英文 {en}',
    en: 'Traditional {zhTW}, English {en}',
  },
  complete: { 'zh-CN': '齐全', 'zh-TW': '齊全', en: 'Complete' },
  lastCheck: { 'zh-CN': '最后核对', 'zh-TW': '最後查核', en: 'Last check' },
  add: { 'zh-CN': '新增条目', 'zh-TW': '新增條目', en: 'Add an entry' },
  importFile: { 'zh-CN': '导入文件', 'zh-TW': '匯入檔案', en: 'Import a file' },
  exportCsv: { 'zh-CN': '导出 CSV', 'zh-TW': '匯出 CSV', en: 'Export CSV' },
  exportJson: { 'zh-CN': '导出 JSON', 'zh-TW': '匯出 JSON', en: 'Export JSON' },
  more: { 'zh-CN': '下一页', 'zh-TW': '下一頁', en: 'Next page' },
  first: { 'zh-CN': '回到第一页', 'zh-TW': '回到第一頁', en: 'First page' },
  backToList: { 'zh-CN': '返回清单', 'zh-TW': '返回清單', en: 'Back to the list' },
  backToEntry: { 'zh-CN': '返回条目', 'zh-TW': '返回條目', en: 'Back to the entry' },

  edit: { 'zh-CN': '编辑', 'zh-TW': '編輯', en: 'Edit' },
  revert: {
    'zh-CN': '恢复为已公布的样子',
    'zh-TW': '復原為已公布的樣子',
    en: 'Back to as published',
  },
  revertBody: {
    'zh-CN': '草稿里对这个条目的改动会撤下；历史里仍看得到。',
    'zh-TW': '草稿裡對這個條目的更動會撤下；歷史裡仍看得到。',
    en: 'The draft’s change of this entry is taken back; the history keeps it.',
  },
  remove: { 'zh-CN': '从草稿里取消', 'zh-TW': '從草稿裡取消', en: 'Remove from the draft' },
  removeBody: {
    'zh-CN': '下一版次不再有这个条目。已公布的版次和闸机在那之前不变。',
    'zh-TW': '下一版次不再有這個條目。已公布的版次與閘門在那之前不變。',
    en: 'The next edition will not have this entry. The published edition and its gates stay as they are until then.',
  },
  fund: { 'zh-CN': '请别的城市出资', 'zh-TW': '請別的城市出資', en: 'Ask another city to pay' },
  entryUnknown: {
    'zh-CN': '没有这个条目。它可能已被取消，或地址写错了。',
    'zh-TW': '沒有這個條目。它可能已被取消，或網址寫錯了。',
    en: 'There is no such entry. It may have been removed, or the address is wrong.',
  },
  state: { 'zh-CN': '草稿', 'zh-TW': '草稿', en: 'Draft' },
  asPublished: { 'zh-CN': '与已公布的一样', 'zh-TW': '與已公布的一樣', en: 'As published' },
  difference: {
    'zh-CN': '与已公布的差异',
    'zh-TW': '與已公布的差異',
    en: 'Difference to the published entry',
  },
  differenceCaption: {
    'zh-CN': '{count} 处不同',
    'zh-TW': '{count} 處不同',
    en: { one: '{count} member differs', other: '{count} members differ' },
  },
  field: { 'zh-CN': '内容', 'zh-TW': '內容', en: 'Member' },
  before: { 'zh-CN': '原来', 'zh-TW': '原來', en: 'Before' },
  after: { 'zh-CN': '现在', 'zh-TW': '現在', en: 'After' },
  history: { 'zh-CN': '历史', 'zh-TW': '歷史', en: 'History' },
  historyNone: {
    'zh-CN': '还没有人在草稿里改过它。',
    'zh-TW': '還沒有人在草稿裡改過它。',
    en: 'Nobody has changed it in the draft yet.',
  },
  put: { 'zh-CN': '编辑', 'zh-TW': '編輯', en: 'Edited' },
  actRemove: { 'zh-CN': '取消', 'zh-TW': '取消', en: 'Removed' },
  actRevert: { 'zh-CN': '恢复', 'zh-TW': '復原', en: 'Reverted' },
  actImport: { 'zh-CN': '导入', 'zh-TW': '匯入', en: 'Imported' },
  taken: { 'zh-CN': '采纳建议', 'zh-TW': '採納建議', en: 'Proposal taken' },
  funded: { 'zh-CN': '出资签署', 'zh-TW': '出資簽署', en: 'Funding signed' },
  appeared: { 'zh-CN': '条目由此出现', 'zh-TW': '條目由此出現', en: 'The entry appeared' },
  disappeared: { 'zh-CN': '条目由此取消', 'zh-TW': '條目由此取消', en: 'The entry went away' },
  showFields: {
    'zh-CN': '看 {count} 处变化',
    'zh-TW': '看 {count} 處變化',
    en: { one: 'Show {count} change', other: 'Show {count} changes' },
  },
});

/** Between two editions: suspend, check, erratum. */
export const watchWords = defineMessages({
  title: { 'zh-CN': '已公布的条目', 'zh-TW': '已公布的條目', en: 'The published entry' },
  lead: {
    'zh-CN': '这些事立即生效，不等下一版次。',
    'zh-TW': '這些事立即生效，不等下一版次。',
    en: 'These take effect at once and do not wait for the next edition.',
  },
  open: { 'zh-CN': '开放', 'zh-TW': '開放', en: 'Open' },
  suspendedSince: {
    'zh-CN': '自 {when} 暂停',
    'zh-TW': '自 {when} 暫停',
    en: 'Suspended since {when}',
  },
  followedSince: {
    'zh-CN': '{city}自 {when} 暂停同类优惠，对其居民也停',
    'zh-TW': '{city}自 {when} 暫停同類優惠，對其居民也停',
    en: '{city} has stopped the like since {when}: stopped for its residents',
  },
  whole: { 'zh-CN': '整项服务', 'zh-TW': '整項服務', en: 'The whole service' },
  suspensionCaption: {
    'zh-CN': '服务与每条优惠现在的状态',
    'zh-TW': '服務與每條優惠現在的狀態',
    en: 'How the service and each concession stand now',
  },
  what: { 'zh-CN': '对象', 'zh-TW': '對象', en: 'What' },
  suspend: { 'zh-CN': '暂停', 'zh-TW': '暫停', en: 'Suspend' },
  lift: { 'zh-CN': '恢复', 'zh-TW': '恢復', en: 'Lift' },
  suspendTitle: { 'zh-CN': '暂停：{what}', 'zh-TW': '暫停：{what}', en: 'Suspend: {what}' },
  liftTitle: { 'zh-CN': '恢复：{what}', 'zh-TW': '恢復：{what}', en: 'Lift: {what}' },
  suspendWhole: {
    'zh-CN':
      '闸机下次同步后不再放行任何人，并说明服务没有开放。您写的原因在公众网站和手机上看得到。',
    'zh-TW':
      '閘門下次同步後不再放行任何人，並說明服務沒有開放。您寫的原因在公眾網站和手機上看得到。',
    en: 'From their next sync gates let nobody pass and say that the service is not open. Your reason is shown on the public site and on phones.',
  },
  suspendRule: {
    'zh-CN':
      '闸机下次同步后不再按这条优惠收费，持码人按票价通行。您写的原因在公众网站和手机上看得到。',
    'zh-TW':
      '閘門下次同步後不再依這條優惠收費，持碼人按票價通行。您寫的原因在公眾網站和手機上看得到。',
    en: 'From their next sync gates no longer apply this concession; holders pay the tariff. Your reason is shown on the public site and on phones.',
  },
  suspendMutual: {
    'zh-CN': '这是对等优惠：协议各方也会对本市居民停掉同类优惠，直到恢复。',
    'zh-TW': '這是對等優惠：協議各方也會對本市居民停掉同類優惠，直到恢復。',
    en: 'It is mutual: the partners stop the like for residents of this city until you lift it.',
  },
  liftWhole: {
    'zh-CN': '闸机下次同步后重新放行，按版次里的价格和优惠。',
    'zh-TW': '閘門下次同步後重新放行，依版次裡的價格與優惠。',
    en: 'From their next sync gates let people pass again, at the prices of the edition.',
  },
  liftRule: {
    'zh-CN': '闸机下次同步后重新按这条优惠收费。',
    'zh-TW': '閘門下次同步後重新依這條優惠收費。',
    en: 'From their next sync gates apply this concession again.',
  },
  next: { 'zh-CN': '继续', 'zh-TW': '繼續', en: 'Continue' },
  back: { 'zh-CN': '上一步', 'zh-TW': '上一步', en: 'Back' },
  checkToday: { 'zh-CN': '今天核对过', 'zh-TW': '今天查核過', en: 'Somebody looked today' },
  checkBody: {
    'zh-CN': '确认有人今天看过，条目写的都对。日期由节点记为今天，半年内算“现在可用”。',
    'zh-TW': '確認有人今天看過，條目寫的都對。日期由節點記為今天，半年內算「現在可用」。',
    en: 'Says that somebody looked today and that all of the entry is true. The node notes today’s date; for half a year the entry counts as usable now.',
  },
  checkedBy: { 'zh-CN': '谁核对的', 'zh-TW': '誰查核的', en: 'Who looked' },
  checkedByHint: {
    'zh-CN': '写部门或岗位，不写姓名',
    'zh-TW': '寫部門或職務，不寫姓名',
    en: 'An office or a post, no person’s name',
  },
  erratum: { 'zh-CN': '发布勘误', 'zh-TW': '發布勘誤', en: 'Publish an erratum' },
  erratumBody: {
    'zh-CN': '已公布的文字不改。勘误注明日期，与版次并列公开，不能收回；价格和优惠仍按版次执行。',
    'zh-TW': '已公布的文字不改。勘誤註明日期，與版次並列公開，無法收回；價格與優惠仍依版次執行。',
    en: 'Published text never changes. An erratum is dated, stands beside the edition and cannot be taken back; prices and rules stay as signed.',
  },
  erratumField: { 'zh-CN': '哪一处', 'zh-TW': '哪一處', en: 'Which member' },
  erratumWhole: { 'zh-CN': '整个条目', 'zh-TW': '整個條目', en: 'The entry as a whole' },
  correction: { 'zh-CN': '更正', 'zh-TW': '更正', en: 'Correction' },
  erratumEdition: { 'zh-CN': '版次', 'zh-TW': '版次', en: 'Edition' },
  errata: { 'zh-CN': '勘误', 'zh-TW': '勘誤', en: 'Errata' },
  done: {
    'zh-CN': '已记下，正送往其他节点',
    'zh-TW': '已記下，正送往其他節點',
    en: 'Noted, and on its way to the other nodes',
  },
});

export const roleWords = defineMessages({
  viewer: { 'zh-CN': '查看', 'zh-TW': '檢視', en: 'Viewer' },
  editor: { 'zh-CN': '编辑', 'zh-TW': '編輯', en: 'Editor' },
  publisher: { 'zh-CN': '发布', 'zh-TW': '發布', en: 'Publisher' },
  keeper: { 'zh-CN': '保管', 'zh-TW': '保管', en: 'Keeper' },
  needs: {
    'zh-CN':
      '您的账号没有“{role}”角色，所以这里只能看。角色由本节点有“保管”角色的人在“账号”栏授予。',
    'zh-TW':
      '您的帳號沒有「{role}」角色，所以這裡只能看。角色由本節點有「保管」角色的人在「帳號」欄授予。',
    en: 'Your account has no {role} role, so you can only read here. Whoever is Keeper of this node grants roles under Accounts.',
  },
});
