import assert from 'node:assert/strict';
import {
  currentKeys,
  documentHash,
  serviceDay,
  signContent,
  toBase64Url,
  type KeyEntry,
  type KeyPurpose,
  type Section,
  type SectionKey,
  type SignatureAlgorithm,
  type SignedSection,
  type Signer,
} from '@tongyu/protocol';
import type { OwnPeerKey } from '../peers/send-peer.ts';
import { peerKeyName } from './peer-keys.ts';
import { asJson, sendToAll } from './send-trust.ts';
import { takeSection } from './take-trust.ts';
import type { TrustView } from './trust-view.ts';
import type { NodeTables, TrustRoom } from './types.ts';

/** A node's root key has this id; its purpose keys follow from 2 on, never reused. */
export const ROOT_KEY_ID = 1;
export const HUB_PEER_KEY_ID = 1;

/** List and peer keys are changed by hand, long before this. */
const LONG_LIVED_DAYS = 10 * 366;
/** An issuer key is good for a year unless it is changed before. */
const ISSUER_KEY_DAYS = 366;
/** Passes are issued for today and the coming 7 days; a day more for phones that sync late. */
const ISSUED_AHEAD_DAYS = 8;

export function keyEntry(keyId: number, signer: Signer): KeyEntry {
  return { keyId, alg: signer.alg, key: toBase64Url(signer.publicKey) };
}

export function ownRootSigner<T extends NodeTables>(room: TrustRoom<T>): Signer {
  return room.ports.keys.signer(`root-${String(ROOT_KEY_ID)}`, 'ES256');
}

/** The signer of a key in the own section. */
export function ownSigner<T extends NodeTables>(room: TrustRoom<T>, key: SectionKey): Signer {
  const name =
    key.purpose === 'peer'
      ? peerKeyName(room.config.self, key.keyId)
      : `${key.purpose}-${String(key.keyId)}`;
  return room.ports.keys.signer(name, key.alg);
}

export function ownSection<T extends NodeTables>(
  room: TrustRoom<T>,
  view: TrustView,
): SignedSection | undefined {
  return view.sections.get(room.config.self);
}

/**
 * The oldest key that still counts, since every receiver knows it; throws (a defect) before the
 * first section is made.
 */
export function ownPeerKey<T extends NodeTables>(room: TrustRoom<T>, view: TrustView): OwnPeerKey {
  const { config, ports } = room;
  if (config.self === 'hub') {
    const name = peerKeyName('hub', HUB_PEER_KEY_ID);
    return { keyId: HUB_PEER_KEY_ID, signer: ports.keys.signer(name, 'ES256') };
  }
  const section = ownSection(room, view)?.signed;
  assert(section !== undefined, 'the own section is made before anything is sent');
  const key = currentKeys(section, 'peer', serviceDay(ports.clock.now())).at(-1);
  assert(key !== undefined, 'the own section has a peer key');
  return { keyId: key.keyId, signer: ownSigner(room, key) };
}

/** Makes the first keys and section number 1, once. The hub has none. */
export async function ensureOwnSection<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
): Promise<TrustView> {
  const { config, ports } = room;
  const url = config.nodes[config.self];
  if (config.self === 'hub' || url === undefined) return view;
  const held = ownSection(room, view)?.signed;
  if (held !== undefined) {
    if (held.urls[0] === url) return view;
    return signOwnSection(room, tx, view, { ...held, urls: [url] });
  }
  const today = serviceDay(ports.clock.now());
  const keys = [
    await makeKey(room, tx, 'list', 'ES256', today - 1, today + LONG_LIVED_DAYS),
    await makeKey(room, tx, 'peer', 'ES256', today - 1, today + LONG_LIVED_DAYS),
    await makeKey(room, tx, 'issuer', config.issuerAlg, today - 1, today + ISSUER_KEY_DAYS),
  ];
  return signOwnSection(room, tx, view, {
    type: 'tongyu.section',
    party: config.self,
    number: 0,
    made: 0,
    urls: [url],
    keys,
  });
}

/**
 * A planned new issuer key that begins on `fromDay` (TRUST-3.3). The old ones stay for the passes
 * that were issued with them, and end after the last of those.
 */
export async function addIssuerKey<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  fromDay: number,
): Promise<{ readonly view: TrustView; readonly key: SectionKey }> {
  const own = ownSection(room, view)?.signed;
  assert(own !== undefined, 'an issuer key is added to a section that is there');
  const key = await makeKey(
    room,
    tx,
    'issuer',
    room.config.issuerAlg,
    fromDay,
    fromDay + ISSUER_KEY_DAYS,
  );
  const today = serviceDay(room.ports.clock.now());
  const lastNeeded = fromDay + ISSUED_AHEAD_DAYS;
  const keys = own.keys.map((entry) =>
    entry.purpose === 'issuer' && entry.revokedAt === null && entry.untilDay > lastNeeded
      ? { ...entry, untilDay: lastNeeded }
      : entry,
  );
  const next = { ...own, keys: [...withoutPast(keys, today), key] };
  return { view: await signOwnSection(room, tx, view, next), key };
}

/**
 * Emergency: all issuer keys are revoked now, by a section that does nothing else and so counts
 * before the next bundle (TRUST-3.4); a second section brings a new key, good from today.
 */
export async function replaceIssuerKey<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
): Promise<{ readonly view: TrustView; readonly key: SectionKey }> {
  const own = ownSection(room, view)?.signed;
  assert(own !== undefined, 'an issuer key is replaced in a section that is there');
  const now = room.ports.clock.now();
  const today = serviceDay(now);
  const revoked = (entry: SectionKey): SectionKey =>
    entry.purpose === 'issuer' && entry.revokedAt === null ? { ...entry, revokedAt: now } : entry;
  // Consumers compare with the section that they hold: the bundle's, or a revoking one after it.
  const seen = consumersSection(room, view) ?? own;
  const revoking = { ...seen, number: own.number, keys: seen.keys.map(revoked) };
  const afterFirst = await signOwnSection(room, tx, view, revoking);
  const key = await makeKey(
    room,
    tx,
    'issuer',
    room.config.issuerAlg,
    today - 1,
    today + ISSUER_KEY_DAYS,
  );
  // A key stays as the first section revokes it: its days were perhaps to change (TRUST-3.2).
  const asRevoked = (entry: SectionKey): SectionKey =>
    revoking.keys.find((first) => first.keyId === entry.keyId) ?? revoked(entry);
  const keys = withoutPast(own.keys.map(asRevoked), today);
  const next = { ...own, number: own.number + 1, keys: [...keys, key] };
  return { view: await signOwnSection(room, tx, afterFirst, next), key };
}

function consumersSection<T extends NodeTables>(
  room: TrustRoom<T>,
  view: TrustView,
): Section | undefined {
  const { self } = room.config;
  const isOwn = (section: SignedSection): boolean => section.signed.party === self;
  const bundled = view.held?.bundle.sections.find(isOwn)?.signed;
  const revoking = view.held?.revokingSections.find(isOwn)?.signed;
  return revoking !== undefined && revoking.number > (bundled?.number ?? 0) ? revoking : bundled;
}

/**
 * Keys of the past would fill the section; a newer key, which comes with each change, keeps their
 * ids from coming back (TRUST-3.3).
 */
function withoutPast(keys: readonly SectionKey[], today: number): readonly SectionKey[] {
  return keys.filter((key) => key.untilDay >= today);
}

async function makeKey<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  purpose: KeyPurpose,
  alg: SignatureAlgorithm,
  fromDay: number,
  untilDay: number,
): Promise<SectionKey> {
  const highest = Number((await tx.trust.note('highest-key-id')) ?? ROOT_KEY_ID);
  const keyId = highest + 1;
  await tx.trust.setNote('highest-key-id', String(keyId));
  const unmade = { keyId, alg, key: '', purpose, fromDay, untilDay, revokedAt: null };
  return { ...unmade, ...keyEntry(keyId, ownSigner(room, unmade)) };
}

/** Signs the content under the next number, recorded first, and offers it to every other node. */
async function signOwnSection<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  content: Section,
): Promise<TrustView> {
  const { ports, config } = room;
  const now = ports.clock.now();
  const number = Math.max(await tx.trust.highestSigned('section'), content.number) + 1;
  const section: Section = { ...content, number, made: now };
  const hash = documentHash(section);
  await tx.trust.recordSigned({ kind: 'section', number, hash, signedAt: now });
  ports.faults.point('trust/after-sign-recorded');
  const signature = await signContent(section, config.self, ROOT_KEY_ID, ownRootSigner(room));
  const signed: SignedSection = { signed: section, signatures: [signature] };
  const taken = await takeSection(room, tx, view, signed);
  assert(taken.ok, 'an own section holds against the one before');
  await sendToAll(room, tx, taken.view, 'section.offer', { section: asJson(signed) });
  return taken.view;
}
