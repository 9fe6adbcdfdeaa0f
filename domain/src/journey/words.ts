import type {
  GroupExceptionReason,
  JourneyState,
  LineDispute,
  LineFunder,
  LinePart,
  ObjectionReason,
  Repair,
} from '@tongyu/protocol';

/**
 * How people read a journey, on the phone, the receipt and the console alike. Sentences for somebody
 * who never heard of lines and parts. The tables are total: a reason without words fails type checks.
 */
export type JourneyLanguage = 'zh-CN' | 'zh-TW' | 'en';
export type JourneyText = Readonly<Record<JourneyLanguage, string>>;

/** What became of a journey: a word for lists, and a sentence that says what it means. */
export type JourneyWords = { readonly name: JourneyText; readonly meaning: JourneyText };

/** `open`: no line yet. */
export const JOURNEY_STATE_WORDS: Readonly<Record<JourneyState | 'open', JourneyWords>> = {
  open: {
    name: say('行程中', '行程中', 'Under way'),
    meaning: say(
      '还没有出站记录，出站后计价。',
      '還沒有出站紀錄，出站後計價。',
      'No exit yet; it is priced when you leave.',
    ),
  },
  complete: {
    name: say('已完成', '已完成', 'Complete'),
    meaning: say(
      '刷码记录完整，按实际行程计价。',
      '刷碼紀錄完整，按實際行程計價。',
      'All taps are there; priced by the journey you made.',
    ),
  },
  repaired: {
    name: say('已补登', '已補登', 'Put right'),
    meaning: say(
      '缺少的一次刷码由您补登，已按补登的站点计价。',
      '缺少的一次刷碼由您補登，已按補登的站點計價。',
      'You told us the missing tap; priced by the stop you gave.',
    ),
  },
  'missing-exit': {
    name: say('缺出站记录', '缺出站紀錄', 'No exit'),
    meaning: say(
      '没有出站记录，先按最高票价计。七天内可以补登出站。',
      '沒有出站紀錄，先按最高票價計。七天內可以補登出站。',
      'No exit was recorded, so the highest fare counts. You can add the exit within seven days.',
    ),
  },
  'missing-entry': {
    name: say('缺进站记录', '缺進站紀錄', 'No entry'),
    meaning: say(
      '没有进站记录，先按最高票价计。七天内可以补登进站。',
      '沒有進站紀錄，先按最高票價計。七天內可以補登進站。',
      'No entry was recorded, so the highest fare counts. You can add the entry within seven days.',
    ),
  },
};

/** Why a part of the fare is not the rider's to pay. */
export const PART_WORDS: Readonly<Record<LinePart['kind'], JourneyWords>> = {
  concession: {
    name: say('优惠', '優惠', 'Concession'),
    meaning: say(
      '您按优惠少付的这一部分。',
      '您按優惠少付的這一部分。',
      'What you pay less by the concession.',
    ),
  },
  'over-ceiling': {
    name: say('超出承担上限的优惠', '超出承擔上限的優惠', 'Concession above the ceiling'),
    meaning: say(
      '承担方的额度已用完，这部分由到访城市承担，您不用多付。',
      '承擔方的額度已用完，這部分由到訪城市承擔，您不用多付。',
      'The payer’s limit is used up; the city you visit bears this part. You pay no more.',
    ),
  },
  transfer: {
    name: say('换乘优惠', '轉乘優惠', 'Transfer'),
    meaning: say(
      '刚坐过另一条线路，换乘减免。',
      '剛搭過另一條路線，轉乘減免。',
      'Taken off because you changed from another service.',
    ),
  },
  'daily-cap': {
    name: say('当日封顶', '當日封頂', 'Daily cap'),
    meaning: say(
      '当天已付到封顶金额，超出的部分免付。',
      '當天已付到封頂金額，超出的部分免付。',
      'You have paid the most for one day; the rest is free.',
    ),
  },
  shown: {
    name: say('高于刷码时所示价格', '高於刷碼時所示價格', 'Above the price shown'),
    meaning: say(
      '您付的不会高于刷码时屏幕显示的价格，差额由到访城市承担。',
      '您付的不會高於刷碼時螢幕顯示的價格，差額由到訪城市承擔。',
      'You never pay more than the screen showed; the city you visit bears the difference.',
    ),
  },
  waived: {
    name: say('已免收', '已免收', 'Waived'),
    meaning: say(
      '异议成立，这笔票款免收，由运营方承担。',
      '異議成立，這筆票款免收，由營運方承擔。',
      'Your objection was upheld; the operator bears this fare.',
    ),
  },
};

/** Who bears a part; another city is said by its name. */
export const FUNDER_WORDS: Readonly<Record<LineFunder['kind'], JourneyText>> = {
  operator: say('运营方', '營運方', 'the operator'),
  host: say('到访城市', '到訪城市', 'the city visited'),
  party: say('承担城市', '承擔城市', 'the city that pays'),
};

/** Why the home city does not accept a line of the host's. */
export const DISPUTE_WORDS: Readonly<Record<LineDispute, JourneyWords>> = {
  LINE_DIFFERS: {
    name: say('两地计算不同', '兩地計算不同', 'The cities differ'),
    meaning: say(
      '两个城市算出的结果不同，正在核对。',
      '兩個城市算出的結果不同，正在核對。',
      'The two cities came to different results and are checking.',
    ),
  },
  LINE_NOT_FOUND: {
    name: say('归属城市没有这次行程', '歸屬城市沒有這次行程', 'Not found at home'),
    meaning: say(
      '归属城市从刷码记录里找不到这次行程，暂不收费。',
      '歸屬城市從刷碼紀錄裡找不到這次行程，暫不收費。',
      'Your home city finds no such journey in the taps; nothing is charged for now.',
    ),
  },
  LINE_MISSING: {
    name: say('到访城市没有报送', '到訪城市沒有報送', 'Not claimed'),
    meaning: say(
      '刷码记录里有这次行程，到访城市还没有报送。',
      '刷碼紀錄裡有這次行程，到訪城市還沒有報送。',
      'The taps show this journey, but the city you visited has not claimed it.',
    ),
  },
  CEILING_EXCEEDED: {
    name: say('超出承担上限', '超出承擔上限', 'Above the agreed sum'),
    meaning: say(
      '归属城市答应承担的额度已用完，由两地处理，您不用多付。',
      '歸屬城市答應承擔的額度已用完，由兩地處理，您不用多付。',
      'Your home city’s agreed sum is used up. The cities settle it; you pay no more.',
    ),
  },
};

/** Why a tap ends in no journey. The last six are decided outside of pricing (JRN-4.6). */
export const EXCEPTION_REASONS = [
  'TERMS_UNKNOWN',
  'NO_PRICE',
  'STOP_UNKNOWN',
  'DOUBLE_PRESENTATION',
  'TAP_EVIDENCE_INVALID',
  'HOME_REFUSED',
  'HOME_SILENT',
  'TAP_TOO_LATE',
  'GROUP_FULL',
] as const;
export type ExceptionReason = (typeof EXCEPTION_REASONS)[number] | GroupExceptionReason;

export const EXCEPTION_WORDS: Readonly<Record<ExceptionReason, JourneyWords>> = {
  TERMS_UNKNOWN: {
    name: say('价目未知', '價目未知', 'Prices unknown'),
    meaning: say(
      '终端当时用的清单找不到了，无法计价，不收费。',
      '終端當時用的清單找不到了，無法計價，不收費。',
      'The list that the gate used is not known, so there is no price. Nothing is charged.',
    ),
  },
  NO_PRICE: {
    name: say('没有适用价格', '沒有適用價格', 'No price'),
    meaning: say(
      '这项服务没有对您所在城市开放，不收费。',
      '這項服務沒有對您所在城市開放，不收費。',
      'The service is not open to your city’s residents. Nothing is charged.',
    ),
  },
  STOP_UNKNOWN: {
    name: say('站点未知', '站點未知', 'Stop unknown'),
    meaning: say(
      '价目里没有这个站点，无法计价，不收费。',
      '價目裡沒有這個站點，無法計價，不收費。',
      'The tariff does not have this stop, so there is no price. Nothing is charged.',
    ),
  },
  DOUBLE_PRESENTATION: {
    name: say('同一个码刷了两次', '同一個碼刷了兩次', 'One code, two gates'),
    meaning: say(
      '同一个码在两台终端上刷过，只收一次。',
      '同一個碼在兩台終端上刷過，只收一次。',
      'One code was shown at two gates. It is charged once.',
    ),
  },
  TAP_EVIDENCE_INVALID: {
    name: say('凭据核验不通过', '憑據核驗不通過', 'Evidence does not verify'),
    meaning: say(
      '这条记录里的码核验不通过，不收费。',
      '這條紀錄裡的碼核驗不通過，不收費。',
      'The code in this record does not verify. Nothing is charged.',
    ),
  },
  HOME_REFUSED: {
    name: say('归属城市未接受', '歸屬城市未接受', 'Refused by the home city'),
    meaning: say(
      '归属城市没有接受这条记录，不收费。',
      '歸屬城市沒有接受這條紀錄，不收費。',
      'The home city did not accept this record. Nothing is charged.',
    ),
  },
  HOME_SILENT: {
    name: say('归属城市未答复', '歸屬城市未答覆', 'No answer from the home city'),
    meaning: say(
      '归属城市十天内没有答复，不收费。',
      '歸屬城市十天內沒有答覆，不收費。',
      'The home city did not answer within ten days. Nothing is charged.',
    ),
  },
  TAP_TOO_LATE: {
    name: say('记录迟到', '紀錄遲到', 'Record too late'),
    meaning: say(
      '记录晚了十天以上才送到，不收费。',
      '紀錄晚了十天以上才送到，不收費。',
      'The record arrived more than ten days late. Nothing is charged.',
    ),
  },
  GROUP_FULL: {
    name: say('当天次数过多', '當天次數過多', 'Too many taps'),
    meaning: say(
      '当天的刷码次数超出一次能报送的数量，这一次不收费。',
      '當天的刷碼次數超出一次能報送的數量，這一次不收費。',
      'More taps in one day than can be claimed. This one is not charged.',
    ),
  },
};

/** What a rider may object to, as they would say it. */
export const OBJECTION_WORDS: Readonly<Record<ObjectionReason, JourneyText>> = {
  'not-my-journey': say('不是我的行程', '不是我的行程', 'This was not my journey'),
  'wrong-price': say('票价不对', '票價不對', 'The fare is wrong'),
  'wrong-concession': say('优惠不对', '優惠不對', 'The concession is wrong'),
  'wrong-stop': say('站点不对', '站點不對', 'A stop is wrong'),
  'charged-twice': say('重复收费', '重複收費', 'I was charged twice'),
  other: say('其他', '其他', 'Something else'),
};

/** What was put right about a journey. */
export const REPAIR_WORDS: Readonly<Record<Repair['kind'], JourneyText>> = {
  entry: say('补登进站', '補登進站', 'Entry added'),
  exit: say('补登出站', '補登出站', 'Exit added'),
  class: say('补用优惠身份', '補用優惠身分', 'Concession class added'),
  waive: say('免收', '免收', 'Waived'),
};

function say(zhCN: string, zhTW: string, en: string): JourneyText {
  return { 'zh-CN': zhCN, 'zh-TW': zhTW, en };
}
