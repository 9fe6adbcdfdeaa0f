import { MAX_PART_ENTRIES, type LocalText } from '@tongyu/protocol';
import { draftLines, isSame, loadBase, type ChangeKind, type DraftBase } from './draft-base.ts';
import type { DraftLine } from './draft-base.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { readImport, type ImportForm, type ImportRow, type RowFault } from './read-import.ts';
import type { ReadImport } from './read-import.ts';
import { done, refuse, type DraftResult } from './refusals.ts';
import { draftFault, writeAll, type Wanted } from './write-draft.ts';

export type ImportAsked = {
  readonly form: ImportForm;
  readonly mode: 'check' | 'apply';
  /** What becomes of entries that the file does not name. */
  readonly missing: 'keep' | 'remove';
  /** For rows that bring none of their own. */
  readonly reason: LocalText | undefined;
  /** The draft's revision that the editor saw; undefined where it does not matter. */
  readonly expect: number | undefined;
  readonly by: string;
};

export type ImportReport = {
  readonly mode: ImportAsked['mode'];
  readonly applied: boolean;
  readonly encoding: 'utf-8' | 'gb18030' | null;
  /** Why nothing of the file could be looked at. */
  readonly file: ReportedFault | null;
  /** Of the draft, after this. */
  readonly revision: number;
  readonly counts: Readonly<Record<Outcome | 'rows', number>>;
  readonly rows: readonly ReportRow[];
};

type Outcome = ChangeKind | 'unchanged' | 'refused';

export type ReportRow = {
  /** Null for an entry that is taken out because no row names it. */
  readonly row: number | null;
  readonly id: string | null;
  readonly outcome: Outcome;
  readonly faults: readonly ReportedFault[];
};

export type ReportedFault = RowFault & {
  /** Key of the sentence that explains it. */
  readonly message: string;
};

/** What a row does to the draft as it is, against what is drafted now. */
type Judged = {
  readonly row: number | null;
  readonly id: string | null;
  readonly outcome: Outcome;
  readonly faults: readonly RowFault[];
  readonly wanted: (Wanted & { readonly before: DraftLine['entry'] }) | undefined;
};

/**
 * Looks at a file row by row and, asked to apply it, drafts all of it or nothing. The report says
 * of each row what it does or why not.
 */
export async function importDraft<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  bytes: Uint8Array,
  asked: ImportAsked,
): Promise<DraftResult<ImportReport>> {
  const read = readImport(bytes, asked.form);
  const base = await loadBase(room.list, room.party);
  return room.store.transaction(async (tx) => {
    const newest = await tx.draft.newestLine();
    const revision = newest?.position ?? 0;
    if (asked.expect !== undefined && asked.expect !== revision) {
      const { by = null, at = null } = newest ?? {};
      return refuse('DRAFT_CHANGED', { by, at, revision });
    }
    if (!read.result.ok) return done(reportOf(asked, read, revision, []));
    const judged = await judgeRows(room, tx, base, read.result.rows, asked);
    const isGood = judged.every(({ outcome }) => outcome !== 'refused');
    if (asked.mode === 'check' || !isGood) return done(reportOf(asked, read, revision, judged));
    const wanted = judged.flatMap((one) => one.wanted ?? []);
    const after = await writeAll(room, tx, base, wanted, 'import', asked.by);
    return done({ ...reportOf(asked, read, after ?? revision, judged), applied: true });
  });
}

async function judgeRows<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  base: DraftBase,
  rows: readonly ImportRow[],
  asked: ImportAsked,
): Promise<readonly Judged[]> {
  const lines = draftLines(base, await tx.draft.changes());
  const byId = new Map(lines.map((line) => [line.id, line]));
  const judged: Judged[] = [];
  for (const row of rows) judged.push(await judgeRow(room, tx, byId, row, asked));
  const named = new Set(rows.map(({ id }) => id));
  const others = lines.filter(({ id, entry }) => entry !== null && !named.has(id));
  if (asked.missing === 'remove') judged.push(...others.map((line) => takenOut(line, asked)));
  const kept = asked.missing === 'remove' ? 0 : others.length;
  const count = kept + rows.filter(({ entry }) => entry !== undefined).length;
  if (count <= MAX_PART_ENTRIES) return judged;
  return judged.map((one) =>
    one.outcome === 'added' ? refused(one, { code: 'DRAFT_FULL', field: null }) : one,
  );
}

async function judgeRow<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  byId: ReadonlyMap<string, DraftLine>,
  { row, id, entry, reason, faults }: ImportRow,
  asked: ImportAsked,
): Promise<Judged> {
  const unjudged: Judged = { row, id, outcome: 'unchanged', faults, wanted: undefined };
  if (entry === undefined) return { ...unjudged, outcome: 'refused' };
  const fault = await draftFault(room, tx, entry);
  if (fault !== undefined) {
    const field = fault.facts?.['field'];
    return refused(unjudged, { code: fault.code, field: typeof field === 'string' ? field : null });
  }
  const line = byId.get(entry.id);
  const before = line?.entry ?? null;
  if (isSame(before, entry)) {
    // Its reason may be a better one; where nothing is drafted there is nothing to explain.
    if (reason === undefined || line?.change === undefined) return unjudged;
    return { ...unjudged, wanted: { id: entry.id, after: entry, reason, before } };
  }
  const why = reason ?? asked.reason;
  if (why === undefined) return refused(unjudged, { code: 'REASON_MISSING', field: 'reason' });
  const wanted = { id: entry.id, after: entry, reason: why, before };
  return { ...unjudged, outcome: before === null ? 'added' : 'changed', wanted };
}

function takenOut({ id, entry: before }: DraftLine, { reason }: ImportAsked): Judged {
  const one: Judged = { row: null, id, outcome: 'removed', faults: [], wanted: undefined };
  if (reason === undefined) return refused(one, { code: 'REASON_MISSING', field: 'reason' });
  return { ...one, wanted: { id, after: null, reason, before } };
}

function refused(one: Judged, fault: RowFault): Judged {
  return { ...one, outcome: 'refused', faults: [...one.faults, fault], wanted: undefined };
}

function reportOf(
  { mode }: ImportAsked,
  { encoding, result }: ReadImport,
  revision: number,
  judged: readonly Judged[],
): ImportReport {
  const counts = {
    rows: judged.length,
    added: 0,
    changed: 0,
    removed: 0,
    unchanged: 0,
    refused: 0,
  };
  for (const { outcome } of judged) counts[outcome]++;
  return {
    ...{ mode, applied: false, encoding, revision, counts },
    file: result.ok ? null : reported(result.fault),
    rows: judged.map(({ row, id, outcome, faults }) => ({
      ...{ row, id, outcome },
      faults: faults.map(reported),
    })),
  };
}

function reported({ code, field }: RowFault): ReportedFault {
  return { code, field, message: `import.${code}` };
}
