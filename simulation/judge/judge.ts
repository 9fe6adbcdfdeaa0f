import type { NodeId, TrustOffer } from '@tongyu/protocol';
import type { TapResult } from '../../server/src/city/tap-results.ts';
import type { ScanAnswer } from '../../server/src/terminal/scan-answer.ts';
import type { TerminalStatus } from '../../server/src/terminal/terminal-status.ts';
import type { TapOutcome } from '../../server/src/terminal/terminal-store.ts';
import type { SeedOptions } from '../world/options.ts';
import { admissionRules } from './admission-rules.ts';
import { lineRules, type LineRules } from './line-rules.ts';
import { numberRules, type NumberRules } from './number-rules.ts';
import { tapRules, type TapRules } from './tap-rules.ts';
import type { StoreWrite } from './watched-store.ts';

/**
 * Looks at everything that reaches a disk or leaves a program, and says what must never be. It
 * knows the product's formats, and none of its decisions: each rule is worked out here once more
 * from the raw events.
 */
export type Judge = {
  /** The first broken rule. */
  failure(): string | undefined;
  fail(what: string): void;
  readonly taps: TapRules;
  readonly numbers: NumberRules;
  readonly lines: LineRules;

  /** A node's transaction is committed. */
  committed(node: NodeId, writes: readonly StoreWrite[], seconds: number): void;
  /** A node answers a peer message with a receipt. */
  receiptLeaves(node: NodeId, envelope: string): void;
  /** A host's answer to a batch leaves it. */
  hostAnswers(host: NodeId, gate: string, results: readonly TapResult[]): void;

  gateCommitted(gate: string, number: number, text: string): void;
  gateSettled(gate: string, outcomes: readonly TapOutcome[]): void;
  /** The screen shows a verdict. */
  gateAnswered(gate: string, text: string | undefined, answer: ScanAnswer): void;
  gateOffered(gate: string, offer: TrustOffer): void;
  /** What a running gate holds, looked at from time to time and at each start. */
  gateHolds(gate: string, status: TerminalStatus): void;
  /** Trust and settings reach the gate's disk. */
  gateKept(gate: string, changes: ReadonlyMap<string, string | null>): void;
  gateCrashed(gate: string): void;
};

export function createJudge(options: SeedOptions): Judge {
  let failure: string | undefined;
  const fail = (what: string): void => {
    failure ??= what;
  };
  const inboxes = new Map<NodeId, Set<string>>();
  const numbers = numberRules(fail);
  const taps = tapRules(fail);
  const lines = lineRules();
  const admissions = admissionRules(fail, numbers, options.maxWarnedAccepts);
  const inboxOf = (node: NodeId): Set<string> => {
    const known = inboxes.get(node) ?? new Set();
    inboxes.set(node, known);
    return known;
  };
  return {
    failure: () => failure,
    fail,
    taps,
    numbers,
    lines,
    committed(node, writes, seconds) {
      for (const write of writes) {
        switch (write.kind) {
          case 'state':
            numbers.nodeHolds(node, write.state);
            break;
          case 'signed':
            numbers.signed(node, write.record);
            break;
          case 'section':
            numbers.sectionKept(node, write.section);
            break;
          case 'inbox': {
            const inbox = inboxOf(node);
            if (inbox.has(write.row.text)) fail(`${node} took one message in twice`);
            inbox.add(write.row.text);
            break;
          }
          case 'taps':
            taps.stored(node, write.rows);
            lines.tapsStored(node, write.rows, seconds);
            break;
          case 'trips':
            taps.tripsKept(node, write.rows);
            break;
          case 'progress':
            taps.progressSaved(node, write.rows);
            break;
          case 'passes':
            admissions.passesIssued(node, write.rows);
            lines.passesIssued(node, write.rows);
            break;
          case 'phone':
            lines.phoneSaved(node, write.row);
            break;
          case 'head':
            lines.headSigned(node, write.head);
            break;
          case 'repair':
            lines.repaired(write.text);
            break;
          case 'list':
            break;
        }
      }
      admissions.phonesRevoked(node, writes);
    },
    receiptLeaves(node, envelope) {
      if (!inboxOf(node).has(envelope)) fail(`${node} gave a receipt for what it has not kept`);
    },
    hostAnswers: (host, gate, results) => {
      taps.hostAnswers(host, gate, results);
    },
    gateCommitted: (gate, number, text) => {
      taps.gateCommitted(gate, number, text);
    },
    gateSettled: (gate, outcomes) => {
      taps.gateSettled(gate, outcomes);
    },
    gateAnswered(gate, text, answer) {
      const tap = taps.gateAnswered(gate, answer);
      if (tap !== undefined && text !== undefined) admissions.decided(gate, text, answer, tap);
    },
    gateOffered: (gate, offer) => {
      admissions.offered(gate, offer.times);
    },
    gateHolds(gate, status) {
      numbers.gateHolds(gate, status);
      taps.gateHolds(gate, status);
      admissions.settledDown(gate, status.rootNumber);
    },
    gateKept: (gate, changes) => {
      const root = changes.get('root');
      if (typeof root === 'string') admissions.rootSaved(gate, numberIn(root));
    },
    gateCrashed: (gate) => {
      admissions.crashed(gate);
    },
  };
}

/** Of a root's canonical text, in which nothing else has this name. */
function numberIn(root: string): number {
  return Number(/"number":([0-9]+)/.exec(root)?.[1]);
}
