import {
  documentHash,
  serviceDay,
  signContent,
  thresholdFor,
  toBase64Url,
  type Bundle,
  type KeyEntry,
  type PartyId,
  type Root,
  type Section,
  type SectionKey,
  type SignedBundle,
  type SignedRoot,
  type SignedSection,
  type SignedTimeStatement,
  type Signer,
  type TrustOffer,
} from '@tongyu/protocol';
import { generateSigner } from '../../crypto/sign.ts';

const PARTIES: readonly PartyId[] = ['3401', '3601', '4201', '4301'];
/** The city under which the others will try to put a key. */
export const VICTIM: PartyId = '4301';

type OwnParty = {
  readonly party: PartyId;
  readonly root: Signer;
  readonly list: Signer;
  readonly issuer: Signer;
};

/** A region that exists only in the story, so that it may hold every member's root key. */
export type OwnRegion = {
  readonly pinnedRootHash: string;
  /** Root and a good bundle, signed by all four. */
  readonly good: TrustOffer;
  /** The next bundle: three members sign a section of the fourth with a key that is not its own. */
  readonly forged: TrustOffer;
};

export async function makeOwnRegion(now: number): Promise<OwnRegion> {
  const parties: readonly OwnParty[] = PARTIES.map((party) => ({
    party,
    root: generateSigner('ES256'),
    list: generateSigner('ES256'),
    issuer: generateSigner('ES256'),
  }));
  const root = await signAll(rootOf(parties, now), parties);
  const rootHash = documentHash(root.signed);
  const sections = await Promise.all(parties.map((party) => ownSection(party, now)));
  const first: Bundle = {
    type: 'tongyu.bundle',
    version: 1,
    made: now,
    root: { number: 1, hash: rootHash },
    sections,
  };
  const bundle = await signAll(first, parties);
  const conspirators = parties.filter(({ party }) => party !== VICTIM);
  const forgedSection = await sectionByOthers(sections, conspirators);
  const second: Bundle = {
    ...first,
    version: 2,
    sections: sections.map((own) => (own.signed.party === VICTIM ? forgedSection : own)),
  };
  const forged = await signAll(second, conspirators);
  return {
    pinnedRootHash: rootHash,
    good: offerOf([root], bundle, await timesOf(parties, bundle, now)),
    forged: offerOf([], forged, await timesOf(conspirators, forged, now)),
  };
}

function rootOf(parties: readonly OwnParty[], made: number): Root {
  return {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made,
    threshold: thresholdFor(parties.length),
    hub: { url: 'http://127.0.0.1', peerKey: entryOf(9, generateSigner('ES256')) },
    parties: parties.map(({ party, root }) => ({
      party,
      role: 'member',
      status: 'active',
      rootKeys: [entryOf(1, root)],
    })),
  };
}

async function ownSection(party: OwnParty, made: number): Promise<SignedSection> {
  const content: Section = {
    type: 'tongyu.section',
    party: party.party,
    number: 1,
    made,
    urls: ['http://127.0.0.1'],
    keys: [keyOf(2, 'list', party.list, made), keyOf(3, 'issuer', party.issuer, made)],
  };
  return signAll(content, [party]);
}

/** The victim's section with one more issuer key, signed by everybody but the victim. */
async function sectionByOthers(
  sections: readonly SignedSection[],
  conspirators: readonly OwnParty[],
): Promise<SignedSection> {
  const own = sections.find((section) => section.signed.party === VICTIM);
  const signer = conspirators[0];
  if (own === undefined || signer === undefined) throw new Error('the story has no victim');
  const key = keyOf(4, 'issuer', generateSigner('ES256'), own.signed.made);
  const content: Section = { ...own.signed, number: 2, keys: [...own.signed.keys, key] };
  // Under the victim's name, since a signature of another name would not even be looked at.
  const signature = await signContent(content, VICTIM, 1, signer.root);
  return { signed: content, signatures: [signature] };
}

async function signAll<T extends Root | Bundle | Section>(
  content: T,
  parties: readonly OwnParty[],
): Promise<{ readonly signed: T; readonly signatures: SignedRoot['signatures'] }> {
  const signatures = await Promise.all(
    parties.map(({ party, root }) => signContent(content, party, 1, root)),
  );
  return { signed: content, signatures };
}

async function timesOf(
  parties: readonly OwnParty[],
  bundle: SignedBundle,
  time: number,
): Promise<readonly SignedTimeStatement[]> {
  const { version } = bundle.signed;
  const hash = documentHash(bundle.signed);
  return Promise.all(
    parties.map(async ({ party, list }) => {
      const signed = {
        type: 'tongyu.time' as const,
        party,
        time,
        bundle: { version, hash },
        lists: {},
      };
      return { signed, signatures: [await signContent(signed, party, 2, list)] };
    }),
  );
}

function keyOf(
  keyId: number,
  purpose: SectionKey['purpose'],
  signer: Signer,
  now: number,
): SectionKey {
  const day = serviceDay(now);
  const days = { fromDay: day - 1, untilDay: day + 30 };
  return { ...entryOf(keyId, signer), purpose, ...days, revokedAt: null };
}

function entryOf(keyId: number, signer: Signer): KeyEntry {
  return { keyId, alg: signer.alg, key: toBase64Url(signer.publicKey) };
}

function offerOf(
  roots: readonly SignedRoot[],
  bundle: SignedBundle,
  times: readonly SignedTimeStatement[],
): TrustOffer {
  const nothing = { revokingSections: [], lists: [], used: [], usedCursor: '' };
  return { roots, bundle, times, ...nothing };
}
