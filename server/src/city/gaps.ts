import type { Gap, ProgressRow } from '../store/city-tables.ts';

/** The terminal's progress once these numbers have arrived: what is missing below the highest. */
export function advanceProgress(
  terminal: string,
  before: ProgressRow | undefined,
  numbers: readonly number[],
  now: number,
): ProgressRow {
  let highest = before?.highest ?? 0;
  let gaps: readonly Gap[] = before?.gaps ?? [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (number > highest) {
      if (number > highest + 1) {
        gaps = [...gaps, { first: highest + 1, last: number - 1, noticedAt: now }];
      }
      highest = number;
    } else gaps = gaps.flatMap((gap) => withoutNumber(gap, number));
  }
  return { terminal, highest, lastAt: now, gaps };
}

function withoutNumber(gap: Gap, number: number): readonly Gap[] {
  if (number < gap.first || number > gap.last) return [gap];
  const left = { ...gap, last: number - 1 };
  const right = { ...gap, first: number + 1 };
  return [left, right].filter((part) => part.first <= part.last);
}
