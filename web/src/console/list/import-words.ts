import { defineMessages } from '../../kit/messages.ts';

export const importWords = defineMessages({
  lead: {
    'zh-CN':
      'CSV（表格软件另存，UTF-8 或 GB18030）或 JSON，最多 8 MB、2,500 条。先检查：只看不改。全部合格才能导入，不会只导入一半。',
    'zh-TW':
      'CSV（試算表軟體另存，UTF-8 或 GB18030）或 JSON，最多 8 MB、2,500 條。先檢查：只看不改。全部合格才能匯入，不會只匯入一半。',
    en: 'CSV (from a spreadsheet, UTF-8 or GB18030) or JSON, up to 8 MB and 2,500 entries. Check first: that changes nothing. A file goes in as a whole or not at all.',
  },
  sample: {
    'zh-CN': '不知道列怎么写？先导出 CSV，照着改。',
    'zh-TW': '不知道欄怎麼寫？先匯出 CSV，照著改。',
    en: 'Not sure about the columns? Export the CSV and change that.',
  },
  file: { 'zh-CN': '文件', 'zh-TW': '檔案', en: 'File' },
  fileMissing: {
    'zh-CN': '请选一个 CSV 或 JSON 文件',
    'zh-TW': '請選一個 CSV 或 JSON 檔案',
    en: 'Choose a CSV or JSON file',
  },
  fileTooLarge: {
    'zh-CN': '文件超过 8 MB',
    'zh-TW': '檔案超過 8 MB',
    en: 'The file is larger than 8 MB',
  },
  reason: { 'zh-CN': '原因', 'zh-TW': '原因', en: 'Reason' },
  reasonHint: {
    'zh-CN': '用于文件里没写原因的行；随版次公布',
    'zh-TW': '用於檔案裡沒寫原因的列；隨版次公布',
    en: 'For rows that bring none of their own; published with the edition',
  },
  missing: {
    'zh-CN': '文件里没有的条目',
    'zh-TW': '檔案裡沒有的條目',
    en: 'Entries that the file does not name',
  },
  keep: { 'zh-CN': '保持不变', 'zh-TW': '保持不變', en: 'Stay as they are' },
  remove: { 'zh-CN': '在草稿里取消', 'zh-TW': '在草稿裡取消', en: 'Are removed in the draft' },
  check: { 'zh-CN': '检查', 'zh-TW': '檢查', en: 'Check' },
  apply: { 'zh-CN': '导入', 'zh-TW': '匯入', en: 'Import' },
  report: { 'zh-CN': '检查结果', 'zh-TW': '檢查結果', en: 'What the check found' },
  counts: {
    'zh-CN':
      '{rows} 行：新增 {added}，变更 {changed}，取消 {removed}，不变 {unchanged}，有问题 {refused}',
    'zh-TW':
      '{rows} 列：新增 {added}，變更 {changed}，取消 {removed}，不變 {unchanged}，有問題 {refused}',
    en: '{rows} rows: {added} added, {changed} changed, {removed} removed, {unchanged} unchanged, {refused} with faults',
  },
  encoding: { 'zh-CN': '编码 {encoding}', 'zh-TW': '編碼 {encoding}', en: 'Encoding {encoding}' },
  rowsCaption: {
    'zh-CN': '有变化或有问题的行；行号与表格软件里的一样，标题行是第 1 行',
    'zh-TW': '有變化或有問題的列；列號與試算表軟體裡的一樣，標題列是第 1 列',
    en: 'Rows that change something or have faults; numbered as a spreadsheet does, the heading being 1',
  },
  rowsShown: {
    'zh-CN': '只显示前 {count} 行。',
    'zh-TW': '只顯示前 {count} 列。',
    en: {
      one: 'Only the first row is shown ({count}).',
      other: 'Only the first {count} rows are shown.',
    },
  },
  row: { 'zh-CN': '行', 'zh-TW': '列', en: 'Row' },
  outcome: { 'zh-CN': '结果', 'zh-TW': '結果', en: 'Outcome' },
  refused: { 'zh-CN': '有问题', 'zh-TW': '有問題', en: 'Faulty' },
  fault: { 'zh-CN': '问题', 'zh-TW': '問題', en: 'Fault' },
  nothing: {
    'zh-CN': '文件与草稿一样，没有可导入的。',
    'zh-TW': '檔案與草稿一樣，沒有可匯入的。',
    en: 'The file says what the draft says; there is nothing to import.',
  },
  faulty: {
    'zh-CN': '有问题的行改好之前，一行也不能导入。',
    'zh-TW': '有問題的列改好之前，一列也不能匯入。',
    en: 'No row can be imported until the faulty ones are put right.',
  },
  applied: { 'zh-CN': '已导入草稿', 'zh-TW': '已匯入草稿', en: 'Imported into the draft' },
  fileFault: {
    'zh-CN': '这个文件读不了',
    'zh-TW': '這個檔案讀不了',
    en: 'This file cannot be read',
  },
});

/** What is wrong with a file, a row or a cell, by its code. */
export const importFaultWords = defineMessages({
  FILE_EMPTY: { 'zh-CN': '文件是空的', 'zh-TW': '檔案是空的', en: 'The file is empty' },
  FILE_UTF16: {
    'zh-CN': '这是 UTF-16；请另存为 UTF-8',
    'zh-TW': '這是 UTF-16；請另存為 UTF-8',
    en: 'This is UTF-16; save it as UTF-8',
  },
  FILE_ENCODING: {
    'zh-CN': '编码认不出；请另存为 UTF-8',
    'zh-TW': '編碼認不出；請另存為 UTF-8',
    en: 'The encoding is neither UTF-8 nor GB18030; save it as UTF-8',
  },
  FILE_NUL: {
    'zh-CN': '里面有不该有的零字节；这不是文字文件',
    'zh-TW': '裡面有不該有的零位元組；這不是文字檔案',
    en: 'It holds zero bytes; this is no text file',
  },
  FILE_JSON: { 'zh-CN': '不是合格的 JSON', 'zh-TW': '不是合格的 JSON', en: 'It is no valid JSON' },
  FILE_FORM: {
    'zh-CN': 'JSON 里应是条目的列表',
    'zh-TW': 'JSON 裡應是條目的清單',
    en: 'The JSON should hold a list of entries',
  },
  CSV_DELIMITER: {
    'zh-CN': '列要用逗号分隔',
    'zh-TW': '欄要用逗號分隔',
    en: 'Columns must be separated by commas',
  },
  CSV_QUOTE: {
    'zh-CN': '引号没有配对',
    'zh-TW': '引號沒有配對',
    en: 'A quotation mark has no partner',
  },
  CSV_NEWLINE: {
    'zh-CN': '换行不合规则',
    'zh-TW': '換行不合規則',
    en: 'A line break breaks the rules',
  },
  ROWS_TOO_MANY: {
    'zh-CN': '超过 2,500 行',
    'zh-TW': '超過 2,500 列',
    en: 'It has more than 2,500 rows',
  },
  COLUMN_UNKNOWN: { 'zh-CN': '没有这一列', 'zh-TW': '沒有這一欄', en: 'There is no such column' },
  COLUMN_MISSING: { 'zh-CN': '缺这一列', 'zh-TW': '缺這一欄', en: 'This column is missing' },
  COLUMN_TWICE: {
    'zh-CN': '这一列出现了两次',
    'zh-TW': '這一欄出現了兩次',
    en: 'This column stands twice',
  },
  ROW_RAGGED: {
    'zh-CN': '格数与标题行不同',
    'zh-TW': '格數與標題列不同',
    en: 'It has another number of cells than the heading',
  },
  CELL_FORMULA: {
    'zh-CN': '格里是公式，不收',
    'zh-TW': '格裡是公式，不收',
    en: 'The cell is a formula, which is not taken',
  },
  CELL_JSON: {
    'zh-CN': '格里应是 JSON',
    'zh-TW': '格裡應是 JSON',
    en: 'The cell should hold JSON',
  },
  CELL_NUMBER: {
    'zh-CN': '格里应是数字',
    'zh-TW': '格裡應是數字',
    en: 'The cell should hold a number',
  },
  ID_TWICE: {
    'zh-CN': '这个编号在文件里出现了两次',
    'zh-TW': '這個編號在檔案裡出現了兩次',
    en: 'This id stands twice in the file',
  },
});
