import {
  entryFault,
  localTextShape,
  MAX_PART_ENTRIES,
  readShape,
  runChecks,
  unsignedRule,
  type Entry,
  type Json,
  type LocalText,
} from '@tongyu/protocol';
import type { DraftAct, DraftChange, DraftRows } from '../store/draft-tables.ts';
import { draftedEntry, draftLines, isSame, kindOf, type ChangeKind } from './draft-base.ts';
import type { DraftBase } from './draft-base.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { done, refuse, type DraftRefusal, type DraftResult } from './refusals.ts';

/** What is to become of one entry. */
export type Wanted = {
  readonly id: string;
  /** Null: taken out. `base`: what is published. */
  readonly after: Entry | null | 'base';
  readonly reason: LocalText;
};

export type Written = {
  readonly id: string;
  /** Null: it is as published. */
  readonly kind: ChangeKind | null;
  readonly revision: number;
};

const reasonShape = localTextShape(200);

/** A reason as somebody types it: one line of Chinese, or all three languages. */
export function readReason(given: unknown): DraftResult<LocalText> {
  if (given === undefined || given === null || given === '') return refuse('REASON_MISSING');
  const whole = typeof given === 'string' ? { zhCN: given, zhTW: null, en: null } : given;
  const read = readShape(reasonShape, whole as Json);
  return read.ok ? done(read.value) : refuse('REASON_INVALID', { field: `reason${read.path}` });
}

/** What keeps an entry of this city from being drafted, beyond its form. */
export async function draftFault<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  entry: Entry,
): Promise<DraftRefusal | undefined> {
  const fault = entryFault(room.party, entry);
  if (fault !== undefined) return { code: fault.code, facts: { field: fault.field } };
  if (!entry.rules.some(({ funder }) => funder.kind === 'party')) return undefined;
  const root = await room.trust.root(tx);
  if (root === undefined) return { code: 'NOT_FOUNDED' };
  const rule = runChecks(unsignedRule(root, entry), room.ports.verify);
  if (rule === undefined) return undefined;
  return { code: 'FUNDING_UNSIGNED', facts: { field: `rules.${rule.id}` } };
}

/** Whether the entry is still as its editor saw it; if not, who changed it. */
export async function changedMeanwhile(
  draft: DraftRows,
  id: string,
  expect: number,
): Promise<DraftRefusal | undefined> {
  const [last] = await draft.historyOf(id, 1);
  const revision = last?.position ?? 0;
  if (revision === expect) return undefined;
  const facts = { by: last?.by ?? null, at: last?.at ?? null, revision };
  return { code: 'DRAFT_CHANGED', facts };
}

/** One act of one person on one entry, in the caller's transaction. */
export async function writeOne<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  base: DraftBase,
  wanted: Wanted & { readonly act: DraftAct; readonly by: string; readonly expect: number | null },
): Promise<DraftResult<Written>> {
  const { id, act, by, expect } = wanted;
  const change = await tx.draft.change(id);
  const before = draftedEntry(base, id, change);
  // Nobody can have seen one that is nowhere, though history may know one of that id.
  const isNew = before === null && !base.byId.has(id) && expect === 0;
  const changed =
    expect === null || isNew ? undefined : await changedMeanwhile(tx.draft, id, expect);
  if (changed !== undefined) return { ok: false, refusal: changed };
  const after = wanted.after === 'base' ? (base.byId.get(id) ?? null) : wanted.after;
  if (before === null && after === null) return refuse('ENTRY_UNKNOWN');
  if (after !== null && wanted.after !== 'base') {
    const fault = await draftFault(room, tx, after);
    if (fault !== undefined) return { ok: false, refusal: fault };
  }
  if (before === null && (await isFull(tx.draft, base))) return refuse('DRAFT_FULL');
  const revision = await writeAll(room, tx, base, [{ ...wanted, before }], act, by);
  const kind = kindOf(base, await tx.draft.change(id)) ?? null;
  return done({ id, kind, revision: revision ?? (await revisionOf(tx.draft, id)) });
}

async function revisionOf(draft: DraftRows, id: string): Promise<number> {
  return (await draft.historyOf(id, 1))[0]?.position ?? 0;
}

async function isFull(draft: DraftRows, base: DraftBase): Promise<boolean> {
  const lines = draftLines(base, await draft.changes());
  return lines.filter(({ entry }) => entry !== null).length >= MAX_PART_ENTRIES;
}

/**
 * Writes what has been checked: changes and history. What is as it was leaves no line.
 * @returns the last position; undefined when nothing was to be written
 */
export async function writeAll<Tx extends OfficeTables>(
  { ports, party: _party }: DraftRoom<Tx>,
  tx: Tx,
  base: DraftBase,
  wanted: readonly (Wanted & { readonly before: Entry | null })[],
  act: DraftAct,
  by: string,
): Promise<number | undefined> {
  const at = ports.clock.now();
  const changes = new Map((await tx.draft.changes()).map((change) => [change.entry, change]));
  const saved: DraftChange[] = [];
  const dropped: string[] = [];
  const lines = wanted.flatMap(({ id, after: asked, before, reason }) => {
    const published = base.byId.get(id) ?? null;
    const after = asked === 'base' ? published : asked;
    const kept = changes.get(id);
    const sameReason = kept === undefined || sameText(kept.reason, reason);
    if (isSame(before, after) && sameReason) return [];
    if (isSame(published, after)) dropped.push(id);
    else saved.push({ entry: id, after, reason, author: by, at });
    return [{ entry: id, act, by, at, before, after, reason }];
  });
  if (lines.length === 0) return undefined;
  if (saved.length > 0) await tx.draft.saveChanges(saved);
  if (dropped.length > 0) await tx.draft.dropChanges(dropped);
  return tx.draft.addHistory(lines);
}

function sameText(a: LocalText, b: LocalText): boolean {
  return a.zhCN === b.zhCN && a.zhTW === b.zhTW && a.en === b.en;
}
