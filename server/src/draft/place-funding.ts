import type { FundingRow } from '../store/draft-tables.ts';
import { draftedEntry, loadBase, type DraftBase } from './draft-base.ts';
import { entryWithRule, fundedRule } from './funding-shape.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { writeOne } from './write-draft.ts';

/**
 * Puts the rules that other parties have signed into the draft, as acts of who asked for them. One
 * whose entry or tariff is another by now lapses: what was signed is not what would be published.
 */
export async function placeGranted<Tx extends OfficeTables>(room: DraftRoom<Tx>): Promise<void> {
  const granted = await room.store.read(({ draft }) => draft.grantedFundings());
  if (granted.length === 0) return;
  const base = await loadBase(room.list, room.party);
  for (const { hash } of granted) {
    await room.store.transaction(async (tx) => {
      const row = await tx.draft.funding('sent', hash);
      if (row?.state !== 'granted') return;
      const isPlaced = await place(room, tx, base, row);
      await tx.draft.saveFunding({ ...row, state: isPlaced ? 'signed' : 'lapsed' });
    });
  }
}

async function place<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  base: DraftBase,
  { funding, signature, reason, author }: FundingRow,
): Promise<boolean> {
  const entry = draftedEntry(base, funding.entry, await tx.draft.change(funding.entry));
  if (entry === null || signature === null || reason === null || author === null) return false;
  // Refused where the tariff is another one: then this signature is not of what would be published.
  const after = entryWithRule(entry, fundedRule(funding, signature));
  const written = await writeOne(room, tx, base, {
    ...{ id: entry.id, after, reason, act: 'funded', by: author, expect: null },
  });
  return written.ok;
}
