import { generateKeyPem, signerFromPem } from '../crypto/sign.ts';
import type { DeviceKeys } from './ports.ts';

/** ES256 keys in software; a phone keeps them in its secure hardware instead. */
export const softwareKeys: DeviceKeys = {
  make: () => {
    const secret = generateKeyPem('ES256');
    return { secret, signer: signerFromPem('ES256', secret) };
  },
  load: (secret) => signerFromPem('ES256', secret),
};
