import { kindOf, loadBase } from './draft-base.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';

/**
 * Drops drafted changes that the newest edition has taken in; later ones stay. Whoever looks at the
 * draft does not see them any more anyway: this only clears the table, once for each edition.
 */
export function forgetPublished<Tx extends OfficeTables>(room: DraftRoom<Tx>): () => Promise<void> {
  let done: string | undefined;
  return async () => {
    const base = await loadBase(room.list, room.party);
    const { hash } = base.edition ?? {};
    if (hash === undefined || hash === done) return;
    await room.store.transaction(async ({ draft }) => {
      const changes = await draft.changes();
      const over = changes.filter((change) => kindOf(base, change) === undefined);
      if (over.length > 0) await draft.dropChanges(over.map(({ entry }) => entry));
    });
    done = hash;
  };
}
