import { PASSES_PER_SLOT } from '@tongyu/domain';
import {
  AT,
  passTag,
  readUint16,
  seedAt,
  slotFromIndex,
  slotIndex,
  TAGS_PER_SLOT,
  toHex,
  type PartyId,
  type Slot,
} from '@tongyu/protocol';
import type { PassRow } from '../store/city-tables.ts';

export type WantedSlot = Slot & {
  /** base64url of 33 bytes each. */
  readonly deviceKeys: readonly string[];
};

/** With the class that a new pass of the slot carries (CLS-4.2). */
export type ClassedSlot = WantedSlot & { readonly class: number };

export type PassPlan = Omit<PassRow, 'bytes' | 'keyId' | 'phoneId'> & { readonly class: number };

export type PlanFacts = {
  readonly issuer: PartyId;
  /** The phone's seed as of `seedSlot`, which no wanted slot precedes. */
  readonly seed: Uint8Array;
  readonly seedSlot: number;
  /** What the phone was given before, of the wanted slots. */
  readonly issued: readonly PassRow[];
  readonly voidKeyIds: readonly number[];
  /** `takenKey`s of tags that belong to other phones. */
  readonly taken: ReadonlySet<string>;
};

export type PlanResult =
  | { readonly ok: true; readonly passes: readonly (PassPlan | PassRow)[] }
  | { readonly ok: false; readonly exhausted: Slot };

export function takenKey(pass: { readonly slot: number; readonly tag: string }): string {
  return `${String(pass.slot)} ${pass.tag}`;
}

/**
 * Which pass each device key gets, in the order asked: the one it has, whatever its class, or a new
 * one. A slot holds at most 16 tags in all, and of each class at most 8 live passes, exactly one of
 * them the reserve (CODE-7.1, CODE-7.4).
 */
export function planPasses(facts: PlanFacts, wanted: readonly ClassedSlot[]): PlanResult {
  const passes: (PassPlan | PassRow)[] = [];
  for (const entry of wanted) {
    const slot = planSlot(facts, entry);
    if (slot === undefined) return { ok: false, exhausted: { day: entry.day, slot: entry.slot } };
    passes.push(...slot);
  }
  return { ok: true, passes };
}

function planSlot(facts: PlanFacts, wanted: ClassedSlot): (PassPlan | PassRow)[] | undefined {
  const slot = slotIndex(wanted);
  const before = facts.issued.filter((row) => row.slot === slot);
  const live: (PassPlan | PassRow)[] = before.filter(
    (row) => !facts.voidKeyIds.includes(row.keyId),
  );
  let tagIndex = Math.max(-1, ...before.map((row) => row.tagIndex)) + 1;
  let seed: Uint8Array | undefined;
  const answer: (PassPlan | PassRow)[] = [];
  for (const deviceKey of wanted.deviceKeys) {
    let pass = live.find((row) => row.deviceKey === deviceKey);
    if (pass === undefined) {
      const alike = live.filter((row) => classOf(row) === wanted.class);
      if (alike.length >= PASSES_PER_SLOT) return undefined;
      seed ??= seedOf(facts, slot);
      let tag = tagOf(facts, seed, slot, tagIndex);
      while (facts.taken.has(takenKey({ slot, tag }))) {
        tag = tagOf(facts, seed, slot, ++tagIndex);
      }
      if (tagIndex >= TAGS_PER_SLOT) return undefined;
      const reserve = !alike.some((row) => row.reserve);
      pass = { slot, tag, deviceKey, tagIndex, reserve, class: wanted.class };
      tagIndex++;
      live.push(pass);
    }
    answer.push(pass);
  }
  return answer;
}

function classOf(pass: PassPlan | PassRow): number {
  return 'bytes' in pass ? readUint16(pass.bytes, AT.class) : pass.class;
}

function seedOf(facts: PlanFacts, slot: number): Uint8Array {
  const seed = seedAt(facts.seed, slotFromIndex(facts.seedSlot), slotFromIndex(slot));
  if (seed === undefined) throw new Error('a wanted slot precedes the seed');
  return seed;
}

function tagOf(facts: PlanFacts, seed: Uint8Array, slot: number, index: number): string {
  return toHex(passTag(seed, facts.issuer, slotFromIndex(slot), index));
}
