// CLS from the words of the standard alone.

type Input = Readonly<Record<string, unknown>>;
type Fact = {
  readonly class: number;
  readonly assurance: string;
  readonly since: number;
  readonly provedAt: number;
  readonly expiresAt: number | null;
  readonly endedAt: number | null;
};

const DAY = 86_400;
const AHEAD = 8 * 3600;

export function classes(input: Input): { readonly facts: object } {
  if ('born' in input) return { facts: { classes: ages(String(input['born']), input) } };
  if ('until' in input) return { facts: { end: endOf(String(input['until'])) } };
  if ('facts' in input) return { facts: { proved: isProved(input) } };
  return { facts: { carried: carried(input) } };
}

/** CLS-2.4, by the birthdays themselves: the first second of each is looked for. */
function ages(born: string, input: Input): readonly number[] {
  const [year = 0, month = 0, day = 0] = born.split('-').map(Number);
  const now = Number(input['time']);
  return [60, 65, 70].flatMap((years, index) => {
    // Date carries 29 February over to 1 March where the year has none.
    const birthday = Date.UTC(year + years, month - 1, day) / 1000 - AHEAD;
    return birthday <= now ? [index + 1] : [];
  });
}

/** CLS-2.5: 04:00 of the day after. */
function endOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000 - AHEAD + DAY + 4 * 3600;
}

/** CLS-2.3, CLS-3.3 and CLS-3.4. */
function isProved(input: Input): boolean {
  const time = Number(input['time']);
  const wanted = Number(input['class']);
  return (input['facts'] as readonly Fact[]).some((fact) => {
    if (fact.class !== wanted || wanted < 1 || wanted > 6) return false;
    if (fact.assurance === 'low') return false;
    if (fact.assurance === 'substantial' && wanted > 4) return false;
    if (time < fact.since || time - fact.provedAt >= 7 * DAY) return false;
    return [fact.expiresAt, fact.endedAt].every((end) => end === null || time < end);
  });
}

/** CLS-4.2: the fact's end is not before the end of the slot. */
function carried(input: Input): number {
  const end = input['end'];
  const slotEnd = Number(input['day']) * DAY - 4 * 3600 + (Number(input['slot']) + 1) * 6 * 3600;
  return end !== null && Number(end) < slotEnd ? 0 : Number(input['class']);
}
