/**
 * The facts of each signature algorithm and suite (CODE-4). Keys are 33-byte compressed points,
 * signatures are r ‖ s of 32 bytes each, whatever the platform underneath likes better.
 */
export type SignatureAlgorithm = 'ES256' | 'SM2';

export const ALGORITHMS = {
  /** ECDSA P-256 with SHA-256 (RFC 9053 §2.1). */
  ES256: { coseAlgorithm: -7, coseCurve: 1 },
  /**
   * SM2 with SM3 and user id 1234567812345678 (GM/T 0003.2, GM/T 0009 §10). No COSE registration
   * exists: the numbers are private use (RFC 9052 §1.3, below -65536).
   */
  SM2: { coseAlgorithm: -70101, coseCurve: -70102 },
} as const satisfies Record<SignatureAlgorithm, { coseAlgorithm: number; coseCurve: number }>;

export type SuiteNumber = 1 | 2 | 3;
export type Suite = { readonly issuer: SignatureAlgorithm; readonly device: SignatureAlgorithm };

export const SUITES: Readonly<Record<SuiteNumber, Suite>> = {
  1: { issuer: 'ES256', device: 'ES256' },
  2: { issuer: 'SM2', device: 'ES256' },
  3: { issuer: 'SM2', device: 'SM2' },
};

export function suiteOf(number: number): Suite | undefined {
  return number === 1 || number === 2 || number === 3 ? SUITES[number] : undefined;
}

export const PUBLIC_KEY_BYTES = 33;
export const SIGNATURE_BYTES = 64;
