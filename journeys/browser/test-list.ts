import {
  canonicalJson,
  documentHash,
  editionIdAt,
  partTextHash,
  type CatalogueOffer,
  type ConcessionRule,
  type Edition,
  type Entry,
  type Head,
  type LocalText,
  type Part,
  type PartyId,
  type Root,
  type Suspension,
} from '@tongyu/protocol';
import { keyIds, members, signedBy, type TestKeys } from './test-region.ts';

/** Edition 1 of the test region: a metro and a museum in each city. */
export type TestList = {
  readonly part: (host: PartyId) => Part;
  readonly partText: (hash: string) => string | undefined;
  /** Everything, with the host's head as of a time. */
  readonly offer: (host: PartyId, time: number) => Promise<CatalogueOffer>;
  readonly head: (host: PartyId, time: number) => Head;
  /** What the hosts have suspended; a test may change it. */
  readonly suspended: Suspension[];
};

export async function foundList(
  root: Root,
  made: number,
  keysOf: (party: PartyId) => TestKeys,
): Promise<TestList> {
  const id = editionIdAt(made);
  const parts = new Map(members.map((party) => [party as PartyId, partOf(party, id)]));
  const texts = new Map([...parts.values()].map((part) => [hashOf(part), canonicalJson(part)]));
  const edition: Edition = {
    type: 'tongyu.edition',
    number: 1,
    id,
    previous: null,
    root: { number: root.number, hash: documentHash(root) },
    opened: made,
    made,
    effectiveFrom: made,
    parts: [...parts].map(([party, part]) => {
      return { party, hash: hashOf(part), count: part.entries.length };
    }),
  };
  const signed = await signedBy(edition, members, (party) => keysOf(party).root);
  const suspended: Suspension[] = [];
  const head = (host: PartyId, time: number): Head => ({
    type: 'tongyu.head',
    party: host,
    number: time - 1_700_000_000,
    time,
    edition: { number: 1, hash: documentHash(edition) },
    verified: [],
    suspended: suspended.filter((one) => one.entry.startsWith(host)),
  });
  return {
    part: (host) => parts.get(host) ?? partOf(host, id),
    partText: (hash) => texts.get(hash),
    head,
    suspended,
    offer: async (host, time) => ({
      editions: [signed],
      roots: [],
      heads: [await signedBy(head(host, time), [host], () => keysOf(host).list, keyIds.list)],
      errata: [],
    }),
  };
}

function hashOf(part: Part): string {
  return partTextHash(canonicalJson(part));
}

function partOf(party: PartyId, edition: string): Part {
  const metro = { zhCN: '地铁(测试)', zhTW: '捷運(測試)', en: 'Metro (test)' };
  const museum = { zhCN: '博物馆(测试)', zhTW: null, en: null };
  const entries: readonly Entry[] = [
    {
      ...entryOf(party, 'metro', metro),
      operator: { id: `${party}-metro-co`, name: metro },
      admits: members,
      tariff: { kind: 'flat', priceFen: 500 },
      // 2, 3 and 4 yuan for the first three cities, as agreed for everybody of theirs.
      rules: [
        ...members.slice(0, 3).map((residence, i) =>
          ruleOf(`of-${residence}`, {
            residences: [residence],
            benefit: { kind: 'price', priceFen: 200 + 100 * i },
          }),
        ),
        ruleOf('senior-half', { class: 2, name: seniors }),
        ruleOf('student-daily', { class: 4, perDay: 2 }),
      ],
    },
    { ...entryOf(party, 'museum', museum), category: 'culture', admits: [party] },
  ];
  const reason = { zhCN: '首版', zhTW: null, en: null };
  const changes = entries.map(({ id }) => ({ entry: id, kind: 'added', reason }) as const);
  return { type: 'tongyu.part', party, edition, entries, changes };
}

/** Long, untranslated into one language, and with a mark that would turn its neighbours round. */
const seniors: LocalText = {
  zhCN: '六十五周岁及以上老年人半价乘车优惠\u202e',
  zhTW: null,
  en: 'Half fare for people of sixty-five years and above <b>everywhere</b>',
};

/** Half the fare for residents of all members, unless told otherwise. */
function ruleOf(id: string, own: Partial<ConcessionRule>): ConcessionRule {
  return {
    ...{ id, name: { zhCN: '居民价(测试)', zhTW: null, en: 'Residents (test)' }, class: 0 },
    ...{ residences: members, benefit: { kind: 'share', permille: 500 } },
    ...{ funder: { kind: 'operator' }, reciprocity: 'unilateral' },
    agreement: { zhCN: '测试政策', zhTW: null, en: 'Test policy' },
    ...{ from: '2026-01-01', until: null, perDay: null, ...own },
  };
}

function entryOf(party: PartyId, name: string, title: LocalText): Entry {
  const text: LocalText = { zhCN: '测试', zhTW: null, en: 'Test' };
  return {
    id: `${party}-${name}`,
    name: title,
    summary: text,
    operator: { id: `${party}-${name}`, name: title },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: text,
    contact: { phone: null, url: null },
    places: [],
    admits: [],
    tariff: { kind: 'free' },
    fareGroup: `${party}-${name}`,
    rules: [],
    reductions: [],
    asks: [],
    assurance: 'none',
    source: { facts: 'invented', terms: 'demo', text, url: null },
    checked: { by: text, on: '2026-11-01' },
    stage: 'pilot',
  };
}
