import type { Assurance } from '@tongyu/domain';
import type { Json, PartyId, Signer, Slot } from '@tongyu/protocol';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { Rng } from '../ports/rng.ts';

/** How a resident proves who is asking; a real city plugs its own identity proofing in here. */
export type Proof = { readonly kind: 'synthetic'; readonly persona: string };

/** A request of a bound phone: whom it comes from and when, to be signed by the adapter. */
export type PhoneIdentity = {
  readonly phoneId: string;
  readonly key: Signer;
  /** The phone's corrected time. */
  readonly time: number;
  readonly nonce: string;
};

export type BindRequest = {
  readonly proof: Proof;
  /** base64url of the 33-byte key. */
  readonly phoneKey: string;
  readonly time: number;
  /** base64url, over `tongyu-bind-1\n<phoneKey>\n<time>`. */
  readonly signature: string;
};

export type Bound = {
  readonly phoneId: string;
  readonly party: PartyId;
  readonly serverTime: number;
};

export type WantedSlot = Slot & { readonly deviceKeys: readonly string[] };

export type Pool = {
  /** base64url of 118 bytes each, in the order of the device keys. */
  readonly passes: readonly { readonly pass: string }[];
  readonly voidKeyIds: readonly number[];
  readonly serverTime: number;
};

export type ListedPhone = {
  readonly phoneId: string;
  readonly boundAt: number;
  readonly revokedAt: number | null;
};

export type PhoneStatus = {
  readonly phoneId: string;
  readonly revoked: boolean;
  readonly voidKeyIds: readonly number[];
  readonly serverTime: number;
  readonly phones: readonly (ListedPhone & { readonly thisPhone: boolean })[];
};

/** A class that the home city proves, and whether passes may carry it (CLS-4). */
export type HeldClass = {
  readonly class: number;
  readonly assurance: Assurance;
  readonly prover: string;
  readonly provedAt: number;
  /** The first second at which it holds no more; null when it has no end. */
  readonly expires: number | null;
  readonly standing: 'offered' | 'weak' | 'rare';
};

export type Persona = {
  readonly id: string;
  readonly name: string;
  readonly ageBand: string;
  readonly note: string;
};

export type HomeRefusal = {
  readonly code: string;
  /** With PHONE_CLOCK and SLOT_OUT_OF_HORIZON: what time it is at the node. */
  readonly serverTime?: number;
  /** With SLOT_OUT_OF_HORIZON and POOL_EXHAUSTED. */
  readonly slot?: Slot;
};

export type HomeAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: HomeRefusal };

/** The way to the home city. Every method throws `HomeAway` when no usable answer comes. */
export type HomeLink = {
  personas(): Promise<HomeAnswer<readonly Persona[]>>;
  bind(request: BindRequest): Promise<HomeAnswer<Bound>>;
  /** @param classNumber what passes are to carry, 0 for none */
  pool(
    as: PhoneIdentity,
    wanted: readonly WantedSlot[],
    classNumber: number,
  ): Promise<HomeAnswer<Pool>>;
  classes(as: PhoneIdentity): Promise<HomeAnswer<readonly HeldClass[]>>;
  status(as: PhoneIdentity): Promise<HomeAnswer<PhoneStatus>>;
  /** This phone is at hand and leaves; no list has to name it. */
  unbind(as: PhoneIdentity): Promise<HomeAnswer<{ readonly unboundAt: number }>>;
  /** Trips, repairs, objections: what a page shows, as the city answers it. */
  ask(
    as: PhoneIdentity,
    method: 'GET' | 'POST',
    path: `/resident/${string}`,
    body?: Json,
  ): Promise<HomeAnswer<Json>>;
  phonesOf(proof: Proof): Promise<HomeAnswer<readonly ListedPhone[]>>;
  reportLost(proof: Proof, phoneId: string): Promise<HomeAnswer<LostReport>>;
};

export type LostReport = { readonly revokedAt: number; readonly listNumber: number };

/** No route, no answer, or one that is no answer: tried again at the next sync. */
export class HomeAway extends Error {
  override readonly name = 'HomeAway';
}

/** Makes device keys and brings them back from what was saved. */
export type DeviceKeys = {
  make(): DeviceKey;
  load(secret: string): Signer;
};

export type DeviceKey = {
  /** What a store keeps; only `load` reads it. */
  readonly secret: string;
  readonly signer: Signer;
};

export type PhonePorts = {
  /** The phone's own clock, right or wrong. */
  readonly clock: Clock;
  readonly rng: Rng;
  readonly keys: DeviceKeys;
  readonly faults: Faults;
};
