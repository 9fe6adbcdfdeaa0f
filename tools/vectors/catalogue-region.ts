import {
  canonicalJson,
  documentHash,
  fundingOf,
  partTextHash,
  signContent,
  startOfDate,
  type ConcessionRule,
  type Edition,
  type Entry,
  type Erratum,
  type Head,
  type LocalText,
  type NamedPart,
  type Part,
  type PartyId,
  type Root,
  type ZoneTariff,
} from '@tongyu/protocol';
import { MEMBERS, NOON, rootContent, rootSigner, type SignerName } from './region.ts';

/** The service list that the vectors play with: a few entries of each member. */

export const EDITION_ID = '2027-H1';

export function words(zhCN: string, parts: Partial<LocalText> = {}): LocalText {
  return { zhCN, zhTW: null, en: null, ...parts };
}

/** A metro with one price, a rule for each kind of rider and none that another city pays. */
export function entryContent(parts: Partial<Entry> = {}): Entry {
  return {
    id: '4201-metro',
    name: words('地铁', { en: 'Metro' }),
    summary: words('示例条目'),
    operator: { id: '4201-metro-co', name: words('示例运营方') },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: words('车站售票窗口'),
    contact: { phone: '027-0000', url: 'https://metro.example/' },
    places: [placeContent()],
    admits: ['3401', '3601', '4201', '4301'],
    tariff: { kind: 'flat', priceFen: 405 },
    fareGroup: '4201-metro-co',
    rules: [ruleContent()],
    reductions: [],
    asks: [{ data: 'age-class', why: words('优惠') }],
    assurance: 'none',
    source: { facts: 'invented', terms: 'demo', text: words('示例'), url: null },
    checked: { by: words('示例核对人'), on: '2026-12-20' },
    stage: 'pilot',
    ...parts,
  };
}

export function placeContent(
  parts: Partial<Entry['places'][number]> = {},
): Entry['places'][number] {
  return {
    id: 'station-1',
    name: words('一号站'),
    address: null,
    position: { latitudeE6: 30_592_800, longitudeE6: 114_305_500 },
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 360, toMinute: 1470 }],
    ...parts,
  };
}

export function ruleContent(parts: Partial<ConcessionRule> = {}): ConcessionRule {
  return {
    id: 'senior-65',
    name: words('老年人'),
    class: 2,
    residences: ['3401', '3601', '4201', '4301'],
    benefit: { kind: 'share', permille: 500 },
    funder: { kind: 'host' },
    reciprocity: 'unilateral',
    agreement: words('示例协议'),
    from: '2027-01-01',
    until: null,
    perDay: null,
    ...parts,
  };
}

/** The same rule with another party as funder, signed over the given entry as it is then. */
export async function fundedRule(
  entry: Entry,
  rule: ConcessionRule,
  party: PartyId,
  signer: SignerName = rootSigner(party),
  ceilingFen = 1_000_000,
): Promise<ConcessionRule> {
  const unsigned = { by: signer.by, keyId: signer.keyId, signature: 'A'.repeat(86) };
  const draft: ConcessionRule = {
    ...rule,
    funder: { kind: 'party', party, ceilingFen, signature: unsigned },
  };
  const content = fundingOf(entry, draft);
  if (content === undefined) return draft;
  const signature = await signContent(content, signer.by, signer.keyId, signer.key);
  return { ...draft, funder: { kind: 'party', party, ceilingFen, signature } };
}

export const zonesTariff: ZoneTariff = {
  kind: 'zones',
  stops: [
    { id: 'east', name: words('东站'), zone: 0 },
    { id: 'west', name: words('西站'), zone: 2 },
  ],
  pricesFen: [200, 300, 600],
};

export function partContent(party: PartyId = '4201', parts: Partial<Part> = {}): Part {
  const own = (name: string): Partial<Entry> => ({
    id: `${party}-${name}`,
    operator: { id: `${party}-metro-co`, name: words('示例运营方') },
    fareGroup: `${party}-metro-co`,
  });
  const museum = entryContent({ ...own('museum'), tariff: { kind: 'free' }, rules: [] });
  const entries = parts.entries ?? [entryContent(own('metro')), museum];
  return {
    type: 'tongyu.part',
    party,
    edition: EDITION_ID,
    entries,
    changes: entries.map(({ id }) => ({ entry: id, kind: 'added', reason: words('第一版') })),
    ...parts,
  };
}

export function namedPartOf(part: Part): NamedPart {
  const hash = partTextHash(canonicalJson(part));
  return { party: part.party, hash, count: part.entries.length };
}

export function editionContent(parts: Partial<Edition> = {}, root: Root = rootContent()): Edition {
  return {
    type: 'tongyu.edition',
    number: 3,
    id: EDITION_ID,
    previous: null,
    root: { number: root.number, hash: documentHash(root) },
    opened: startOfDate('2026-11-01'),
    made: startOfDate('2026-12-20'),
    effectiveFrom: startOfDate('2027-01-01'),
    parts: MEMBERS.map((party) => namedPartOf(partContent(party))),
    ...parts,
  };
}

/** The edition of the half-year after, as it follows the given one. */
export function nextEditionContent(before: Edition, parts: Partial<Edition> = {}): Edition {
  return {
    ...before,
    number: before.number + 1,
    id: '2027-H2',
    previous: { number: before.number, hash: documentHash(before) },
    opened: startOfDate('2027-05-01'),
    made: startOfDate('2027-06-20'),
    effectiveFrom: startOfDate('2027-07-01'),
    ...parts,
  };
}

export function headContent(parts: Partial<Head> = {}): Head {
  const edition = editionContent();
  return {
    type: 'tongyu.head',
    party: '4201',
    number: 12,
    time: NOON - 3_600,
    edition: { number: edition.number, hash: documentHash(edition) },
    verified: [{ entry: '4201-metro', on: '2027-02-20', by: words('示例核对人') }],
    suspended: [],
    ...parts,
  };
}

export function suspension(
  entry: string,
  rule: string | null = null,
  residence: PartyId | null = null,
): Head['suspended'][number] {
  return { entry, rule, residence, since: NOON - 7_200, reason: words('示例原因') };
}

export function erratumContent(parts: Partial<Erratum> = {}): Erratum {
  const edition = editionContent();
  return {
    type: 'tongyu.erratum',
    party: '4201',
    number: 1,
    time: NOON - 3_600,
    edition: { number: edition.number, hash: documentHash(edition) },
    entry: '4201-metro',
    field: 'contact.phone',
    correction: words('电话应为 027-0001'),
    ...parts,
  };
}
