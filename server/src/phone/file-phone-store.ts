import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  base64Url,
  flag,
  integer,
  list,
  nullable,
  object,
  partyShape,
  readShape,
  text,
  timeShape,
  type Json,
  type Shape,
} from '@tongyu/protocol';
import { parseStrictJson } from '../http/strict-json.ts';
import type { PhoneRecord, PhoneStore } from './phone-store.ts';

const secretShape = text(1_000, /^[\x20-\x7e\n]+$/);
const slotShape = integer(0, 2 ** 18);
const classShape = integer(0, 0xffff);

const recordShape: Shape<PhoneRecord> = object({
  secret: secretShape,
  bound: nullable(object({ phoneId: text(22, /^[A-Za-z0-9_-]{22}$/), party: partyShape })),
  offsetSeconds: integer(-(2 ** 32), 2 ** 32),
  revoked: flag(),
  choice: object({ class: classShape, until: nullable(timeShape) }),
  voidKeyIds: list(integer(1, 0xffff), 0, 64),
  asked: list(
    object({ slot: slotShape, class: classShape, key: base64Url(33), secret: secretShape }),
    0,
    1_000,
  ),
  passes: list(
    object({ pass: base64Url(118), secret: secretShape, firstShownAt: nullable(timeShape) }),
    0,
    1_000,
  ),
});

/** The file cannot be read as a phone's; the message is one sentence. It is never overwritten. */
export class PhoneFileUnusable extends Error {
  override readonly name = 'PhoneFileUnusable';
}

/** One JSON file, readable by its owner only, written aside and renamed. */
export function filePhoneStore(file: string): PhoneStore {
  return {
    load() {
      if (!existsSync(file)) return undefined;
      const json = parseStrictJson(readFileSync(file, 'utf8')) as Json | undefined;
      const read = readShape(recordShape, json);
      if (read.ok) return read.value;
      throw new PhoneFileUnusable(`${file} is damaged (${read.path}); it was left as it is.`);
    },
    save(record) {
      const folder = path.dirname(file);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
      syncFolder(folder);
    },
  };
}

/** The rename itself must be on the disk before a code is shown. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
