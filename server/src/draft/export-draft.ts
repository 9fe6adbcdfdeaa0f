import type { Entry, LocalText, PartyId } from '@tongyu/protocol';
import { CSV_HEADING, rowOf } from './csv-columns.ts';
import { csvText } from './csv.ts';
import { draftLines, loadBase, type DraftLine } from './draft-base.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';

/** The draft as a file: what import takes, with the reasons of drafted changes. */
export type DraftFile = {
  readonly type: 'tongyu.draft';
  readonly party: PartyId;
  /** Without those that are to be taken out. */
  readonly entries: readonly Entry[];
  readonly reasons: Readonly<Record<string, LocalText>>;
};

/** The mark that makes spreadsheets read UTF-8. */
const UTF8_MARK = '\ufeff';

export async function exportCsv<Tx extends OfficeTables>(room: DraftRoom<Tx>): Promise<string> {
  const lines = await loadLines(room);
  const rows = lines.flatMap(({ entry, change }) =>
    entry === null ? [] : [rowOf(entry, change?.reason)],
  );
  return UTF8_MARK + csvText([CSV_HEADING, ...rows]);
}

export async function exportJson<Tx extends OfficeTables>(room: DraftRoom<Tx>): Promise<DraftFile> {
  const lines = await loadLines(room);
  return {
    type: 'tongyu.draft',
    party: room.party,
    entries: lines.flatMap(({ entry }) => (entry === null ? [] : [entry])),
    reasons: Object.fromEntries(
      lines.flatMap(({ id, entry, change }) =>
        entry === null || change === undefined ? [] : [[id, change.reason] as const],
      ),
    ),
  };
}

async function loadLines<Tx extends OfficeTables>({
  list,
  party,
  store,
}: DraftRoom<Tx>): Promise<readonly DraftLine[]> {
  const base = await loadBase(list, party);
  return draftLines(base, await store.read(({ draft }) => draft.changes()));
}
