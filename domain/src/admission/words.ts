import type { Verdict } from '@tongyu/protocol';
import type { AdmissionRefusal } from './refusals.ts';

/**
 * What a gate's screen says, for the headless gate and the browser gate alike. A verdict must be
 * read within 5 s by anybody: in Chinese the word has at most 4 characters, the reason 12, the next
 * step 16. The tables are total: a refusal without words fails type checking.
 */
export type ScreenLanguage = 'zh-CN' | 'zh-TW' | 'en';
export const SCREEN_LANGUAGES: readonly ScreenLanguage[] = ['zh-CN', 'zh-TW', 'en'];

export type ScreenText = Readonly<Record<ScreenLanguage, string>>;

/** The terminal itself cannot work; no refusal of a code, and no tap can be kept of it. */
export type TerminalFault = 'storage' | 'internal';

/** Why the screen shows what it shows, in every case that there is. */
export type ScreenCase =
  | { readonly kind: 'passed'; readonly warned: boolean }
  | { readonly kind: 'assisted' }
  | { readonly kind: 'refused'; readonly refusal: AdmissionRefusal }
  | { readonly kind: 'fault'; readonly fault: TerminalFault };

export type ScreenWords = {
  readonly reason: ScreenText;
  /** What the holder or the attendant does next. */
  readonly nextStep: ScreenText;
};

export const VERDICT_WORDS: Readonly<Record<Verdict, ScreenText>> = {
  pass: say('通过', '通過', 'Pass'),
  check: say('请核对', '請核對', 'Please check'),
  refuse: say('不通过', '不通過', 'Not accepted'),
  unknown: say('不能判定', '無法判定', 'Cannot decide'),
};

export function screenWords(screen: ScreenCase): ScreenWords {
  if (screen.kind === 'refused') return REFUSAL_WORDS[screen.refusal];
  if (screen.kind === 'fault') return FAULT_WORDS[screen.fault];
  if (screen.kind === 'assisted') return ASSISTED_WORDS;
  return screen.warned ? WARNED_WORDS : PASSED_WORDS;
}

export const PASSED_WORDS: ScreenWords = {
  reason: say('本码有效', '本碼有效', 'This code is good'),
  nextStep: say('请通行', '請通行', 'Please go ahead'),
};

export const WARNED_WORDS: ScreenWords = {
  reason: say('有效，名单较旧', '有效，名單較舊', 'Good, but the lists are a day old'),
  nextStep: say(
    '请通行；终端请尽快联网',
    '請通行；終端請儘快連網',
    'Go ahead; connect this gate soon',
  ),
};

export const ASSISTED_WORDS: ScreenWords = {
  reason: say('人工放行', '人工放行', 'Let through by staff'),
  nextStep: say('请通行', '請通行', 'Please go ahead'),
};

export const FAULT_WORDS: Readonly<Record<TerminalFault, ScreenWords>> = {
  storage: {
    reason: say('终端存储故障', '終端儲存故障', 'The gate cannot save'),
    nextStep: say(
      '请走人工通道，并报修终端',
      '請走人工通道，並報修終端',
      'Use the staffed gate; report this one',
    ),
  },
  internal: {
    reason: say('终端故障', '終端故障', 'The gate has a fault'),
    nextStep: say(
      '请走人工通道，并报修终端',
      '請走人工通道，並報修終端',
      'Use the staffed gate; report this one',
    ),
  },
};

export const REFUSAL_WORDS: Readonly<Record<AdmissionRefusal, ScreenWords>> = {
  MALFORMED: {
    reason: say('不是通域码', '不是通域碼', 'Not a Tongyu code'),
    nextStep: say('请打开「我的码」再试', '請打開「我的碼」再試', 'Open “My code” and try again'),
  },
  UNSUPPORTED_VERSION: {
    reason: say('码的版本较新', '碼的版本較新', 'The code is of a newer version'),
    nextStep: say(
      '终端需升级；请走人工通道',
      '終端需升級；請走人工通道',
      'This gate needs an update; use the staffed gate',
    ),
  },
  TERMINAL_CLOCK: {
    reason: say('终端时钟有误', '終端時鐘有誤', 'This gate’s clock is wrong'),
    nextStep: say(
      '请走人工通道；终端请校时',
      '請走人工通道；終端請校時',
      'Use the staffed gate; set this clock',
    ),
  },
  TRUST_STALE: {
    reason: say('终端信任包过旧', '終端信任包過舊', 'This gate’s trust list is too old'),
    nextStep: say(
      '请走人工通道；终端请联网',
      '請走人工通道；終端請連網',
      'Use the staffed gate; connect this one',
    ),
  },
  ISSUER_UNKNOWN: {
    reason: say('发码城市未知', '發碼城市未知', 'The code’s city is unknown here'),
    nextStep: say(
      '终端请联网；请走人工通道',
      '終端請連網；請走人工通道',
      'Connect this gate; use the staffed gate',
    ),
  },
  ISSUER_NOT_PARTY: {
    reason: say('发码城市尚未加入', '發碼城市尚未加入', 'The code’s city has not joined'),
    nextStep: say('请用证件或购票', '請用證件或購票', 'Use an ID document or buy a ticket'),
  },
  ISSUER_SUSPENDED: {
    reason: say('发码城市已暂停', '發碼城市已暫停', 'The code’s city is suspended'),
    nextStep: say('请用证件或购票', '請用證件或購票', 'Use an ID document or buy a ticket'),
  },
  KEY_UNKNOWN: {
    reason: say('签发密钥未知', '簽發金鑰未知', 'The signing key is unknown here'),
    nextStep: say(
      '终端请联网；请走人工通道',
      '終端請連網；請走人工通道',
      'Connect this gate; use the staffed gate',
    ),
  },
  KEY_REVOKED: {
    reason: say('签发密钥已作废', '簽發金鑰已作廢', 'The signing key was revoked'),
    nextStep: say(
      '手机联网更新码后再试',
      '手機連網更新碼後再試',
      'Go online to renew the code, then retry',
    ),
  },
  PASS_SIGNATURE_INVALID: {
    reason: say('码不是该城市签发', '碼不是該城市簽發', 'Not signed by that city'),
    nextStep: say('请打开「我的码」再试', '請打開「我的碼」再試', 'Open “My code” and try again'),
  },
  DEVICE_SIGNATURE_INVALID: {
    reason: say('码不是本机生成', '碼不是本機產生', 'Not made by the holder’s phone'),
    nextStep: say('请打开「我的码」再试', '請打開「我的碼」再試', 'Open “My code” and try again'),
  },
  PASS_NOT_YET_VALID: {
    reason: say('未到有效时段', '未到有效時段', 'Not valid yet'),
    nextStep: say('请打开「我的码」再试', '請打開「我的碼」再試', 'Open “My code” and try again'),
  },
  PASS_EXPIRED: {
    reason: say('已过有效时段', '已過有效時段', 'No longer valid'),
    nextStep: say(
      '手机联网更新码后再试',
      '手機連網更新碼後再試',
      'Go online to renew the code, then retry',
    ),
  },
  CODE_STALE: {
    reason: say('码已过时', '碼已過時', 'The code is too old'),
    nextStep: say(
      '勿用截图；刷新，核对手机时间',
      '勿用截圖；更新，核對手機時間',
      'No screenshots; refresh, check the phone’s clock',
    ),
  },
  CLOCK_SKEW: {
    reason: say('手机时间偏快', '手機時間偏快', 'The phone’s clock is ahead'),
    nextStep: say(
      '请校准手机时间后再试',
      '請校準手機時間後再試',
      'Set the phone’s clock, then retry',
    ),
  },
  PASS_REVOKED: {
    reason: say('此手机已报失', '此手機已報失', 'This phone was reported lost'),
    nextStep: say('请到归属城市重新绑定', '請到歸屬城市重新綁定', 'Bind again with your home city'),
  },
  REVOCATION_STALE: {
    reason: say('报失名单过旧', '報失名單過舊', 'The list of lost phones is too old'),
    nextStep: say(
      '终端请联网；请走人工通道',
      '終端請連網；請走人工通道',
      'Connect this gate; use the staffed gate',
    ),
  },
  ALREADY_USED: {
    reason: say('此码已用过', '此碼已用過', 'This code was used already'),
    nextStep: say('请点「换一个」再试', '請點「換一個」再試', 'Tap “Another code” and try again'),
  },
  SERVICE_NOT_OPEN: {
    reason: say('本服务未开放', '本服務未開放', 'This service is not open'),
    nextStep: say('请询问工作人员', '請詢問工作人員', 'Please ask the staff'),
  },
  NOT_ENTITLED: {
    reason: say('贵市居民暂不适用', '貴市居民暫不適用', 'Not offered to your city’s residents'),
    nextStep: say('请用证件或购票', '請用證件或購票', 'Use an ID document or buy a ticket'),
  },
};

function say(zhCN: string, zhTW: string, en: string): ScreenText {
  return { 'zh-CN': zhCN, 'zh-TW': zhTW, en };
}
