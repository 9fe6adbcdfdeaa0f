import type {
  AssistedReason,
  Direction,
  JourneyKey,
  PartyId,
  SignatureAlgorithm,
  Verdict,
} from '@tongyu/protocol';
import type { ClassTables } from './class-tables.ts';
import type { JourneyTables } from './journey-tables.ts';

/**
 * What a city node keeps. One interface, two implementations (PostgreSQL and memory), one contract
 * suite. Times are Unix seconds, slots are slot indexes (day × 4 + slot), money is 分.
 */
export type CityTables = JourneyTables & {
  readonly city: ResidentTables & RevocationTables & CatalogueTables & ClassTables & TapTables;
};

/** A resident is a salted reference and nothing else: who that is, only the proofing port knows. */
export type PhoneRow = {
  readonly phoneId: string;
  readonly residentRef: string;
  /** base64url of the 33-byte key that signs the phone's requests. */
  readonly phoneKey: string;
  readonly boundAt: number;
  /** Lost, or pushed out by a sixth phone: its passes stand in the revocation list. */
  readonly revokedAt: number | null;
  /** The phone erased its pool itself. */
  readonly unboundAt: number | null;
  /** 16 bytes as of `seedSlot`; empty once the phone is over. Earlier seeds exist nowhere. */
  readonly seed: Uint8Array;
  readonly seedSlot: number;
  /** Last slot for which a pass was issued; null before the first. */
  readonly lastIssuedSlot: number | null;
};

export type PassRow = {
  readonly slot: number;
  /** 20 hex digits. */
  readonly tag: string;
  readonly phoneId: string;
  /** base64url of 33 bytes. */
  readonly deviceKey: string;
  readonly tagIndex: number;
  readonly keyId: number;
  readonly reserve: boolean;
  /** The whole pass, 118 bytes. */
  readonly bytes: Uint8Array;
};

export type PassId = Pick<PassRow, 'slot' | 'tag'>;

export type ResidentTables = {
  /** Adds the resident unless it is there, and holds it until the transaction ends. */
  lockResident(residentRef: string, now: number): Promise<void>;
  countResidents(): Promise<number>;
  addPhone(phone: PhoneRow): Promise<void>;
  savePhone(phone: PhoneRow): Promise<void>;
  phone(phoneId: string): Promise<PhoneRow | undefined>;
  /** The same, held until the transaction ends. */
  lockPhone(phoneId: string): Promise<PhoneRow | undefined>;
  phoneByKey(phoneKey: string): Promise<PhoneRow | undefined>;
  /** Oldest first, with those that are over. */
  phonesOf(residentRef: string): Promise<readonly PhoneRow[]>;
  /** Whether the nonce is new for this phone; it is kept from now on. */
  useNonce(phoneId: string, nonce: string, time: number): Promise<boolean>;
  dropNonces(before: number): Promise<void>;

  /** In rising order of slot and tag index. */
  passesOfPhone(phoneId: string, slots: readonly number[]): Promise<readonly PassRow[]>;
  passes(ids: readonly PassId[]): Promise<readonly PassRow[]>;
  /** Answers how many were added: fewer when a (slot, tag) was taken meanwhile. */
  addPasses(rows: readonly PassRow[]): Promise<number>;
  dropPasses(beforeSlot: number): Promise<void>;
};

/** One phone of the list: its seed as of `fromSlot`. */
export type RevocationRow = {
  readonly phoneId: string;
  readonly fromSlot: number;
  readonly lastSlot: number;
  readonly seed: Uint8Array;
};

export type ListRow = {
  readonly number: number;
  readonly made: number;
  readonly bytes: Uint8Array;
};

export type RevocationTables = {
  /** One list change at a time: held until the transaction ends. */
  lockList(): Promise<void>;
  addRevocation(row: RevocationRow): Promise<void>;
  revocations(): Promise<readonly RevocationRow[]>;
  /** Answers how many rows left. */
  dropRevocations(beforeSlot: number): Promise<number>;
  addList(row: ListRow): Promise<void>;
  newestList(): Promise<ListRow | undefined>;
};

export type OperatorRow = { readonly id: string; readonly name: string };

export type TerminalRow = {
  readonly id: string;
  readonly operator: string;
  readonly service: string;
  readonly keyId: number;
  readonly alg: SignatureAlgorithm;
  /** base64url of 33 bytes. */
  readonly key: string;
  readonly direction: Direction;
  /** A stop of the service's zone tariff; null where it stands at none. */
  readonly stop: string | null;
  readonly registeredAt: number;
  readonly revokedAt: number | null;
};

export type CatalogueTables = {
  lockCatalogue(): Promise<void>;
  saveOperator(row: OperatorRow): Promise<void>;
  operators(): Promise<readonly OperatorRow[]>;
  saveTerminal(row: TerminalRow): Promise<void>;
  terminals(ids?: readonly string[]): Promise<readonly TerminalRow[]>;
};

/** What the home city answered about a tap; `own` are this city's residents, `none` no resident. */
export type HomeState = 'pending' | 'accepted' | 'refused' | 'silent' | 'own' | 'none';

/** Why a tap is never priced; final (JRN-4.6). */
export type TapException =
  | 'DOUBLE_PRESENTATION'
  | 'TAP_EVIDENCE_INVALID'
  /** The home city refused the tap. */
  | 'HOME_REFUSED'
  /** The home city has not answered for 10 days. */
  | 'HOME_SILENT'
  /** It arrived more than 10 days after its time. */
  | 'TAP_TOO_LATE'
  /** The rider's group of that day holds as many taps as a claim may name. */
  | 'GROUP_FULL';

export type TapRow = {
  readonly terminal: string;
  readonly number: number;
  readonly operator: string;
  /** SHA-256 of the content, hex. */
  readonly hash: string;
  readonly time: number;
  readonly receivedAt: number;
  readonly service: string;
  readonly kind: 'scan' | 'assisted';
  readonly verdict: Verdict;
  readonly refusal: string | null;
  readonly assistedReason: AssistedReason | null;
  readonly issuer: PartyId | null;
  readonly charged: boolean | null;
  readonly exception: TapException | null;
  /** Which member of the tap made it invalid; null unless quarantined. */
  readonly field: string | null;
  readonly home: HomeState;
  readonly shownPriceFen: number | null;
  readonly warned: boolean;
  readonly direction: Direction;
  readonly stop: string | null;
  /** Of the shown pass; 0 for none. */
  readonly class: number;
  /** Of the service in the edition that the terminal held; null where that is not known. */
  readonly fareGroup: string | null;
  /** What the terminal held. */
  readonly edition: number;
  readonly head: number;
  /** The home city's answer (JRN-1); null until it comes. */
  readonly journeyKey: JourneyKey | null;
  readonly previousKey: JourneyKey | null;
  /** The signed tap as it came, canonical text: the evidence. */
  readonly text: string;
};

/** A stored tap with its place in the order of arrival. */
export type StoredTap = TapRow & { readonly sequence: number };

export type TapKey = Pick<TapRow, 'terminal' | 'number'>;
export type HomeResult = TapKey & {
  readonly home: 'accepted' | 'refused';
  readonly key: TapKeys | null;
};
/** What the home city says a tap belongs to (JRN-1). */
export type TapKeys = {
  readonly journeyKey: JourneyKey;
  readonly previousKey: JourneyKey | null;
};
/** A tap whose keys have become known, with what its group is called by. */
export type KeyedTap = TapKey & TapKeys & Pick<TapRow, 'time' | 'fareGroup'>;

/** The presentation that a charge stands on: (issuer, tag, time inside the code). */
export type ChargeRow = TapKey & {
  readonly issuer: PartyId;
  readonly tag: string;
  readonly codeTime: number;
};

/** How far a terminal's numbers have come, and which ranges below are missing. */
export type ProgressRow = {
  readonly terminal: string;
  readonly highest: number;
  /** When its last new tap arrived. */
  readonly lastAt: number;
  readonly gaps: readonly Gap[];
};
/** Both ends included. */
export type Gap = { readonly first: number; readonly last: number; readonly noticedAt: number };

export type UsedRow = {
  readonly operator: string;
  /** 1, 2, 3 … per operator, in order of commit. */
  readonly sequence: number;
  readonly terminal: string;
  readonly issuer: PartyId;
  readonly tag: string;
  readonly time: number;
};

/** What a resident's own city keeps of a passage: when, where, what for, the price shown. */
export type TripRow = TapKey & {
  readonly hash: string;
  readonly residentRef: string;
  readonly host: PartyId;
  readonly time: number;
  readonly service: string;
  readonly shownPriceFen: number | null;
  readonly charged: boolean;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly class: number;
  readonly fareGroup: string;
  readonly edition: number;
  readonly head: number;
  /** Service day of the tap. */
  readonly day: number;
  readonly key: JourneyKey;
  readonly previousKey: JourneyKey | null;
  /** The signed tap, canonical text: the evidence that lines are computed from again. */
  readonly text: string;
};

export type TripHash = Pick<TripRow, 'terminal' | 'number' | 'hash' | 'key' | 'previousKey'>;

/** An upload that was refused and not stored, kept so that somebody looks at it. */
export type RefusedUploadRow = TapKey & {
  readonly code: string;
  readonly field: string | null;
  readonly at: number;
};

export type TapFilter = {
  readonly terminal?: string;
  readonly operator?: string;
  readonly verdict?: Verdict;
  /** Taps that arrived before this sequence number. */
  readonly before?: number;
  readonly exceptionsOnly?: boolean;
  readonly limit: number;
};

export type TapTables = {
  /** Batches of one operator follow each other: held until the transaction ends. Sorted inside. */
  lockOperators(ids: readonly string[]): Promise<void>;
  tapHashes(keys: readonly TapKey[]): Promise<readonly (TapKey & HashAndOutcome)[]>;
  tapTexts(keys: readonly TapKey[]): Promise<readonly (TapKey & { readonly text: string })[]>;
  addTaps(rows: readonly TapRow[]): Promise<void>;
  /** Answers those charges that are new; the others were presented before. */
  addCharges(rows: readonly ChargeRow[]): Promise<readonly ChargeRow[]>;
  progress(terminals: readonly string[]): Promise<readonly ProgressRow[]>;
  /** All terminals that have gaps. */
  gaps(): Promise<readonly ProgressRow[]>;
  saveProgress(rows: readonly ProgressRow[]): Promise<void>;
  /** Needs the operator's lock: numbers each row after the operator's last. */
  addUsed(rows: readonly Omit<UsedRow, 'sequence'>[]): Promise<void>;
  used(operator: string, after: number, limit: number): Promise<readonly UsedRow[]>;
  dropUsed(before: number): Promise<void>;
  /**
   * What city `home` answered; touches pending taps of its own residents only, and no charged one
   * that it accepted without a key. Answers those that have a key since and are to be priced.
   */
  setHome(home: PartyId, results: readonly HomeResult[]): Promise<readonly KeyedTap[]>;
  /** A previous key that the home city told later. Answers the taps that it changed. */
  setPreviousKey(
    home: PartyId,
    rows: readonly (TapKey & Pick<TapKeys, 'previousKey'>)[],
  ): Promise<readonly KeyedTap[]>;
  /** Newest first. */
  taps(filter: TapFilter): Promise<readonly StoredTap[]>;
  addRefusedUploads(rows: readonly RefusedUploadRow[]): Promise<void>;
  /** Newest first; of these terminals alone when they are named. */
  refusedUploads(
    limit: number,
    terminals?: readonly string[],
  ): Promise<readonly RefusedUploadRow[]>;
  tripHashes(keys: readonly TapKey[]): Promise<readonly TripHash[]>;
  addTrips(rows: readonly TripRow[]): Promise<void>;
  /** Newest first; with `before` only those of earlier times. */
  tripsOf(residentRef: string, limit: number, before?: number): Promise<readonly TripRow[]>;
};

export type HashAndOutcome = {
  readonly hash: string;
  readonly exception: TapException | null;
  readonly field: string | null;
};
