import {
  buildRevocationList,
  documentHash,
  serviceDay,
  signContent,
  slotFromIndex,
  slotIndex,
  slotOf,
  thresholdFor,
  toBase64Url,
  type Bundle,
  type KeyEntry,
  type ConcessionRule,
  type Entry,
  type Head,
  type Part,
  type PartyId,
  type RevocationList,
  type Root,
  type RootParty,
  type Section,
  type SectionKey,
  type SignedDocument,
  type SignedSection,
  type TimeStatement,
  type Typed,
} from '@tongyu/protocol';
import { testKey, type TestKey } from './test-keys.ts';

/** The region that the vectors play in: four members, two observers, all keys from labels. */

/** Noon of 1 March 2027 in Shanghai: slot 1 of service day 20,878. */
export const NOON = 1_803_873_600;
export const NOW = NOON + 7;
export const TODAY = serviceDay(NOON);
export const SLOT = slotOf(NOON);

export const MEMBERS = ['3401', '3601', '4201', '4301'] as const;
/** An observer with a node of its own. */
export const OBSERVER = '4202';
/** An observer without a node. */
export const QUIET_OBSERVER = '4306';
/** A city that stands in no root. */
export const STRANGER = '5101';

export const KEY_IDS = {
  issuer: 17,
  issuerSm2: 18,
  issuerRevoked: 19,
  issuerUntilYesterday: 20,
  issuerFromTomorrow: 21,
  list: 30,
  listSm2: 31,
  peer: 40,
} as const;

export function rootKey(party: PartyId, generation = 1): TestKey {
  return testKey(`${party} root ${String(generation)}`);
}

export function sectionKey(party: PartyId, keyId: number): TestKey {
  const isSm2 = keyId === KEY_IDS.issuerSm2 || keyId === KEY_IDS.listSm2;
  return testKey(`${party} key ${String(keyId)}`, isSm2 ? 'SM2' : 'ES256');
}

export const hubPeerKey = testKey('hub peer 1');

export function keyEntry(keyId: number, key: TestKey): KeyEntry {
  return { keyId, alg: key.alg, key: toBase64Url(key.publicKey) };
}

export type SignerName = { readonly by: string; readonly keyId: number; readonly key: TestKey };

export function rootSigner(party: PartyId, generation = 1): SignerName {
  return { by: party, keyId: generation, key: rootKey(party, generation) };
}

export async function signed<T extends Typed>(
  content: T,
  signers: readonly SignerName[],
): Promise<SignedDocument<T>> {
  const signatures = [];
  for (const { by, keyId, key } of signers) {
    signatures.push(await signContent(content, by, keyId, key));
  }
  return { signed: content, signatures };
}

export function rootParty(party: PartyId, parts: Partial<RootParty> = {}): RootParty {
  return {
    party,
    role: 'member',
    status: 'active',
    rootKeys: [keyEntry(1, rootKey(party))],
    ...parts,
  };
}

export function rootContent(parts: Partial<Root> = {}): Root {
  const parties = parts.parties ?? [
    rootParty('3401'),
    rootParty('3601'),
    rootParty('4201'),
    rootParty(OBSERVER, { role: 'observer' }),
    rootParty('4301'),
    rootParty(QUIET_OBSERVER, { role: 'observer', rootKeys: [] }),
  ];
  const members = parties.filter((p) => p.role === 'member' && p.status === 'active').length;
  return {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made: NOON - 30 * 86_400,
    threshold: thresholdFor(members),
    hub: { url: 'https://hub.example', peerKey: keyEntry(1, hubPeerKey) },
    ...parts,
    parties,
  };
}

export function sectionKeys(party: PartyId): readonly SectionKey[] {
  const entry = (
    keyId: number,
    purpose: SectionKey['purpose'],
    parts: Partial<SectionKey> = {},
  ): SectionKey => ({
    ...keyEntry(keyId, sectionKey(party, keyId)),
    purpose,
    fromDay: TODAY - 30,
    untilDay: TODAY + 60,
    revokedAt: null,
    ...parts,
  });
  return [
    entry(KEY_IDS.issuer, 'issuer'),
    entry(KEY_IDS.issuerSm2, 'issuer'),
    entry(KEY_IDS.issuerRevoked, 'issuer', { revokedAt: NOON - 86_400 }),
    entry(KEY_IDS.issuerUntilYesterday, 'issuer', { untilDay: TODAY - 1 }),
    entry(KEY_IDS.issuerFromTomorrow, 'issuer', { fromDay: TODAY + 1 }),
    entry(KEY_IDS.list, 'list'),
    entry(KEY_IDS.listSm2, 'list'),
    entry(KEY_IDS.peer, 'peer'),
  ];
}

export function sectionContent(party: PartyId, parts: Partial<Section> = {}): Section {
  return {
    type: 'tongyu.section',
    party,
    number: 5,
    made: NOON - 10 * 86_400,
    urls: [`https://${party}.example`],
    keys: sectionKeys(party),
    ...parts,
  };
}

export function signedSection(
  party: PartyId,
  parts: Partial<Section> = {},
): Promise<SignedSection> {
  return signed(sectionContent(party, parts), [rootSigner(party)]);
}

/** The parties that have a section, in order. */
export const SECTION_PARTIES = ['3401', '3601', '4201', OBSERVER, '4301'] as const;

export async function bundleContent(root: Root, parts: Partial<Bundle> = {}): Promise<Bundle> {
  return {
    type: 'tongyu.bundle',
    version: 12,
    made: NOON - 5 * 86_400,
    root: { number: root.number, hash: documentHash(root) },
    sections: await Promise.all(SECTION_PARTIES.map((party) => signedSection(party))),
    ...parts,
  };
}

export function memberSigners(count = 4): readonly SignerName[] {
  return MEMBERS.slice(0, count).map((party) => rootSigner(party));
}

export function listSigner(party: PartyId, keyId: number = KEY_IDS.list): SignerName {
  return { by: party, keyId, key: sectionKey(party, keyId) };
}

export function timeContent(
  party: PartyId,
  time: number,
  bundle: Bundle,
  parts: Partial<TimeStatement> = {},
): TimeStatement {
  return {
    type: 'tongyu.time',
    party,
    time,
    bundle: { version: bundle.version, hash: documentHash(bundle) },
    lists: Object.fromEntries(MEMBERS.map((member) => [member, LIST_NUMBER])),
    ...parts,
  };
}

export const LIST_NUMBER = 7;
/** The seed of a phone that is on every member's list, as of the slot before `SLOT`. */
export const LOST_SEED = testKey('seed of a lost phone').privateKey.slice(0, 16);
export const LOST_FROM = slotFromIndex(slotIndex(SLOT) - 1);
export const LOST_LAST = slotFromIndex(slotIndex(SLOT) + 10);

export function listContent(party: PartyId, parts: Partial<RevocationList> = {}): RevocationList {
  return {
    issuer: party,
    number: LIST_NUMBER,
    made: NOON - 3_600,
    groups: [{ from: LOST_FROM, last: LOST_LAST, seeds: [LOST_SEED] }],
    ...parts,
  };
}

export async function listText(party: PartyId, parts?: Partial<RevocationList>): Promise<string> {
  const key = sectionKey(party, KEY_IDS.list);
  return toBase64Url(await buildRevocationList(listContent(party, parts), KEY_IDS.list, key));
}

/** 4201's part of the list: prices differ by residence, 4202 is admitted nowhere. */
export function partContent(): Part {
  return {
    type: 'tongyu.part',
    party: '4201',
    edition: '2027-H1',
    entries: [
      entryOf('4201-bus', MEMBERS),
      entryOf('4201-metro', MEMBERS),
      entryOf('4201-museum', ['4201']),
      entryOf('4201-tower', []),
    ],
    changes: [],
  };
}

function entryOf(id: string, admits: readonly PartyId[]): Entry {
  const text = { zhCN: '示例服务', zhTW: null, en: 'Example service' };
  const order: readonly PartyId[] = MEMBERS;
  return {
    id,
    name: text,
    summary: text,
    operator: { id: '4201-metro-co', name: text },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: admits.length === 0 ? ['counter'] : ['code', 'counter'],
    staffed: text,
    contact: { phone: null, url: null },
    places: [],
    admits,
    tariff: { kind: 'flat', priceFen: 230 },
    fareGroup: '4201-metro-co',
    reductions: [],
    rules: admits
      .filter((residence) => residence !== '4301')
      .map((residence) => ruleOf(residence, 200 + 10 * order.indexOf(residence))),
    asks: [],
    assurance: 'none',
    source: { facts: 'invented', terms: 'demo', text, url: null },
    checked: { by: text, on: '2027-02-01' },
    stage: 'pilot',
  };
}

/** Everybody of one residence pays this. */
function ruleOf(residence: PartyId, priceFen: number): ConcessionRule {
  const text = { zhCN: '示例优惠', zhTW: null, en: null };
  return {
    id: `of-${residence}`,
    name: text,
    class: 0,
    residences: [residence],
    benefit: { kind: 'price', priceFen },
    funder: { kind: 'operator' },
    reciprocity: 'unilateral',
    agreement: text,
    from: '2027-01-01',
    until: null,
    perDay: null,
  };
}

/** 4201's head number 3: bus and tower are suspended. */
export function headContent(parts: Partial<Head> = {}): Head {
  const reason = { zhCN: '检修', zhTW: null, en: null };
  return {
    type: 'tongyu.head',
    party: '4201',
    number: 3,
    time: NOON - 7_200,
    edition: { number: 1, hash: '5'.repeat(64) },
    verified: [],
    suspended: ['4201-bus', '4201-tower'].map((entry) => {
      return { entry, rule: null, residence: null, since: NOON - 7_200, reason };
    }),
    ...parts,
  };
}
