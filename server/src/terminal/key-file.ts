import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Signer } from '@tongyu/protocol';
import { generateKeyPem, signerFromPem } from '../crypto/sign.ts';
import { StoreUnusable } from './terminal-store.ts';

/**
 * The terminal's key, made on first use and readable by its owner only. A board with a secure
 * element has a `Signer` of its own instead.
 */
export function terminalKey(file: string): Signer {
  try {
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, generateKeyPem('ES256'), { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
    }
    return signerFromPem('ES256', readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new StoreUnusable(`The key file ${file} cannot be read; it was left as it is.`, {
      cause,
    });
  }
}
