import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SignatureAlgorithm, Signer } from '@tongyu/protocol';
import { generateKeyPem, signerFromPem } from '../crypto/sign.ts';

/** Where a node's private keys live: files here, an HSM in a city's production. */
export type KeyStore = {
  /** The key of that name, made on first use. */
  signer(name: string, alg: SignatureAlgorithm): Signer;
};

/** One PEM per key, readable by its owner only; written aside and renamed, so never half there. */
export function fileKeyStore(folder: string): KeyStore {
  const loaded = new Map<string, Signer>();
  return {
    signer(name, alg) {
      const known = loaded.get(name);
      if (known !== undefined) return known;
      const signer = signerFromPem(alg, readOrMake(folder, name, alg));
      loaded.set(name, signer);
      return signer;
    },
  };
}

function readOrMake(folder: string, name: string, alg: SignatureAlgorithm): string {
  const file = path.join(folder, `${name}.pem`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const pem = generateKeyPem(alg);
  writeFileSync(`${file}.new`, pem, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return pem;
}
