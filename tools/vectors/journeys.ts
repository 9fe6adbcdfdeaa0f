import { canonicalJson, type Json, type Repair } from '@tongyu/protocol';
import { journeys } from './independent/journeys.ts';
import { addAgain, addBorder, addOpen, addOrder, addPairs } from './journey-pairs.ts';
import { addCaps, addShown, addTransfers } from './journey-day.ts';
import { addAged, addCeilings, addConcessions, addExceptions, addFares } from './journey-prices.ts';
import { at, DAY, GROUP, HEADS, KEY, LATER, SERVICES, type TapText } from './journey-region.ts';
import { addEnds, addOtherRepairs } from './journey-repairs.ts';
import { VectorSet } from './vector-set.ts';

/** What a group stands on; the rest is the same for all vectors. */
export type GroupText = {
  readonly taps: readonly TapText[];
  readonly repairs?: readonly Repair[];
  readonly asOf?: number;
  readonly heads?: readonly number[];
  readonly ceilings?: Readonly<Record<string, number>>;
};

/** The documents by name, and the input of a vector that refers to them. */
export function groupInput(set: VectorSet, group: GroupText): Readonly<Record<string, Json>> {
  const named = (edition: string, entries: readonly { readonly id: string }[]): readonly string[] =>
    entries.map((entry) =>
      set.document(`${edition} ${entry.id}`, canonicalJson(entry as unknown as Json)),
    );
  const numbers = group.heads ?? [11, 12];
  const heads = numbers.flatMap((wanted) =>
    HEADS.filter(({ number }) => number === wanted).map((head) =>
      set.document(`head ${String(head.number)}`, canonicalJson(head)),
    ),
  );
  return {
    ...{ host: '4201', home: '4301', key: KEY, fareGroup: GROUP, day: DAY },
    asOf: group.asOf ?? at('27:59'),
    taps: group.taps,
    repairs: group.repairs ?? [],
    editions: { 3: named('edition 3', SERVICES), 4: named('edition 4', LATER) },
    heads,
    ceilings: group.ceilings ?? {},
  };
}

type LineText = {
  readonly journey: string;
  readonly state: string;
  readonly taps: readonly string[];
  readonly fullFen: number;
  readonly riderFen: number;
  readonly parts: readonly {
    kind: string;
    fen: number;
    funder: { kind: string; party?: string };
  }[];
};
type Priced = {
  readonly lines: readonly LineText[];
  readonly exceptions: readonly { readonly tap: string; readonly reason: string }[];
  readonly open: readonly string[];
};

const numberOf = (id: string): string => id.replace('4201-gate/', '');

/**
 * A group in a few words, so that a person can say what must come out: per line its taps, state,
 * full fare, the rider's share and the parts; `!1 NO_PRICE` for an exception, `?1` for an open tap.
 */
export function inWords({ lines, exceptions, open }: Priced): string {
  const partText = ({ kind, fen, funder }: LineText['parts'][number]): string =>
    ` + ${String(fen)} ${kind} ${funder.party ?? funder.kind}`;
  const lineTexts = lines.map(({ taps, state, fullFen, riderFen, parts }) => {
    const sum = `${String(riderFen)}${parts.map(partText).join('')}`;
    return `${taps.map(numberOf).join('-')} ${state} ${String(fullFen)} = ${sum}`;
  });
  const others = exceptions.map(({ tap: id, reason }) => `!${numberOf(id)} ${reason}`);
  return [...lineTexts, ...others, ...open.map((id) => `?${numberOf(id)}`)].join('; ');
}

export type Table = (id: string, group: GroupText, expected: string | readonly string[]) => void;

/**
 * JRN-2, JRN-3, JRN-5: groups as tables of decisions. What must come out is said twice: in a few
 * words here, and in full by a computation of its own, which imports nothing of the project.
 */
export function journeyVectors(): VectorSet {
  const set = new VectorSet('journeys');
  const wrong: string[] = [];
  const tableOf =
    (clause: string): Table =>
    (id, group, words) => {
      const expected = typeof words === 'string' ? words : words.join('; ');
      const input = groupInput(set, group);
      const { facts } = journeys(input, set.documents);
      const found = inWords(facts as Priced);
      if (found !== expected) wrong.push(`${id}: ${found}, not ${expected}`);
      set.accept(
        id,
        clause,
        expected === '' ? 'nothing' : expected,
        input,
        {},
        facts as Readonly<Record<string, Json>>,
      );
    };
  addPairs(tableOf('JRN-2.4'));
  addAgain(tableOf('JRN-2.3'));
  addOrder(tableOf('JRN-2.1'));
  addOpen(tableOf('JRN-2.5'));
  addBorder(tableOf('JRN-2.6'));
  addExceptions(tableOf('JRN-3.1'));
  addFares(tableOf('JRN-3.3'));
  addConcessions(tableOf('JRN-3.4'));
  addAged(tableOf('JRN-3.5'));
  addCeilings(tableOf('JRN-3.6'));
  addTransfers(tableOf('JRN-3.7'));
  addCaps(tableOf('JRN-3.8'));
  addShown(tableOf('JRN-3.9'));
  addEnds(tableOf('JRN-5.5'));
  addOtherRepairs(tableOf('JRN-5.6'));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return set;
}
