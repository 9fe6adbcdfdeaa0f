import {
  createHash,
  createPublicKey,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import {
  fromBase64Url,
  signatureFromDer,
  signatureToDer,
  toBase64Url,
  utf8,
} from '@tongyu/protocol';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';

/**
 * The nearest standard peer: an SD-JWT VC with key binding that says the same things as a code:
 * issuer, 16-byte subject, expiry, holder key, two entitlements, and when the device signed.
 */
export type SdJwtPeer = {
  readonly presentation: string;
  /** The public library, its checks as it makes them. */
  readonly verifyByLibrary: () => Promise<unknown>;
  /** The same checks by hand on the fastest call that Node has: what tuning could reach. */
  readonly verifyTuned: () => boolean;
};

const TIME = 1_800_000_000;

type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

export async function sdJwtPeer(): Promise<SdJwtPeer> {
  const issuer = newKeyPair();
  const holder = newKeyPair();
  const instance = new SDJwtVcInstance({
    signAlg: 'ES256',
    hashAlg: 'sha-256',
    signer: signerOf(issuer),
    verifier: verifierOf(issuer.publicKey),
    hasher: (data: string | ArrayBuffer) =>
      createHash('sha256')
        .update(typeof data === 'string' ? data : new Uint8Array(data))
        .digest(),
    saltGenerator: () => toBase64Url(randomBytes(16)),
    kbSigner: signerOf(holder),
    kbSignAlg: 'ES256',
    kbVerifier: (data, signature, payload) => {
      const key = importHolder(payload.cnf?.jwk);
      return Promise.resolve(verifyRaw(key, data, signature));
    },
  });
  const credential = await instance.issue(
    {
      iss: 'https://cs.example',
      vct: 'pass',
      sub: toBase64Url(randomBytes(16)),
      iat: TIME,
      exp: TIME + 21_600,
      ent: [1, 2],
      cnf: { jwk: holder.publicKey.export({ format: 'jwk' }) },
    },
    {},
  );
  const nonce = toBase64Url(randomBytes(4));
  const presentation = await instance.present(
    credential,
    {},
    {
      kb: { payload: { iat: TIME + 15, aud: 'gate', nonce } },
    },
  );
  return {
    presentation,
    verifyByLibrary: () =>
      instance.verify(presentation, { currentDate: TIME + 30, keyBindingNonce: nonce }),
    verifyTuned: () => verifyTuned(presentation, issuer.publicKey),
  };
}

/** Parse, both signatures, and the key-binding hash over the credential (RFC 9901 §7.3). */
function verifyTuned(presentation: string, issuerKey: KeyObject): boolean {
  const cut = presentation.lastIndexOf('~') + 1;
  const credential = presentation.slice(0, cut);
  const [issuerJwt = ''] = credential.split('~');
  const bindingJwt = presentation.slice(cut);
  const payload = readPayload(issuerJwt) as { cnf: { jwk: JsonWebKey } };
  const binding = readPayload(bindingJwt) as { sd_hash: string };
  const hash = createHash('sha256').update(credential).digest('base64url');
  return (
    binding.sd_hash === hash &&
    verifyJwt(issuerJwt, issuerKey) &&
    verifyJwt(bindingJwt, importHolder(payload.cnf.jwk))
  );
}

function verifyJwt(jwt: string, key: KeyObject): boolean {
  const cut = jwt.lastIndexOf('.');
  return verifyRaw(key, jwt.slice(0, cut), jwt.slice(cut + 1));
}

function verifyRaw(key: KeyObject, data: string, signature: string): boolean {
  const raw = fromBase64Url(signature);
  return raw?.length === 64 && verify('sha256', utf8(data), key, signatureToDer(raw));
}

function readPayload(jwt: string): unknown {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

type JsonWebKey = NonNullable<ReturnType<KeyObject['export']>> & object;

function importHolder(jwk: object | undefined): KeyObject {
  return createPublicKey({ key: { ...jwk }, format: 'jwk' });
}

function newKeyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function signerOf({ privateKey }: KeyPair): (data: string) => Promise<string> {
  return (data) => {
    const raw = signatureFromDer(sign('sha256', utf8(data), privateKey));
    if (raw === undefined) throw new Error('unexpected signature form');
    return Promise.resolve(toBase64Url(raw));
  };
}

function verifierOf(key: KeyObject): (data: string, signature: string) => Promise<boolean> {
  return (data, signature) => Promise.resolve(verifyRaw(key, data, signature));
}
