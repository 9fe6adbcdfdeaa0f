import { documentHash, missingSigners, runChecks, type Root } from '@tongyu/protocol';
import type { CatalogueMessageType, PeerHandlers } from '../peers/types.ts';
import type { Opening } from '../store/catalogue-tables.ts';
import type { CatalogueView } from './catalogue-view.ts';
import {
  checkSubmissions,
  freezeEdition,
  isCollected,
  openEdition,
  takeSubmission,
  withdrawEdition,
} from './collect-parts.ts';
import { compareEdition } from './compare.ts';
import { firstEditionId } from './first-edition.ts';
import type { Commit } from './catalogue-jobs.ts';
import { publishEdition, signedSoFar, takeAnswer } from './publish-edition.ts';
import { KEEP_CATALOGUE_JOB, type CatalogueRoom, type ListTables } from './room.ts';
import { namedRoot } from './take-catalogue.ts';
import type { Catalogue, HubCatalogue } from './types.ts';

export function hubHandlers<T extends ListTables>(
  room: CatalogueRoom<T>,
): Pick<PeerHandlers<T>, Extract<CatalogueMessageType, 'part.submit' | 'edition.answer'>> {
  return {
    'part.submit': (tx, message) => takeSubmission(room, tx, message),
    'edition.answer': (tx, message) => takeAnswer(room, tx, message),
  };
}

export function hubActs<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
): Omit<HubCatalogue, keyof Catalogue | 'openings'> {
  return {
    openEdition: (asked) =>
      commit(async (tx) => openEdition(room, tx, await room.views.load(tx), asked)),
    compare: (number) => compareEdition(room, number),
    freeze: (number) => commit((tx) => freezeEdition(room, tx, number)),
    withdraw: (number, reason) => commit((tx) => withdrawEdition(room, tx, number, reason)),
    async publish(number, hash) {
      const published = await commit((tx) => publishEdition(room, tx, number, hash));
      room.ports.faults.point('catalogue/after-publish-commit');
      return published;
    },
  };
}

/** What the hub does by itself: it looks at what comes in, and freezes when all is there. */
export async function keepHub<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
  view: CatalogueView,
): Promise<void> {
  const { config, ports } = room;
  const isDemo = config.firstEntries !== undefined;
  if (isDemo && view.openings.length === 0 && view.state.editions.length === 0) {
    const id = firstEditionId(ports.clock.now());
    await commit(async (tx) =>
      openEdition(room, tx, await room.views.load(tx), { id, effectiveFrom: null }),
    );
    return;
  }
  for (const opening of view.openings) {
    if (opening.state !== 'open' && opening.state !== 'frozen') continue;
    const root = await room.store.read((tx) => namedRoot(tx, opening.root));
    if (root === undefined) continue;
    if (opening.state === 'open') await keepOpen(room, commit, view, opening, root);
    else if (isDemo && opening.previous === null) await publishFirst(room, commit, opening, root);
  }
}

async function keepOpen<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
  view: CatalogueView,
  opening: Opening,
  root: Root,
): Promise<void> {
  if (opening.submissions.some(({ state }) => state === 'given')) {
    await checkSubmissions(room, view, opening);
    room.ports.timers.soon(KEEP_CATALOGUE_JOB);
    return;
  }
  const { freezeGraceSeconds } = room.config.settings;
  if (isCollected(opening, root, room.ports.clock.now(), freezeGraceSeconds)) {
    await commit((tx) => freezeEdition(room, tx, opening.number));
  }
}

async function publishFirst<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
  opening: Opening,
  root: Root,
): Promise<void> {
  const { edition, number } = opening;
  if (edition === null) return;
  const steps = missingSigners(root, signedSoFar(opening, edition));
  if (runChecks(steps, room.ports.verify).length > 0) return;
  await commit((tx) => publishEdition(room, tx, number, documentHash(edition)));
}
