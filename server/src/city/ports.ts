import type {
  HeldTrust,
  CatalogueHave,
  CatalogueOffer,
  Head,
  Json,
  KeyEntry,
  NodeId,
  Part,
  PartyId,
  Root,
  Section,
  SectionKey,
  Signer,
} from '@tongyu/protocol';
import type { Breathe } from '../ports/breathe.ts';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { Rng } from '../ports/rng.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { VerifyMany } from './check-many.ts';
import type { Proofing } from './proofing.ts';

/** The world as a city node's logic sees it. Nothing here knows HTTP, files or SQL. */
export type CityPorts = {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly faults: Faults;
  readonly verifyMany: VerifyMany;
  readonly breathe: Breathe;
  readonly proofing: Proofing;
};

/** One of this city's issuer keys, as the held trust has it. */
export type OwnIssuerKey = SectionKey & {
  readonly signer: Signer;
  /** Since when it stands in a bundle that this node held; undefined while it stands in none. */
  readonly inBundleSince: number | undefined;
};

/** What a city asks of its node's trust. The adapter over `trust/` implements it. */
export type CityTrust<Tx extends CityTables> = {
  /** Undefined until the region is founded. */
  held(tx: Tx): Promise<HeldTrust | undefined>;
  /** The trust of a bundle version that this node has held; undefined when it is not known. */
  heldAt(tx: Tx, bundleVersion: number): Promise<TrustAt | undefined>;
  /** This city's newest section, published or not; undefined before founding. */
  ownSection(tx: Tx): Promise<Section | undefined>;
  issuerKeys(tx: Tx): Promise<readonly OwnIssuerKey[]>;
  /** The list key that counts on a service day. */
  listKey(tx: Tx, day: number): Promise<{ readonly keyId: number; readonly signer: Signer }>;
  /** A planned key: it begins on `fromDay`; the old one stays for passes that were issued. */
  addIssuerKey(tx: Tx, fromDay: number): Promise<KeyEntry>;
  /**
   * Emergency: revokes all issuer keys now, by a section that counts at once, and adds a new one.
   */
  replaceIssuerKey(tx: Tx): Promise<KeyEntry>;
  /** Keeps the list in the node's own trust and tells members and hub, in the same transaction. */
  publishList(tx: Tx, list: { readonly number: number; readonly bytes: Uint8Array }): Promise<void>;
};

export type TrustAt = {
  readonly trust: HeldTrust;
  readonly bundleHash: string;
  /** Roots that followed the bundle's: a terminal may have held any of them with this bundle. */
  readonly laterRoots: readonly Root[];
};

/** The part of `peers/`' outbox that a city uses. */
export type CityPeers<Tx extends CityTables> = {
  /** Puts the message into the outbox, in the caller's transaction. */
  send(tx: Tx, message: { to: NodeId; type: 'taps.report'; body: Json }): Promise<void>;
  /** After the commit: starts delivery. */
  kick(): void;
};

/** What a city asks of the service list that its node holds. */
export type CityList = {
  /** Its own part of the edition in force; undefined before the first. */
  inForce(): Promise<Part | undefined>;
  /** Its own part of the edition of that number; undefined when the node does not hold it. */
  part(editionNumber: number): Promise<Part | undefined>;
  /** Its own head of that number; undefined when it never signed one. */
  head(number: number): Promise<Head | undefined>;
  newestHead(): Promise<Head | undefined>;
  /** For a terminal: editions, and this city's head. */
  offer(have: CatalogueHave): Promise<CatalogueOffer>;
};

export type CityConfig = {
  readonly party: PartyId;
  /** How long an issuer key must have stood in the bundle before it signs; 96 h in production. */
  readonly issuerKeyLeadSeconds: number;
  /** Days until a planned new issuer key begins; 0 only in demos, else at least 8 (see README). */
  readonly rolloverLeadDays: number;
  /** A class that fewer enrolled residents hold is put on no pass; 1,000 in production. */
  readonly classMinHolders: number;
  /** What journey keys are made with (JRN-1.1): the node's own, never told. */
  readonly journeySecret: Uint8Array;
};

/** All that a verb of the city is given. */
export type CityRoom<Tx extends CityTables = CityTables> = {
  readonly ports: CityPorts;
  readonly store: NodeStore<Tx>;
  readonly trust: CityTrust<Tx>;
  readonly peers: CityPeers<Tx>;
  readonly list: CityList;
  readonly config: CityConfig;
};
