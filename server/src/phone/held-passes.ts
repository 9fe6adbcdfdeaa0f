import type { PooledPass } from '@tongyu/domain';
import {
  bytesOf,
  readPassFields,
  suiteOf,
  type ParsedPass,
  type SuiteNumber,
} from '@tongyu/protocol';
import type { KeptPass, PhoneRecord } from './phone-store.ts';

/** A kept pass with its fields read, as the rules of the pool want it. */
export type HeldPass = PooledPass & { readonly kept: KeptPass; readonly fields: ParsedPass };

/** The fields of a pass's 118 bytes, or undefined when its head names no suite. */
export function fieldsOf(pass: string): ParsedPass | undefined {
  const bytes = bytesOf(pass);
  const suite = (bytes[0] ?? 0) & 15;
  return suiteOf(suite) === undefined ? undefined : readPassFields(bytes, suite as SuiteNumber);
}

export function heldPasses(record: PhoneRecord): readonly HeldPass[] {
  return record.passes.flatMap((kept) => {
    const fields = fieldsOf(kept.pass);
    if (fields === undefined) return [];
    const { slot, keyId, reserve } = fields;
    const firstShownAt = kept.firstShownAt ?? undefined;
    return [{ slot, keyId, reserve, class: fields.class, firstShownAt, kept, fields }];
  });
}
