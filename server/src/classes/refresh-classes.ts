import { mergeProof } from '@tongyu/domain';
import { dateAt } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { ClassAskedRow, ClassFactRow } from '../store/class-tables.ts';
import type { ClassProver, ClassRoom, ProverAnswer } from './ports.ts';

type Asked = { readonly prover: ClassProver; readonly answer: ProverAnswer };

/**
 * Asks about the resident each prover that was not asked today, and keeps what it answers
 * (CLS-3.2). The provers are waited for outside any transaction.
 * @param residentRef of somebody who is enrolled
 */
export async function refreshClasses<Tx extends CityTables>(
  room: ClassRoom<Tx>,
  residentRef: string,
): Promise<void> {
  const { ports, store } = room;
  const now = ports.clock.now();
  const { asked: before, facts } = await store.read(async (tx) => ({
    asked: await tx.city.classesAsked(residentRef),
    facts: await tx.city.classFacts(residentRef),
  }));
  const due = ports.proofing.provers.filter((prover) => isDue(before, facts, prover.id, now));
  if (due.length === 0) return;
  const asked = await askAll(due, residentRef, now);
  await store.transaction(async (tx) => {
    await keepAnswers(tx, residentRef, asked, now);
    ports.faults.point('classes/before-commit');
  });
  ports.faults.point('classes/after-commit');
}

/** Asks at once, without a look at when it was asked before. */
export function askAll(
  provers: readonly ClassProver[],
  residentRef: string,
  now: number,
): Promise<readonly Asked[]> {
  return Promise.all(
    provers.map(async (prover) => ({ prover, answer: await prover.prove(residentRef, now) })),
  );
}

/** Keeps answers in the caller's transaction; an older one than was kept already says nothing. */
export async function keepAnswers(
  tx: CityTables,
  residentRef: string,
  asked: readonly Asked[],
  at: number,
): Promise<void> {
  await tx.city.lockResident(residentRef, at);
  const before = await tx.city.classesAsked(residentRef);
  const facts = await tx.city.classFacts(residentRef);
  for (const { prover, answer } of asked) {
    const last = before.find((row) => row.prover === prover.id);
    if (answer.state === 'away' || (last !== undefined && last.askedAt > at)) continue;
    const known = facts.filter((fact) => fact.prover === prover.id);
    const merged = mergeProof(known, prover, answer.classes, at);
    const rows = merged.map((fact) => ({ ...fact, residentRef }));
    await tx.city.replaceClassFacts(residentRef, prover.id, rows);
    await tx.city.saveClassAsked({ residentRef, prover: prover.id, askedAt: at });
  }
}

/**
 * Not asked on this day of the calendar in Shanghai, where a birthday begins at midnight, or since
 * one of its proofs has run out: it may have been renewed (CLS-3.2).
 */
function isDue(
  asked: readonly ClassAskedRow[],
  facts: readonly ClassFactRow[],
  prover: string,
  now: number,
): boolean {
  const last = asked.find((row) => row.prover === prover)?.askedAt;
  if (last === undefined || dateAt(last) !== dateAt(now)) return true;
  return facts.some(
    ({ prover: by, expiresAt }) =>
      by === prover && expiresAt !== null && last < expiresAt && expiresAt <= now,
  );
}
