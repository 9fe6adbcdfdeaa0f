import {
  buildCode,
  buildPass,
  buildRevocationList,
  canonicalJson,
  documentHash,
  editionIdAt,
  emptyTrust,
  nextEditionId,
  partTextHash,
  passTag,
  seedAt,
  signContent,
  signingTime,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
  thresholdFor,
  toBase64Url,
  type Bundle,
  type CatalogueOffer,
  type Edition,
  type Entry,
  type Head,
  type LocalText,
  type Part,
  type PartyId,
  type RevocationGroup,
  type Root,
  type Section,
  type SectionKey,
  type SignedBundle,
  type SignedDocument,
  type SignedEdition,
  type SignedHead,
  type SignedRoot,
  type SignedSection,
  type SignedTimeStatement,
  type Signer,
  type Slot,
  type Suspension,
  type TrustOffer,
  type TrustState,
} from '@tongyu/protocol';
import { generateSigner } from '../../crypto/sign.ts';

/** Four members and an observer, made in memory, for tests of those who consume their trust. */
export const MEMBERS: readonly PartyId[] = ['3401', '3601', '4201', '4301'];
export const OBSERVER: PartyId = '4202';
const CITIES: readonly PartyId[] = [...MEMBERS, OBSERVER].sort();
const HOST: PartyId = '4201';

const ROOT_KEY = 1;
const LIST_KEY = 2;
const ISSUER_KEY = 3;

type CityKeys = { readonly root: Signer; readonly list: Signer; readonly issuer: Signer };

export type PassOptions = {
  readonly slot?: Slot;
  readonly index?: number;
  readonly reserve?: boolean;
  readonly class?: number;
  /** Signs in the issuer's place. */
  readonly issuerKey?: Signer;
  readonly keyId?: number;
};

export type TestPass = {
  readonly bytes: Uint8Array;
  readonly deviceKey: Signer;
  readonly slot: Slot;
  /** The code at a moment; the time is rounded down to 15 s. */
  code(now: number): Promise<string>;
};

export class SmallRegion {
  readonly keys: ReadonlyMap<PartyId, CityKeys>;
  readonly hubKey = generateSigner('ES256');
  root: SignedRoot | undefined;
  bundle: SignedBundle | undefined;
  sections: SignedSection[] = [];
  times: SignedTimeStatement[] = [];
  editions: SignedEdition[] = [];
  head: SignedHead | undefined;
  /** Canonical texts by hash. */
  readonly parts = new Map<string, string>();
  revokingSections: SignedSection[] = [];
  readonly lists = new Map<PartyId, { readonly number: number; readonly bytes: Uint8Array }>();
  readonly made: number;

  private constructor(now: number) {
    this.made = now;
    const fresh = (): CityKeys => ({
      root: generateSigner('ES256'),
      list: generateSigner('ES256'),
      issuer: generateSigner('ES256'),
    });
    this.keys = new Map(CITIES.map((party) => [party, fresh()]));
  }

  static async found(now: number): Promise<SmallRegion> {
    const region = new SmallRegion(now);
    region.root = await region.signRoot({
      type: 'tongyu.root',
      number: 1,
      previous: null,
      made: now,
      threshold: thresholdFor(MEMBERS.length),
      hub: { url: 'http://127.0.0.1:4100', peerKey: entryOf(1, region.hubKey) },
      parties: CITIES.map((party) => ({
        party,
        role: MEMBERS.includes(party) ? ('member' as const) : ('observer' as const),
        status: 'active' as const,
        rootKeys: [entryOf(ROOT_KEY, region.keysOf(party).root)],
      })),
    });
    for (const party of CITIES) region.sections.push(await region.signSection(party, 1));
    await region.publishBundle(1);
    for (const party of MEMBERS) await region.publishList(party, 1, []);
    await region.publishEdition([metro()]);
    await region.publishHead([]);
    await region.stateTime(now);
    return region;
  }

  get pin(): string {
    return documentHash(this.mustRoot().signed);
  }

  keysOf(party: PartyId): CityKeys {
    const keys = this.keys.get(party);
    if (keys === undefined) throw new TypeError('no such city in the test region');
    return keys;
  }

  emptyTrust(): TrustState {
    return emptyTrust(this.pin);
  }

  /** Everything that there is; a consumer finds nothing new in what it has. */
  offer(more: Partial<TrustOffer> = {}): TrustOffer {
    return {
      roots: [this.mustRoot()],
      bundle: this.bundle ?? null,
      revokingSections: this.revokingSections,
      times: this.times,
      lists: [...this.lists].map(([party, { number, bytes }]) => {
        return { party, number, bytes: toBase64Url(bytes) };
      }),
      used: [],
      usedCursor: '',
      ...more,
    };
  }

  async signRoot(root: Root): Promise<SignedRoot> {
    return this.signBy(root, MEMBERS);
  }

  async signSection(
    party: PartyId,
    number: number,
    change: (key: SectionKey) => SectionKey = (key) => key,
  ): Promise<SignedSection> {
    const { root, list, issuer } = this.keysOf(party);
    const span = { fromDay: 0, untilDay: 40_000, revokedAt: null };
    const section: Section = {
      type: 'tongyu.section',
      party,
      number,
      made: this.made,
      urls: [`http://127.0.0.1:${party}`],
      keys: [
        change({ ...entryOf(LIST_KEY, list), purpose: 'list', ...span }),
        change({ ...entryOf(ISSUER_KEY, issuer), purpose: 'issuer', ...span }),
      ],
    };
    return { signed: section, signatures: [await signContent(section, party, ROOT_KEY, root)] };
  }

  async publishBundle(version: number, signers = MEMBERS): Promise<SignedBundle> {
    const root = this.mustRoot().signed;
    const bundle: Bundle = {
      type: 'tongyu.bundle',
      version,
      made: this.made,
      root: { number: root.number, hash: documentHash(root) },
      sections: this.sections,
    };
    this.bundle = await this.signBy(bundle, signers);
    return this.bundle;
  }

  /** Every member says at this time that it knows of nothing newer. */
  async stateTime(time: number): Promise<void> {
    const bundle = this.bundle?.signed;
    if (bundle === undefined) throw new TypeError('the test region has no bundle');
    const lists = Object.fromEntries([...this.lists].map(([party, held]) => [party, held.number]));
    this.times = [];
    for (const party of MEMBERS) {
      const statement = {
        type: 'tongyu.time',
        party,
        time,
        bundle: { version: bundle.version, hash: documentHash(bundle) },
        lists,
      } as const;
      const signature = await signContent(statement, party, LIST_KEY, this.keysOf(party).list);
      this.times.push({ signed: statement, signatures: [signature] });
    }
  }

  async publishList(
    party: PartyId,
    number: number,
    groups: readonly RevocationGroup[],
  ): Promise<void> {
    const list = { issuer: party, number, made: this.made, groups };
    const bytes = await buildRevocationList(list, LIST_KEY, this.keysOf(party).list);
    this.lists.set(party, { number, bytes });
  }

  /** The next half-year's edition, in force at once, with these entries of the host. */
  async publishEdition(
    entries: readonly Entry[],
    change: Partial<Edition> = {},
    signers = MEMBERS,
  ): Promise<SignedEdition> {
    const root = this.mustRoot().signed;
    const before = this.editions.at(-1)?.signed;
    const id = before === undefined ? editionIdAt(this.made) : nextEditionId(before.id);
    const number = (before?.number ?? 0) + 1;
    const parts = MEMBERS.map((party) => {
      const part = partOf(party, id, party === HOST ? entries : []);
      const text = canonicalJson(part);
      const hash = partTextHash(text);
      this.parts.set(hash, text);
      return { party, hash, count: part.entries.length };
    });
    const edition: Edition = {
      type: 'tongyu.edition',
      number,
      id,
      previous: before === undefined ? null : { number: number - 1, hash: documentHash(before) },
      root: { number: root.number, hash: documentHash(root) },
      opened: this.made,
      made: this.made,
      effectiveFrom: this.made - 3600 + number,
      parts,
      ...change,
    };
    const signed = await this.signBy(edition, signers);
    this.editions.push(signed);
    return signed;
  }

  /** The host's next head. */
  async publishHead(suspended: readonly Suspension[], time = this.made): Promise<SignedHead> {
    const edition = this.editions.at(-1)?.signed;
    const head: Head = {
      type: 'tongyu.head',
      party: HOST,
      number: (this.head?.signed.number ?? 0) + 1,
      time,
      edition: edition ? { number: edition.number, hash: documentHash(edition) } : null,
      verified: [],
      suspended,
    };
    const signature = await signContent(head, HOST, LIST_KEY, this.keysOf(HOST).list);
    this.head = { signed: head, signatures: [signature] };
    return this.head;
  }

  /** All of the list that comes after an edition. */
  listOffer(after: number, more: Partial<CatalogueOffer> = {}): CatalogueOffer {
    const editions = this.editions.filter(({ signed }) => signed.number > after);
    const heads = this.head === undefined ? [] : [this.head];
    return { editions, roots: [], heads, errata: [], ...more };
  }

  /** A pass of the phone with this seed, as its home city would issue it. */
  async pass(
    party: PartyId,
    now: number,
    seed: Uint8Array,
    options: PassOptions = {},
  ): Promise<TestPass> {
    const slot = options.slot ?? slotOf(now);
    const stepped = seedAt(seed, slot, slot) ?? seed;
    const deviceKey = generateSigner('ES256');
    const content = {
      suite: 1,
      issuer: party,
      keyId: options.keyId ?? ISSUER_KEY,
      tag: passTag(stepped, party, slot, options.index ?? 0),
      slot,
      reserve: options.reserve ?? false,
      class: options.class ?? 0,
      deviceKey: deviceKey.publicKey,
    } as const;
    const bytes = await buildPass(content, options.issuerKey ?? this.keysOf(party).issuer);
    return {
      bytes,
      deviceKey,
      slot,
      code: (moment) => buildCode(bytes, signingTime(moment), deviceKey),
    };
  }

  private mustRoot(): SignedRoot {
    if (this.root === undefined) throw new TypeError('the test region has no root');
    return this.root;
  }

  private async signBy<T extends { readonly type: string }>(
    signed: T,
    parties: readonly PartyId[],
  ): Promise<SignedDocument<T>> {
    const signatures = [];
    for (const party of parties) {
      signatures.push(await signContent(signed, party, ROOT_KEY, this.keysOf(party).root));
    }
    return { signed, signatures };
  }
}

/** A metro of the host city that residents of all members may use, at ¥4. */
export function metro(admits: readonly PartyId[] = MEMBERS): Entry {
  const text = (zhCN: string): LocalText => ({ zhCN, zhTW: null, en: null });
  return {
    id: '4201-metro',
    name: text('地铁'),
    summary: text('测试用的地铁'),
    operator: { id: '4201-metro-co', name: text('地铁公司') },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: text('到客服中心'),
    contact: { phone: null, url: null },
    places: [],
    admits,
    tariff: { kind: 'flat', priceFen: 400 },
    fareGroup: '4201-metro-co',
    rules: [],
    reductions: [],
    asks: [],
    assurance: 'none',
    source: { facts: 'invented', terms: 'demo', text: text('测试'), url: null },
    checked: { by: text('测试'), on: '2026-11-01' },
    stage: 'pilot',
  };
}

function partOf(party: PartyId, edition: string, entries: readonly Entry[]): Part {
  const reason = { zhCN: '测试', zhTW: null, en: null };
  const changes = entries.map(({ id }) => ({ entry: id, kind: 'added', reason }) as const);
  return { type: 'tongyu.part', party, edition, entries, changes };
}

/** Phones reported lost now, whose passes reach through the coming week. */
export function lostPhones(now: number, seeds: readonly Uint8Array[]): RevocationGroup {
  const from = slotOf(now);
  return { from, last: slotFromIndex(slotIndex(from) + 28), seeds };
}

/** The middle of a slot near that time: no border is near, and a phone may sign at it. */
export function middleOfSlot(near: number): number {
  return slotStart(slotOf(near)) + 3 * 3600;
}

function entryOf(keyId: number, signer: Signer) {
  return { keyId, alg: signer.alg, key: toBase64Url(signer.publicKey) };
}
