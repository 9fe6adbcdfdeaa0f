import type { CatalogueState, NodeId } from '@tongyu/protocol';
import { otherNodes } from '../trust/trust-view.ts';
import type { CatalogueView } from './catalogue-view.ts';
import { pullFrom } from './pull-catalogue.ts';
import {
  KEEP_CATALOGUE_JOB,
  PULL_CATALOGUE_JOB,
  selfOf,
  type CatalogueRoom,
  type ListTables,
} from './room.ts';

/** One transaction, delivery of what it wrote, and another look at what is due. */
export type Commit<T> = <R>(work: (tx: T) => Promise<R>) => Promise<R>;

/** What a node does for the list by itself, again and again. */
export type CatalogueJobs<T> = {
  start(keepMore: (view: CatalogueView) => Promise<void>): void;
  /** The newest state that a job has seen committed. */
  readonly current: () => CatalogueState;
  readonly commit: Commit<T>;
  readonly keep: () => Promise<void>;
  readonly pull: () => Promise<void>;
  /** Asks one node soon, before its turn. */
  pullSoon(from: NodeId): void;
};

/** Texts that nothing names any more are looked for so often. */
const DROP_SECONDS = 3600;

export function createCatalogueJobs<T extends ListTables>(
  room: CatalogueRoom<T>,
): CatalogueJobs<T> {
  const { ports, store, views, trust } = room;
  const { keepSeconds, pullSeconds } = room.config.settings;
  const self = selfOf(room);
  let seen: CatalogueView | undefined;
  let keepMore: (view: CatalogueView) => Promise<void> = () => Promise.resolve();
  let turn = 0;
  let next: NodeId | undefined;

  const commit: Commit<T> = async (work) => {
    const answer = await store.transaction(work);
    trust.kick();
    ports.timers.soon(KEEP_CATALOGUE_JOB);
    return answer;
  };
  const look = async (): Promise<CatalogueView> => {
    seen = await store.read((tx) => views.load(tx));
    return seen;
  };
  const keep = async (): Promise<void> => {
    if (trust.current().held === undefined) return;
    await keepMore(await look());
    await look();
  };
  const pull = async (): Promise<void> => {
    const nodes = otherNodes(trust.current(), self);
    const node = next ?? nodes[turn++ % Math.max(1, nodes.length)];
    next = undefined;
    if (node === undefined) return;
    await pullFrom(room, node);
    const before = seen?.revision;
    if ((await look()).revision !== before) ports.timers.soon(KEEP_CATALOGUE_JOB);
  };
  return {
    start(more) {
      keepMore = more;
      ports.timers.every(keepSeconds, KEEP_CATALOGUE_JOB, keep);
      ports.timers.every(pullSeconds, PULL_CATALOGUE_JOB, pull);
      ports.timers.every(DROP_SECONDS, 'drop parts', () => dropParts(room));
      ports.timers.every(DROP_SECONDS, 'drop heads', () => dropHeads(room));
      ports.timers.soon(PULL_CATALOGUE_JOB); // it may have been away for long
    },
    current: () => seen?.state ?? NOTHING,
    commit,
    keep,
    pull,
    pullSoon(from) {
      next = from;
      ports.timers.soon(PULL_CATALOGUE_JOB);
    },
  };
}

const NOTHING: CatalogueState = { editions: [], heads: [], errata: [] };

/** Lines are computed again for as long as somebody may object: so long heads stay. */
const HEAD_MEMORY_SECONDS = 220 * 86_400;

async function dropHeads<T extends ListTables>({ ports, store }: CatalogueRoom<T>): Promise<void> {
  const before = ports.clock.now() - HEAD_MEMORY_SECONDS;
  const count = await store.transaction((tx) => tx.catalogue.dropHeads(before));
  if (count > 0) ports.log.info({ count }, 'old heads were dropped');
}

/** Parts of published editions stay for ever; others as long as something may still need them. */
async function dropParts<T extends ListTables>(room: CatalogueRoom<T>): Promise<void> {
  const count = await room.store.transaction(async (tx) => {
    const { state, openings } = await room.views.load(tx);
    const last = openings.at(-1)?.number;
    const live = openings.filter(({ number, state: how }) => number === last || how === 'frozen');
    return tx.catalogue.keepParts([
      ...state.editions.flatMap(({ signed }) => signed.parts.map(({ hash }) => hash)),
      ...live.flatMap(({ edition }) => edition?.parts.map(({ hash }) => hash) ?? []),
      ...live.flatMap(({ submissions }) => submissions.map(({ hash }) => hash)),
    ]);
  });
  if (count > 0) room.ports.log.info({ count }, 'parts that nothing names were dropped');
}
