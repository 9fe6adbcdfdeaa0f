import {
  canonicalJson,
  documentHash,
  documentText,
  type Json,
  type SignedTimeStatement,
} from '@tongyu/protocol';
import {
  bundleContent,
  headContent,
  LIST_NUMBER,
  listSigner,
  listText,
  MEMBERS,
  memberSigners,
  NOW,
  partContent,
  rootContent,
  signed,
  timeContent,
} from './region.ts';
import type { VectorSet } from './vector-set.ts';

/** A trust to decide on: how old, how old its lists are, and whether 3601 is suspended. */
export type TrustParts = {
  /** Seconds before `NOW`; null for no time statements at all. */
  readonly trustAge?: number | null;
  /** Seconds before `NOW`; null for no revocation list at all. */
  readonly listAge?: number | null;
  readonly suspended?: boolean;
};

export const FRESH_AGE = 600;

/** Puts the trust into the set and answers its name. */
export async function trustContext(set: VectorSet, parts: TrustParts = {}): Promise<string> {
  const { trustAge = FRESH_AGE, suspended = false } = parts;
  const { listAge = trustAge } = parts;
  const name = [
    `trust-${String(trustAge)}`,
    `list-${String(listAge)}`,
    suspended ? '3601-suspended' : 'all-active',
  ].join(' ');
  if (Object.hasOwn(set.contexts, name)) return name;

  const { root, bundle } = await rootAndBundle(suspended);
  const which = suspended ? 'suspended' : 'active';
  const times: Json[] = [];
  const members = suspended ? MEMBERS.filter((party) => party !== '3601') : MEMBERS;
  for (const [i, party] of members.entries()) {
    if (trustAge === null) break;
    const { age, listNumber } = statementOf(i, trustAge, listAge);
    const lists = Object.fromEntries(MEMBERS.map((member) => [member, listNumber]));
    const content = timeContent(party, NOW - age, bundle.signed, { lists });
    const statement: SignedTimeStatement = await signed(content, [listSigner(party)]);
    times.push(set.document(`time ${name} ${party}`, documentText(statement)));
  }
  const lists: Record<string, Json> = {};
  for (const party of listAge === null ? [] : MEMBERS) {
    lists[party] = set.document(`list ${party} 7`, await listText(party));
  }
  set.contexts[name] = {
    root: set.document(`root ${which}`, documentText(root)),
    bundle: set.document(`bundle ${which}`, documentText(bundle)),
    revokingSections: [],
    times,
    lists,
    part: set.document('part 4201', canonicalJson(partContent())),
    head: set.document('head 4201 3', await headText()),
  };
  return name;
}

/**
 * Of three or four members, the second-newest statement fixes the trust time. Where lists are to be
 * older than trust, the first two know of a newer list, and the second-newest of the rest fixes the
 * list time; with three members only the two ages must be equal.
 */
function statementOf(
  i: number,
  trustAge: number,
  listAge: number | null,
): { readonly age: number; readonly listNumber: number } {
  if (listAge === null || listAge === trustAge) {
    return { age: trustAge + ([-50, 0, 400, 900][i] ?? 0), listNumber: LIST_NUMBER };
  }
  if (i < 2) return { age: trustAge - (i === 0 ? 50 : 0), listNumber: LIST_NUMBER + 1 };
  return { age: listAge - (i === 2 ? 30 : 0), listNumber: LIST_NUMBER };
}

async function rootAndBundle(suspended: boolean) {
  const first = rootContent();
  const parties = first.parties.map((entry) =>
    entry.party === '3601' ? { ...entry, status: 'suspended' as const } : entry,
  );
  const content = suspended
    ? rootContent({ number: 2, previous: documentHash(first), parties })
    : first;
  const signers = memberSigners().filter((signer) => !suspended || signer.by !== '3601');
  const root = await signed(content, signers);
  const bundle = await signed(await bundleContent(content), signers);
  return { root, bundle };
}

async function headText(): Promise<string> {
  return documentText(await signed(headContent(), [listSigner('4201')]));
}
