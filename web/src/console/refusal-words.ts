import { defineMessages } from '../kit/messages.ts';

/** Why a node did not do what staff asked, by its code; the code itself is always shown too. */
export const refusalWords = defineMessages({
  INVALID: {
    'zh-CN': '填写的内容不合规则',
    'zh-TW': '填寫的內容不合規則',
    en: 'Something entered breaks the rules',
  },
  TERMINAL_UNKNOWN: {
    'zh-CN': '没有这个终端',
    'zh-TW': '沒有這個終端',
    en: 'There is no such terminal',
  },
  TERMINAL_REVOKED: {
    'zh-CN': '这个终端已注销',
    'zh-TW': '這個終端已註銷',
    en: 'This terminal is revoked',
  },
  TERMINAL_KEY_DIFFERS: {
    'zh-CN': '这个代号已登记了别的公钥',
    'zh-TW': '這個代號已登記了別的公鑰',
    en: 'This id is registered with another key',
  },
  TERMINAL_PLACE_DIFFERS: {
    'zh-CN': '这个终端已在别的方向或站点用过；挪了地方请登记新的代号和公钥',
    'zh-TW': '這個終端已在別的方向或站點用過；換了地方請登記新的代號與公鑰',
    en: 'It has been used with another direction or stop: after a move, register a new id and key',
  },
  STOP_UNKNOWN: {
    'zh-CN': '这项服务的票价里没有这个站点',
    'zh-TW': '這項服務的票價裡沒有這個站點',
    en: 'The service’s tariff has no such stop',
  },
  OPERATOR_UNKNOWN: {
    'zh-CN': '没有这个运营方',
    'zh-TW': '沒有這個營運方',
    en: 'There is no such operator',
  },
  OPERATOR_DIFFERS: {
    'zh-CN': '这项服务属于别的运营方',
    'zh-TW': '這項服務屬於別的營運方',
    en: 'This service belongs to another operator',
  },
  SERVICE_UNKNOWN: {
    'zh-CN': '没有这项服务',
    'zh-TW': '沒有這項服務',
    en: 'There is no such service',
  },
  NOT_OF_THIS_CITY: { 'zh-CN': '不属于本市', 'zh-TW': '不屬於本市', en: 'It is not of this city' },
  KEYS_FULL: {
    'zh-CN': '分节里的密钥已满；等旧密钥过了末个运营日再换。密钥泄露时仍可紧急更换',
    'zh-TW': '分節裡的金鑰已滿；等舊金鑰過了末個營運日再換。金鑰外洩時仍可緊急更換',
    en: 'The section holds no more keys: wait until old ones are past their last service day. An emergency replacement still works',
  },
  ISSUER_KEY_MISSING: {
    'zh-CN': '本市还没有可用的发码密钥',
    'zh-TW': '本市還沒有可用的發碼金鑰',
    en: 'This city has no issuer key in force yet',
  },
  NOT_FOUNDED: {
    'zh-CN': '联盟还在创立，稍后再试',
    'zh-TW': '聯盟還在創立，稍後再試',
    en: 'The region is still being founded; try again soon',
  },
  TRUST_MISSING: {
    'zh-CN': '联盟还在创立，稍后再试',
    'zh-TW': '聯盟還在創立，稍後再試',
    en: 'The region is still being founded; try again soon',
  },
  ROLE_UNCHANGED: {
    'zh-CN': '本来就是这个身份',
    'zh-TW': '本來就是這個身分',
    en: 'That is its role already',
  },
  PARTY_UNKNOWN: { 'zh-CN': '没有这个城市', 'zh-TW': '沒有這個城市', en: 'There is no such city' },
  PARTY_HAS_NO_NODE: {
    'zh-CN': '这个城市还没有节点',
    'zh-TW': '這個城市還沒有節點',
    en: 'This city runs no node yet',
  },
  LAST_MEMBER: {
    'zh-CN': '不能让最后一个成员退出',
    'zh-TW': '不能讓最後一個成員退出',
    en: 'The last member cannot leave',
  },
  REQUEST_UNKNOWN: {
    'zh-CN': '没有这个申请，或已办完',
    'zh-TW': '沒有這個申請，或已辦完',
    en: 'No such request, or it is done',
  },
  PROPOSAL_UNKNOWN: {
    'zh-CN': '没有这个变更',
    'zh-TW': '沒有這個變更',
    en: 'There is no such change',
  },
  PROPOSAL_CLOSED: {
    'zh-CN': '这个变更已经结束',
    'zh-TW': '這個變更已經結束',
    en: 'This change is closed',
  },
  NOT_MEMBER: { 'zh-CN': '只有成员可以签名', 'zh-TW': '只有成員可以簽署', en: 'Only members sign' },
  ROOT_OTHER_SIGNED: {
    'zh-CN': '本市已签了同号的另一个变更',
    'zh-TW': '本市已簽了同號的另一個變更',
    en: 'This city has signed another change of that number',
  },
  TOO_MANY_REQUESTS: {
    'zh-CN': '操作太频繁，请稍候',
    'zh-TW': '操作太頻繁，請稍候',
    en: 'Too many requests; wait a little',
  },
});
