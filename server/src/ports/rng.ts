import { randomBytes } from 'node:crypto';
import { toBase64Url } from '@tongyu/protocol';

export type Rng = {
  bytes(length: number): Uint8Array;
  /** 128 random bits as 22 base64url letters. */
  id(): string;
};

export function systemRng(): Rng {
  return {
    bytes: (length) => new Uint8Array(randomBytes(length)),
    id: () => toBase64Url(randomBytes(16)),
  };
}
