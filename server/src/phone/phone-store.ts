import type { ClassChoice } from '@tongyu/domain';
import type { PartyId } from '@tongyu/protocol';

/** What a phone keeps, as one value that is replaced as a whole. */
export type PhoneRecord = {
  /** Secret of the phone's own key, made before it is bound. */
  readonly secret: string;
  /** Null until the home city has answered. */
  readonly bound: { readonly phoneId: string; readonly party: PartyId } | null;
  /** What to add to the phone's clock, learned from the home city's answers. */
  readonly offsetSeconds: number;
  readonly revoked: boolean;
  /** The class that passes are to carry, and until when the home city proves it. */
  readonly choice: ClassChoice;
  /** Issuer keys that count no more. */
  readonly voidKeyIds: readonly number[];
  /** Keys that passes were asked for and have not come: asked again with the same keys. */
  readonly asked: readonly AskedKey[];
  readonly passes: readonly KeptPass[];
};

export type AskedKey = {
  /** Slots in one row, see `slotIndex`. */
  readonly slot: number;
  /** What its pass has to carry. */
  readonly class: number;
  /** base64url of the public key. */
  readonly key: string;
  readonly secret: string;
};

export type KeptPass = {
  /** base64url of 118 bytes. */
  readonly pass: string;
  readonly secret: string;
  /** Corrected time of the first showing. */
  readonly firstShownAt: number | null;
};

/** Saving is durable when it returns: a pass that was shown is not fresh again after a crash. */
export type PhoneStore = {
  load(): PhoneRecord | undefined;
  save(record: PhoneRecord): void;
};

export function memoryPhoneStore(): PhoneStore {
  let kept: PhoneRecord | undefined;
  return {
    load: () => kept,
    save: (record) => {
      kept = record;
    },
  };
}
