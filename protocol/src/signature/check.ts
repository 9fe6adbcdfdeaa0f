import type { SignatureAlgorithm } from './algorithms.ts';

/**
 * One signature to be checked, as data. The protocol names the checks that it needs and never makes
 * them: Node answers synchronously with OpenSSL, a browser through WebCrypto, with the same code.
 */
export type SignatureCheck = {
  readonly alg: SignatureAlgorithm;
  /** 33-byte compressed point. */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** r ‖ s, 64 bytes. */
  readonly signature: Uint8Array;
};

/** A computation that yields the checks it needs and is told each one's outcome. */
export type Checked<T> = Generator<SignatureCheck, T, boolean>;

/** Must answer false, not throw, for a key or signature that is no valid point or number. */
export type VerifySync = (check: SignatureCheck) => boolean;
export type VerifyAsync = (check: SignatureCheck) => Promise<boolean>;

export function runChecks<T>(steps: Checked<T>, verify: VerifySync): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next(verify(step.value));
  return step.value;
}

export async function runChecksAsync<T>(steps: Checked<T>, verify: VerifyAsync): Promise<T> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await verify(step.value));
  return step.value;
}

/** A key that can sign; where it lives (file, HSM, WebCrypto) is the adapter's matter. */
export type Signer = {
  readonly alg: SignatureAlgorithm;
  /** 33-byte compressed point. */
  readonly publicKey: Uint8Array;
  /** Answers r ‖ s, 64 bytes. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
};
