import {
  toHex,
  type Bytes,
  type Signer,
  type SignatureCheck,
  type VerifyAsync,
} from '@tongyu/protocol';
import { compressPoint, decompressPoint } from './p256-point.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const scheme = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A signing key that never leaves this browser: WebCrypto holds it and does not give it out. */
export type DeviceKey = {
  readonly privateKey: CryptoKey;
  /** 33-byte compressed point. */
  readonly publicKey: Bytes;
};

/** Makes a P-256 key pair whose private half cannot be exported. */
export async function makeDeviceKey(): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey: compressPoint(point) };
}

export function makeDeviceKeys(count: number): Promise<DeviceKey[]> {
  return Promise.all(Array.from({ length: count }, makeDeviceKey));
}

/** WebCrypto signs as r ‖ s already, which is the protocol's form. */
export function deviceSigner(key: DeviceKey): Signer {
  return {
    alg: 'ES256',
    publicKey: key.publicKey,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign(scheme, key.privateKey, plain(message))),
  };
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', plain(bytes)));
}

/** Checks one SM2 signature; loaded apart, because most browsers never need it. */
export type VerifySm2 = (check: SignatureCheck) => Promise<boolean>;

/** Imported keys are kept: the same few issuer keys check every code. */
const keptKeys = 2_000;

/**
 * The browser's `VerifyAsync`: ES256 through WebCrypto, SM2 through `verifySm2`. Without one, SM2
 * signatures count as bad, as the protocol asks for what cannot be checked.
 */
export function browserVerify(verifySm2?: VerifySm2): VerifyAsync {
  const imported = new Map<string, Promise<CryptoKey | undefined>>();
  const keyOf = (publicKey: Uint8Array): Promise<CryptoKey | undefined> => {
    const name = toHex(publicKey);
    const known = imported.get(name);
    if (known !== undefined) return known;
    if (imported.size >= keptKeys) imported.clear();
    const importing = importPublicKey(publicKey);
    imported.set(name, importing);
    return importing;
  };
  return async (check) => {
    if (check.alg === 'SM2') return (await verifySm2?.(check)) ?? false;
    const key = await keyOf(check.publicKey);
    if (key === undefined || check.signature.length !== 64) return false;
    return crypto.subtle.verify(scheme, key, plain(check.signature), plain(check.message));
  };
}

async function importPublicKey(compressed: Uint8Array): Promise<CryptoKey | undefined> {
  const point = decompressPoint(compressed);
  if (point === undefined) return undefined;
  return crypto.subtle.importKey('raw', point, curve, false, ['verify']);
}

/** WebCrypto's types refuse views that might lie over shared memory; ours never do. */
function plain(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Bytes) : new Uint8Array(bytes);
}
