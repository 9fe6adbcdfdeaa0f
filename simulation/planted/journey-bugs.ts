import type { ConcessionRule, Entry, Part } from '@tongyu/protocol';
import type { JourneyList } from '../../server/src/journeys/types.ts';
import type { SimTables } from '../judge/watched-store.ts';
import { changedStore, type Plant } from './plant.ts';

/** Bugs of pairing, pricing and claims. Those of the list are the same in both cities. */
export const JOURNEY_BUGS: readonly Plant[] = [
  {
    name: 'operators bear what hosts should: a wrong funder in both cities',
    journeyList: (list) =>
      changedRules(list, (_entry, rule) =>
        rule.funder.kind === 'host' ? { ...rule, funder: { kind: 'operator' } } : rule,
      ),
  },
  {
    name: 'a share of a fare is rounded to the nearest 分, in both cities',
    journeyList: (list) =>
      changedRules(list, ({ tariff }, rule) => {
        if (tariff.kind !== 'flat' || rule.benefit.kind !== 'share') return rule;
        const priceFen = Math.round((tariff.priceFen * rule.benefit.permille) / 1_000);
        return { ...rule, benefit: { kind: 'price', priceFen } };
      }),
  },
  {
    name: 'a journey is priced by the rules of now instead of those at the tap',
    journeyList: (list) => ({
      ...list,
      head: async (tx, party, number) => {
        const held = await list.head(tx, party, number);
        const newest = await list.headAt(tx, party, Number.MAX_SAFE_INTEGER);
        return held === undefined || newest === undefined
          ? held
          : { ...held, signed: { ...newest.signed, number, time: held.signed.time } };
      },
    }),
  },
  changedHost('a tap that comes after its group was priced is lost', ({ host }) => ({
    async markDue(groups) {
      const known = await host.groups(groups);
      const isPriced = (key: string): boolean =>
        known.some((row) => row.key === key && row.revision > 0);
      await host.markDue(groups.filter(({ key }) => !isPriced(key)));
    },
  })),
  changedHost('an exit is paired on both sides of the border of the day', ({ host }) => ({
    async groupTaps(ids) {
      const rows = await host.groupTaps(ids);
      return rows.map((row) => (row.key === row.journeyKey ? { ...row, previousKey: null } : row));
    },
  })),
  changedHome('a home city knows no entries of the evening before', () => ({
    tripsAround: () => Promise.resolve([]),
  })),
  changedHost('a host forgets what riders put right', () => ({
    repairsOf: () => Promise.resolve([]),
  })),
  changedHost('a host never looks again at who has not left', ({ host }) => ({
    saveGroups: (rows) => host.saveGroups(rows.map((row) => ({ ...row, lookAt: null }))),
  })),
];

function changedRules(
  list: JourneyList<SimTables>,
  change: (entry: Entry, rule: ConcessionRule) => ConcessionRule,
): JourneyList<SimTables> {
  const ofEntry = (entry: Entry): Entry => ({
    ...entry,
    rules: entry.rules.map((rule) => change(entry, rule)),
  });
  return {
    ...list,
    part: async (tx, party, edition): Promise<Part | undefined> => {
      const part = await list.part(tx, party, edition);
      return part === undefined ? undefined : { ...part, entries: part.entries.map(ofEntry) };
    },
  };
}

function changedHost(name: string, change: (tx: SimTables) => Partial<SimTables['host']>): Plant {
  return {
    name,
    nodeStore: ({ store }) =>
      changedStore(store, (tx) => ({ ...tx, host: { ...tx.host, ...change(tx) } })),
  };
}

function changedHome(name: string, change: (tx: SimTables) => Partial<SimTables['home']>): Plant {
  return {
    name,
    nodeStore: ({ store }) =>
      changedStore(store, (tx) => ({ ...tx, home: { ...tx.home, ...change(tx) } })),
  };
}
