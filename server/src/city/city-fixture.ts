import { createHash } from 'node:crypto';
import {
  buildCode,
  bytesOf,
  currentKeys,
  documentHash,
  serviceDay,
  signContent,
  signingTime,
  toBase64Url,
  type Bundle,
  type HeldTrust,
  type Json,
  type PartyId,
  type Root,
  type Section,
  type SectionKey,
  type SignedTap,
  type Tap,
} from '@tongyu/protocol';
import { generateSigner, type SyncSigner } from '../crypto/sign.ts';
import { verifySync } from '../crypto/verify.ts';
import { noFaults, type Faults } from '../ports/faults.ts';
import { systemRng } from '../ports/rng.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import type { CityTables } from '../store/city-tables.ts';
import { createMemoryStore, type NodeStore } from '../store/node-store.ts';
import { bindInput } from './bind-phone.ts';
import { verifyInTurns } from './check-many.ts';
import { createCity, type City } from './city.ts';
import type { Pool } from './issue-passes.ts';
import { phoneRequestInput, type PhoneRequest } from './phone-request.ts';
import { testList } from './list-fixture.ts';
import type { CityConfig, CityTrust } from './ports.ts';
import { syntheticProofing } from './proofing.ts';

/**
 * A small region for tests of this room: cities with memory stores, hand-made trust that the test
 * may change, and messages that wait in a row until the test carries them.
 */
export type TestRegion = {
  /** Unix seconds; all cities' clock. */
  now: number;
  faults: Faults;
  readonly cities: ReadonlyMap<PartyId, TestCity>;
  readonly messages: SentReport[];
  city(party: PartyId): TestCity;
};

export type SentReport = { readonly from: PartyId; readonly to: PartyId; readonly body: Json };

export type TestCity = {
  readonly party: PartyId;
  readonly city: City;
  /** Another process of the same city, over the same store. */
  another(): City;
  readonly store: NodeStore<CityTables>;
  readonly lists: Uint8Array[];
  section: Section;
  /** When each key id came into the bundle. */
  readonly bundledSince: Map<number, number>;
  readonly signers: Map<number, SyncSigner>;
};

/** 2026-11-24 12:00 in Shanghai: the second slot of its service day. */
export const NOON = 1_795_492_800;

export async function testRegion(
  parties: readonly PartyId[] = ['4201', '4301'],
  config: Partial<CityConfig> = {},
  makeStore: () => NodeStore<CityTables> = () => createMemoryStore(memoryCityTables),
): Promise<TestRegion> {
  const cities = new Map<PartyId, TestCity>();
  const region: TestRegion = {
    now: NOON,
    faults: noFaults,
    cities,
    messages: [],
    city(party) {
      const found = cities.get(party);
      if (found === undefined) throw new Error('no such city in the test');
      return found;
    },
  };
  for (const party of parties) cities.set(party, testCity(region, party, config, makeStore()));
  for (const { city } of cities.values()) await city.keep();
  return region;
}

function testCity(
  region: TestRegion,
  party: PartyId,
  config: Partial<CityConfig>,
  store: NodeStore<CityTables>,
): TestCity {
  const signers = new Map([1, 2].map((keyId) => [keyId, generateSigner('ES256')]));
  const keys = [testKey(1, 'list', signers), testKey(2, 'issuer', signers)];
  const made = { type: 'tongyu.section', party, number: 1, made: NOON, urls: [] } as const;
  const rng = systemRng();
  const ports = {
    clock: { now: () => region.now },
    rng,
    faults: { point: (name: string) => region.faults.point(name) },
    verifyMany: verifyInTurns(verifySync, () => Promise.resolve()),
    breathe: () => Promise.resolve(),
    proofing: syntheticProofing(party, rng.bytes(32)),
  };
  const peers = {
    send: (_tx: CityTables, { to, body }: { to: PartyId; body: Json }) => {
      region.messages.push({ from: party, to, body });
      return Promise.resolve();
    },
    kick: () => undefined,
  };
  const settings = {
    party,
    issuerKeyLeadSeconds: 0,
    rolloverLeadDays: 0,
    classMinHolders: 1,
    journeySecret: new Uint8Array(33).fill(Number(party) % 251),
    ...config,
  };
  const another = (): City =>
    createCity(ports, store, testTrust(region, self), peers, testList(region, party), settings);
  const self: TestCity = {
    party,
    store,
    lists: [],
    section: { ...made, keys },
    bundledSince: new Map([[2, NOON - 86_400]]),
    signers,
    city: undefined as unknown as City,
    another,
  };
  return Object.assign(self, { city: another() });
}

function testKey(
  keyId: number,
  purpose: 'list' | 'issuer',
  signers: ReadonlyMap<number, SyncSigner>,
): SectionKey {
  const signer = signers.get(keyId);
  const day = serviceDay(NOON);
  const key = toBase64Url(signer?.publicKey ?? new Uint8Array(33));
  const days = { fromDay: day - 1, untilDay: day + 366, revokedAt: null };
  return { keyId, alg: 'ES256', key, purpose, ...days };
}

/** Root and bundle of the test's cities as they are now; version 1 throughout. */
export function regionTrust(region: TestRegion): HeldTrust {
  const parties = [...region.cities.values()];
  const root: Root = {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made: NOON,
    threshold: 1,
    hub: { url: 'http://127.0.0.1', peerKey: { keyId: 1, alg: 'ES256', key: '' } },
    parties: parties.map(({ party }) => ({
      party,
      role: 'member',
      status: 'active',
      rootKeys: [],
    })),
  };
  const bundle: Bundle = {
    type: 'tongyu.bundle',
    version: 1,
    made: NOON,
    root: { number: 1, hash: documentHash(root) },
    sections: parties.map(({ section }) => ({ signed: section, signatures: [] })),
  };
  return { root, bundle, revokingSections: [] };
}

function testTrust(region: TestRegion, self: TestCity): CityTrust<CityTables> {
  const signerOf = (keyId: number): SyncSigner => {
    const signer = self.signers.get(keyId);
    if (signer === undefined) throw new Error('no such key in the test');
    return signer;
  };
  const addKey = (fromDay: number): SectionKey => {
    const keyId = Math.max(...self.signers.keys()) + 1;
    self.signers.set(keyId, generateSigner('ES256'));
    const key = { ...testKey(keyId, 'issuer', self.signers), fromDay };
    self.section = {
      ...self.section,
      number: self.section.number + 1,
      keys: [...self.section.keys, key],
    };
    return key;
  };
  return {
    held: () => Promise.resolve(regionTrust(region)),
    heldAt: (_tx, version) => {
      const trust = regionTrust(region);
      const at = { trust, bundleHash: documentHash(trust.bundle), laterRoots: [] };
      return Promise.resolve(version === 1 ? at : undefined);
    },
    ownSection: () => Promise.resolve(self.section),
    issuerKeys: () =>
      Promise.resolve(
        self.section.keys
          .filter((key) => key.purpose === 'issuer')
          .map((key) => ({
            ...key,
            signer: signerOf(key.keyId),
            inBundleSince: self.bundledSince.get(key.keyId),
          })),
      ),
    listKey: (_tx, day) => {
      const [key] = currentKeys(self.section, 'list', day);
      if (key === undefined) throw new Error('the test city has a list key');
      return Promise.resolve({ keyId: key.keyId, signer: signerOf(key.keyId) });
    },
    addIssuerKey: (_tx, fromDay) => Promise.resolve(addKey(fromDay)),
    replaceIssuerKey: () => {
      const keys = self.section.keys.map((key) =>
        key.purpose === 'issuer' ? { ...key, revokedAt: region.now } : key,
      );
      self.section = { ...self.section, keys };
      return Promise.resolve(addKey(serviceDay(region.now)));
    },
    publishList: (_tx, { bytes }) => {
      self.lists.push(bytes);
      return Promise.resolve();
    },
  };
}

/** The city's seeds as edition 1 and a head that closes what the test has closed. */

/** A bound phone of the test: its own key, and the device keys of its passes. */
export type TestPhone = {
  readonly phoneId: string;
  readonly key: SyncSigner;
  readonly devices: Map<string, SyncSigner>;
};

export async function bindTestPhone(
  { now }: TestRegion,
  { city, party }: TestCity,
  persona = 'adult',
  key = generateSigner('ES256'),
): Promise<TestPhone> {
  const bound = await city.bind(bindRequest(party, persona, key, now));
  if (!bound.ok) throw new Error(`not bound: ${bound.refusal.code}`);
  return { phoneId: bound.value.phoneId, key, devices: new Map() };
}

export function bindRequest(party: PartyId, persona: string, key: SyncSigner, time: number) {
  const phoneKey = toBase64Url(key.publicKey);
  const signature = toBase64Url(key.sign(bindInput(phoneKey, time)));
  const proof = { kind: 'synthetic', persona: `${party}-${persona}` } as const;
  return { proof, phoneKey, time, signature };
}

/** Fresh device keys that the phone keeps, as base64url. */
export function newDeviceKeys(phone: TestPhone, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const signer = generateSigner('ES256');
    const name = toBase64Url(signer.publicKey);
    phone.devices.set(name, signer);
    return name;
  });
}

export async function fetchPasses(
  { city }: TestCity,
  phone: TestPhone,
  slot: { readonly day: number; readonly slot: number },
  count: number,
): Promise<Pool> {
  const wanted = [{ ...slot, deviceKeys: newDeviceKeys(phone, count) }];
  const pool = await city.pool(phone.phoneId, { wanted, class: 0 });
  if (!pool.ok) throw new Error(`no pool: ${pool.refusal.code}`);
  return pool.value;
}

/** The code that the phone shows with this pass at that time. */
export function showCode(phone: TestPhone, pass: string, time: number): Promise<string> {
  const bytes = bytesOf(pass);
  const device = phone.devices.get(toBase64Url(bytes.subarray(21, 54)));
  if (device === undefined) throw new Error('the pass names no key of this phone');
  return buildCode(bytes, signingTime(time), device);
}

export function phoneHeader(
  phone: TestPhone,
  request: Omit<PhoneRequest, 'header'>,
  time: number,
  nonce: string,
): string {
  const signature = toBase64Url(phone.key.sign(phoneRequestInput(request, time, nonce)));
  return `${phone.phoneId}.${String(time)}.${nonce}.${signature}`;
}

export function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

export type TestTerminal = { readonly id: string; readonly key: SyncSigner };

export async function registerTestTerminal(
  { city, party }: TestCity,
  name = 'gate-1',
  service = 'metro',
  place: Partial<Pick<Tap, 'direction' | 'stop'>> = {},
): Promise<TestTerminal> {
  const key = generateSigner('ES256');
  const id = `${party}-${name}`;
  const registered = await city.registerTerminal({
    ...{ id, service: `${party}-${service}`, ...place },
    ...{ alg: 'ES256', key: toBase64Url(key.publicKey) },
  });
  if (!registered.ok) throw new Error(`not registered: ${registered.refusal.code}`);
  return { id, key };
}

/** A tap as a terminal in order would make it: a passed scan unless told otherwise. */
export async function makeTap(
  region: TestRegion,
  terminal: TestTerminal,
  number: number,
  code: string | null,
  more: Partial<Tap> = {},
): Promise<SignedTap> {
  const tap: Tap = {
    type: 'tongyu.tap',
    terminal: terminal.id,
    number,
    time: region.now,
    service: `${terminal.id.slice(0, 4)}-metro`,
    direction: 'single',
    stop: null,
    kind: 'scan',
    verdict: 'pass',
    refusal: null,
    assistedReason: null,
    code,
    shownPriceFen: terminal.id.startsWith('4201') ? 400 : 300,
    shownRule: null,
    warned: false,
    held: {
      bundleVersion: 1,
      bundleHash: documentHash(regionTrust(region).bundle),
      editionNumber: 1,
      headNumber: 1,
      listNumber: 1,
      trustTime: region.now - 60,
      listTime: region.now - 60,
    },
    ...more,
  };
  return { signed: tap, signatures: [await signContent(tap, terminal.id, 1, terminal.key)] };
}

export function asJson(taps: readonly SignedTap[]): readonly Json[] {
  return taps;
}

/** Carries all waiting messages to their cities and the answers back. */
export async function carryMessages(region: TestRegion): Promise<void> {
  for (const message of region.messages.splice(0)) {
    const home = region.city(message.to);
    const envelope = { iss: message.from, body: message.body } as Parameters<City['takeReport']>[1];
    const answer = await home.store.transaction((tx) => home.city.takeReport(tx, envelope));
    const host = region.city(message.from);
    const sent = { to: message.to, jti: 'j', type: 'taps.report', body: message.body } as const;
    const receipt = { ...sent, of: 'j', hash: '', outcome: answer.outcome, refusal: null };
    await host.store.transaction((tx) =>
      host.city.takeReportAnswer(tx, sent, { ...receipt, answer: answer.answer ?? null }),
    );
  }
}
