import { parseCode, toHex, type ParsedCode } from '@tongyu/protocol';
import type { LoggedTap, OperatorLogs } from './operator-logs.ts';

/** Shorter runs repeat by chance among millions; of 8 bytes, none does. */
const RUN_BYTES = 8;

export type SharedValues = {
  /** Runs of 8 bytes of tag, key and signatures that occur in both logs, at any offset. */
  readonly sharedRuns: number;
  /** (tag), (device key), (signature) values that occur in both logs. */
  readonly sharedFields: number;
};

/**
 * Pools two operators' logs and looks for any value that one resident's codes have in common. What
 * everybody of one city, slot and class shares is no such value; everything else is looked at, also
 * at odd offsets.
 */
export function sharedValues(logs: OperatorLogs): SharedValues {
  const metro = logs.metro.map(parsed);
  const museum = logs.museum.map(parsed);
  const fields = new Set(metro.flatMap(ownFields));
  const runs = new Set<string>();
  for (const code of metro) for (const run of ownRuns(code)) runs.add(run);
  let sharedFields = 0;
  let sharedRuns = 0;
  for (const code of museum) {
    for (const field of ownFields(code)) if (fields.has(field)) sharedFields++;
    for (const run of ownRuns(code)) if (runs.has(run)) sharedRuns++;
  }
  return { sharedFields, sharedRuns };
}

function parsed(tap: LoggedTap): ParsedCode {
  const result = parseCode(tap.code);
  if (!result.ok) throw new Error('a logged code does not parse');
  return result.code;
}

function ownFields({ pass, bytes }: ParsedCode): string[] {
  return [
    `tag ${toHex(pass.tag)}`,
    `key ${toHex(pass.deviceKey)}`,
    `issuer signature ${toHex(bytes.subarray(54, 118))}`,
    `device signature ${toHex(bytes.subarray(122))}`,
  ];
}

/** Every run inside tag, device key and signatures. */
function* ownRuns({ bytes }: ParsedCode): Generator<string> {
  for (const [from, to] of [
    [5, 15],
    [22, 54],
    [54, 118],
    [122, 186],
  ] as const) {
    for (let at = from; at + RUN_BYTES <= to; at++) {
      yield toHex(bytes.subarray(at, at + RUN_BYTES));
    }
  }
}

export type GuessScore = {
  readonly group: string;
  readonly residents: number;
  /** Share of museum visits whose metro ride was guessed right. */
  readonly right: number;
};

/**
 * What remains when no value is shared: for each museum visit, guess the ride of the same home city
 * and class that lies nearest to the usual 50 minutes before. Scored by the truth, per group.
 */
export function guessByTimeAndPlace(logs: OperatorLogs): readonly GuessScore[] {
  const rides = logs.metro.map((tap) => ({ tap, group: groupOf(parsed(tap)) }));
  const byGroup = new Map<string, LoggedTap[]>();
  for (const { tap, group } of rides) byGroup.set(group, [...(byGroup.get(group) ?? []), tap]);
  const scores = new Map<string, { residents: number; right: number }>();
  for (const visit of logs.museum) {
    const group = groupOf(parsed(visit));
    const candidates = byGroup.get(group) ?? [];
    const guess = nearest(candidates, visit.time - 3000);
    const score = scores.get(group) ?? { residents: 0, right: 0 };
    score.residents++;
    if (guess?.resident === visit.resident) score.right++;
    scores.set(group, score);
  }
  return [...scores]
    .map(([group, { residents, right }]) => ({ group, residents, right: right / residents }))
    .sort((a, b) => b.residents - a.residents);
}

function groupOf({ pass }: ParsedCode): string {
  return `${pass.issuer} class ${String(pass.class)}`;
}

function nearest(taps: readonly LoggedTap[], time: number): LoggedTap | undefined {
  let best: LoggedTap | undefined;
  for (const tap of taps) {
    if (best === undefined || Math.abs(tap.time - time) < Math.abs(best.time - time)) best = tap;
  }
  return best;
}
