/**
 * Why a city node does not do what it is asked, with the HTTP status of its answer. The table is
 * total: a refusal without a status fails type checking.
 */
export const CITY_REFUSALS = {
  // phones and residents
  PROOF_REFUSED: 403,
  PHONE_UNKNOWN: 401,
  PHONE_SIGNATURE_INVALID: 401,
  /** Carries `serverTime`, so that the phone learns its offset. */
  PHONE_CLOCK: 401,
  PHONE_NONCE_USED: 401,
  PHONE_REVOKED: 403,
  PHONE_KEY_TAKEN: 409,
  /** Names `day` and `slot`, carries `serverTime`. */
  SLOT_OUT_OF_HORIZON: 422,
  SLOT_TWICE: 422,
  POOL_EXHAUSTED: 422,
  DEVICE_KEY_REUSED: 422,
  CLASS_NOT_PROVED: 422,
  /** It is proved, and too few residents hold it for a pass to name it. */
  CLASS_TOO_RARE: 422,
  ISSUER_KEY_MISSING: 503,
  // terminals and operators
  TERMINAL_UNKNOWN: 401,
  TERMINAL_REVOKED: 403,
  TERMINAL_SIGNATURE_INVALID: 401,
  TERMINAL_CLOCK: 401,
  TERMINAL_KEY_DIFFERS: 409,
  /** Its taps name another direction or stop: the gate that stands elsewhere is another one. */
  TERMINAL_PLACE_DIFFERS: 409,
  /** No stop of the service's tariff, or none given where the tariff has stops. */
  STOP_UNKNOWN: 422,
  OPERATOR_UNKNOWN: 422,
  OPERATOR_DIFFERS: 422,
  SERVICE_UNKNOWN: 422,
  NOT_OF_THIS_CITY: 422,
  SERVICES_TWICE: 422,
  // trust
  /** So many keys of former changes still count that no planned one is added. */
  KEYS_FULL: 409,
  NOT_FOUNDED: 503,
  NOT_FOUND: 404,
} as const satisfies Record<string, number>;

export type CityRefusalCode = keyof typeof CITY_REFUSALS;

export type CityRefusal = {
  readonly code: CityRefusalCode;
  readonly facts?: Readonly<Record<string, string | number>>;
};

export type Refused = { readonly ok: false; readonly refusal: CityRefusal };
export type CityResult<T> = { readonly ok: true; readonly value: T } | Refused;

export function refuse(code: CityRefusalCode, facts?: CityRefusal['facts']): Refused {
  return { ok: false, refusal: facts === undefined ? { code } : { code, facts } };
}

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}
