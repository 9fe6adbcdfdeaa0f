import {
  buildCode,
  buildPass,
  buildRevocationList,
  documentHash,
  emptyTrust,
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
  type PartyId,
  type RevocationGroup,
  type Root,
  type Section,
  type SectionKey,
  type ServiceEntry,
  type SignedBundle,
  type SignedDocument,
  type SignedRoot,
  type SignedSection,
  type SignedServiceFile,
  type SignedTimeStatement,
  type Signer,
  type Slot,
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
  services: SignedServiceFile | undefined;
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
    await region.publishServices(1, [metro(true)]);
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
      services: this.services ?? null,
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

  async publishServices(number: number, services: readonly ServiceEntry[]): Promise<void> {
    const file = {
      type: 'tongyu.services',
      party: HOST,
      number,
      made: this.made,
      services,
    } as const;
    const signature = await signContent(file, HOST, LIST_KEY, this.keysOf(HOST).list);
    this.services = { signed: file, signatures: [signature] };
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
      class: 0,
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

/** A metro of the host city that residents of all members may use. */
export function metro(open: boolean, residences: readonly PartyId[] = MEMBERS): ServiceEntry {
  return {
    id: '4201-metro',
    operator: '4201-metro-co',
    name: { zhCN: '地铁', zhTW: null, en: null },
    category: 'transport',
    open,
    prices: residences.map((residence) => ({ residence, priceFen: 400 })),
  };
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
