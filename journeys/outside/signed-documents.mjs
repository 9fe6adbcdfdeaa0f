// Signatures, canonical JSON and signed documents, as the chapters CODE-4 and TRUST-1 have them.
import { createHash, createPublicKey, createVerify, ECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';

export function demand(holds, refusal, about = '') {
  if (!holds) throw Object.assign(new Error(refusal), { refusal, about });
}
export const hex = (text) => Buffer.from(text, 'hex');

// CODE-4: Node wants keys and signatures in DER.
const algorithms = {
  ES256: { curve: 'prime256v1', oid: '06082a8648ce3d030107', hash: 'sha256' },
  SM2: { curve: 'SM2', oid: '06082a811ccf5501822d', hash: 'sm3' },
};
const sm2Preamble = hex(
  '0080' + // length of the user id in bits; then the user id, a, b, xG, yG
    '31323334353637383132333435363738' +
    'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
);
function der(tag, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, body.length]), body]); // never more than 127 bytes here
}
function derInteger(bytes) {
  const digits = bytes.toString('hex').replace(/^(00)+(?=..)/, '');
  return der(2, hex((digits >= '80' ? '00' : '') + digits));
}

export function isSigned(alg, key, message, signature) {
  const { curve, oid, hash } = algorithms[alg];
  try {
    const point = ECDH.convertKey(key, curve, undefined, undefined, 'uncompressed');
    const kind = der(0x30, hex('06072a8648ce3d0201'), hex(oid));
    const spki = der(0x30, kind, der(3, Buffer.from([0]), point));
    const verifier = createVerify(hash);
    if (alg === 'SM2') {
      verifier.update(createHash('sm3').update(sm2Preamble).update(point.subarray(1)).digest());
    }
    const [r, s] = [signature.subarray(0, 32), signature.subarray(32)].map(derInteger);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verifier.update(message).verify(publicKey, der(0x30, r, s));
  } catch {
    return false; // x of no point
  }
}

export function checkWorkedExample() {
  const key = hex('0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020');
  const signature = hex(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
      'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  );
  const isGood = isSigned('SM2', key, Buffer.from('message digest'), signature);
  if (!isGood) throw new Error('SM2 fails the worked example of CODE-4.5');
}

// --- TRUST-1: canonical JSON, the schemas, signed documents.
export function canonical(value) {
  demand(typeof value !== 'string' || value.isWellFormed(), 'MALFORMED', 'lone surrogate');
  demand(typeof value !== 'number' || Number.isSafeInteger(value), 'MALFORMED', 'number');
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const member = (name) => `${canonical(name)}:${canonical(value[name])}`;
  return `{${Object.keys(value).sort().map(member).join(',')}}`;
}

const schemas = new Map();
function schemaAt(reference, base) {
  const [file, path = ''] = (reference.startsWith('#') ? base + reference : reference).split('#');
  const url = new URL(`../../spec/schemas/${file}`, import.meta.url);
  if (!schemas.has(file)) schemas.set(file, JSON.parse(readFileSync(url, 'utf8')));
  const steps = path.split('/').slice(1);
  return [steps.reduce((schema, step) => schema[step], schemas.get(file)), file];
}

/** As much of JSON Schema as the standard's schemas use. */
function fits(schema, v, file) {
  if (schema.$ref) {
    const [found, place] = schemaAt(schema.$ref, file);
    return fits(found, v, place);
  }
  if (schema.anyOf) return schema.anyOf.some((one) => fits(one, v, file));
  if ('const' in schema) return v === schema.const;
  if (schema.enum) return schema.enum.includes(v);
  const { minimum = 0, maximum, minItems = 0, maxItems, maxLength = Infinity } = schema;
  if (schema.type === 'null') return v === null;
  if (schema.type === 'boolean') return typeof v === 'boolean';
  if (schema.type === 'integer') return Number.isInteger(v) && v >= minimum && v <= maximum;
  if (schema.type === 'string') {
    return typeof v === 'string' && v.length <= maxLength && new RegExp(schema.pattern).test(v);
  }
  if (schema.type === 'array') {
    const isLength = Array.isArray(v) && v.length >= minItems && v.length <= maxItems;
    return isLength && v.every((one) => fits(schema.items, one, file));
  }
  if (v === null || typeof v !== 'object' || Array.isArray(v)) return false;
  const { properties = {}, required = [], propertyNames, maxProperties = Infinity } = schema;
  return (
    required.every((name) => Object.hasOwn(v, name)) &&
    Object.keys(v).length <= maxProperties &&
    Object.entries(v).every(([name, value]) => {
      const form = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
      return form && fits(form, value, file) && (!propertyNames || fits(propertyNames, name, file));
    })
  );
}

export function checkForm(document, name, limit) {
  checkValueForm(document, name, limit, 100_000, 'MALFORMED');
}

/** The same for what is no signed document, with the count of TRUST-1.2 that goes with it. */
export function checkValueForm(value, name, limit, count, refusal) {
  const text = canonical(value);
  const marks = text.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/[^,:]/g, '').length;
  const isForm = fits({ $ref: `${name}.schema.json` }, value);
  demand(text.length <= limit && marks <= count && isForm, refusal, name);
}

export const hashOf = ({ signed }) => createHash('sha256').update(canonical(signed)).digest('hex');
export function hasSigned(document, party, keys) {
  const message = Buffer.from(`${document.signed.type}\n${canonical(document.signed)}`);
  return document.signatures.some((one) => {
    const key = one.by === party && keys.find(({ keyId }) => keyId === one.keyId);
    return key && isSigned(key.alg, bytes(key.key), message, bytes(one.signature));
  });
}
export const bytes = (base64url) => Buffer.from(base64url, 'base64url');
export const isRising = (values) => values.every((value, i) => i === 0 || values[i - 1] < value);
