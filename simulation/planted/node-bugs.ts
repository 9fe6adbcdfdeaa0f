import type { InboxRow } from '../../server/src/store/peer-tables.ts';
import type { SimTables } from '../judge/watched-store.ts';
import { Crash } from '../world/process.ts';
import { changedStore, type Plant } from './plant.ts';

/** Bugs of hub and cities. */
export const NODE_BUGS: readonly Plant[] = [
  {
    name: 'a node answers before its transaction is committed',
    nodeStore: ({ store, life, sleep }) => {
      const transaction = <R>(work: (tx: SimTables) => Promise<R>): Promise<R> =>
        new Promise((resolve, reject) => {
          store
            .transaction(async (tx) => {
              const answer = await work(tx);
              resolve(answer);
              await sleep(20);
              if (!life.alive) throw new Crash('died before the commit');
              return answer;
            })
            .catch(reject);
        });
      return { transaction, read: store.read };
    },
  },
  {
    name: 'a receipt is kept before its effect',
    nodeStore: ({ store }) => {
      const transaction = async <R>(work: (tx: SimTables) => Promise<R>): Promise<R> => {
        const inbox: InboxRow[] = [];
        try {
          return await store.transaction((tx) => work(inboxInto(tx, inbox)));
        } catch (error) {
          await store.transaction(async ({ peers }) => {
            for (const row of inbox) await peers.putInbox(row);
          });
          throw error;
        }
      };
      return { transaction, read: store.read };
    },
  },
  changedCity('a host does not look whether it has a tap already', ({ city }) => ({
    tapHashes: async () => [],
    addTaps: async (rows) => {
      const known = await city.tapHashes(rows);
      const isNew = (row: (typeof rows)[number]): boolean =>
        !known.some((k) => k.terminal === row.terminal && k.number === row.number);
      await city.addTaps(rows.filter(isNew));
    },
    addCharges: async (rows) => rows,
  })),
  changedCity('a host charges a presentation as often as it is told of it', ({ city }) => ({
    addCharges: async (rows) => {
      await city.addCharges(rows);
      return rows;
    },
  })),
  changedCity('the list of lost phones leaves out the newest', () => ({
    addRevocation: async () => undefined,
  })),
  {
    name: 'a member signs a version that it has signed with other content',
    nodeStore: ({ store }) =>
      changedStore(store, (tx) => ({
        ...tx,
        trust: { ...tx.trust, highestSigned: async () => 0 },
      })),
  },
  {
    name: 'a message that does not get through is given up',
    nodeStore: ({ store }) =>
      changedStore(store, (tx) => ({
        ...tx,
        peers: { ...tx.peers, postponeOutbox: (jti) => tx.peers.answerOutbox(jti, '') },
      })),
  },
];

function changedCity(name: string, change: (tx: SimTables) => Partial<SimTables['city']>): Plant {
  return {
    name,
    nodeStore: ({ store }) =>
      changedStore(store, (tx) => ({ ...tx, city: { ...tx.city, ...change(tx) } })),
  };
}

function inboxInto(tx: SimTables, inbox: InboxRow[]): SimTables {
  return {
    ...tx,
    peers: {
      ...tx.peers,
      putInbox: (row) => {
        inbox.push(row);
        return tx.peers.putInbox(row);
      },
    },
  };
}
