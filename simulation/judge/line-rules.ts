import {
  toHex,
  parseCode,
  type NodeId,
  type PartyId,
  type Repair,
  type SignedHead,
  type SignedTap,
} from '@tongyu/protocol';
import { computeLines, type ComputedGroup } from '../../journeys/outside/compute-lines.mjs';
import type { PassRow, PhoneRow, TapRow } from '../../server/src/store/city-tables.ts';
import { journeySecretOf, simEntries } from '../world/sim-list.ts';

/**
 * Keeps the raw events that lines come from, as they reach the disks, and has them computed by the
 * program that was written from the standard alone and knows nothing of this one.
 */
export type LineRules = {
  passesIssued(home: PartyId, rows: readonly PassRow[]): void;
  phoneSaved(home: PartyId, row: PhoneRow): void;
  headSigned(node: NodeId, head: SignedHead): void;
  /** In the order in which the host stored them. */
  tapsStored(host: NodeId, rows: readonly TapRow[], seconds: number): void;
  repaired(text: string): void;
  hasRepairs(): boolean;
  /** What should have become of all that happened, and how many taps there were. */
  compute(seconds: number): Computed;
};

export type Computed = {
  readonly groups: readonly ComputedGroup[];
  readonly exceptions: readonly { readonly tap: string; readonly reason: string }[];
};

type StoredTap = {
  readonly tap: SignedTap;
  readonly stored: number;
  readonly answered: number;
};

/** Numbers of editions under which the list of this world may stand. */
const EDITIONS = [1, 2, 3, 4, 5];

export function lineRules(): LineRules {
  const phoneOf = new Map<string, string>();
  const residentOf = new Map<string, string>();
  const heads = new Map<string, SignedHead>();
  const taps: StoredTap[] = [];
  const repairs = new Map<string, Repair>();
  const homesOf = () => {
    const homes: Record<PartyId, { secret: string; residents: Record<string, string> }> = {};
    for (const [name, phone] of phoneOf) {
      const [home = '', tag = ''] = name.split(' ');
      const book = (homes[home] ??= { secret: toHex(journeySecretOf(home)), residents: {} });
      const ref = residentOf.get(`${home} ${phone}`);
      if (ref !== undefined) book.residents[tag] = ref;
    }
    return homes;
  };
  return {
    passesIssued(home, rows) {
      for (const { tag, phoneId } of rows) phoneOf.set(`${home} ${tag}`, phoneId);
    },
    phoneSaved(home, { phoneId, residentRef }) {
      residentOf.set(`${home} ${phoneId}`, residentRef);
    },
    headSigned(node, head) {
      const { party, number } = head.signed;
      if (node === party) heads.set(`${party} ${String(number)}`, head);
    },
    tapsStored(_host, rows, seconds) {
      for (const { text } of rows) {
        const tap = JSON.parse(text) as SignedTap;
        if (isReadable(tap)) taps.push({ tap, stored: seconds, answered: seconds });
      }
    },
    repaired(text) {
      const repair = JSON.parse(text) as Repair;
      repairs.set(repair.id, repair);
    },
    hasRepairs: () => repairs.size > 0,
    compute(seconds) {
      const hosts = new Set(taps.map(({ tap }) => tap.signed.terminal.slice(0, 4)));
      const parts = [...hosts].map((party) => ({ party, entries: simEntries(party) }));
      return computeLines([
        {
          homes: homesOf(),
          editions: EDITIONS.map((number) => ({ number, parts })),
          heads: [...heads.values()],
          taps,
          repairs: [...repairs.values()],
          asOf: seconds,
        },
      ]);
    },
  };
}

function isReadable({ signed }: SignedTap): boolean {
  return signed.code !== null && parseCode(signed.code).ok;
}
