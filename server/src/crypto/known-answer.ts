import { concat, fromHex, utf8 } from '@tongyu/protocol';
import { verifySync } from './verify.ts';

/**
 * The worked example of GM/T 0003.5, checked at every start: support for SM2 is unfinished in Node,
 * and a later one may silently sign something else.
 */
export const GMT_0003_5 = {
  message: utf8('message digest'),
  publicKey: hex('0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020'),
  signature: concat(
    hex('f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'),
    hex('b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'),
  ),
};

export function sm2IsStandard(): boolean {
  const { message, publicKey, signature } = GMT_0003_5;
  const changed = utf8('message digesT');
  return (
    verifySync({ alg: 'SM2', publicKey, message, signature }) &&
    !verifySync({ alg: 'SM2', publicKey, message: changed, signature })
  );
}

function hex(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array(0);
}
