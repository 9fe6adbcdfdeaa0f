import {
  canonicalJson,
  parseCanonicalJson,
  toHex,
  type Json,
  type PartyId,
} from '@tongyu/protocol';
import { firstDifference } from '../peers/first-difference.ts';
import type {
  ChargeRow,
  CityTables,
  HashAndOutcome,
  HomeState,
  RefusedUploadRow,
  TapKey,
  TapRow,
} from '../store/city-tables.ts';
import { tapKeyText } from './check-taps.ts';
import { advanceProgress } from './gaps.ts';
import { keepTrips } from './keep-trips.ts';
import type { CityRoom } from './ports.ts';
import { reportBody } from './report-taps.ts';
import { FUTURE_SECONDS, refused } from './tap-results.ts';
import type { CheckedTap, ReadTap, Results, TapResult } from './tap-results.ts';

/**
 * One transaction for a batch: taps, charges, gaps, the operator's used tags, the trips of this
 * city's own residents, and the message to each home city. Either all of it is there, or nothing.
 */
export async function recordTaps<Tx extends CityTables>(
  room: CityRoom<Tx>,
  checked: readonly CheckedTap[],
  known: readonly ReadTap[],
  now: number,
  results: Results,
): Promise<void> {
  const answers = await room.store.transaction(async (tx) => {
    const batch = await sortOut(tx, [...known, ...checked], now);
    const fresh = checked.filter((tap) => batch.fresh.has(tap));
    if (fresh.length > 0) await recordFresh(room, tx, fresh, now);
    if (batch.refused.length > 0) await tx.city.addRefusedUploads(batch.refused);
    room.ports.faults.point('taps/before-commit');
    return batch.answers;
  });
  for (const [index, result] of answers) results.set(index, result);
}

type SortedBatch = {
  readonly fresh: ReadonlySet<ReadTap>;
  readonly answers: ReadonlyMap<number, TapResult>;
  readonly refused: readonly RefusedUploadRow[];
};

/** Which taps are new; the same id again, also within the batch, is a duplicate or differs. */
async function sortOut(
  tx: CityTables,
  taps: readonly (ReadTap | CheckedTap)[],
  now: number,
): Promise<SortedBatch> {
  const operators = new Set(
    taps.flatMap((tap) => ('terminal' in tap ? [tap.terminal.operator] : [])),
  );
  await tx.city.lockOperators([...operators]);
  const keys = new Map(taps.map(({ tap }) => [tapKeyText(tap.signed), keyOf(tap.signed)]));
  const stored = new Map<string, HashAndOutcome>();
  for (const row of await tx.city.tapHashes([...keys.values()])) stored.set(tapKeyText(row), row);
  const texts = await storedTexts(tx, taps, stored);

  const fresh = new Set<ReadTap>();
  const answers = new Map<number, TapResult>();
  for (const entry of taps) {
    const key = tapKeyText(entry.tap.signed);
    const before = stored.get(key);
    if (before !== undefined) {
      answers.set(entry.index, answerStored(entry, before, texts.get(key)));
      continue;
    }
    const answer = answerFresh(entry, now);
    answers.set(entry.index, answer);
    if (answer.refusal?.code === 'TAP_IN_FUTURE') continue;
    fresh.add(entry);
    stored.set(key, outcomeOf(entry));
    texts.set(key, textOf(entry));
  }
  return { fresh, answers, refused: refusedUploads(taps, answers, now) };
}

/** Needed only to name the field in which a tap differs from the one that is stored. */
async function storedTexts(
  tx: CityTables,
  taps: readonly ReadTap[],
  stored: ReadonlyMap<string, HashAndOutcome>,
): Promise<Map<string, string>> {
  const differing = taps
    .filter(({ tap, hash }) => {
      const before = stored.get(tapKeyText(tap.signed));
      return before !== undefined && before.hash !== hash;
    })
    .map(({ tap }) => keyOf(tap.signed));
  const rows = differing.length === 0 ? [] : await tx.city.tapTexts(differing);
  return new Map(rows.map((row) => [tapKeyText(row), row.text]));
}

function answerStored(entry: ReadTap, stored: HashAndOutcome, text: string | undefined): TapResult {
  const { number } = entry.tap.signed;
  if (stored.hash !== entry.hash) {
    const before = parseCanonicalJson(text ?? '', 10_000) as { signed?: Json } | undefined;
    const field = firstDifference(before?.signed ?? null, entry.tap.signed);
    return refused(number, 'TAP_CONTENT_DIFFERS', field ?? null);
  }
  if (stored.exception === 'TAP_EVIDENCE_INVALID') {
    return refused(number, 'TAP_EVIDENCE_INVALID', stored.field);
  }
  return { number, outcome: 'duplicate', refusal: null };
}

function answerFresh({ tap, ...entry }: ReadTap | CheckedTap, now: number): TapResult {
  const { number, time } = tap.signed;
  if (time > now + FUTURE_SECONDS) return refused(number, 'TAP_IN_FUTURE', 'time');
  const invalid = 'invalid' in entry ? entry.invalid : null;
  if (invalid !== null) return refused(number, 'TAP_EVIDENCE_INVALID', invalid);
  return { number, outcome: 'accepted', refusal: null };
}

function outcomeOf({ hash, ...entry }: ReadTap | CheckedTap): HashAndOutcome {
  const field = 'invalid' in entry ? entry.invalid : null;
  return { hash, exception: field === null ? null : 'TAP_EVIDENCE_INVALID', field };
}

/** Those that are not stored themselves, so that somebody looks at them. */
function refusedUploads(
  taps: readonly ReadTap[],
  answers: ReadonlyMap<number, TapResult>,
  at: number,
): readonly RefusedUploadRow[] {
  return taps.flatMap(({ index, tap }) => {
    const refusal = answers.get(index)?.refusal;
    if (refusal?.code !== 'TAP_IN_FUTURE' && refusal?.code !== 'TAP_CONTENT_DIFFERS') return [];
    return [{ ...keyOf(tap.signed), code: refusal.code, field: refusal.field, at }];
  });
}

async function recordFresh<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  fresh: readonly CheckedTap[],
  now: number,
): Promise<void> {
  const accepted = fresh.filter(isAcceptedCode);
  const newCharges = await tx.city.addCharges(accepted.map(chargeOf));
  const charged = new Set(newCharges.map(tapKeyText));
  const isCharged = (tap: CheckedTap): boolean => charged.has(tapKeyText(tap.tap.signed));
  const homes = await reportHome(room, tx, accepted, isCharged);
  await tx.city.addTaps(fresh.map((tap) => rowOf(tap, now, isCharged(tap), homes)));
  await tx.city.addUsed(
    accepted.map((tap) => {
      const { issuer, tag, codeTime } = chargeOf(tap);
      const { id: terminal, operator } = tap.terminal;
      return { operator, terminal, issuer, tag, time: codeTime };
    }),
  );
  await saveProgress(tx, fresh, now);
}

/**
 * Own residents' trips are kept at once; the others' city gets a message in the same transaction.
 */
async function reportHome<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  accepted: readonly CheckedTap[],
  isCharged: (tap: CheckedTap) => boolean,
): Promise<ReadonlyMap<string, HomeState>> {
  const homes = new Map<string, HomeState>();
  const byIssuer = Map.groupBy(accepted, (tap) => chargeOf(tap).issuer);
  for (const [issuer, taps] of byIssuer) {
    const reported = taps.map((entry) => ({ tap: entry.tap, charged: isCharged(entry) }));
    if (issuer !== room.config.party) {
      await room.peers.send(tx, { to: issuer, type: 'taps.report', body: reportBody(reported) });
      for (const { tap } of taps) homes.set(tapKeyText(tap.signed), 'pending');
      continue;
    }
    const own = taps.flatMap((entry) =>
      entry.code === undefined
        ? []
        : [{ tap: entry.tap, hash: entry.hash, charged: isCharged(entry), code: entry.code }],
    );
    for (const result of await keepTrips(tx, issuer, own)) {
      homes.set(tapKeyText(result), result.refusal === null ? 'own' : 'refused');
    }
  }
  return homes;
}

async function saveProgress(
  tx: CityTables,
  fresh: readonly CheckedTap[],
  now: number,
): Promise<void> {
  const byTerminal = Map.groupBy(fresh, (tap) => tap.terminal.id);
  const before = await tx.city.progress([...byTerminal.keys()]);
  const rows = [...byTerminal].map(([terminal, taps]) => {
    const numbers = taps.map((tap) => tap.tap.signed.number);
    return advanceProgress(
      terminal,
      before.find((row) => row.terminal === terminal),
      numbers,
      now,
    );
  });
  await tx.city.saveProgress(rows);
}

/** A code that opened the gate and that the host itself would have let through. */
function isAcceptedCode(entry: CheckedTap): boolean {
  const { kind, verdict } = entry.tap.signed;
  return kind === 'scan' && verdict === 'pass' && entry.invalid === null;
}

function chargeOf(entry: CheckedTap): ChargeRow {
  const { code } = entry;
  if (code === undefined) throw new Error('only a tap with a code is charged');
  const { issuer, tag } = code.pass;
  return { ...keyOf(entry.tap.signed), issuer, tag: toHex(tag), codeTime: code.time };
}

function rowOf(
  entry: CheckedTap,
  receivedAt: number,
  isCharged: boolean,
  homes: ReadonlyMap<string, HomeState>,
): TapRow {
  const { tap, hash, terminal, invalid } = entry;
  const accepted = isAcceptedCode(entry);
  const issuer: PartyId | null = entry.code?.pass.issuer ?? null;
  const { time, service, kind, verdict, refusal, assistedReason, shownPriceFen, warned } =
    tap.signed;
  return {
    ...keyOf(tap.signed),
    operator: terminal.operator,
    hash,
    time,
    receivedAt,
    service,
    kind,
    verdict,
    refusal,
    assistedReason,
    issuer,
    charged: accepted ? isCharged : null,
    exception:
      invalid !== null
        ? 'TAP_EVIDENCE_INVALID'
        : accepted && !isCharged
          ? 'DOUBLE_PRESENTATION'
          : null,
    field: invalid,
    home: homes.get(tapKeyText(tap.signed)) ?? 'none',
    shownPriceFen,
    warned,
    text: textOf(entry),
  };
}

/**
 * The signed document's canonical text, put together from what is there: `signatures`, `signed`.
 */
function textOf({ tap, contentText }: ReadTap): string {
  return `{"signatures":${canonicalJson(tap.signatures)},"signed":${contentText}}`;
}

function keyOf({ terminal, number }: TapKey): TapKey {
  return { terminal, number };
}
