import {
  acceptTimeStatement,
  currentKeys,
  documentHash,
  newestStatements,
  object,
  readShape,
  serviceDay,
  signContent,
  timeStatementShape,
  type HeldTrust,
  type SignedTimeStatement,
  type TimeStatement,
  type TrustState,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import { ownSigner } from './own-section.ts';
import { asJson, sendToAll } from './send-trust.ts';
import { takeStep } from './take-trust.ts';
import { isActiveMember, type TrustView } from './trust-view.ts';
import { CLOCK_TOLERANCE_SECONDS, type NodeTables, type TrustRoom } from './types.ts';

/**
 * A member's time statement, when one is due: hourly, and at once when the held bundle or a list
 * number has changed (TIME-2). Never below its own last one: a clock that fell back signs nothing.
 */
export async function keepTimeStatement<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
): Promise<TrustView> {
  const { state, held } = view;
  const { self, settings } = room.config;
  if (state === undefined || held === undefined || !isActiveMember(view, self)) return view;
  const now = room.ports.clock.now();
  const last = newestStatements(state.times).get(self);
  const content = statementOf(self, now, state, held);
  if (last !== undefined) {
    if (now < last.time) {
      room.ports.log.warn({ refusal: 'CLOCK_FELL_BACK' }, 'no time statement');
      return view;
    }
    if (now - last.time < settings.statementSeconds && saysTheSame(content, last)) return view;
  }
  const statement = await signStatement(room, held, content);
  if (statement === undefined) return view;
  const taken = await takeStep(room, tx, view, (s) => acceptTimeStatement(s, statement));
  if (!taken.ok) {
    room.ports.log.warn({ refusal: taken.refusal.code }, 'an own time statement did not hold');
    return view;
  }
  await sendToAll(room, tx, taken.view, 'time.publish', { statement: asJson(statement) });
  return taken.view;
}

/** At whatever time. */
function saysTheSame(a: TimeStatement, b: TimeStatement): boolean {
  if (a.bundle.version !== b.bundle.version || a.bundle.hash !== b.bundle.hash) return false;
  const parties = Object.keys(a.lists);
  const isSame = parties.every((party) => a.lists[party] === b.lists[party]);
  return isSame && parties.length === Object.keys(b.lists).length;
}

function statementOf(
  party: string,
  time: number,
  state: TrustState,
  held: HeldTrust,
): TimeStatement {
  return {
    type: 'tongyu.time',
    party,
    time,
    bundle: { version: held.bundle.version, hash: documentHash(held.bundle) },
    lists: Object.fromEntries(state.lists.map((entry) => [entry.party, entry.number])),
  };
}

/** Signed with the list key that the held bundle knows, since that is where others look. */
async function signStatement<T extends NodeTables>(
  room: TrustRoom<T>,
  held: HeldTrust,
  content: TimeStatement,
): Promise<SignedTimeStatement | undefined> {
  const section = held.bundle.sections.find((entry) => entry.signed.party === content.party);
  if (section === undefined) return undefined;
  const key = currentKeys(section.signed, 'list', serviceDay(content.time))[0];
  if (key === undefined) return undefined;
  const signer = ownSigner(room, key);
  const signature = await signContent(content, content.party, key.keyId, signer);
  return { signed: content, signatures: [signature] };
}

const publishShape = object({ statement: timeStatementShape });

/** `time.publish`: one from the future would make every terminal's clock look wrong (TIME-3). */
export async function takeTimeStatement<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(publishShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { statement } = read.value;
  if (statement.signed.time > room.ports.clock.now() + CLOCK_TOLERANCE_SECONDS) {
    return refused('TIME_IN_FUTURE', 'statement.time');
  }
  const view = await room.views.load(tx);
  const taken = await takeStep(room, tx, view, (s) => acceptTimeStatement(s, statement));
  return taken.ok ? applied() : refused(taken.refusal.code);
}
