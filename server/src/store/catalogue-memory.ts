import assert from 'node:assert/strict';
import type { SignedEdition, SignedErratum, SignedHead } from '@tongyu/protocol';
import type {
  CatalogueTables,
  CheckRow,
  Opening,
  PartRow,
  SignOffRow,
  SuspensionRow,
} from './catalogue-tables.ts';
import { createMemoryCell, createMemoryRows, type UndoLog } from './memory-rows.ts';

export function memoryCatalogue(undo: UndoLog): CatalogueTables {
  const revision = createMemoryCell<string | undefined>(undo, undefined);
  const editions = createMemoryRows<SignedEdition>(undo);
  const heads = createMemoryRows<SignedHead>(undo);
  const errata = createMemoryRows<SignedErratum>(undo);
  const parts = createMemoryRows<PartRow>(undo);
  const openings = createMemoryRows<Opening>(undo);
  const signOffs = createMemoryRows<SignOffRow>(undo);
  const headsOf = (party: string): SignedHead[] => {
    const of = heads.values().filter(({ signed }) => signed.party === party);
    return of.sort((a, b) => a.signed.number - b.signed.number);
  };
  return {
    catalogue: {
      revision: () => Promise.resolve(revision.get()),
      setRevision(next) {
        revision.set(next);
        return Promise.resolve();
      },
      editions: () => Promise.resolve(editions.values().sort(byNumber)),
      addEdition(edition) {
        const key = String(edition.signed.number);
        if (editions.get(key) === undefined) editions.set(key, edition);
        return Promise.resolve();
      },
      heads() {
        const parties = [...new Set(heads.values().map(({ signed }) => signed.party))].sort();
        return Promise.resolve(parties.flatMap((party) => headsOf(party).slice(-1)));
      },
      saveHead(head) {
        const { party, number } = head.signed;
        const key = `${party} ${String(number)}`;
        if (heads.get(key) === undefined) heads.set(key, head);
        return Promise.resolve();
      },
      headOf: (party, number) => Promise.resolve(heads.get(`${party} ${String(number)}`)),
      headAt: (party, time) =>
        Promise.resolve(headsOf(party).findLast(({ signed }) => signed.time <= time)),
      dropHeads(before) {
        const old = heads
          .values()
          .filter(({ signed }) => signed.time < before)
          .filter((head) => headsOf(head.signed.party).at(-1) !== head);
        for (const { signed } of old) heads.delete(`${signed.party} ${String(signed.number)}`);
        return Promise.resolve(old.length);
      },
      errata: () => Promise.resolve(errata.values().sort(byParty)),
      addErratum(erratum) {
        const { party, number } = erratum.signed;
        const key = `${party} ${String(number)}`;
        if (errata.get(key) === undefined) errata.set(key, erratum);
        return Promise.resolve();
      },
      partText: (hash) => Promise.resolve(parts.get(hash)?.text),
      heldParts: (hashes) =>
        Promise.resolve(new Set(hashes.filter((hash) => parts.get(hash) !== undefined))),
      addPart(part) {
        if (parts.get(part.hash) === undefined) parts.set(part.hash, part);
        return Promise.resolve();
      },
      keepParts(hashes) {
        const gone = parts.values().filter(({ hash }) => !hashes.includes(hash));
        for (const { hash } of gone) parts.delete(hash);
        return Promise.resolve(gone.length);
      },
      openings: () => Promise.resolve(openings.values().sort((a, b) => a.number - b.number)),
      lockOpening: (number) => Promise.resolve(openings.get(String(number))),
      saveOpening(opening) {
        openings.set(String(opening.number), opening);
        return Promise.resolve();
      },
      signOffs: () => Promise.resolve(signOffs.values().sort((a, b) => a.number - b.number)),
      recordSignOff(row) {
        const known = signOffs.get(String(row.number));
        assert(known === undefined || known.hash === row.hash, 'one content for each number');
        if (known === undefined) signOffs.set(String(row.number), row);
        return Promise.resolve();
      },
      ...memoryWatch(undo),
    },
  };
}

type WatchRows = Pick<
  CatalogueTables['catalogue'],
  'suspensions' | 'suspensionsOf' | 'saveSuspension' | 'checks' | 'addCheck'
>;

/** What a city itself watches over between two editions. */
function memoryWatch(undo: UndoLog): WatchRows {
  const suspensions = createMemoryRows<SuspensionRow>(undo);
  const checks = createMemoryRows<CheckRow>(undo);
  const newest = createMemoryRows<CheckRow>(undo);
  return {
    suspensions: () =>
      Promise.resolve(
        suspensions
          .values()
          .filter(({ lifted }) => lifted === null)
          .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      ),
    suspensionsOf: (entry) =>
      Promise.resolve(suspensions.values().filter((row) => row.entry === entry)),
    saveSuspension(row) {
      suspensions.set(`${keyOf(row)} ${String(row.since)}`, row);
      return Promise.resolve();
    },
    checks: () => Promise.resolve(newest.values().sort((a, b) => (a.entry < b.entry ? -1 : 1))),
    addCheck(row) {
      checks.set(String(checks.size), row);
      newest.set(row.entry, row);
      return Promise.resolve();
    },
  };
}

function keyOf({ entry, rule }: SuspensionRow): string {
  return `${entry} ${rule ?? ''}`;
}

function byNumber(a: SignedEdition, b: SignedEdition): number {
  return a.signed.number - b.signed.number;
}

function byParty({ signed: a }: SignedErratum, { signed: b }: SignedErratum): number {
  return a.party === b.party ? a.number - b.number : a.party < b.party ? -1 : 1;
}
