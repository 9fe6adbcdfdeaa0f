// The service list as the console's test node tells it: one of every kind that a screen can show.
import { fieldChanges } from '@tongyu/domain';
import { admin, staff } from './console-staff-data.ts';
import type { CatalogueOffer, ConcessionRule, Entry, LocalText } from '@tongyu/protocol';
import type {
  Comment,
  CommentPage,
  DraftedEntry,
  DraftPage,
  DraftRow,
  EditionComparison,
  EditionOpening,
  EditionsPage,
  FeedbackPage,
  FundingAsk,
  FundingPage,
  HistoryPage,
  ImportReport,
  ListedEdition,
} from '../../web/src/kit/api/list-office.ts';

const noon = 1_795_579_200;
const members = ['3401', '3601', '4201', '4301'];
export const candidateHash = '5b'.repeat(32);
const editionHash = '7c'.repeat(32);

export const words = (zhCN: string, zhTW: string | null, en: string | null): LocalText => ({
  ...{ zhCN, zhTW, en },
});

const office = words(
  '长沙市交通运输局（演示）',
  '長沙市交通運輸局（示範）',
  'Changsha transport (demo)',
);

const senior: ConcessionRule = {
  id: 'senior-free',
  name: words('65 岁及以上免费', '65 歲以上免費', 'Free from 65'),
  class: 2,
  residences: ['4301'],
  benefit: { kind: 'price', priceFen: 0 },
  funder: { kind: 'operator' },
  reciprocity: 'mutual',
  agreement: words('演示政策', '示範政策', 'Demo policy'),
  from: '2026-01-01',
  until: null,
  perDay: null,
};

export const metro: Entry = {
  id: '4301-metro',
  name: words('长沙地铁', '長沙地鐵', 'Changsha Metro'),
  summary: words('市区地铁，刷码进出站。', '市區捷運，掃碼進出站。', 'The city’s metro, by code.'),
  operator: { id: '4301-metro-co', name: words('长沙地铁', '長沙地鐵', 'Changsha Metro') },
  category: 'transport',
  lifeEvent: 'getting-around',
  audience: { residents: true, organisations: false },
  access: ['code', 'counter'],
  staffed: words('各站客服中心', '各站客服中心', 'The desk of every station'),
  contact: { phone: '0731-12345', url: null },
  places: [
    {
      id: 'wuyi',
      name: words('五一广场', '五一廣場', 'Wuyi Square'),
      address: null,
      position: { latitudeE6: 28_196_000, longitudeE6: 112_977_000 },
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 390, toMinute: 1380 }],
    },
  ],
  admits: members,
  tariff: { kind: 'flat', priceFen: 300 },
  fareGroup: '4301-metro-co',
  rules: [senior],
  reductions: [],
  asks: [{ data: 'age-class', why: words('核对优惠', '核對優惠', 'To check a concession') }],
  assurance: 'none',
  source: {
    facts: 'public',
    terms: 'demo',
    text: words('公众所知；价格为演示', '眾所周知；價格為示範', 'Publicly known; demo price'),
    url: null,
  },
  checked: { by: office, on: '2026-11-20' },
  stage: 'pilot',
};

const metroNow: Entry = {
  ...metro,
  tariff: { kind: 'flat', priceFen: 400 },
  rules: [{ ...senior, class: 1 }],
  contact: { phone: '0731-12345', url: 'https://metro.example/' },
};

const [zhReason, twReason, enReason] = ['票价调整', '票價調整', 'The fare changes'];
const reason = words(zhReason, twReason, enReason);
const metroChanges = fieldChanges(metro, metroNow);

function row(id: string, name: LocalText, own: Partial<DraftRow> = {}): DraftRow {
  return {
    ...{ id, name, category: 'transport', stage: 'pilot', kind: null, revision: 0 },
    ...{ reason: null, author: null, at: null, missing: { zhTW: 0, en: 0 } },
    checked: { by: office, on: '2026-11-20' },
    ...own,
  };
}

const by = { author: 'editor-li', at: noon };
const draft: DraftPage = {
  party: '4301',
  base: { number: 1, id: '2026-H2' },
  revision: 41,
  total: 4,
  counts: { added: 1, changed: 1, removed: 1, unchanged: 1 },
  rows: [
    row('4301-bus', words('长沙公交', '長沙公車', 'Changsha buses')),
    row('4301-ferry', words('湘江轮渡', null, null), {
      ...{ kind: 'removed', revision: 40, reason: words('停航', null, null), ...by },
    }),
    row('4301-metro', metro.name, { kind: 'changed', revision: 41, reason, ...by }),
    row('4301-night', words('夜间公交\u202e<script>', null, null), {
      ...{ kind: 'added', revision: 39, reason: words('新开线路', null, null), ...by },
      missing: { zhTW: 6, en: 6 },
    }),
  ],
  next: '4301-night',
};

export const draftedMetro: DraftedEntry = {
  ...{ id: '4301-metro', entry: metroNow, base: metro, kind: 'changed', revision: 41 },
  ...{ reason, ...by, changes: metroChanges },
};

const history: HistoryPage = {
  lines: [
    {
      ...{ position: 41, act: 'put', by: 'editor-li', at: noon, before: metro, after: metroNow },
      ...{ reason, changes: metroChanges },
    },
    {
      ...{ position: 12, act: 'import', by: 'admin', at: noon - 90_000, before: null },
      ...{ after: metro, reason: words('首次导入', null, null), changes: [] },
    },
  ],
};

export const goodReport: ImportReport = {
  ...{ mode: 'check', applied: false, encoding: 'gb18030', file: null, revision: 41 },
  counts: { rows: 3, added: 1, changed: 1, removed: 0, unchanged: 1, refused: 0 },
  rows: [
    { row: 2, id: '4301-bus', outcome: 'unchanged', faults: [] },
    { row: 3, id: '4301-metro', outcome: 'changed', faults: [] },
    { row: 4, id: '4301-tram', outcome: 'added', faults: [] },
  ],
};

export const badReport: ImportReport = {
  ...goodReport,
  counts: { ...goodReport.counts, added: 0, refused: 1 },
  rows: [
    ...goodReport.rows.slice(0, 2),
    {
      ...{ row: 4, id: '4201-metro', outcome: 'refused' },
      faults: [
        { code: 'ENTRY_FOREIGN', field: 'id' },
        { code: 'CELL_FORMULA', field: 'name.zhCN' },
        { code: 'NEWER_THAN_THIS_PAGE', field: null },
      ],
    },
  ],
};

function comment(id: string, own: Partial<Comment>): Comment {
  return {
    ...{ id, party: '4201', entry: '4301-metro', kind: 'comment', proposed: null, at: noon },
    ...{ text: '老年优惠写明年龄了吗？\n<b>请核对</b>', author: null, state: 'open' },
    ...{ answer: null, refusal: null, changes: [], ...own },
  };
}

const comments: CommentPage = {
  received: [
    comment('received-1', {}),
    comment('received-2', {
      ...{ kind: 'proposal', text: '电话已变', proposed: metroNow, changes: metroChanges },
    }),
  ],
  sent: [
    comment('sent-1', {
      ...{ party: '3401', entry: '3401-metro', author: 'editor-li', state: 'declined' },
      answer: { text: 'Not this year', by: null, at: noon },
    }),
    comment('sent-2', {
      party: '3601',
      entry: '3601-bus',
      state: 'refused',
      refusal: 'ENTRY_UNKNOWN',
    }),
  ],
};

function ask(hash: string, own: Partial<FundingAsk>): FundingAsk {
  const { id, name, class: riders, residences, benefit, reciprocity, agreement, from } = senior;
  const rule = {
    ...{ id, name, class: riders, residences, benefit, reciprocity, agreement, from },
    until: '2027-12-31',
    perDay: null,
  };
  return {
    ...{ hash, party: '4201', entry: '4201-metro', state: 'open', author: null, at: noon },
    funding: {
      ...{ type: 'tongyu.funding', host: '4201', entry: '4201-metro', tariff: metro.tariff },
      ...{ rule, funder: '4301', ceilingFen: 5_000_000 },
    },
    answer: null,
    ...own,
  };
}

const funding: FundingPage = {
  toSign: [ask('aa'.repeat(32), {})],
  asked: [ask('bb'.repeat(32), { party: '3601', entry: '4301-metro' })],
};

const feedback: FeedbackPage = {
  reports: [
    {
      ...{ id: 'report-1', party: '4301', entry: '4301-metro', kind: 'error', times: 3, at: noon },
      ...{ text: '首班车时间不对', state: 'open', answer: null },
    },
    {
      ...{ id: 'report-2', party: null, entry: null, kind: 'wish', times: 1, at: noon },
      ...{ text: 'A night bus to the station', state: 'answered' },
      answer: { text: 'Planned', by: 'editor-li', at: noon },
    },
  ],
};

const parts = members.map((party) => ({ party, hash: `${party}ab`.padEnd(64, '0'), count: 11 }));

const published: ListedEdition = {
  ...{ type: 'tongyu.edition', number: 1, id: '2026-H2', previous: null, opened: noon - 900_000 },
  ...{ root: { number: 1, hash: editionHash }, made: noon - 890_000, parts },
  ...{ effectiveFrom: noon - 890_000, hash: editionHash, state: 'in-force', isOverdue: true },
};

const good = { hash: candidateHash, count: 11, at: noon, state: 'good', fault: null } as const;

export const frozen: EditionOpening = {
  ...{ number: 3, id: '2027-H1', effectiveFrom: 1_798_732_800, opened: noon - 5_000 },
  ...{ previous: { number: 1, hash: editionHash }, state: 'frozen', reason: null },
  ...{ changedAt: noon, check: 'good', hash: candidateHash, members },
  submissions: [{ party: '4301', carried: false, ...good }],
  answers: [],
  unsigned: members,
};

export const collecting: EditionOpening = {
  ...frozen,
  ...{ state: 'open', hash: null, check: 'not yet', submissions: [], unsigned: [] },
};

const withdrawn: EditionOpening = {
  ...collecting,
  ...{ number: 2, state: 'withdrawn', reason: '南昌的一条价格写错了' },
};

const hubFrozen: EditionOpening = {
  ...frozen,
  submissions: [
    { party: '3401', carried: true, ...good },
    { party: '3601', carried: false, ...good },
    { party: '4201', carried: false, ...good },
    { party: '4301', carried: false, ...good },
    {
      ...{ party: '4202', carried: false, ...good, state: 'faulty' },
      fault: { code: 'ENTRY_HOURS', entry: '4202-bus', field: 'places[0].hours[0].toMinute' },
    },
  ],
  answers: [
    { party: '3401', hash: candidateHash, at: noon, signed: true, reason: null, by: null },
    { party: '3601', hash: candidateHash, at: noon, signed: false, reason: '价格不对', by: null },
  ],
  unsigned: ['3601', '4201', '4301'],
};

export const cityEditions: EditionsPage = {
  openings: [frozen, withdrawn],
  editions: [published],
};
export const hubEditions: EditionsPage = { ...cityEditions, openings: [hubFrozen, withdrawn] };
export const restingEditions: EditionsPage = { openings: [withdrawn], editions: [published] };

const counted = { errors: 3, wishes: 1 };
const comparison: EditionComparison = {
  ...{ number: 3, id: '2027-H1', previous: { number: 1, hash: editionHash } },
  parties: [
    {
      ...{ party: '4301', hash: candidateHash, count: 11, unchanged: 9 },
      added: [{ id: '4301-night', name: words('夜间公交', null, null), reason, feedback: counted }],
      changed: [
        {
          ...{ id: '4301-metro', name: metro.name, reason, feedback: counted },
          fields: metroChanges,
        },
      ],
      removed: [{ id: '4301-ferry', name: words('湘江轮渡', null, null), reason, feedback: null }],
    },
    {
      ...{ party: '4201', hash: null, count: 0, unchanged: 0 },
      ...{ added: [], changed: [], removed: [] },
    },
  ],
};

const suspended = words('隧道检修', '隧道檢修', 'Works in the tunnel');
const offer: CatalogueOffer = {
  ...{ editions: [], roots: [] },
  heads: [
    {
      signed: {
        ...{ type: 'tongyu.head', party: '4301', number: 9, time: noon },
        edition: { number: 1, hash: editionHash },
        verified: [],
        suspended: [
          {
            entry: '4301-metro',
            rule: 'senior-free',
            residence: null,
            since: noon,
            reason: suspended,
          },
        ],
      },
      signatures: [],
    },
  ],
  errata: [
    {
      signed: {
        ...{ type: 'tongyu.erratum', party: '4301', number: 1, time: noon },
        edition: { number: 1, hash: editionHash },
        ...{ entry: '4301-metro', field: 'contact' },
        correction: words('电话应为 12345', '電話應為 12345', 'The number is 12345'),
      },
      signatures: [],
    },
  ],
};

const wuhanMetro: Entry = {
  ...metro,
  ...{ id: '4201-metro', name: words('武汉地铁', null, null), fareGroup: '4201-metro-co' },
  operator: { ...metro.operator, id: '4201-metro-co' },
};

/** By path. */
export const listAnswers: Readonly<Record<string, unknown>> = {
  '/console/api/me': admin,
  '/console/api/staff': staff,
  '/console/api/draft': draft,
  '/console/api/draft/entries/4301-metro': draftedMetro,
  '/console/api/draft/entries/4301-metro/history': history,
  '/console/api/comments': comments,
  '/console/api/funding': funding,
  '/console/api/feedback': feedback,
  '/console/api/editions': cityEditions,
  '/console/api/editions/3/comparison': comparison,
  '/catalogue/offer': offer,
  [`/catalogue/parts/${parts[2]?.hash ?? ''}`]: {
    ...{ type: 'tongyu.part', party: '4201', edition: '2026-H2' },
    entries: [wuhanMetro],
    changes: [],
  },
};
