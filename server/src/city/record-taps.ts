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
  KeyedTap,
  RefusedUploadRow,
  TapException,
  TapKey,
  TapKeys,
  TapRow,
} from '../store/city-tables.ts';
import { tapKeyText } from './check-taps.ts';
import { advanceProgress } from './gaps.ts';
import { TAP_LIFE_SECONDS } from './forget-past.ts';
import { keepTrips, type AmendedTap, type HomeTap } from './keep-trips.ts';
import { amendKeys, markKeyed } from './mark-due.ts';
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
  const inTime = accepted.filter((tap) => !isTooLate(tap, now));
  const homes = await reportHome(room, tx, inTime, isCharged);
  const rows = fresh.map((tap) => rowOf(tap, now, isCharged(tap), homes.of));
  await tx.city.addTaps(rows);
  await markKeyed(tx, room.config.party, rows.flatMap(keyedOf));
  await amendKeys(tx, room.config.party, homes.amended);
  await tx.city.addUsed(
    accepted.map((tap) => {
      const { issuer, tag, codeTime } = chargeOf(tap);
      const { id: terminal, operator } = tap.terminal;
      return { operator, terminal, issuer, tag, time: codeTime };
    }),
  );
  await saveProgress(tx, fresh, now);
}

/** What is known of a tap's home when it is recorded: for own residents all of it. */
type HomeOfTap = { readonly home: HomeState; readonly key: TapKeys | null };
const NO_HOME: HomeOfTap = { home: 'none', key: null };

type Homes = {
  readonly of: ReadonlyMap<string, HomeOfTap>;
  readonly amended: readonly AmendedTap[];
};

/**
 * Own residents' trips are kept at once; the others' city gets a message in the same transaction.
 */
async function reportHome<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  accepted: readonly CheckedTap[],
  isCharged: (tap: CheckedTap) => boolean,
): Promise<Homes> {
  const homes = new Map<string, HomeOfTap>();
  const amended: AmendedTap[] = [];
  const byIssuer = Map.groupBy(accepted, (tap) => chargeOf(tap).issuer);
  for (const [issuer, taps] of byIssuer) {
    const charged = taps.map((entry) => ({ entry, charged: isCharged(entry) }));
    if (issuer !== room.config.party) {
      const reported = charged.map(({ entry, charged: once }) => ({
        ...{ tap: entry.tap, charged: once, fareGroup: fareGroupOf(entry) },
      }));
      await room.peers.send(tx, { to: issuer, type: 'taps.report', body: reportBody(reported) });
      for (const { tap } of taps) homes.set(tapKeyText(tap.signed), { home: 'pending', key: null });
      continue;
    }
    const own = charged.flatMap(({ entry, charged: once }): HomeTap[] => {
      const { tap, hash, code } = entry;
      if (code === undefined) return [];
      const text = textOf(entry);
      return [{ tap, hash, text, charged: once, fareGroup: fareGroupOf(entry), code }];
    });
    const kept = await keepTrips(tx, room.config.journeySecret, issuer, own);
    amended.push(...kept.amended);
    for (const { refusal, key, ...tap } of kept.results) {
      homes.set(tapKeyText(tap), { home: refusal === null ? 'own' : 'refused', key });
    }
  }
  return { of: homes, amended };
}

function fareGroupOf({ fareGroup }: CheckedTap): string {
  if (fareGroup === null) throw new Error('an accepted tap is of a service of its edition');
  return fareGroup;
}

/** Own residents' taps that are to be priced. */
function keyedOf({ journeyKey, charged, exception, ...row }: TapRow): KeyedTap[] {
  if (journeyKey === null || charged !== true || exception !== null) return [];
  const { terminal, number, time, fareGroup, previousKey } = row;
  return [{ terminal, number, time, fareGroup, journeyKey, previousKey }];
}

/** After so long its home city may have forgotten the pass (JRN-4.6). */
function isTooLate({ tap }: CheckedTap, now: number): boolean {
  return now - tap.signed.time > TAP_LIFE_SECONDS;
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
  homes: Homes['of'],
): TapRow {
  const { tap, hash, terminal, invalid, fareGroup } = entry;
  const accepted = isAcceptedCode(entry);
  const issuer: PartyId | null = entry.code?.pass.issuer ?? null;
  const { time, service, kind, verdict, refusal, assistedReason, shownPriceFen, warned } =
    tap.signed;
  const { direction, stop, held } = tap.signed;
  const { home, key } = homes.get(tapKeyText(tap.signed)) ?? NO_HOME;
  return {
    ...keyOf(tap.signed),
    operator: terminal.operator,
    ...{ hash, time, receivedAt, service, kind, verdict, refusal, assistedReason, issuer },
    charged: accepted ? isCharged : null,
    exception: exceptionOf(entry, receivedAt, isCharged, home),
    field: invalid,
    ...{ home, shownPriceFen, warned, direction, stop, fareGroup },
    class: entry.code?.pass.class ?? 0,
    edition: held.editionNumber,
    head: held.headNumber,
    journeyKey: key?.journeyKey ?? null,
    previousKey: key?.previousKey ?? null,
    text: textOf(entry),
  };
}

function exceptionOf(
  entry: CheckedTap,
  now: number,
  isCharged: boolean,
  home: HomeState,
): TapException | null {
  if (entry.invalid !== null) return 'TAP_EVIDENCE_INVALID';
  if (!isAcceptedCode(entry)) return null;
  if (!isCharged) return 'DOUBLE_PRESENTATION';
  if (isTooLate(entry, now)) return 'TAP_TOO_LATE';
  return home === 'refused' ? 'HOME_REFUSED' : null;
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
