import type { Hours, LocalText, Source } from '@tongyu/protocol';

/** Texts that the seeds of all cities share. */
export function words(zhCN: string, zhTW: string | null, en: string | null): LocalText {
  return { zhCN, zhTW, en };
}

/** The places are known to everybody; nobody has verified a word. Prices and hours are made up. */
export const PUBLIC_FACTS: Source = {
  facts: 'public',
  terms: 'demo',
  text: words(
    '公开常识，演示数据，未经核实；票价、优惠和时间均为演示政策',
    '公開常識，示範資料，未經查證；票價、優惠和時間均為示範政策',
    'Public knowledge; demo data, not verified. Prices, concessions and hours are demo policy',
  ),
  url: null,
};

export const INVENTED: Source = {
  facts: 'invented',
  terms: 'demo',
  text: words('虚构的演示服务', '虛構的示範服務', 'Invented for this demonstration'),
  url: null,
};

export const SEED_CHECKER = words('种子数据（演示）', '種子資料（示範）', 'Seed data (demo)');

export const STAFFED = {
  station: words(
    '到车站客服中心，出示身份证、护照或优待证，由工作人员办理进站。',
    '到車站服務台，出示身分證、護照或優待證，由工作人員協助進站。',
    'At the station’s service desk: show an identity card, passport or concession card.',
  ),
  driver: words(
    '上车投币，或向司机出示身份证、护照或优待证。',
    '上車投幣，或向司機出示身分證、護照或優待證。',
    'Pay cash on board, or show the driver an identity, passport or concession card.',
  ),
  pier: words(
    '在码头售票窗口购票，或出示身份证、护照或优待证。',
    '在碼頭售票窗口購票，或出示身分證、護照或優待證。',
    'At the pier’s ticket window: buy a ticket, or show an identity or concession card.',
  ),
  entrance: words(
    '到入口人工通道，出示身份证或护照，现场登记入馆。',
    '到入口人工通道，出示身分證或護照，現場登記入館。',
    'At the staffed entrance: register on the spot with an identity card or passport.',
  ),
  ticketOffice: words(
    '到售票处人工窗口购票，可付现金，可出示优待证。',
    '到售票處人工窗口購票，可付現金，可出示優待證。',
    'At the ticket office: cash is taken, and concession cards are accepted.',
  ),
  desk: words(
    '到总服务台，工作人员当场办理。',
    '到總服務台，工作人員當場辦理。',
    'At the main desk: staff do it while you wait.',
  ),
  call: words(
    '直接拨打，有人工接听；也可到市民服务窗口当面办理。',
    '直接撥打，有專人接聽；也可到市民服務窗口當面辦理。',
    'Call and a person answers; the city’s service counter does the same face to face.',
  ),
} as const;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Demo policy, from one hour of the day to another. */
export function daily(fromHour: number, toHour: number): readonly Hours[] {
  return [{ days: EVERY_DAY, fromMinute: fromHour * 60, toMinute: toHour * 60 }];
}

/** As most museums do. */
export const CLOSED_ON_MONDAYS: readonly Hours[] = [
  { days: [2, 3, 4, 5, 6, 7], fromMinute: 9 * 60, toMinute: 17 * 60 },
];

export const OFFICE_HOURS: readonly Hours[] = [
  { days: [1, 2, 3, 4, 5], fromMinute: 9 * 60, toMinute: 17 * 60 },
];
