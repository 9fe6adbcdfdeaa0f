// What the console's test node answers: one row of every kind that a screen can show.
import type {
  AccessionPage,
  ConsoleTap,
  ExceptionPage,
  GapPage,
  ServicePage,
  TapPage,
  TerminalPage,
} from '../../web/src/kit/api/console.ts';
import type { CityHome, HubStatus } from '../../web/src/kit/api/status.ts';
import type { ConsoleTrust, TrustKey } from '../../web/src/kit/api/trust.ts';

const noon = 1_795_579_200;
const members = ['4201', '4301', '3401', '3601'];
export const proposalHash = '9f2c4e1a7b3d5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd';
const bundleHash = proposalHash.split('').reverse().join('');

function tap(number: number, own: Partial<ConsoleTap>): ConsoleTap {
  return {
    terminal: '4301-gate-1',
    number,
    time: noon + number,
    receivedAt: noon + number + 4,
    service: '4301-metro',
    kind: 'scan',
    verdict: 'pass',
    refusal: null,
    assistedReason: null,
    issuer: '4201',
    charged: true,
    exception: null,
    home: 'accepted',
    shownPriceFen: 200,
    warned: false,
    ...own,
  };
}

const notCharged = { charged: null, home: 'none', shownPriceFen: null } as const;
const taps: TapPage = {
  taps: [
    tap(9, {}),
    tap(8, { verdict: 'refuse', refusal: 'ALREADY_USED', ...notCharged }),
    tap(7, { verdict: 'check', refusal: 'CLOCK_SKEW', issuer: '3401', ...notCharged }),
    tap(6, { exception: 'DOUBLE_PRESENTATION', charged: false }),
    tap(5, { verdict: 'unknown', refusal: 'TRUST_STALE', issuer: null, ...notCharged }),
    tap(4, { kind: 'assisted', assistedReason: 'no-phone', issuer: null, ...notCharged }),
    tap(3, { warned: true, home: 'pending' }),
    tap(2, { issuer: '4301', home: 'own' }),
    tap(1, { refusal: 'NEWER_THAN_THIS_PAGE', verdict: 'refuse', home: 'refused' }),
  ],
  next: 'older-1',
};

const exceptions: ExceptionPage = {
  taps: [tap(6, { exception: 'TAP_EVIDENCE_INVALID' })],
  refusedUploads: [
    {
      terminal: '4301-gate-1',
      number: 3,
      code: 'TAP_CONTENT_DIFFERS',
      field: 'time',
      at: noon,
    },
  ],
};

const gaps: GapPage = {
  gaps: [{ terminal: '4301-gate-2', first: 17, last: 19, noticedAt: noon - 500 }],
};

const terminals: TerminalPage = {
  operators: [{ id: '4301-metro-co', name: '长沙地铁运营' }],
  terminals: [
    {
      id: '4301-gate-1',
      operator: '4301-metro-co',
      service: '4301-metro',
      direction: 'single',
      stop: null,
      registeredAt: noon - 90_000,
      revokedAt: null,
      lastTapAt: noon,
      highestNumber: 9,
    },
    {
      id: '4301-gate-2',
      operator: '4301-metro-co',
      service: '4301-tram',
      direction: 'exit',
      stop: 'riverside',
      registeredAt: noon - 90_000,
      revokedAt: noon - 100,
      lastTapAt: null,
      highestNumber: 0,
    },
  ],
};

const services: ServicePage = {
  services: [
    {
      id: '4301-metro',
      operator: '4301-metro-co',
      name: { zhCN: '长沙地铁', zhTW: '長沙地鐵', en: 'Changsha Metro' },
      open: true,
      stops: [],
    },
    {
      id: '4301-tram',
      operator: '4301-metro-co',
      name: { zhCN: '有轨电车', zhTW: '有軌電車', en: 'Tram' },
      open: true,
      stops: [
        { id: 'riverside', name: { zhCN: '江边', zhTW: '江邊', en: 'Riverside' } },
        { id: 'museum', name: { zhCN: '博物馆[\u202e]', zhTW: null, en: null } },
      ],
    },
  ],
};

function key(keyId: number, purpose: string, own: Partial<TrustKey> = {}): TrustKey {
  const days = { fromDay: 20_000, untilDay: 65_535 };
  return { keyId, purpose, alg: 'ES256', ...days, revokedAt: null, ...own };
}

const keys = [
  key(1, 'issuer', { revokedAt: noon - 100 }),
  key(2, 'issuer', { alg: 'SM2' }),
  key(3, 'issuer', { fromDay: 60_000 }),
  key(4, 'list'),
  key(5, 'peer', { untilDay: 20_001 }),
];

const root = { number: 1, hash: proposalHash, threshold: 3 };
const proposals: HubStatus['proposals'] = [
  {
    hash: proposalHash,
    number: 2,
    change: { kind: 'accession', party: '4202' },
    signedBy: ['4201'],
  },
];

const trust: ConsoleTrust = {
  root: { ...root, members },
  bundle: { version: 7, made: noon - 4000, signedBy: members.slice(0, 3) },
  trustTime: noon - 1800,
  ageSeconds: 100_000,
  sections: members.map((party, index) => ({ party, number: index + 3, keys })),
  lists: members.map((party, index) => ({ party, number: index + 1, phones: index })),
  proposals,
};

const accessions: AccessionPage = {
  accessions: [{ party: '4202', kind: 'accession', appliedAt: noon - 900, proposed: false }],
};

/** By path. */
export const consoleAnswers: Readonly<Record<string, unknown>> = {
  '/console/api/taps': taps,
  '/console/api/exceptions': exceptions,
  '/console/api/gaps': gaps,
  '/console/api/terminals': terminals,
  '/console/api/services': services,
  '/console/api/trust': trust,
  '/console/api/accessions': accessions,
};

const allSigned = {
  'action-plan-2023-2025': 'signed',
  'one-code': 'signed',
  'legal-services': 'signed',
  'key-items-2023': 'signed',
} as const;

export const hubStatus: HubStatus = {
  parties: [
    ...members.map((party) => ({
      party,
      role: 'member' as const,
      status: 'active' as const,
      rights: allSigned,
    })),
    {
      party: '4202',
      role: 'observer',
      status: 'active',
      isApplying: true,
      rights: { 'key-items-2023': 'signed', 'one-code': 'none' },
    },
    { party: '3610', role: 'observer', status: 'suspended', rights: {} },
  ],
  root,
  bundle: { version: 7, hash: bundleHash, made: noon - 4000, signedBy: members.slice(0, 3) },
  trustTime: noon - 1800,
  ageSeconds: 1800,
  times: members.map((party, index) => ({ party, time: noon - index * 600 })),
  proposals,
};

export const cityHome: CityHome = {
  party: '4202',
  mode: 'demo',
  role: 'observer',
  rootNumber: 1,
  bundle: { version: 7, signedBy: members.slice(0, 3) },
  ageSeconds: 1800,
  hubUrl: 'http://127.0.0.1:4100/',
};
