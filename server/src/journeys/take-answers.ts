import type { GroupAnswer, GroupClaim, PartyId } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { GroupRow, LineAnswerRow } from '../store/journey-tables.ts';

const FIRST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 6 * 3600;
/** With the pauses above: two and a half days. */
const MAX_TRIES = 16;

/**
 * What the home city said to claims is noted beside the lines, if they are still the ones that it
 * looked at. A group that it refused whole is claimed again later: an edition may be on its way, or
 * the group that a tap has moved to.
 */
export async function takeAnswers(
  tx: CityTables,
  home: PartyId,
  claims: readonly GroupClaim[],
  answers: readonly GroupAnswer[],
  now: number,
): Promise<void> {
  const rows = await tx.host.groups(claims.map(({ key }) => ({ home, key })));
  const rowOf = new Map(rows.map((row) => [row.key, row]));
  const answerOf = new Map(answers.map((answer) => [answer.key, answer]));
  const groups: GroupRow[] = [];
  const lines: LineAnswerRow[] = [];
  for (const { key, revision } of claims) {
    const [row, answer] = [rowOf.get(key), answerOf.get(key)];
    if (row?.revision !== revision || answer?.revision !== revision) continue;
    const { refusal } = answer;
    if (refusal !== null) {
      const again = goOnFrom(laterAgain(row, now), answer, now);
      groups.push({ ...again, answered: true, refusal });
      continue;
    }
    groups.push({ ...row, answered: true, refusal: null, tries: 0 });
    for (const { journey, outcome, reason, field } of answer.lines) {
      lines.push({ home, key, journey, state: outcome, reason, field, at: now });
    }
  }
  if (groups.length > 0) await tx.host.saveGroups(groups);
  if (lines.length > 0) await tx.host.answerLines(lines);
}

/** The message was refused as a whole: each of its groups is tried again, by itself. */
export async function takeRefusedMessage(
  tx: CityTables,
  home: PartyId,
  claims: readonly GroupClaim[],
  now: number,
): Promise<void> {
  const rows = await tx.host.groups(claims.map(({ key }) => ({ home, key })));
  const current = rows.filter(({ key, revision }) =>
    claims.some((claim) => claim.key === key && claim.revision === revision),
  );
  if (current.length > 0) await tx.host.saveGroups(current.map((row) => laterAgain(row, now)));
}

/**
 * The home city holds a later revision: this node was set back to a copy, or another one spoke in
 * its name. It claims at once with the next number, and later and later if that does not end.
 */
function goOnFrom(row: GroupRow, { held }: GroupAnswer, now: number): GroupRow {
  if (held === null || held < row.revision || row.tries >= MAX_TRIES) return row;
  return { ...row, revision: held, lookAt: row.tries === 1 ? now : row.lookAt };
}

function laterAgain(row: GroupRow, now: number): GroupRow {
  if (row.tries >= MAX_TRIES) return row;
  const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** row.tries, LONGEST_PAUSE_SECONDS);
  const lookAt = Math.min(row.lookAt ?? Infinity, now + pause);
  return { ...row, tries: row.tries + 1, lookAt };
}
