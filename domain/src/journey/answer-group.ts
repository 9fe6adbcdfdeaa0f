import {
  lineText,
  type GroupAnswer,
  type GroupClaim,
  type JourneyLine,
  type Json,
  type LineAnswer,
  type LineDispute,
  type LinePart,
  type TapId,
} from '@tongyu/protocol';
import { ceilingName } from './day-so-far.ts';
import { priceGroup } from './price-group.ts';
import type { GroupFacts, GroupTap } from './types.ts';

/**
 * The home city's word on each line that the host claims (JRN-4.4): it prices the same taps again
 * and compares byte by byte. What stands is accepted, whatever else is wrong with the claim. Lines
 * that the claim lacks are answered too, under the name of the journey.
 *
 * @param facts the home city's own, for the taps and repairs of the claim and as of its moment;
 *   `ceilingLeft` is asked only of rules that the home city itself funds: what is left of the sum
 *   it signed for, without what it accepted of this group before
 */
export function answerGroup(claim: GroupClaim, facts: GroupFacts): GroupAnswer {
  const own = priceGroup({ ...facts, ceilingLeft: () => Number.MAX_SAFE_INTEGER });
  const ownLines = new Map<TapId, JourneyLine>(own.lines.map((line) => [line.journey, line]));
  const signed: Signed = { facts, taps: new Map(), taken: new Map() };
  for (const tap of facts.taps) signed.taps.set(tap.id, tap);
  const lines: LineAnswer[] = [];
  for (const line of claim.lines) {
    const expected = ownLines.get(line.journey);
    ownLines.delete(line.journey);
    lines.push(answerLine(line, expected, signed));
  }
  for (const journey of ownLines.keys()) lines.push(dispute(journey, 'LINE_MISSING'));
  return { key: claim.key, revision: claim.revision, refusal: null, held: null, lines };
}

/** What the home city signed to pay, as far as this group has used it. */
type Signed = {
  readonly facts: GroupFacts;
  readonly taps: Map<TapId, GroupTap>;
  readonly taken: Map<string, number>;
};

function answerLine(line: JourneyLine, own: JourneyLine | undefined, signed: Signed): LineAnswer {
  if (own === undefined) return dispute(line.journey, 'LINE_NOT_FOUND');
  const expected = withCeilingOf(line, own);
  if (lineText(line) !== lineText(expected)) {
    return dispute(line.journey, 'LINE_DIFFERS', firstDifference(line, expected) ?? null);
  }
  if (exceedsCeiling(line, signed)) return dispute(line.journey, 'CEILING_EXCEEDED');
  return { field: null, journey: line.journey, outcome: 'accepted', reason: null };
}

/**
 * The home city's own line, with the concession divided at the ceiling where the host divided it:
 * ceilings are the host's book (JRN-4.5). What is over the ceiling costs the host itself.
 */
function withCeilingOf(line: JourneyLine, own: JourneyLine): JourneyLine {
  const [concession, ...others] = own.parts;
  if (concession?.kind !== 'concession' || concession.funder.kind !== 'party') return own;
  const over = line.parts.find(({ kind }) => kind === 'over-ceiling')?.fen ?? 0;
  if (over < 1 || over > concession.fen) return own;
  const above: LinePart = {
    fen: over,
    funder: { kind: 'host' },
    kind: 'over-ceiling',
    rule: concession.rule,
  };
  const below = over === concession.fen ? [] : [{ ...concession, fen: concession.fen - over }];
  return { ...own, parts: [...below, above, ...others] };
}

/** Whether the line asks the home city for more than is left of what it signed for (JRN-4.5). */
function exceedsCeiling(line: JourneyLine, { facts, taps, taken }: Signed): boolean {
  const part = line.parts.find(({ kind }) => kind === 'concession');
  if (part?.funder.kind !== 'party' || part.funder.party !== facts.home) return false;
  const first = taps.get(line.journey);
  const rules = first === undefined ? [] : (facts.terms(first)?.entry.rules ?? []);
  const rule = rules.find(({ id }) => id === part.rule);
  if (rule === undefined) return false;
  const name = ceilingName(line.service, rule);
  const before = taken.get(name) ?? 0;
  if (part.fen > facts.ceilingLeft(line.service, rule) - before) return true;
  taken.set(name, before + part.fen);
  return false;
}

function dispute(journey: TapId, reason: LineDispute, field: string | null = null): LineAnswer {
  return { field, journey, outcome: 'disputed', reason };
}

/**
 * Path of the first member in which two values differ, by the order of their canonical JSON; a
 * list of another length is named itself (JRN-4.4).
 */
function firstDifference(claimed: Json, own: Json): string | undefined {
  if (!isParent(claimed) || !isParent(own) || Array.isArray(claimed) !== Array.isArray(own)) {
    return claimed === own ? undefined : '';
  }
  if (Array.isArray(claimed) && Array.isArray(own) && claimed.length !== own.length) return '';
  const [a, b] = [membersOf(claimed), membersOf(own)];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  if (!Array.isArray(claimed)) names.sort();
  for (const name of names) {
    const [inA, inB] = [a.get(name), b.get(name)];
    const rest = inA === undefined || inB === undefined ? '' : firstDifference(inA, inB);
    if (rest !== undefined) return rest === '' ? name : `${name}.${rest}`;
  }
  return undefined;
}

function isParent(value: Json): value is readonly Json[] | Readonly<Record<string, Json>> {
  return value !== null && typeof value === 'object';
}

function membersOf(value: object): ReadonlyMap<string, Json> {
  return new Map(Object.entries(value as Readonly<Record<string, Json>>));
}
