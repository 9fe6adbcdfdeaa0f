import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canonical } from './trust.ts';

/** As much of JSON Schema as the standard's schemas use. */
type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

const folder = path.resolve(import.meta.dirname, '../../../spec/schemas');
type Members = Readonly<Record<string, unknown>>;

const files = new Map<string, Members>();

function readSchema(name: string): Members {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Members;
}

function schemaAt(reference: string, file: string): readonly [Schema, string] {
  const [name = '', inside = ''] = reference.split('#');
  const place = name === '' ? file : name;
  const whole = files.get(place) ?? readSchema(place);
  files.set(place, whole);
  let found = whole;
  for (const step of inside.split('/').slice(1)) found = found[step] as Members;
  return [found, place];
}

function fits(schema: Schema, value: unknown, file: string): boolean {
  if (schema.$ref !== undefined) {
    const [found, place] = schemaAt(schema.$ref, file);
    return fits(found, value, place);
  }
  if (schema.anyOf !== undefined) return schema.anyOf.some((one) => fits(one, value, file));
  if ('const' in schema) return value === schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (schema.type === 'null') return value === null;
  if (schema.type === 'boolean') return typeof value === 'boolean';
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 0 } = schema;
    return Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  }
  if (schema.type === 'string') {
    const { maxLength = Infinity, pattern = '' } = schema;
    return typeof value === 'string' && value.length <= maxLength && RegExp(pattern).test(value);
  }
  if (schema.type === 'array') return isList(schema, value, file);
  return isObject(schema, value, file);
}

function isList(schema: Schema, value: unknown, file: string): boolean {
  const { items = {}, minItems = 0, maxItems = 0 } = schema;
  if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false;
  return value.every((item) => fits(items, item, file));
}

function isObject(schema: Schema, value: unknown, file: string): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const { properties = {}, required = [] } = schema;
  const members = Object.entries(value);
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  return members.every(([name, member]) => {
    const form = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return form !== undefined && fits(form, member, file);
  });
}

/** TRUST-1.2 and the schema, and that dates stand in the calendar (LIST-1.11); else undefined. */
export function readDocument(name: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (canonical(value) !== text) return undefined;
  if (!fits({ $ref: `${name}.schema.json` }, value, '')) return undefined;
  for (const [date] of text.matchAll(/(?<=":")20\d\d-\d\d-\d\d(?=")/g)) {
    if (!isDate(date)) return undefined;
  }
  return value;
}

/** Whether the calendar has the day: Gregorian, from 2000 to 2099. */
export function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const leap = Number(year) % 4 === 0; // 2000 among them
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return Number(day) >= 1 && Number(day) <= (lengths[Number(month) - 1] ?? 0);
}
