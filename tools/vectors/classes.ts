import type { Json } from '@tongyu/protocol';
import { VectorSet } from './vector-set.ts';

/** CLS: ages on a day, ends of certificates, what a fact proves, what a pass carries. */
export function classVectors(): VectorSet {
  const set = new VectorSet('classes');
  addAges(set);
  addCertificates(set);
  addProofs(set);
  addPasses(set);
  return set;
}

/** A wall-clock moment in Shanghai. */
function shanghai(text: string): number {
  return Date.parse(`${text}+08:00`) / 1000;
}

function addAges(set: VectorSet): void {
  const at = (id: string, born: string, time: string, classes: readonly number[]): void => {
    const input = { born, time: shanghai(time) };
    set.accept(id, 'CLS-2.4', `born ${born}, ${time} in Shanghai`, input, {}, { classes });
  };
  at('59', '1967-03-02', '2027-03-01T12:00:00', []);
  at('60-on-the-day', '1967-03-01', '2027-03-01T12:00:00', [1]);
  at('64-the-second-before', '1962-03-01', '2027-02-28T23:59:59', [1]);
  at('65-at-midnight', '1962-03-01', '2027-03-01T00:00:00', [1, 2]);
  at('65-before-the-service-day', '1962-03-01', '2027-03-01T03:59:59', [1, 2]);
  at('69-the-day-before', '1957-03-02', '2027-03-01T23:59:59', [1, 2]);
  at('70', '1957-03-01', '2027-03-01T00:00:00', [1, 2, 3]);
  at('102', '1925-01-31', '2027-03-01T00:00:00', [1, 2, 3]);
  at('leap-day-28-february', '1960-02-29', '2025-02-28T23:59:59', [1]);
  at('leap-day-1-march', '1960-02-29', '2025-03-01T00:00:00', [1, 2]);
  at('leap-day-in-a-leap-year', '1964-02-29', '2024-02-29T00:00:00', [1]);
  at('new-year', '1962-01-01', '2027-01-01T00:00:00', [1, 2]);
  at('born-on-the-last-day', '1962-12-31', '2027-12-30T23:59:59', [1]);
}

function addCertificates(set: VectorSet): void {
  for (const [until, end] of [
    ['2027-08-31', '2027-09-01T04:00:00'],
    ['2027-12-31', '2028-01-01T04:00:00'],
    ['2028-02-28', '2028-02-29T04:00:00'],
  ] as const) {
    const facts = { end: shanghai(end) };
    set.accept(`until-${until}`, 'CLS-2.5', `good until ${until}`, { until }, {}, facts);
  }
}

const SECOND = shanghai('2027-03-01T12:00:00');
const WEEK = 604_800;

type Fact = Readonly<Record<string, Json>>;

function fact(more: Fact = {}): Fact {
  return {
    class: 4,
    prover: 'student-register',
    assurance: 'substantial',
    since: SECOND - 100,
    provedAt: SECOND - 50,
    expiresAt: null,
    endedAt: null,
    ...more,
  };
}

function addProofs(set: VectorSet): void {
  const at = (id: string, clause: string, facts: readonly Fact[], proved: boolean, more = {}) => {
    const input = { facts, class: 4, time: SECOND, ...more };
    set.accept(`proof ${id}`, clause, id, input, {}, { proved });
  };
  at('holds', 'CLS-3.4', [fact()], true);
  at('no fact', 'CLS-3.4', [], false);
  at('of another class', 'CLS-3.4', [fact()], false, { class: 5 });
  at('since this second', 'CLS-3.4', [fact({ since: SECOND, provedAt: SECOND })], true);
  at('from the next second', 'CLS-3.4', [fact({ since: SECOND + 1, provedAt: SECOND + 1 })], false);
  at('ends in the next second', 'CLS-3.4', [fact({ expiresAt: SECOND + 1 })], true);
  at('ends in this second', 'CLS-3.4', [fact({ expiresAt: SECOND })], false);
  at('given no more from the next second', 'CLS-3.4', [fact({ endedAt: SECOND + 1 })], true);
  at('given no more from this second', 'CLS-3.4', [fact({ endedAt: SECOND })], false);
  const old = (seconds: number) => fact({ since: SECOND - WEEK, provedAt: SECOND - seconds });
  at('proved a week less a second ago', 'CLS-3.3', [old(WEEK - 1)], true);
  at('proved a week ago', 'CLS-3.3', [old(WEEK)], false);
  at('one of two holds', 'CLS-3.4', [fact({ endedAt: SECOND - 9 }), fact()], true);
  for (const [number, assurance, proved] of [
    [1, 'low', false],
    [1, 'substantial', true],
    [2, 'substantial', true],
    [3, 'substantial', true],
    [3, 'low', false],
    [4, 'low', false],
    [4, 'high', true],
    [5, 'substantial', false],
    [5, 'high', true],
    [6, 'substantial', false],
    [6, 'high', true],
    [7, 'high', false],
    [65_535, 'high', false],
  ] as const) {
    const facts = [fact({ class: number, assurance })];
    at(`class ${String(number)}, ${assurance}`, 'CLS-2.3', facts, proved, { class: number });
  }
}

function addPasses(set: VectorSet): void {
  // Day 20,878 begins on 1 March 2027 at 04:00.
  const at = (id: string, slot: number, end: string | null, carried: number): void => {
    const input = { class: 4, end: end === null ? null : shanghai(end), day: 20_878, slot };
    set.accept(`pass ${id}`, 'CLS-4.2', id, input, {}, { carried });
  };
  at('of a proof without end', 0, null, 4);
  at('of a proof that ends with the slot', 0, '2027-03-01T10:00:00', 4);
  at('of a proof that ends a second before the slot does', 0, '2027-03-01T09:59:59', 0);
  at('of a proof that ends a second after the slot does', 0, '2027-03-01T10:00:01', 4);
  at('of a proof that ends as the slot begins', 1, '2027-03-01T10:00:00', 0);
  at('of the night slot, proof ends at midnight', 3, '2027-03-02T00:00:00', 0);
  at('of the night slot, proof ends with the service day', 3, '2027-03-02T04:00:00', 4);
}
