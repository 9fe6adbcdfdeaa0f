import { defineMessages } from '../../kit/messages.ts';
import { faultWords } from './form-words.ts';

/** Why a node did not do what an office asked of the service list, by its code. */
export const officeRefusalWords = {
  ...faultWords,
  ...defineMessages({
    ROLE_MISSING: {
      'zh-CN': '您的账号没有这个角色',
      'zh-TW': '您的帳號沒有這個角色',
      en: 'Your account lacks the role for it',
    },
    DRAFT_CHANGED: {
      'zh-CN': '别人先改了它，请重新读取',
      'zh-TW': '別人先改了它，請重新讀取',
      en: 'Somebody else changed it first; read it again',
    },
    ENTRY_INVALID: {
      'zh-CN': '条目里有一处不合规则',
      'zh-TW': '條目裡有一處不合規則',
      en: 'A member of the entry breaks the rules',
    },
    ENTRY_UNKNOWN: {
      'zh-CN': '没有这个条目',
      'zh-TW': '沒有這個條目',
      en: 'There is no such entry',
    },
    ID_DIFFERS: {
      'zh-CN': '编号与地址不符',
      'zh-TW': '編號與網址不符',
      en: 'The id is not that of the address',
    },
    REASON_MISSING: { 'zh-CN': '缺原因', 'zh-TW': '缺原因', en: 'A reason is missing' },
    REASON_INVALID: {
      'zh-CN': '原因不合规则：一行，最多 200 字',
      'zh-TW': '原因不合規則：一行，最多 200 字',
      en: 'The reason breaks the rules: one line, at most 200 characters',
    },
    DRAFT_FULL: {
      'zh-CN': '清单已满（2,500 条）',
      'zh-TW': '清單已滿（2,500 條）',
      en: 'The list is full (2,500 entries)',
    },
    PART_REFUSED: {
      'zh-CN': '这一部分没有被收下',
      'zh-TW': '這一部分沒有被收下',
      en: 'The part was not taken',
    },
    IMPORT_REFUSED: {
      'zh-CN': '文件里有问题，一行也没有导入',
      'zh-TW': '檔案裡有問題，一行也沒有匯入',
      en: 'The file has faults and no row was imported',
    },
    BODY_TOO_LARGE: {
      'zh-CN': '文件超过 8 MB',
      'zh-TW': '檔案超過 8 MB',
      en: 'The file is larger than 8 MB',
    },
    MEDIA_TYPE: {
      'zh-CN': '只收 CSV 和 JSON',
      'zh-TW': '只收 CSV 和 JSON',
      en: 'Only CSV and JSON are taken',
    },
    TEXT_INVALID: {
      'zh-CN': '文字不合规则',
      'zh-TW': '文字不合規則',
      en: 'The text breaks the rules',
    },
    COMMENT_UNKNOWN: {
      'zh-CN': '没有这个请求',
      'zh-TW': '沒有這個請求',
      en: 'There is no such request',
    },
    FUNDING_UNKNOWN: {
      'zh-CN': '没有这个出资请求',
      'zh-TW': '沒有這個出資請求',
      en: 'There is no such funding request',
    },
    ASKED_ALREADY: {
      'zh-CN': '同样的请求已经提出',
      'zh-TW': '同樣的請求已經提出',
      en: 'The same has been asked already',
    },
    FEEDBACK_UNKNOWN: {
      'zh-CN': '没有这条反馈',
      'zh-TW': '沒有這則回饋',
      en: 'There is no such report',
    },
    FEEDBACK_FULL: { 'zh-CN': '反馈已满', 'zh-TW': '回饋已滿', en: 'No more reports can be kept' },
    ANSWERED_ALREADY: {
      'zh-CN': '已经有人答复过',
      'zh-TW': '已經有人答覆過',
      en: 'Somebody has answered it already',
    },

    EDITION_UNKNOWN: {
      'zh-CN': '没有这个版次',
      'zh-TW': '沒有這個版次',
      en: 'There is no such edition',
    },
    EDITION_NOT_OPEN: {
      'zh-CN': '这个版次不再收集',
      'zh-TW': '這個版次不再收集',
      en: 'This edition no longer collects',
    },
    EDITION_OPEN_ALREADY: {
      'zh-CN': '已有一个版次在编',
      'zh-TW': '已有一個版次在編',
      en: 'One edition is being made already',
    },
    EDITION_NOT_FROZEN: {
      'zh-CN': '还没有候选稿',
      'zh-TW': '還沒有候選稿',
      en: 'There is no candidate yet',
    },
    EDITION_OVER: {
      'zh-CN': '这个版次已经结束',
      'zh-TW': '這個版次已經結束',
      en: 'This edition is over',
    },
    EDITION_ID_TAKEN: {
      'zh-CN': '这个半年已公布过，或不晚于上一版次',
      'zh-TW': '這個半年已公布過，或不晚於上一版次',
      en: 'This half-year is published already or not after the last one',
    },
    EDITION_DATE: {
      'zh-CN': '生效时间不能早于上一版次',
      'zh-TW': '生效時間不能早於上一版次',
      en: 'It cannot take effect before the last one',
    },
    EDITION_UNSIGNED: { 'zh-CN': '还缺签署', 'zh-TW': '還缺簽署', en: 'Sign-offs are missing' },
    EDITION_SIGNED: {
      'zh-CN': '本市已签署这个版次',
      'zh-TW': '本市已簽署這個版次',
      en: 'This city has signed this edition',
    },
    EDITION_OTHER_SIGNED: {
      'zh-CN': '本市在这个编号下已签过别的内容',
      'zh-TW': '本市在這個編號下已簽過別的內容',
      en: 'This city has signed other content under this number',
    },
    EDITION_PREVIOUS: {
      'zh-CN': '它不接在上一版次之后',
      'zh-TW': '它不接在上一版次之後',
      en: 'It does not follow the last edition',
    },
    EDITION_FORM: {
      'zh-CN': '版次的内容不合规则',
      'zh-TW': '版次的內容不合規則',
      en: 'The edition breaks the rules',
    },
    EDITION_OLDER: {
      'zh-CN': '它比现有的旧',
      'zh-TW': '它比現有的舊',
      en: 'It is older than the one held',
    },
    EDITION_ROOT_UNKNOWN: {
      'zh-CN': '它所依的根文件不认识',
      'zh-TW': '它所依的根文件不認識',
      en: 'The root that it names is not known',
    },
    TRUST_FORKED: {
      'zh-CN': '同一编号有两份内容，请立即联系其他城市',
      'zh-TW': '同一編號有兩份內容，請立即聯絡其他城市',
      en: 'Two contents under one number; call the other cities at once',
    },
    CANDIDATE_DIFFERS: {
      'zh-CN': '候选稿已不是您看到的那份，请重新读取',
      'zh-TW': '候選稿已不是您看到的那份，請重新讀取',
      en: 'The candidate is no longer the one shown; read it again',
    },
    CANDIDATE_UNCHECKED: {
      'zh-CN': '本节点还没检查完候选稿',
      'zh-TW': '本節點還沒檢查完候選稿',
      en: 'This node has not finished checking the candidate',
    },
    CANDIDATE_FAULTY: {
      'zh-CN': '候选稿有问题，不能签署',
      'zh-TW': '候選稿有問題，不能簽署',
      en: 'The candidate is faulty and cannot be signed',
    },
    PART_MISSING: { 'zh-CN': '还有城市没交', 'zh-TW': '還有城市沒交', en: 'Parts are missing' },
    PART_TOO_LARGE: {
      'zh-CN': '这一部分太大',
      'zh-TW': '這一部分太大',
      en: 'The part is too large',
    },
    PART_MALFORMED: {
      'zh-CN': '这一部分不合格式',
      'zh-TW': '這一部分不合格式',
      en: 'The part is malformed',
    },
    PART_DIFFERS: {
      'zh-CN': '这一部分与所说的不符',
      'zh-TW': '這一部分與所說的不符',
      en: 'The part is not what was named',
    },
    PART_ORDER: {
      'zh-CN': '条目顺序不对',
      'zh-TW': '條目順序不對',
      en: 'Entries are out of order',
    },
    CHANGE_UNEXPLAINED: {
      'zh-CN': '有变化没写原因',
      'zh-TW': '有變化沒寫原因',
      en: 'A change has no reason',
    },
    CHANGE_NOT_MADE: {
      'zh-CN': '有原因却没有变化',
      'zh-TW': '有原因卻沒有變化',
      en: 'A reason stands for no change',
    },
    RULE_UNKNOWN: {
      'zh-CN': '没有这条优惠',
      'zh-TW': '沒有這條優惠',
      en: 'There is no such concession',
    },
    ALREADY_SUSPENDED: { 'zh-CN': '已经暂停', 'zh-TW': '已經暫停', en: 'It is suspended already' },
    NOT_SUSPENDED: { 'zh-CN': '没有暂停', 'zh-TW': '沒有暫停', en: 'It is not suspended' },
    SUSPENSIONS_FULL: {
      'zh-CN': '暂停太多，记不下了',
      'zh-TW': '暫停太多，記不下了',
      en: 'No more suspensions can be kept',
    },

    STAFF_NAME_TAKEN: {
      'zh-CN': '这个账号名用过了',
      'zh-TW': '這個帳號名用過了',
      en: 'This name was used before',
    },
    STAFF_FULL: { 'zh-CN': '账号已满', 'zh-TW': '帳號已滿', en: 'No more accounts can be kept' },
    STAFF_UNKNOWN: {
      'zh-CN': '没有这个账号',
      'zh-TW': '沒有這個帳號',
      en: 'There is no such account',
    },
    STAFF_BUILT_IN: {
      'zh-CN': '这个账号不能停用',
      'zh-TW': '這個帳號不能停用',
      en: 'This account cannot be disabled',
    },
  }),
};
