import { concat, fromHex, toBase64Url, utf8, type SignatureAlgorithm } from '@tongyu/protocol';
import { respelled } from './code-maker.ts';
import { testKey, type TestKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

const ES256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

type Check = {
  readonly alg: SignatureAlgorithm;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/** CODE-4: single signatures, with what goes wrong in libraries. */
export function signatureVectors(): VectorSet {
  const set = new VectorSet('signatures');
  const accept = (id: string, clause: string, check: Check): void => {
    set.accept(id, clause, id, inputOf(check));
  };
  const refuse = (id: string, clause: string, check: Check): void => {
    set.refuse(id, clause, id, inputOf(check), {}, 'SIGNATURE_INVALID');
  };
  addWorkedExample(accept, refuse);
  for (const alg of ['ES256', 'SM2'] as const) {
    const key = testKey('signature vectors', alg);
    for (const length of [0, 1, 31, 32, 33, 64, 114, 1_000]) {
      const message = new Uint8Array(length).fill(length);
      const check = { alg, publicKey: key.publicKey, message, signature: key.sign(message) };
      accept(`${alg}-${String(length)}-bytes`, 'CODE-4.1', check);
    }
    addBroken(alg, key, refuse);
  }
  const es256 = testKey('signature vectors');
  const message = utf8('other spelling');
  const signature = respelled(es256.sign(message), ES256_ORDER);
  const { publicKey } = es256;
  accept('ES256-n-minus-s', 'CODE-4.2', { alg: 'ES256', publicKey, message, signature });
  return set;
}

type Add = (id: string, clause: string, check: Check) => void;

/** GM/T 0003.5, and what a library makes of it that signs with an empty user id or without Z. */
function addWorkedExample(accept: Add, refuse: Add): void {
  const publicKey = hex('0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020');
  const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
  const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
  const example = { alg: 'SM2', publicKey, message: utf8('message digest') } as const;
  accept('gmt-0003.5', 'CODE-4.5', { ...example, signature: hex(r + s) });
  refuse('gmt-0003.5-swapped', 'CODE-4.5', { ...example, signature: hex(s + r) });
  const upper = { ...example, message: utf8('Message digest'), signature: hex(r + s) };
  refuse('gmt-0003.5-other-message', 'CODE-4.5', upper);
  const parity = hex('0209f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020');
  const mirrored = { ...example, publicKey: parity, signature: hex(r + s) };
  refuse('gmt-0003.5-other-parity', 'CODE-4.5', mirrored);
  const key = testKey('signature vectors', 'SM2');
  const message = utf8('message digest');
  const empty = { alg: 'SM2', publicKey: key.publicKey, message } as const;
  const withoutId = key.signWithUserId?.(message, '');
  if (withoutId !== undefined)
    refuse('SM2-empty-user-id', 'CODE-4.4', { ...empty, signature: withoutId });
  const otherId = key.signWithUserId?.(message, 'ALICE123@YAHOO.COM');
  if (otherId !== undefined)
    refuse('SM2-other-user-id', 'CODE-4.4', { ...empty, signature: otherId });
}

function addBroken(alg: SignatureAlgorithm, key: TestKey, refuse: Add): void {
  const message = utf8('a message');
  const signature = key.sign(message);
  const good = { alg, publicKey: key.publicKey, message, signature };
  const clause = alg === 'ES256' ? 'CODE-4.2' : 'CODE-4.4';
  const half = (which: 0 | 1): Uint8Array => signature.subarray(32 * which, 32 * which + 32);
  const zero = new Uint8Array(32);
  const order = alg === 'ES256' ? ES256_ORDER : SM2_ORDER;
  const n = hex(order.toString(16));
  const put = (id: string, parts: Partial<Check>): void => {
    refuse(`${alg}-${id}`, clause, { ...good, ...parts });
  };
  put('other-message', { message: utf8('a messagE') });
  put('longer-message', { message: utf8('a message ') });
  put('other-key', { publicKey: testKey('another', alg).publicKey });
  put('r-zero', { signature: concat(zero, half(1)) });
  put('s-zero', { signature: concat(half(0), zero) });
  put('both-zero', { signature: concat(zero, zero) });
  put('r-is-order', { signature: concat(n, half(1)) });
  put('s-is-order', { signature: concat(half(0), n) });
  put('all-ones', { signature: new Uint8Array(64).fill(255) });
  put('swapped', { signature: concat(half(1), half(0)) });
  put('bit-of-r', { signature: flipped(signature, 31) });
  put('bit-of-s', { signature: flipped(signature, 63) });
  put('other-algorithm', { alg: alg === 'ES256' ? 'SM2' : 'ES256' });
  put('key-all-zero-x', { publicKey: concat(new Uint8Array([2]), zero) });
  put('key-x-too-large', { publicKey: new Uint8Array(33).fill(255).fill(2, 0, 1) });
  put('key-uncompressed-mark', { publicKey: concat(new Uint8Array([4]), good.publicKey.slice(1)) });
  if (alg === 'SM2') put('n-minus-s', { signature: respelled(signature, order) });
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function inputOf(check: Check) {
  return {
    alg: check.alg,
    publicKey: toBase64Url(check.publicKey),
    message: toBase64Url(check.message),
    signature: toBase64Url(check.signature),
  };
}

function hex(text: string): Uint8Array {
  const bytes = fromHex(text.padStart(64, '0'));
  if (bytes === undefined) throw new TypeError('not hexadecimal');
  return bytes;
}
