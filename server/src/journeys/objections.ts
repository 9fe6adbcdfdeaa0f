import {
  canonicalJson,
  object,
  objectionAnswerShape,
  objectionShape,
  readShape,
  type Json,
  type Objection,
  type ObjectionAnswer,
  type PartyId,
  type Repair,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { HomeObjectionRow, HostObjectionRow } from '../store/journey-tables.ts';
import type { JourneyRoom } from './room.ts';
import type { AnsweredObjection, ObjectionAsked } from './types.ts';

const objectShape = object({ objection: objectionShape });
const answerShape = object({ answer: objectionAnswerShape });

/** Home: kept and sent in one transaction (JRN-6.1). */
export async function addObjection<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  { host, key, residentRef, journey, reason }: ObjectionAsked,
): Promise<Objection> {
  const id = `${room.party}-o-${room.ports.rng.id()}`;
  const objection: Objection = { id, journey, key, reason, at: room.ports.clock.now() };
  const row: HomeObjectionRow = {
    ...{ id, host, key, residentRef, journey, at: objection.at },
    ...{ text: canonicalJson(objection), decision: null, decidedAt: null },
  };
  await tx.home.saveHomeObjection(row);
  if (host === room.party) await keepObjection(tx, host, objection);
  else await room.peers.send(tx, { to: host, type: 'line.object', body: { objection } });
  return objection;
}

/** Host: handler of `line.object`. It stops nothing; the office sees it (JRN-6.3). */
export async function takeObjection(
  tx: CityTables,
  home: PartyId,
  body: Json,
): Promise<PeerAnswer> {
  const read = readShape(objectShape, body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const refusal = await keepObjection(tx, home, read.value.objection);
  return refusal === undefined ? applied() : refused(refusal);
}

async function keepObjection(
  tx: CityTables,
  home: PartyId,
  objection: Objection,
): Promise<string | undefined> {
  const { id, journey, key, at } = objection;
  if (!id.startsWith(`${home}-o-`)) return 'OBJECTION_NOT_ALLOWED';
  const text = canonicalJson(objection);
  const known = await tx.host.objection(id);
  if (known !== undefined) return known.text === text ? undefined : 'OBJECTION_DIFFERS';
  // By its tap: the line may have another name or group by now, or be none any more.
  const [tap] = await tx.host.tapsById([journey]);
  if (tap?.home !== home || (tap.key !== key && tap.previousKey !== key)) return 'JOURNEY_UNKNOWN';
  const row: HostObjectionRow = {
    ...{ id, home, key, journey, text, at, decision: null, decidedAt: null, by: null },
  };
  await tx.host.saveObjection(row);
  return undefined;
}

/** Host: the office decides. `upheld` waives the fare, and the operator bears it (JRN-6.2). */
export async function answerObjection<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  id: string,
  decision: ObjectionAnswer['decision'],
  by: string,
): Promise<AnsweredObjection> {
  const row = await tx.host.objection(id);
  if (row === undefined) return { ok: false, refusal: { code: 'OBJECTION_UNKNOWN' } };
  if (row.decision !== null) return { ok: false, refusal: { code: 'OBJECTION_DECIDED' } };
  const at = room.ports.clock.now();
  const objection: HostObjectionRow = { ...row, decision, decidedAt: at, by };
  await tx.host.saveObjection(objection);
  if (decision === 'upheld') await waive(room, tx, objection, at);
  const answer: ObjectionAnswer = { id, decision, at };
  const { home } = row;
  if (home === room.party) await keepAnswer(tx, home, answer);
  else await room.peers.send(tx, { to: home, type: 'line.answer', body: { answer } });
  return { ok: true, objection };
}

async function waive<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  { home, key, journey }: HostObjectionRow,
  at: number,
): Promise<void> {
  const id = `${room.party}-r-${room.ports.rng.id()}`;
  const repair: Repair = { id, journey, kind: 'waive', stop: null, time: null, class: null, at };
  const [tap] = await tx.host.tapsById([journey]);
  const own = tap?.key ?? key; // a repair is kept with its tap
  await tx.host.addRepairs([{ id, home, key: own, journey, text: canonicalJson(repair), at }]);
  const keys = new Set([own, key, tap?.previousKey ?? key]);
  await tx.host.markDueAgain([...keys].map((one) => ({ home, key: one })));
}

/** Home: handler of `line.answer`. */
export async function takeObjectionAnswer(
  tx: CityTables,
  host: PartyId,
  body: Json,
): Promise<PeerAnswer> {
  const read = readShape(answerShape, body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const isKnown = await keepAnswer(tx, host, read.value.answer);
  return isKnown ? applied() : refused('OBJECTION_UNKNOWN');
}

async function keepAnswer(
  tx: CityTables,
  host: PartyId,
  { id, decision, at }: ObjectionAnswer,
): Promise<boolean> {
  const row = await tx.home.homeObjection(id);
  if (row?.host !== host) return false;
  await tx.home.saveHomeObjection({ ...row, decision, decidedAt: at });
  return true;
}
