import type { Repair, SignedHead, SignedSection, TrustState } from '@tongyu/protocol';
import type { HubTables } from '../../server/src/store/hub-tables.ts';
import { memoryHub } from '../../server/src/store/hub-memory.ts';
import { memoryCityTables } from '../../server/src/store/city-memory.ts';
import type {
  CityTables,
  ListRow,
  PassRow,
  PhoneRow,
  ProgressRow,
  TapRow,
  TripRow,
} from '../../server/src/store/city-tables.ts';
import { memoryJourneyViews } from '../../server/src/store/journey-view-memory.ts';
import type { JourneyViewTables } from '../../server/src/store/journey-view-tables.ts';
import type { ListTables } from '../../server/src/catalogue/room.ts';
import { memoryCatalogue } from '../../server/src/store/catalogue-memory.ts';
import { createMemoryStore, type NodeStore } from '../../server/src/store/node-store.ts';
import { memoryPeers } from '../../server/src/store/peer-memory.ts';
import type { InboxRow } from '../../server/src/store/peer-tables.ts';
import { memoryTrust } from '../../server/src/store/trust-memory.ts';
import type { SignedRecord } from '../../server/src/store/trust-tables.ts';

/** All tables, so that hub and cities are of one kind here. */
export type SimTables = ListTables & HubTables & CityTables & JourneyViewTables;

/** What a transaction wrote, as far as the judge looks at it. */
export type StoreWrite =
  | { readonly kind: 'state'; readonly state: TrustState }
  | { readonly kind: 'section'; readonly section: SignedSection }
  | { readonly kind: 'signed'; readonly record: SignedRecord }
  | { readonly kind: 'inbox'; readonly row: InboxRow }
  | { readonly kind: 'taps'; readonly rows: readonly TapRow[] }
  | { readonly kind: 'trips'; readonly rows: readonly TripRow[] }
  | { readonly kind: 'progress'; readonly rows: readonly ProgressRow[] }
  | { readonly kind: 'phone'; readonly row: PhoneRow }
  | { readonly kind: 'passes'; readonly rows: readonly PassRow[] }
  | { readonly kind: 'list'; readonly row: ListRow }
  | { readonly kind: 'head'; readonly head: SignedHead }
  /** Of a home city, or a host's own. */
  | { readonly kind: 'repair'; readonly text: string };

export type OnCommit = (writes: readonly StoreWrite[]) => void;

/**
 * The memory store that outlives its node's crashes. `onCommit` sees each transaction's writes at
 * the moment of its commit, and nothing of one that fails.
 */
export function watchedStore(onCommit: OnCommit): NodeStore<SimTables> {
  let writes: StoreWrite[] = [];
  const inner = createMemoryStore<SimTables>((undo) => {
    const city = memoryCityTables(undo);
    return watched(
      {
        ...memoryTrust(undo),
        ...memoryPeers(undo),
        ...memoryHub(undo),
        ...city,
        ...memoryJourneyViews(city),
        ...memoryCatalogue(undo),
      },
      (write) => writes.push(write),
    );
  });
  const transaction = <R>(work: (tx: SimTables) => Promise<R>): Promise<R> =>
    inner.transaction(async (tx) => {
      writes = [];
      const answer = await work(tx);
      onCommit(writes);
      return answer;
    });
  return { transaction, read: transaction };
}

function watched(tables: SimTables, wrote: (write: StoreWrite) => void): SimTables {
  const { trust, peers, city, catalogue, home, host } = tables;
  return {
    ...tables,
    trust: {
      ...trust,
      saveState(state, before, revision) {
        wrote({ kind: 'state', state });
        return trust.saveState(state, before, revision);
      },
      saveNewestSection(section, revision) {
        wrote({ kind: 'section', section });
        return trust.saveNewestSection(section, revision);
      },
      recordSigned(record) {
        wrote({ kind: 'signed', record });
        return trust.recordSigned(record);
      },
    },
    peers: {
      ...peers,
      putInbox(row) {
        wrote({ kind: 'inbox', row });
        return peers.putInbox(row);
      },
    },
    catalogue: {
      ...catalogue,
      saveHead(head) {
        wrote({ kind: 'head', head });
        return catalogue.saveHead(head);
      },
    },
    home: {
      ...home,
      saveHomeRepair(row) {
        wrote({ kind: 'repair', text: row.text });
        return home.saveHomeRepair(row);
      },
    },
    host: {
      ...host,
      addRepairs(rows) {
        for (const { text } of rows) if (isWaiver(text)) wrote({ kind: 'repair', text });
        return host.addRepairs(rows);
      },
    },
    city: {
      ...city,
      addTaps(rows) {
        wrote({ kind: 'taps', rows });
        return city.addTaps(rows);
      },
      addTrips(rows) {
        wrote({ kind: 'trips', rows });
        return city.addTrips(rows);
      },
      saveProgress(rows) {
        wrote({ kind: 'progress', rows });
        return city.saveProgress(rows);
      },
      savePhone(row) {
        wrote({ kind: 'phone', row });
        return city.savePhone(row);
      },
      addPasses(rows) {
        wrote({ kind: 'passes', rows });
        return city.addPasses(rows);
      },
      addList(row) {
        wrote({ kind: 'list', row });
        return city.addList(row);
      },
    },
  };
}

/** All others come from a home city, and are looked at there. */
function isWaiver(text: string): boolean {
  return (JSON.parse(text) as Repair).kind === 'waive';
}
