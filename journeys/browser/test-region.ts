// A region of four members with real keys and signed trust, small enough for browser tests.
import {
  buildRevocationList,
  documentHash,
  HORIZON_SLOTS,
  serviceDay,
  signContent,
  slotFromIndex,
  slotIndex,
  slotOf,
  thresholdFor,
  toBase64Url,
  type Bundle,
  type KeyEntry,
  type PartyId,
  type Root,
  type Section,
  type SectionKey,
  type SignatureAlgorithm,
  type SignedDocument,
  type TimeStatement,
  type TrustOffer,
  type Typed,
} from '@tongyu/protocol';
import { generateSigner, type SyncSigner } from '../../server/src/crypto/sign.ts';
import { foundList, type TestList } from './test-list.ts';

export const members = ['3401', '3601', '4201', '4301'] as const;
export const keyIds = { root: 1, issuer: 11, list: 21 } as const;
/** Signs its passes with SM2, the others with ES256. */
export const sm2City = '3601';

export type TestRegion = {
  readonly pinnedRootHash: string;
  readonly issuerKey: (party: PartyId) => SyncSigner;
  /** Everything that a terminal of `host` holds, statements made at `time`. */
  readonly offer: (host: PartyId, time: number) => Promise<TrustOffer>;
  /** The service list that every city holds. */
  readonly list: TestList;
  /** Puts a phone's seed on its city's next list. */
  readonly revoke: (party: PartyId, seed: Uint8Array, time: number) => void;
};

export type TestKeys = {
  readonly root: SyncSigner;
  readonly issuer: SyncSigner;
  readonly list: SyncSigner;
};

/** Founds the region at `now`, Unix seconds. */
export async function foundRegion(now: number): Promise<TestRegion> {
  const keys = new Map<PartyId, TestKeys>(
    members.map((party) => [party, newKeys(party === sm2City ? 'SM2' : 'ES256')]),
  );
  const keysOf = (party: PartyId): TestKeys => {
    const found = keys.get(party);
    if (found === undefined) throw new Error(`no member ${party}`);
    return found;
  };
  const made = now - 3 * 86_400;
  const root = rootContent(keysOf, made);
  const signedRoot = await signedBy(root, members, (party) => keysOf(party).root);
  const bundle = await bundleContent(root, keysOf, made);
  const signedBundle = await signedBy(bundle, members, (party) => keysOf(party).root);
  const revoked = new Map<PartyId, { seed: Uint8Array; time: number }[]>();
  const numberOf = (party: PartyId): number => 1 + (revoked.get(party)?.length ?? 0);
  const list = await foundList(root, made, keysOf);
  return {
    pinnedRootHash: documentHash(root),
    issuerKey: (party) => keysOf(party).issuer,
    list,
    revoke: (party, seed, time) => {
      revoked.set(party, [...(revoked.get(party) ?? []), { seed, time }]);
    },
    offer: async (host, time) => ({
      roots: [signedRoot],
      bundle: signedBundle,
      revokingSections: [],
      times: await Promise.all(
        members.map((party) => {
          const content = timeContent(party, time, bundle, numberOf);
          return signedBy(content, [party], () => keysOf(party).list, keyIds.list);
        }),
      ),
      lists: await Promise.all(
        members.map(async (party) => ({
          party,
          number: numberOf(party),
          bytes: toBase64Url(await listBytes(party, revoked.get(party) ?? [], made, keysOf)),
        })),
      ),
      used: [],
      usedCursor: '',
    }),
  };
}

function newKeys(issuer: SignatureAlgorithm): TestKeys {
  return {
    root: generateSigner('ES256'),
    issuer: generateSigner(issuer),
    list: generateSigner('ES256'),
  };
}

function entry(keyId: number, signer: SyncSigner): KeyEntry {
  return { keyId, alg: signer.alg, key: toBase64Url(signer.publicKey) };
}

export async function signedBy<T extends Typed>(
  content: T,
  parties: readonly PartyId[],
  keyOf: (party: PartyId) => SyncSigner,
  keyId: number = keyIds.root,
): Promise<SignedDocument<T>> {
  const signatures = [];
  for (const party of parties) {
    signatures.push(await signContent(content, party, keyId, keyOf(party)));
  }
  return { signed: content, signatures };
}

function rootContent(keysOf: (party: PartyId) => TestKeys, made: number): Root {
  return {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made,
    threshold: thresholdFor(members.length),
    hub: { url: 'http://127.0.0.1:4100', peerKey: entry(1, generateSigner('ES256')) },
    parties: members.map((party) => ({
      party,
      role: 'member',
      status: 'active',
      rootKeys: [entry(keyIds.root, keysOf(party).root)],
    })),
  };
}

async function bundleContent(
  root: Root,
  keysOf: (party: PartyId) => TestKeys,
  made: number,
): Promise<Bundle> {
  const day = serviceDay(made);
  const lasts = { fromDay: day, untilDay: day + 60, revokedAt: null };
  const sections = await Promise.all(
    members.map((party) => {
      const { issuer, list } = keysOf(party);
      const sectionKeys: readonly SectionKey[] = [
        { ...entry(keyIds.issuer, issuer), purpose: 'issuer', ...lasts },
        { ...entry(keyIds.list, list), purpose: 'list', ...lasts },
      ];
      const content: Section = {
        type: 'tongyu.section',
        party,
        number: 1,
        made,
        urls: ['http://127.0.0.1:4101'],
        keys: sectionKeys,
      };
      return signedBy(content, [party], () => keysOf(party).root);
    }),
  );
  return {
    type: 'tongyu.bundle',
    version: 1,
    made,
    root: { number: 1, hash: documentHash(root) },
    sections,
  };
}

function timeContent(
  party: PartyId,
  time: number,
  bundle: Bundle,
  numberOf: (party: PartyId) => number,
): TimeStatement {
  return {
    type: 'tongyu.time',
    party,
    time,
    bundle: { version: bundle.version, hash: documentHash(bundle) },
    lists: Object.fromEntries(members.map((member) => [member, numberOf(member)])),
  };
}

async function listBytes(
  party: PartyId,
  revoked: readonly { readonly seed: Uint8Array; readonly time: number }[],
  made: number,
  keysOf: (party: PartyId) => TestKeys,
): Promise<Uint8Array> {
  const bySlot = new Map<number, Uint8Array[]>();
  for (const { seed, time } of revoked) {
    const index = slotIndex(slotOf(time));
    bySlot.set(index, [...(bySlot.get(index) ?? []), seed]);
  }
  const groups = [...bySlot].map(([index, seeds]) => ({
    from: slotFromIndex(index),
    last: slotFromIndex(index + HORIZON_SLOTS),
    seeds,
  }));
  const number = 1 + revoked.length;
  const list = { issuer: party, number, made: made + number, groups };
  return buildRevocationList(list, keyIds.list, keysOf(party).list);
}
