import { parseCode, toHex, type NodeId, type PartyId, type Tap } from '@tongyu/protocol';
import type { TapResult } from '../../server/src/city/tap-results.ts';
import type { Gap, ProgressRow, TapRow, TripRow } from '../../server/src/store/city-tables.ts';
import type { ScanAnswer } from '../../server/src/terminal/scan-answer.ts';
import type { TerminalStatus } from '../../server/src/terminal/terminal-status.ts';
import type { TapOutcome } from '../../server/src/terminal/terminal-store.ts';

/** A tap as its gate's disk has it; what the end is reckoned from. */
export type RawTap = {
  readonly text: string;
  readonly signed: Tap;
  readonly presentation: Presentation | undefined;
};

export type Presentation = {
  readonly issuer: PartyId;
  /** Issuer, tag and time inside the code: what is charged once. */
  readonly key: string;
};

/**
 * A tap has one effect; what was acknowledged is somewhere; a presentation is charged once; gaps
 * are reported as they are.
 */
export type TapRules = {
  stored(host: NodeId, rows: readonly TapRow[]): void;
  tripsKept(home: NodeId, rows: readonly TripRow[]): void;
  progressSaved(host: NodeId, rows: readonly ProgressRow[]): void;
  hostAnswers(host: NodeId, gate: string, results: readonly TapResult[]): void;
  gateCommitted(gate: string, number: number, text: string): void;
  gateSettled(gate: string, outcomes: readonly TapOutcome[]): void;
  /** Answers the tap of a scan that was not a repetition. */
  gateAnswered(gate: string, answer: ScanAnswer): RawTap | undefined;
  gateHolds(gate: string, status: TerminalStatus): void;
  /** Everything that gates have committed, by gate and number: the raw log. */
  readonly log: ReadonlyMap<string, ReadonlyMap<number, RawTap>>;
};

type GateTaps = {
  readonly committed: Map<number, RawTap>;
  readonly settled: Set<number>;
  /** Highest number that a screen has shown a verdict for. */
  shown: number;
};

export function tapRules(fail: (what: string) => void): TapRules {
  const gates = new Map<string, GateTaps>();
  const log = new Map<string, Map<number, RawTap>>();
  const stored = new Map<string, Set<number>>();
  const charged = new Set<string>();
  const trips = new Set<string>();

  const gateOf = (id: string): GateTaps => {
    const known = gates.get(id);
    if (known !== undefined) return known;
    const fresh: GateTaps = { committed: new Map(), settled: new Set(), shown: 0 };
    gates.set(id, fresh);
    log.set(id, fresh.committed);
    return fresh;
  };
  const storedOf = (gate: string): Set<number> => {
    const known = stored.get(gate) ?? new Set();
    stored.set(gate, known);
    return known;
  };

  return {
    log,
    gateCommitted(gate, number, text) {
      const { committed } = gateOf(gate);
      if (committed.has(number)) fail(`${gate} gave the number ${number} twice`);
      if (number !== committed.size + 1) fail(`${gate} left out a number before ${number}`);
      committed.set(number, rawTap(text));
    },
    gateAnswered(gate, { tap, repeated, verdict }) {
      if (tap === null) {
        if (verdict === 'pass') fail(`${gate} opened without a tap`);
        return undefined;
      }
      const it = gateOf(gate);
      const raw = it.committed.get(tap);
      if (raw === undefined) fail(`${gate} showed a verdict for tap ${tap}, which is on no disk`);
      else if (raw.signed.verdict !== verdict)
        fail(`${gate} showed another verdict than tap ${tap}`);
      it.shown = Math.max(it.shown, tap);
      return repeated ? undefined : raw;
    },
    gateSettled(gate, outcomes) {
      const { settled } = gateOf(gate);
      for (const { number, outcome } of outcomes) {
        if (outcome !== 'delivered') continue;
        settled.add(number);
        if (!storedOf(gate).has(number)) fail(`${gate} dropped tap ${number}, which no host has`);
      }
    },
    gateHolds(gate, { lastTap, pending, refused }) {
      const { committed, settled, shown } = gateOf(gate);
      if (lastTap < shown || lastTap !== committed.size) fail(`${gate} lost taps after ${lastTap}`);
      if (lastTap !== pending + refused.length + settled.size) {
        fail(`taps of ${gate} are neither here nor delivered`);
      }
    },
    hostAnswers(host, gate, results) {
      for (const { number, outcome } of results) {
        if (outcome === 'refused' || storedOf(gate).has(number)) continue;
        fail(`${host} said that it has tap ${gate}/${number}, and has not`);
      }
    },
    stored(host, rows) {
      for (const { terminal, number, text, charged: isCharged } of rows) {
        const raw = gates.get(terminal)?.committed.get(number);
        if (raw?.text !== text) fail(`${host} stored ${terminal}/${number} as no gate wrote it`);
        const numbers = storedOf(terminal);
        if (numbers.has(number)) fail(`${terminal}/${number} has two effects at ${host}`);
        numbers.add(number);
        if (isCharged !== true) continue;
        const key = `${host} ${raw?.presentation?.key ?? ''}`;
        if (charged.has(key)) fail(`${host} charged a presentation twice: ${terminal}/${number}`);
        charged.add(key);
      }
    },
    tripsKept(home, rows) {
      for (const { terminal, number } of rows) {
        const key = `${terminal}/${number}`;
        if (trips.has(key)) fail(`${home} kept the trip ${key} twice`);
        trips.add(key);
        const issuer = gates.get(terminal)?.committed.get(number)?.presentation?.issuer;
        if (issuer !== home) fail(`${home} kept a trip of ${issuer ?? 'nobody'}`);
      }
    },
    progressSaved(host, rows) {
      for (const { terminal, highest, gaps } of rows) {
        const real = missingBelow(storedOf(terminal));
        if (real.highest !== highest || real.missing !== spell(gaps)) {
          fail(`${host} reports other gaps of ${terminal} than there are`);
        }
      }
    },
  };
}

function missingBelow(numbers: ReadonlySet<number>): { highest: number; missing: string } {
  const highest = Math.max(0, ...numbers);
  const missing: number[] = [];
  for (let number = 1; number < highest; number++) if (!numbers.has(number)) missing.push(number);
  return { highest, missing: missing.join() };
}

function spell(gaps: readonly Gap[]): string {
  const numbers = gaps.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
  return numbers.sort((a, b) => a - b).join();
}

function rawTap(text: string): RawTap {
  const { signed } = JSON.parse(text) as { readonly signed: Tap };
  const parsed = signed.code === null ? undefined : parseCode(signed.code);
  if (parsed?.ok !== true) return { text, signed, presentation: undefined };
  const { pass, time } = parsed.code;
  const key = `${pass.issuer} ${toHex(pass.tag)} ${time}`;
  return { text, signed, presentation: { issuer: pass.issuer, key } };
}
