import {
  admit,
  tapOfAssistedPassage,
  tapOfScan,
  type Admission,
  type TapMoment,
} from '@tongyu/domain';
import {
  documentText,
  examineCode,
  listSpeaksFor,
  runChecks,
  serviceDay,
  signContent,
  type AssistedReason,
  type CodeFacts,
  type PartyId,
  type Tap,
} from '@tongyu/protocol';
import type { TerminalState } from './create-terminal.ts';
import type { TerminalParts } from './ports.ts';
import { isRevoked } from './revoked-tags.ts';
import { answerOfAssistedPassage, answerOfScan, type ScanAnswer } from './scan-answer.ts';
import type { TapCommit, UsedMark } from './terminal-store.ts';

/**
 * One scan from text to verdict. The tap and, for a pass, the mark on its tag are durable before
 * the answer exists. Throws `StorageFault`: then nothing was written and nobody may pass.
 */
export async function recordScan(
  parts: TerminalParts,
  state: TerminalState,
  text: string,
  now: number,
): Promise<ScanAnswer> {
  const { admission, issuer } = decideScan(parts, state, text, now);
  const moment = momentOf(parts, state, now, issuer);
  await commit(parts, tapOfScan(moment, text, admission), {
    mark: markOf(admission),
    warnedDay: admission.verdict === 'pass' && admission.warned ? serviceDay(now) : undefined,
  });
  return answerOfScan(admission, moment.number);
}

/** Examines the code and asks the ladder; writes nothing. */
export function decideScan(
  parts: TerminalParts,
  state: TerminalState,
  text: string,
  now: number,
): { readonly admission: Admission; readonly issuer: PartyId | undefined } {
  const code = runChecks(examineCode(text, state.view.lookup), parts.ports.verify);
  const issuer = code.form === 'good' ? code.code.pass.issuer : undefined;
  return { admission: decide(parts, state, code, now), issuer };
}

export async function recordAssistedPassage(
  parts: TerminalParts,
  state: TerminalState,
  reason: AssistedReason,
): Promise<ScanAnswer> {
  const moment = momentOf(parts, state, parts.ports.clock.now(), undefined);
  const nothing = { mark: undefined, warnedDay: undefined };
  await commit(parts, tapOfAssistedPassage(moment, reason), nothing);
  return answerOfAssistedPassage(moment.number);
}

/** Loads the facts and asks the ladder; decides nothing itself. */
function decide(
  { store, config }: TerminalParts,
  { view, revoked }: TerminalState,
  code: CodeFacts,
  now: number,
): Admission {
  const pass = code.form === 'good' ? code.code.pass : undefined;
  const isLost = pass === undefined ? undefined : isRevoked(revoked, pass);
  const list = pass === undefined ? undefined : view.list(pass.issuer);
  const speaks = pass !== undefined && list !== undefined && listSpeaksFor(list.made, pass.slot);
  return admit(
    {
      now,
      highestSignedTime: view.kept.state.highestSignedTime,
      trustTime: view.trustTime,
      agedAcceptsToday: store.warnedAccepts(serviceDay(now)),
      code,
      revoked: isLost === true,
      listTime: pass === undefined || isLost === undefined || !speaks ? undefined : list.time,
      lastAcceptedTime: pass === undefined ? undefined : store.lastUsedTime(pass.issuer, pass.tag),
      service: view.service(now).terms,
    },
    { maxAgedAcceptsPerDay: config.maxWarnedAcceptsPerDay },
  );
}

function markOf(admission: Admission): UsedMark | undefined {
  if (admission.verdict !== 'pass') return undefined;
  const { pass, time } = admission.code.code;
  return { issuer: pass.issuer, tag: pass.tag, time };
}

function momentOf(
  { store, config }: TerminalParts,
  { view }: TerminalState,
  now: number,
  issuer: PartyId | undefined,
): TapMoment {
  const list = issuer === undefined ? undefined : view.list(issuer);
  const { editionNumber, headNumber } = view.service(now);
  return {
    terminal: config.terminal,
    number: store.lastNumber() + 1,
    now,
    service: config.service,
    direction: config.direction,
    stop: config.stop,
    held: {
      ...view.numbers,
      editionNumber,
      headNumber,
      listNumber: list?.number ?? null,
      trustTime: view.trustTime ?? null,
      listTime: list?.time ?? null,
    },
  };
}

async function commit(
  { ports, store, config }: TerminalParts,
  tap: Tap,
  marks: Pick<TapCommit, 'mark' | 'warnedDay'>,
): Promise<void> {
  const signature = await signContent(tap, tap.terminal, config.keyId, ports.key);
  const text = documentText({ signed: tap, signatures: [signature] });
  ports.faults.point('tap/before-commit');
  store.commitTap({ number: tap.number, text, ...marks });
  ports.faults.point('tap/after-commit');
}
