import {
  admit,
  DEFAULT_ADMISSION_SETTINGS,
  MAX_AGE_SECONDS,
  shownTerms,
  tapOfAssistedPassage,
  tapOfScan,
  type Admission,
  type AdmissionRefusal,
  type ShownTerms,
} from '@tongyu/domain';
import {
  documentText,
  emptyTrust,
  examineCode,
  runChecksAsync,
  serviceDay,
  signContent,
  slotIndex,
  tagKey,
  type AssistedReason,
  type CodeFacts,
  type PartyId,
  type Tap,
  type Verdict,
  type VerifyAsync,
} from '@tongyu/protocol';
import { deviceSigner } from '../../kit/ports/crypto.ts';
import type { AgedAccepts, GateIdentity, GateStore, SyncFacts, UsedTagRow } from './gate-store.ts';
import { gateTrust, type GateTrust } from './held-trust.ts';

/** A terminal has one key in its life; a new key is a new terminal. */
export const TERMINAL_KEY_ID = 1;
/** The same text within this time of its verdict is the same presentation: no new tap. */
const presentationSeconds = 3;

/** What the screen shows; prices and concession only with a pass. */
export type ScanResult = Partial<ShownTerms> & {
  readonly verdict: Verdict;
  readonly refusal: AdmissionRefusal | undefined;
  readonly fault: 'storage' | undefined;
  readonly isAssisted: boolean;
  readonly warned: boolean;
  readonly issuer: PartyId | undefined;
  /** Undefined when nothing could be kept. */
  readonly tapNumber: number | undefined;
  readonly at: number;
};

export type GateWorld = {
  readonly store: GateStore;
  readonly identity: GateIdentity;
  readonly verify: VerifyAsync;
  /** Unix seconds. */
  readonly now: () => number;
  readonly breathe: () => Promise<void>;
};

/** The state that scans stand on; replaced whole by a sync. */
export type GateState = {
  identity: GateIdentity;
  /** When the city was last asked what this gate is registered as. */
  placeAskedAt: number | undefined;
  trust: GateTrust;
  tapNumber: number;
  agedAccepts: AgedAccepts;
  facts: SyncFacts;
};

export type Gate = GateWorld & {
  readonly state: GateState;
  /** One scan or save at a time: each tap's number follows the last one's. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly scan: (text: string, isNew?: boolean) => Promise<ScanResult>;
  readonly assist: (reason: AssistedReason) => Promise<ScanResult>;
};

export async function openGate(world: GateWorld): Promise<Gate> {
  const memory = await world.store.load();
  const state: GateState = {
    identity: world.identity,
    placeAskedAt: undefined,
    trust: gateTrust(
      memory.trust ?? emptyTrust(world.identity.pinnedRootHash),
      memory.list,
      world.identity.service,
      world.breathe,
    ),
    tapNumber: memory.tapNumber,
    agedAccepts: memory.agedAccepts,
    facts: memory.facts,
  };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };
  let last: { readonly text: string; readonly result: ScanResult } | undefined;
  const scan = async (text: string, isNew: boolean): Promise<ScanResult> => {
    const now = world.now();
    if (last?.text === text && !isNew) {
      const age = now - last.result.at;
      if (age >= 0 && age < presentationSeconds) return last.result;
    }
    const result = await decide(world, state, text, now);
    last = { text, result };
    return result;
  };
  return {
    ...world,
    get identity() {
      return state.identity;
    },
    state,
    inTurn,
    scan: (text, isNew = false) => inTurn(() => scan(text, isNew)),
    assist: (reason) => inTurn(() => letThrough(world, state, reason)),
  };
}

/** Loads the facts, asks `admit`, keeps what must be kept, and only then answers. */
async function decide(
  world: GateWorld,
  state: GateState,
  text: string,
  now: number,
): Promise<ScanResult> {
  const { trust } = state;
  const code = await runChecksAsync(examineCode(text, trust.lookup), world.verify);
  const key = code.form === 'good' ? tagKey(code.code.pass.issuer, code.code.pass.tag) : undefined;
  let admission: Admission;
  try {
    await trust.expand(now);
    const used = key === undefined ? undefined : await world.store.lastAcceptedTime(key);
    admission = admit(factsOf(world, state, code, used, now), DEFAULT_ADMISSION_SETTINGS);
  } catch {
    return faultResult(now); // storage gave way: a gate that cannot remember never opens
  }
  const issuer = code.form === 'good' ? code.code.pass.issuer : undefined;
  const moment = momentOf(state, now, issuer);
  const tap = tapOfScan(moment, text, admission);
  const used = admission.verdict === 'pass' ? usedRow(admission.code.code, key) : undefined;
  const isKept = await keep(world, state, tap, used);
  if (!isKept) return faultResult(now);
  const told = { ...faultResult(now), fault: undefined, issuer, tapNumber: tap.number };
  if (admission.verdict === 'pass') {
    const { verdict, warned } = admission;
    return { ...told, ...shownTerms(admission), verdict, warned };
  }
  return { ...told, verdict: admission.verdict, refusal: admission.refusal };
}

function factsOf(
  world: GateWorld,
  state: GateState,
  code: CodeFacts,
  lastAcceptedTime: number | undefined,
  now: number,
) {
  const { trust, agedAccepts } = state;
  const pass = code.form === 'good' ? code.code.pass : undefined;
  return {
    now,
    highestSignedTime: trust.state.highestSignedTime,
    trustTime: trust.trustTime,
    agedAcceptsToday: agedAccepts.day === serviceDay(now) ? agedAccepts.count : 0,
    code,
    revoked: pass !== undefined && trust.isRevoked(tagKey(pass.issuer, pass.tag), pass.slot),
    listTime:
      pass !== undefined && trust.speaksFor(pass.issuer, pass.slot)
        ? trust.listTime(pass.issuer)
        : undefined,
    lastAcceptedTime,
    service: trust.terms(now).terms,
  };
}

async function letThrough(
  world: GateWorld,
  state: GateState,
  reason: AssistedReason,
): Promise<ScanResult> {
  const now = world.now();
  const tap = tapOfAssistedPassage(momentOf(state, now, undefined), reason);
  const isKept = await keep(world, state, tap, undefined);
  if (!isKept) return faultResult(now);
  return {
    ...faultResult(now),
    verdict: 'pass',
    fault: undefined,
    isAssisted: true,
    tapNumber: tap.number,
  };
}

function momentOf(
  { identity, trust, tapNumber }: GateState,
  now: number,
  issuer: PartyId | undefined,
) {
  const { terminal, service, direction, stop } = identity;
  const held = trust.held(issuer, now);
  return { terminal, number: tapNumber + 1, now, service, direction, stop, held };
}

function usedRow(
  code: { readonly time: number; readonly pass: { readonly slot: { day: number; slot: number } } },
  id: string | undefined,
): UsedTagRow | undefined {
  if (id === undefined) return undefined;
  return { id, time: code.time, slotIndex: slotIndex(code.pass.slot) };
}

/** Signs the tap and writes it with its marks. False when the storage did not take it. */
async function keep(
  { store }: GateWorld,
  state: GateState,
  tap: Tap,
  used: UsedTagRow | undefined,
): Promise<boolean> {
  const { terminal, key } = state.identity;
  const signature = await signContent(tap, terminal, TERMINAL_KEY_ID, deviceSigner(key));
  const text = documentText({ signed: tap, signatures: [signature] });
  const agedAccepts = countAged(state.agedAccepts, tap);
  try {
    await store.record({ row: { number: tap.number, text, tap }, used, agedAccepts });
  } catch {
    return false;
  }
  state.tapNumber = tap.number;
  state.agedAccepts = agedAccepts;
  return true;
}

function countAged(before: AgedAccepts, tap: Tap): AgedAccepts {
  const day = serviceDay(tap.time);
  const count = before.day === day ? before.count : 0;
  return { day, count: count + (tap.warned ? 1 : 0) };
}

function faultResult(at: number): ScanResult {
  return {
    verdict: 'unknown',
    refusal: undefined,
    fault: 'storage',
    isAssisted: false,
    warned: false,
    issuer: undefined,
    tapNumber: undefined,
    at,
  };
}

/** Until when this gate can say 通过 without a network; undefined while it cannot at all. */
export function usableUntil({ trust }: GateState): number | undefined {
  const times = [trust.trustTime, ...trust.state.lists.map((list) => trust.listTime(list.party))];
  const known = times.filter((time) => time !== undefined);
  if (trust.trustTime === undefined || known.length === 0) return undefined;
  return Math.min(...known) + MAX_AGE_SECONDS;
}
