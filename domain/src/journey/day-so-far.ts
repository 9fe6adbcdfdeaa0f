import type { ConcessionRule, JourneyLine } from '@tongyu/protocol';

/** What the earlier lines of a group come to: the later ones depend on it (JRN-3.2). */
export class DaySoFar {
  /** What riders pay for the lines up to here, in 分. */
  riderFen = 0;
  /** The line just before. */
  last: JourneyLine | undefined;
  readonly #uses = new Map<string, number>();
  readonly #taken = new Map<string, number>();

  /** How many lines of the service have used the rule. */
  usesOf(service: string, ruleId: string): number {
    return this.#uses.get(`${service} ${ruleId}`) ?? 0;
  }

  /** What the lines have taken from under the ceiling of a funder's signature, in 分. */
  takenFrom(service: string, rule: ConcessionRule): number {
    return this.#taken.get(ceilingName(service, rule)) ?? 0;
  }

  /** @param rule the concession that the line has; null for none */
  add(line: JourneyLine, rule: ConcessionRule | null): void {
    this.riderFen += line.riderFen;
    this.last = line;
    if (rule === null) return;
    const name = `${line.service} ${rule.id}`;
    this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    const paid = line.parts.find(
      ({ kind, funder }) => kind === 'concession' && funder.kind === 'party',
    );
    if (paid === undefined) return;
    this.#taken.set(ceilingName(line.service, rule), this.takenFrom(line.service, rule) + paid.fen);
  }
}

/** A ceiling is one signature's: the same rule signed anew has a ceiling of its own. */
export function ceilingName(service: string, { id, funder }: ConcessionRule): string {
  return `${service} ${id} ${funder.kind === 'party' ? funder.signature.signature : ''}`;
}
