import type { Entry, Part, PartyId } from '@tongyu/protocol';
import type { ViewRoom, ViewTables } from './types.ts';

/** Which city's list of which edition. */
export type ListOf = { readonly host: PartyId; readonly edition: number };

/** The lists that taps name, loaded once for an answer. */
export type HeldLists = {
  part(of: ListOf): Part | undefined;
  entry(of: ListOf, service: string): Entry | undefined;
};

export async function loadLists<Tx extends ViewTables>(
  room: Pick<ViewRoom<Tx>, 'part'>,
  tx: Tx,
  wanted: readonly ListOf[],
): Promise<HeldLists> {
  const parts = new Map<string, Part | undefined>();
  for (const { host, edition } of wanted) {
    const name = nameOf({ host, edition });
    if (!parts.has(name)) parts.set(name, await room.part(tx, host, edition));
  }
  const entries = new Map<Part, ReadonlyMap<string, Entry>>();
  const part = (of: ListOf): Part | undefined => parts.get(nameOf(of));
  return {
    part,
    entry(of, service) {
      const found = part(of);
      if (found === undefined) return undefined;
      let byId = entries.get(found);
      if (byId === undefined) {
        byId = new Map(found.entries.map((entry) => [entry.id, entry]));
        entries.set(found, byId);
      }
      return byId.get(service);
    },
  };
}

function nameOf({ host, edition }: ListOf): string {
  return `${host} ${String(edition)}`;
}
