import { CODE_AHEAD_SECONDS, CODE_LIFE_SECONDS } from '@tongyu/domain';
import {
  AT,
  deviceSignatureInput,
  documentHash,
  documentText,
  parseCode,
  readShape,
  slotEnd,
  slotStart,
  suiteOf,
  tapId,
  type Checked,
  type NodeId,
  type ParsedCode,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer, type SentMessage } from '../peers/types.ts';
import type { ReceiptBody } from '../peers/types.ts';
import type { CityTables, HomeResult } from '../store/city-tables.ts';
import { runManyChecks } from './check-many.ts';
import { keepTrips, type HomeTap } from './keep-trips.ts';
import { amendKeys, markKeyed, tapKeyOf } from './mark-due.ts';
import type { CityRoom } from './ports.ts';
import { reportAnswerShape, reportShape, type ReportedTap } from './report-taps.ts';
import type { ReportResult } from './report-taps.ts';

/**
 * The home side of `taps.report` (TAP-3.6): each tap is looked at on its own; a host reports taps
 * of its own terminals only, and each must carry a code that one of our phones signed.
 */
export async function takeReport<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  message: Pick<VerifiedPeerMessage, 'iss' | 'body'>,
): Promise<PeerAnswer> {
  const read = readShape(reportShape, message.body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const { taps } = read.value;
  const examined = await runManyChecks(
    taps.map((reported) => examineReported(reported, message.iss, room.config.party)),
    room.ports.verifyMany,
  );
  const good = examined.flatMap((entry) => (entry.ok ? [entry.tap] : []));
  const { journeySecret } = room.config;
  const { results: kept, amended } = await keepTrips(tx, journeySecret, message.iss, good);
  let next = 0;
  const results = taps.map(({ tap }, i): ReportResult => {
    const id = tapId(tap.signed);
    const entry = examined[i];
    if (entry?.ok !== true) {
      const refusal = { code: entry?.code ?? 'TAP_EVIDENCE_INVALID', field: entry?.field ?? null };
      return { tap: id, outcome: 'refused', refusal, key: null };
    }
    const trip = kept[next++];
    if (trip?.refusal !== null) {
      return { tap: id, outcome: 'refused', refusal: trip?.refusal ?? null, key: null };
    }
    const outcome = trip.isNew ? 'accepted' : 'duplicate';
    return { tap: id, outcome, refusal: null, key: trip.key };
  });
  return applied({ results, amended });
}

type ExaminedReport =
  | { readonly ok: true; readonly tap: HomeTap }
  | {
      readonly ok: false;
      readonly code: 'TAP_NOT_OF_HOST' | 'TAP_NOT_OURS' | 'TAP_EVIDENCE_INVALID';
      readonly field: string;
    };

function* examineReported(
  { tap, charged, fareGroup }: ReportedTap,
  host: NodeId,
  self: NodeId,
): Checked<ExaminedReport> {
  const { terminal, verdict, kind, time } = tap.signed;
  const invalid = (field: string): ExaminedReport => ({
    ok: false,
    code: 'TAP_EVIDENCE_INVALID',
    field,
  });
  if (!terminal.startsWith(`${host}-`)) {
    return { ok: false, code: 'TAP_NOT_OF_HOST', field: 'terminal' };
  }
  if (!fareGroup.startsWith(`${host}-`)) {
    return { ok: false, code: 'TAP_NOT_OF_HOST', field: 'fareGroup' };
  }
  if (kind !== 'scan' || verdict !== 'pass') return invalid('verdict');
  const parsed = parseCode(tap.signed.code ?? '');
  if (!parsed.ok) return invalid('code');
  const { code } = parsed;
  if (code.pass.issuer !== self) return { ok: false, code: 'TAP_NOT_OURS', field: 'code' };
  if (!isOfTheMoment(code, time)) return invalid('time');
  const good = yield {
    alg: suiteOf(code.pass.suite)?.device ?? 'ES256',
    publicKey: code.pass.deviceKey,
    message: deviceSignatureInput(code.bytes.subarray(0, AT.deviceSignature)),
    signature: code.deviceSignature,
  };
  if (!good) return invalid('code');
  const hash = documentHash(tap.signed);
  return { ok: true, tap: { tap, charged, fareGroup, code, hash, text: documentText(tap) } };
}

function isOfTheMoment({ pass, time }: ParsedCode, tapTime: number): boolean {
  if (time < slotStart(pass.slot) || time >= slotEnd(pass.slot)) return false;
  return time - tapTime >= -CODE_LIFE_SECONDS && time - tapTime <= CODE_AHEAD_SECONDS;
}

/**
 * The host side of the receipt: what the home city made of each tap is noted beside it, and the
 * groups that got a tap by it are to be priced (JRN-4.1).
 */
export async function takeReportAnswer(
  tx: CityTables,
  sent: Pick<SentMessage, 'to'>,
  receipt: Pick<ReceiptBody, 'outcome' | 'answer'>,
): Promise<void> {
  if (receipt.outcome !== 'applied') return; // stays pending, and stands in the peers' list
  const read = readShape(reportAnswerShape, receipt.answer);
  if (!read.ok) return;
  const results = read.value.results.map(({ tap, outcome, key }): HomeResult => {
    const home = outcome === 'refused' ? 'refused' : 'accepted';
    return { ...tapKeyOf(tap), home, key };
  });
  const keyed = await tx.city.setHome(sent.to, results);
  await markKeyed(tx, sent.to, keyed);
  await amendKeys(tx, sent.to, read.value.amended);
}
