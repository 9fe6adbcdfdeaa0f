import type {
  CatalogueTables,
  CityTables,
  ListRow,
  OperatorRow,
  PassRow,
  PhoneRow,
  ResidentTables,
  RevocationRow,
  RevocationTables,
  TerminalRow,
} from './city-tables.ts';
import { memoryClassTables } from './class-memory.ts';
import { memoryTapTables } from './city-taps-memory.ts';
import { memoryJourneyTables } from './journey-memory.ts';
import { createMemoryRows, type UndoLog } from './memory-rows.ts';
import { createTapBook } from './tap-rows-memory.ts';

/** A city's tables in memory, for tests and the simulation; `createMemoryStore` gives the log. */
export function memoryCityTables(undo: UndoLog): CityTables {
  const book = createTapBook(undo);
  return {
    ...memoryJourneyTables(undo, book),
    city: {
      ...memoryResidentTables(undo),
      ...memoryRevocationTables(undo),
      ...memoryCatalogueTables(undo),
      ...memoryClassTables(undo),
      ...memoryTapTables(undo, book),
    },
  };
}

/** Transactions run one after the other, so that holding a row means nothing here. */
const nothing = (): Promise<void> => Promise.resolve();

type Nonce = { readonly key: string; readonly time: number };

function memoryResidentTables(undo: UndoLog): ResidentTables {
  const residents = createMemoryRows<number>(undo);
  const phones = createMemoryRows<PhoneRow>(undo);
  const nonces = createMemoryRows<Nonce>(undo);
  const phone = (phoneId: string): Promise<PhoneRow | undefined> =>
    Promise.resolve(phones.get(phoneId));
  return {
    ...memoryPassTables(undo),
    lockResident(residentRef, now) {
      if (residents.get(residentRef) === undefined) residents.set(residentRef, now);
      return nothing();
    },
    countResidents: () => Promise.resolve(residents.size),
    addPhone(row) {
      phones.set(row.phoneId, row);
      return nothing();
    },
    savePhone(row) {
      if (phones.get(row.phoneId) !== undefined) phones.set(row.phoneId, row);
      return nothing();
    },
    phone,
    lockPhone: phone,
    phoneByKey: (phoneKey) =>
      Promise.resolve(phones.values().find((row) => row.phoneKey === phoneKey)),
    phonesOf: (residentRef) =>
      Promise.resolve(
        phones
          .values()
          .filter((row) => row.residentRef === residentRef)
          .sort((a, b) => a.boundAt - b.boundAt || compareText(a.phoneId, b.phoneId)),
      ),
    useNonce(phoneId, nonce, time) {
      const key = `${phoneId} ${nonce}`;
      if (nonces.get(key) !== undefined) return Promise.resolve(false);
      nonces.set(key, { key, time });
      return Promise.resolve(true);
    },
    dropNonces(before) {
      for (const row of nonces.values()) if (row.time < before) nonces.delete(row.key);
      return nothing();
    },
  };
}

type PassTables = Pick<ResidentTables, 'passesOfPhone' | 'passes' | 'addPasses' | 'dropPasses'>;

function memoryPassTables(undo: UndoLog): PassTables {
  const byTag = createMemoryRows<PassRow>(undo);
  const ofPhone = createMemoryRows<readonly PassRow[]>(undo);
  const tagKey = (row: Pick<PassRow, 'slot' | 'tag'>): string => `${String(row.slot)} ${row.tag}`;
  const phoneKey = (phoneId: string, slot: number): string => `${phoneId} ${String(slot)}`;
  return {
    passesOfPhone(phoneId, slots) {
      const wanted = [...new Set(slots)].sort((a, b) => a - b);
      return Promise.resolve(
        wanted.flatMap((slot) =>
          [...(ofPhone.get(phoneKey(phoneId, slot)) ?? [])].sort((a, b) => a.tagIndex - b.tagIndex),
        ),
      );
    },
    passes: (ids) =>
      Promise.resolve(
        ids
          .map((id) => byTag.get(tagKey(id)))
          .filter((row) => row !== undefined)
          .sort((a, b) => a.slot - b.slot || compareText(a.tag, b.tag)),
      ),
    addPasses(rows) {
      let added = 0;
      for (const row of rows) {
        if (byTag.get(tagKey(row)) !== undefined) continue;
        byTag.set(tagKey(row), row);
        const key = phoneKey(row.phoneId, row.slot);
        ofPhone.set(key, [...(ofPhone.get(key) ?? []), row]);
        added++;
      }
      return Promise.resolve(added);
    },
    dropPasses(beforeSlot) {
      for (const row of byTag.values()) {
        if (row.slot >= beforeSlot) continue;
        byTag.delete(tagKey(row));
        ofPhone.delete(phoneKey(row.phoneId, row.slot));
      }
      return nothing();
    },
  };
}

function memoryRevocationTables(undo: UndoLog): RevocationTables {
  const revocations = createMemoryRows<RevocationRow>(undo);
  const lists = createMemoryRows<ListRow>(undo);
  return {
    lockList: nothing,
    addRevocation(row) {
      if (revocations.get(row.phoneId) === undefined) revocations.set(row.phoneId, row);
      return nothing();
    },
    revocations: () =>
      Promise.resolve(
        revocations
          .values()
          .sort(
            (a, b) =>
              a.fromSlot - b.fromSlot ||
              a.lastSlot - b.lastSlot ||
              Buffer.compare(Buffer.from(a.seed), Buffer.from(b.seed)),
          ),
      ),
    dropRevocations(beforeSlot) {
      const old = revocations.values().filter((row) => row.lastSlot < beforeSlot);
      for (const row of old) revocations.delete(row.phoneId);
      return Promise.resolve(old.length);
    },
    addList(row) {
      const key = String(row.number);
      if (lists.get(key) !== undefined) throw new Error('a list of this number is there already');
      lists.set(key, row);
      return nothing();
    },
    newestList: () => Promise.resolve(newest(lists.values())),
  };
}

function memoryCatalogueTables(undo: UndoLog): CatalogueTables {
  const operators = createMemoryRows<OperatorRow>(undo);
  const terminals = createMemoryRows<TerminalRow>(undo);
  return {
    lockCatalogue: nothing,
    saveOperator(row) {
      operators.set(row.id, row);
      return nothing();
    },
    operators: () => Promise.resolve(byId(operators.values())),
    saveTerminal(row) {
      if (operators.get(row.operator) === undefined) throw new Error('the operator is not there');
      terminals.set(row.id, row);
      return nothing();
    },
    terminals: (ids) =>
      Promise.resolve(
        byId(terminals.values().filter((row) => ids === undefined || ids.includes(row.id))),
      ),
  };
}

function newest<Row extends { readonly number: number }>(rows: readonly Row[]): Row | undefined {
  return [...rows].sort((a, b) => b.number - a.number)[0];
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => compareText(a.id, b.id));
}

/** As PostgreSQL's C collation orders it. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
