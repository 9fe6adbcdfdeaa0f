import type { Checked } from '../signature/check.ts';
import { suiteOf, type SignatureAlgorithm } from '../signature/algorithms.ts';
import { deviceSignatureInput } from './build-code.ts';
import { AT } from './layout.ts';
import type { PartyId } from './pass.ts';
import { parseCode, type CodeFormRefusal, type ParsedCode } from './parse-code.ts';
import { passSignatureInput } from './sig-structure.ts';

/** What the held trust says of an issuer and one of its keys, at the pass's service day. */
export type IssuerStanding = {
  readonly party: 'unknown' | 'observer' | 'suspended' | 'member';
  readonly key:
    | { readonly state: 'unknown' | 'revoked' }
    | {
        readonly state: 'good';
        readonly alg: SignatureAlgorithm;
        /** 33-byte compressed point. */
        readonly publicKey: Uint8Array;
      };
};

export type IssuerLookup = (issuer: PartyId, keyId: number, day: number) => IssuerStanding;

/**
 * The facts about a code that `admit` decides on. `protocol` states them and decides nothing.
 * Made by `examineCode` alone: the brand keeps other code from inventing facts.
 */
export type CodeFacts = FormFacts | ExaminedCode;
export type FormFacts = { readonly form: 'bad'; readonly refusal: CodeFormRefusal };
export type ExaminedCode = {
  readonly form: 'good';
  readonly code: ParsedCode;
  readonly party: IssuerStanding['party'];
  /** `unknown` also when the key's algorithm is not the one that the head names (CODE-4.3). */
  readonly key: 'unknown' | 'revoked' | 'good';
  /** False also when it could not be checked because the key is unknown. */
  readonly passSignatureGood: boolean;
  readonly deviceSignatureGood: boolean;
  readonly [examined]: true;
};
declare const examined: unique symbol;

/**
 * Parses a code and checks both signatures, whoever issued it (CODE-6). The device signature is not
 * checked when the pass's is bad: its key would be anybody's.
 */
export function* examineCode(text: string, lookup: IssuerLookup): Checked<CodeFacts> {
  const parsed = parseCode(text);
  if (!parsed.ok) return { form: 'bad', refusal: parsed.refusal };
  const { code } = parsed;
  const { pass } = code;
  const standing = lookup(pass.issuer, pass.keyId, pass.slot.day);
  const suite = suiteOf(pass.suite);
  const { key } = standing;
  if (suite === undefined || key.state !== 'good' || key.alg !== suite.issuer) {
    return facts(
      code,
      standing.party,
      key.state === 'revoked' ? 'revoked' : 'unknown',
      false,
      false,
    );
  }
  const passSignatureGood = yield {
    alg: suite.issuer,
    publicKey: key.publicKey,
    message: passSignatureInput(code.bytes.subarray(0, AT.issuerSignature)),
    signature: code.bytes.subarray(AT.issuerSignature, AT.time),
  };
  if (!passSignatureGood) return facts(code, standing.party, 'good', false, false);
  const deviceSignatureGood = yield {
    alg: suite.device,
    publicKey: pass.deviceKey,
    message: deviceSignatureInput(code.bytes.subarray(0, AT.deviceSignature)),
    signature: code.deviceSignature,
  };
  return facts(code, standing.party, 'good', true, deviceSignatureGood);
}

function facts(
  code: ParsedCode,
  party: ExaminedCode['party'],
  key: ExaminedCode['key'],
  passSignatureGood: boolean,
  deviceSignatureGood: boolean,
): ExaminedCode {
  const plain = { form: 'good', code, party, key, passSignatureGood, deviceSignatureGood } as const;
  return plain as typeof plain & { readonly [examined]: true };
}
