import {
  canonicalJson,
  documentHash,
  EMPTY_CATALOGUE,
  fundingOf,
  partTextHash,
  signContent,
  thresholdFor,
  toBase64Url,
  type CatalogueState,
  type ConcessionRule,
  type Edition,
  type EditionId,
  type Entry,
  type Erratum,
  type Head,
  type LocalText,
  type Part,
  type PartChange,
  type PartyId,
  type Root,
  type SignedDocument,
  type SignedRoot,
  type Suspension,
  type Typed,
} from '@tongyu/protocol';
import { madeChanges } from '@tongyu/domain';
import { generateSigner, type SyncSigner } from '../crypto/sign.ts';
import type { PublicSource } from './types.ts';

export const LIST_MEMBERS = ['3401', '3601', '4201', '4301'] as const;

/** 27 November 2026, a Friday, 10:00 in China: the second edition is in force. */
export const LIST_NOW = 1_795_744_800;
const DAY = 86_400;
const KEY_ID = { root: 1, list: 21 } as const;

/** A list with real keys and signatures that tests change as they like. */
export type ListFixture = {
  readonly source: PublicSource;
  /** Hash of root number 1, which an outsider holds. */
  readonly pinnedRootHash: string;
  state(): CatalogueState;
  /** Publishes an edition of these entries, signed by all members. */
  publish(id: EditionId, effectiveFrom: number, entries: readonly Entry[]): Promise<void>;
  head(party: PartyId, time: number, suspended?: readonly Suspension[]): Promise<void>;
  erratum(entry: string, correction: LocalText, time: number): Promise<void>;
  /** Puts the funder's signature on a rule. */
  fund(entry: Entry, rule: ConcessionRule): Promise<Entry>;
};

type Keys = { readonly root: SyncSigner; readonly list: SyncSigner };

/** A region of four members with an empty list. */
export async function startListFixture(): Promise<ListFixture> {
  const keys = new Map<PartyId, Keys>(
    LIST_MEMBERS.map((party) => [
      party,
      { root: generateSigner('ES256'), list: generateSigner('ES256') },
    ]),
  );
  const keyOf = (party: PartyId): Keys => {
    const found = keys.get(party);
    if (found === undefined) throw new Error(`no member ${party}`);
    return found;
  };
  const root = await foundingRoot(keyOf);
  const texts = new Map<string, string>();
  const parts = new Map<string, Part>();
  let state = EMPTY_CATALOGUE;

  const addPart = (part: Part): Edition['parts'][number] => {
    const text = canonicalJson(part);
    const hash = partTextHash(text);
    texts.set(hash, text);
    parts.set(hash, part);
    return { party: part.party, hash, count: part.entries.length };
  };
  const partOf = (party: PartyId): Part | undefined => {
    const named = state.editions.at(-1)?.signed.parts.find((one) => one.party === party);
    return named && parts.get(named.hash);
  };
  return {
    source: {
      state: () => Promise.resolve(state),
      part: (hash) => Promise.resolve(parts.get(hash)),
      partText: (hash) => Promise.resolve(texts.get(hash)),
      root: (number) => Promise.resolve(number === 1 ? root : undefined),
    },
    pinnedRootHash: documentHash(root.signed),
    state: () => state,
    publish: async (id, effectiveFrom, entries) => {
      const before = state.editions.at(-1)?.signed;
      const named = LIST_MEMBERS.map((party) => {
        const own = entries.filter((entry) => entry.id.startsWith(`${party}-`));
        return addPart(newPart(id, party, sortedById(own), partOf(party)));
      });
      const edition: Edition = {
        type: 'tongyu.edition',
        number: (before?.number ?? 0) + 1,
        id,
        previous: before === undefined ? null : reference(before),
        root: reference(root.signed),
        opened: effectiveFrom - 30 * DAY,
        made: effectiveFrom - DAY,
        effectiveFrom,
        parts: named,
      };
      const signed = await signedBy(edition, LIST_MEMBERS, KEY_ID.root, (p) => keyOf(p).root);
      state = { ...state, editions: [...state.editions, signed] };
    },
    head: async (party, time, suspended = []) => {
      const held = state.heads.find(({ signed }) => signed.party === party);
      const head: Head = {
        type: 'tongyu.head',
        party,
        number: (held?.signed.number ?? 0) + 1,
        time,
        edition: null,
        verified: [],
        suspended,
      };
      const signed = await signedBy(head, [party], KEY_ID.list, (p) => keyOf(p).list);
      state = { ...state, heads: [...state.heads.filter((one) => one !== held), signed] };
    },
    erratum: async (entry, correction, time) => {
      const [party, edition] = [entry.slice(0, 4), state.editions.at(-1)?.signed];
      if (edition === undefined) throw new Error('no edition to correct');
      const own = state.errata.filter(({ signed }) => signed.party === party);
      const erratum: Erratum = {
        type: 'tongyu.erratum',
        ...{ party, time, entry, correction },
        number: own.length + 1,
        edition: reference(edition),
        field: 'summary',
      };
      const signed = await signedBy(erratum, [party], KEY_ID.list, (p) => keyOf(p).list);
      state = { ...state, errata: [...state.errata, signed] };
    },
    fund: async (entry, rule) => {
      const funding = fundingOf(entry, rule);
      if (funding === undefined || rule.funder.kind !== 'party') return entry;
      const { party } = rule.funder;
      const signature = await signContent(funding, party, KEY_ID.root, keyOf(party).root);
      const signed = { ...rule, funder: { ...rule.funder, signature } };
      return { ...entry, rules: entry.rules.map((one) => (one.id === rule.id ? signed : one)) };
    },
  };
}

function reference(content: Typed & { readonly number: number }) {
  return { number: content.number, hash: documentHash(content) };
}

function sortedById(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function newPart(
  edition: EditionId,
  party: PartyId,
  entries: readonly Entry[],
  before: Part | undefined,
): Part {
  const made = [...madeChanges(before?.entries ?? [], entries)];
  const changes: PartChange[] = made
    .map(([entry, kind]) => ({ entry, kind, reason: local(`因为${kind}`, null, `As ${kind}`) }))
    .sort((a, b) => (a.entry < b.entry ? -1 : 1));
  return { type: 'tongyu.part', party, edition, entries, changes };
}

async function foundingRoot(keyOf: (party: PartyId) => Keys): Promise<SignedRoot> {
  const entry = (signer: SyncSigner) => ({
    keyId: KEY_ID.root,
    alg: signer.alg,
    key: toBase64Url(signer.publicKey),
  });
  const root: Root = {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made: LIST_NOW - 400 * DAY,
    threshold: thresholdFor(LIST_MEMBERS.length),
    hub: { url: 'http://127.0.0.1:4100', peerKey: entry(generateSigner('ES256')) },
    parties: LIST_MEMBERS.map((party) => ({
      party,
      role: 'member',
      status: 'active',
      rootKeys: [entry(keyOf(party).root)],
    })),
  };
  return signedBy(root, LIST_MEMBERS, KEY_ID.root, (party) => keyOf(party).root);
}

async function signedBy<T extends Typed>(
  content: T,
  parties: readonly PartyId[],
  keyId: number,
  keyOf: (party: PartyId) => SyncSigner,
): Promise<SignedDocument<T>> {
  const signatures = [];
  for (const party of parties) {
    signatures.push(await signContent(content, party, keyId, keyOf(party)));
  }
  return { signed: content, signatures };
}

export function local(zhCN: string, zhTW: string | null, en: string | null): LocalText {
  return { zhCN, zhTW, en };
}

/** A whole entry with everything that a page shows; a test changes what it is about. */
export function sampleEntry(id: string, changes: Partial<Entry> = {}): Entry {
  const city = id.slice(0, 4);
  return {
    id,
    name: local('市民图书馆', '市民圖書館', 'City Library'),
    summary: local('借书还书。', '借書還書。', 'Books to borrow and to return.'),
    operator: { id: `${city}-library-co`, name: local('图书馆(演示)', '圖書館(示範)', 'Library') },
    category: 'culture',
    lifeEvent: 'studying',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: local('大厅服务台，全天有人。', '大廳服務臺。', 'The desk in the hall.'),
    contact: { phone: '027-12345', url: 'https://library.example/' },
    places: [
      {
        id: 'main',
        name: local('总馆', '總館', 'Main building'),
        address: local('人民路 1 号', '人民路 1 號', '1 Renmin Road'),
        position: { latitudeE6: 30_580_000, longitudeE6: 114_300_000 },
        hours: [
          { days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1260 },
          { days: [6, 7], fromMinute: 600, toMinute: 1080 },
        ],
      },
    ],
    admits: LIST_MEMBERS,
    tariff: { kind: 'free' },
    fareGroup: `${city}-library-co`,
    rules: [],
    reductions: [],
    asks: [],
    assurance: 'low',
    source: {
      facts: 'public',
      terms: 'demo',
      text: local('公开常识', '公開常識', 'Public knowledge'),
      url: null,
    },
    checked: { by: local('市文旅局', '市文旅局', 'Culture office'), on: '2026-11-02' },
    stage: 'pilot',
    ...changes,
  };
}
