import { fieldChanges, lastCheck, type FieldChange, type LastCheck } from '@tongyu/domain';
import type { Entry, Json, LocalText, PartyId } from '@tongyu/protocol';
import type { HistoryLine } from '../store/draft-tables.ts';
import { draftLines, kindOf, loadBase, type ChangeKind, type DraftLine } from './draft-base.ts';
import type { DraftBase } from './draft-base.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { done, refuse, type DraftResult } from './refusals.ts';

export type DraftFilter = {
  readonly kind?: ChangeKind | 'unchanged' | 'drafted';
  /** Text in the id or in a name. */
  readonly q?: string;
  /** Only ids after this one. */
  readonly after?: string;
  readonly limit: number;
};

export type DraftPage = {
  readonly party: PartyId;
  readonly base: DraftBase['edition'];
  /** Of the whole draft: position of its newest history line. */
  readonly revision: number;
  /** Rows that the filter finds, on all pages. */
  readonly total: number;
  readonly counts: Readonly<Record<ChangeKind | 'unchanged', number>>;
  readonly rows: readonly DraftRow[];
  /** Hand it in as `after`; null on the last page. */
  readonly next: string | null;
};

export type DraftRow = {
  readonly id: string;
  readonly name: LocalText;
  readonly category: Entry['category'];
  readonly stage: Entry['stage'];
  readonly kind: ChangeKind | null;
  readonly revision: number;
  readonly reason: LocalText | null;
  readonly author: string | null;
  readonly at: number | null;
  /** How many of its texts lack this language. */
  readonly missing: { readonly zhTW: number; readonly en: number };
  readonly checked: LastCheck;
};

export async function listDraft<Tx extends OfficeTables>(
  { list, party, store }: DraftRoom<Tx>,
  filter: DraftFilter,
): Promise<DraftPage> {
  const base = await loadBase(list, party);
  const { changes, revisions, newest } = await store.read(async ({ draft }) => ({
    changes: await draft.changes(),
    revisions: await draft.revisions(),
    newest: await draft.newestLine(),
  }));
  const lines = draftLines(base, changes);
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  for (const { kind } of lines) counts[kind ?? 'unchanged']++;
  const found = lines.filter((line) => isWanted(line, filter));
  const rest = found.filter(({ id }) => filter.after === undefined || id > filter.after);
  const page = rest.slice(0, filter.limit);
  return {
    party,
    base: base.edition,
    revision: newest?.position ?? 0,
    total: found.length,
    counts,
    rows: page.flatMap((line) => rowOf(base, line, revisions.get(line.id) ?? 0)),
    next: rest.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

function isWanted({ id, entry, before, kind }: DraftLine, { kind: wanted, q }: DraftFilter) {
  if (wanted === 'drafted' ? kind === undefined : wanted !== undefined) {
    if (wanted === 'drafted' || (kind ?? 'unchanged') !== wanted) return false;
  }
  if (q === undefined || q === '') return true;
  const { zhCN = '', zhTW, en } = (entry ?? before)?.name ?? {};
  const texts = [id, zhCN, zhTW ?? '', en ?? ''];
  return texts.some((text) => text.toLowerCase().includes(q.toLowerCase()));
}

function rowOf(base: DraftBase, line: DraftLine, revision: number): readonly DraftRow[] {
  const entry = line.entry ?? line.before;
  if (entry === undefined) return [];
  const { reason = null, author = null, at = null } = line.change ?? {};
  return [
    {
      ...{ id: line.id, name: entry.name, category: entry.category, stage: entry.stage },
      ...{ kind: line.kind ?? null, revision, reason, author, at },
      missing: missingTexts(entry),
      checked: lastCheck(entry, base.head),
    },
  ];
}

function missingTexts(value: Json): { readonly zhTW: number; readonly en: number } {
  const missing = { zhTW: 0, en: 0 };
  const look = (at: Json): void => {
    if (at === null || typeof at !== 'object') return;
    if (Object.hasOwn(at, 'zhCN')) {
      const words = at as LocalText;
      if (words.zhTW === null) missing.zhTW++;
      if (words.en === null) missing.en++;
    } else for (const inner of Object.values(at) as readonly Json[]) look(inner);
  };
  look(value);
  return missing;
}

export type DraftedEntry = {
  readonly id: string;
  /** Null: to be taken out. */
  readonly entry: Entry | null;
  readonly base: Entry | null;
  readonly kind: ChangeKind | null;
  readonly revision: number;
  readonly reason: LocalText | null;
  readonly author: string | null;
  readonly at: number | null;
  readonly changes: readonly FieldChange[];
};

export async function showEntry<Tx extends OfficeTables>(
  { list, party, store }: DraftRoom<Tx>,
  id: string,
): Promise<DraftResult<DraftedEntry>> {
  const base = await loadBase(list, party);
  const { change, last } = await store.read(async ({ draft }) => ({
    change: await draft.change(id),
    last: (await draft.historyOf(id, 1))[0],
  }));
  const kind = kindOf(base, change);
  const published = base.byId.get(id) ?? null;
  const live = kind === undefined ? undefined : change;
  const entry = live === undefined ? published : live.after;
  if (entry === null && published === null) return refuse('ENTRY_UNKNOWN');
  const { reason = null, author = null, at = null } = live ?? {};
  const changes = changesBetween(published, entry);
  const revision = last?.position ?? 0;
  return done({
    ...{ id, entry, base: published, kind: kind ?? null, revision, reason, author, at, changes },
  });
}

export type HistoryView = HistoryLine & { readonly changes: readonly FieldChange[] };

export const MAX_HISTORY = 200;

/** Newest first; also of entries that are gone. */
export async function showHistory<Tx extends OfficeTables>(
  { store }: DraftRoom<Tx>,
  id: string,
): Promise<readonly HistoryView[]> {
  const lines = await store.read(({ draft }) => draft.historyOf(id, MAX_HISTORY));
  return lines.map((line) => ({ ...line, changes: changesBetween(line.before, line.after) }));
}

export function changesBetween(before: Entry | null, after: Entry | null): readonly FieldChange[] {
  return before === null || after === null ? [] : fieldChanges(before, after);
}
