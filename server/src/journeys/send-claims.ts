import {
  canonicalJson,
  GROUPS_PER_CLAIM,
  type GroupClaim,
  type Json,
  type PartyId,
  type SignedHead,
} from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { GroupRow } from '../store/journey-tables.ts';
import { answerClaims } from './answer-claims.ts';
import type { JourneyRoom } from './room.ts';
import { takeAnswers } from './take-answers.ts';
import { heldByLine, type TermsBook } from './terms-book.ts';

export type ClaimToSend = {
  readonly group: GroupRow;
  readonly claim: GroupClaim;
  /** It was refused before: one that spoils a message must spoil no other. */
  readonly isAlone: boolean;
};

/** In UTF-16 units of canonical text; an envelope's base64 is four thirds of it, at least. */
const MAX_BODY_LENGTH = 1_800_000;
const MAX_HEADS = 50;

/**
 * The claims of a batch, to each home city in as few messages as hold them, with the heads that
 * their lines name. Those of own residents are answered at once, in the same transaction.
 */
export async function sendClaims<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  claims: readonly ClaimToSend[],
  book: TermsBook,
  now: number,
): Promise<void> {
  for (const [home, ofHome] of Map.groupBy(claims, ({ group }) => group.home)) {
    if (home === room.party) {
      const groups = ofHome.map(({ claim }) => claim);
      const answers = await answerClaims(room, tx, home, { groups, heads: [] });
      await takeAnswers(tx, home, groups, answers, now);
      continue;
    }
    for (const message of messagesOf(ofHome, book)) await sendOne(room, tx, home, message);
  }
}

async function sendOne<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  to: PartyId,
  { groups, heads }: Message,
): Promise<void> {
  const body: Json = { groups, heads: [...heads.values()] };
  await room.peers.send(tx, { to, type: 'lines.claim', body });
}

type Message = {
  readonly groups: GroupClaim[];
  readonly heads: Map<number, SignedHead>;
  length: number;
};

function messagesOf(claims: readonly ClaimToSend[], book: TermsBook): readonly Message[] {
  const messages: Message[] = [];
  let open: Message | undefined;
  for (const { claim, isAlone } of claims) {
    const heads = new Map(
      claim.lines
        .flatMap((line) => book.headsOf(heldByLine(line)))
        .map((head) => [head.signed.number, head]),
    );
    if (open === undefined || isAlone || !hasRoom(open, claim, heads)) {
      open = { groups: [], heads: new Map(), length: 0 };
      messages.push(open);
    }
    add(open, claim, heads);
    if (isAlone) open = undefined;
  }
  return messages;
}

function hasRoom(
  { groups, heads, length }: Message,
  claim: GroupClaim,
  more: ReadonlyMap<number, SignedHead>,
): boolean {
  const fresh = [...more].filter(([number]) => !heads.has(number));
  if (groups.length >= GROUPS_PER_CLAIM || heads.size + fresh.length > MAX_HEADS) return false;
  const added = fresh.reduce((sum, [, head]) => sum + lengthOf(head), lengthOf(claim));
  return length + added <= MAX_BODY_LENGTH;
}

/** A head that does not fit any more is left out: the home city asks for it by its refusal. */
function add(message: Message, claim: GroupClaim, heads: ReadonlyMap<number, SignedHead>): void {
  message.groups.push(claim);
  message.length += lengthOf(claim);
  for (const [number, head] of heads) {
    if (message.heads.has(number) || message.heads.size >= MAX_HEADS) continue;
    if (message.length + lengthOf(head) > MAX_BODY_LENGTH) continue;
    message.heads.set(number, head);
    message.length += lengthOf(head);
  }
}

/** Heads are few and long, and go out with every claim: measured once each. */
const lengths = new WeakMap<object, number>();

function lengthOf(document: GroupClaim | SignedHead): number {
  const known = lengths.get(document) ?? canonicalJson(document).length;
  lengths.set(document, known);
  return known;
}
