import { signatureIsGood } from './crypto.ts';

/** CODE-2 and CODE-3, read from the standard's text. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function base45(text: string): Buffer | null {
  const out: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const values = text
      .slice(at, at + 3)
      .split('')
      .map((letter) => ALPHABET.indexOf(letter));
    if (values.length === 1 || values.includes(-1)) return null;
    const [a = 0, b = 0, c = 0] = values;
    const number = a + 45 * b + 45 * 45 * c;
    if (values.length === 3) {
      if (number > 65_535) return null;
      out.push(number >> 8, number & 255);
    } else {
      if (number > 255) return null;
      out.push(number);
    }
  }
  return Buffer.from(out);
}

export type Code = {
  readonly bytes: Buffer;
  readonly suite: number;
  readonly issuer: string;
  readonly keyId: number;
  readonly tagHex: string;
  readonly day: number;
  readonly slot: number;
  readonly reserve: boolean;
  readonly class: number;
  readonly time: number;
};

export type Reading = Code | { readonly refusal: string; readonly rule?: string };

/** CODE-3.10, line by line. */
export function readCode(text: string): Reading {
  const malformed = (rule: string): Reading => ({ refusal: 'MALFORMED', rule });
  if (text.length > 4_096 || !text.startsWith('TY1:')) return malformed('prefix');
  const bytes = base45(text.slice(4));
  if (bytes === null || bytes.length === 0) return malformed('base45');
  if (bytes.readUInt8(0) >> 4 !== 1) return { refusal: 'UNSUPPORTED_VERSION' };
  if (bytes.length !== 186) return malformed('length');
  const code: Code = {
    bytes,
    suite: bytes.readUInt8(0) & 15,
    issuer: String(bytes.readUInt16BE(1)).padStart(4, '0'),
    keyId: bytes.readUInt16BE(3),
    tagHex: bytes.toString('hex', 5, 15),
    day: bytes.readUInt16BE(15),
    slot: bytes.readUInt8(17),
    reserve: (bytes.readUInt8(18) & 1) === 1,
    class: bytes.readUInt16BE(19),
    time: bytes.readUInt32BE(118),
  };
  if (code.suite < 1 || code.suite > 3) return malformed('suite');
  if (Number(code.issuer) < 1_000 || Number(code.issuer) > 9_999) return malformed('issuer');
  if (code.keyId === 0) return malformed('key-id');
  if (code.day === 0 || code.day > 49_709) return malformed('day');
  if (code.slot > 3) return malformed('slot');
  if (bytes.readUInt8(18) > 1) return malformed('flags');
  if (bytes.readUInt8(21) !== 2 && bytes.readUInt8(21) !== 3) return malformed('device-key');
  if (code.time % 15 !== 0) return malformed('time');
  return code;
}

export function slotBegin(day: number, slot: number): number {
  return 86_400 * day - 14_400 + 21_600 * slot;
}

/** CODE-5.1: the table of the clause, joined as hexadecimal text. */
export function issuerInput(code: Code): Buffer {
  const field = (from: number, to: number): string => code.bytes.toString('hex', from, to);
  const number = (value: number): string => value.toString(16).padStart(8, '0');
  const begin = slotBegin(code.day, code.slot);
  const header = code.suite === 1 ? '49a20126' : '4da2013a000111d4';
  const curve = code.suite === 3 ? '203a000111d5' : '2001';
  return Buffer.from(
    [
      '846a5369676e617475726531',
      `${header}0444${field(1, 5)}`,
      '40',
      code.suite === 3 ? '585d' : '5859',
      'a6',
      `0167434e2d${Buffer.from(code.issuer, 'ascii').toString('hex')}`,
      `041a${number(begin + 21_600)}`,
      `051a${number(begin)}`,
      `074a${field(5, 15)}`,
      '08a101a40102',
      curve,
      `215820${field(22, 54)}`,
      `22${code.bytes.readUInt8(21) === 3 ? 'f5' : 'f4'}`,
      `3a0001117044${field(0, 1)}${field(18, 21)}`,
    ].join(''),
    'hex',
  );
}

export function issuerSigned(code: Code, point: Buffer): boolean {
  const alg = code.suite === 1 ? 'ES256' : 'SM2';
  return signatureIsGood(alg, point, issuerInput(code), code.bytes.subarray(54, 118));
}

/** CODE-5.2. */
export function deviceSigned(code: Code): boolean {
  const alg = code.suite === 3 ? 'SM2' : 'ES256';
  const message = Buffer.concat([Buffer.from('tongyu-code-1'), code.bytes.subarray(0, 122)]);
  return signatureIsGood(alg, code.bytes.subarray(21, 54), message, code.bytes.subarray(122));
}
