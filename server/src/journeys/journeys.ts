import {
  groupAnswersShape,
  linesClaimShape,
  readShape,
  type GroupClaim,
  type Json,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer, type ReceiptHandlers } from '../peers/types.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import { answerClaims } from './answer-claims.ts';
import { forgetOld, giveUpSilent } from './forget-journeys.ts';
import { addObjection, answerObjection, takeObjection, takeObjectionAnswer } from './objections.ts';
import { priceDue } from './price-groups.ts';
import {
  addRepair,
  keysOfRepairs,
  noteResults,
  repairResultsShape,
  sendUnknownAgain,
  takeRepairs,
} from './repairs.ts';
import { groupOfJourney, residentGroups } from './resident-groups.ts';
import { PRICE_JOB, type JourneyRoom } from './room.ts';
import { suspendUsedUp } from './suspend-rules.ts';
import { takeAnswers, takeRefusedMessage } from './take-answers.ts';
import type { JourneyList, JourneyPeers, JourneyPorts, Journeys } from './types.ts';

export type JourneySettings = {
  /** How often it is looked whether something is due; a kick looks at once. */
  readonly priceSeconds: number;
  /** How often old rows and silent home cities are looked for. */
  readonly keepSeconds: number;
};

export const JOURNEY_SETTINGS: JourneySettings = { priceSeconds: 1, keepSeconds: 600 };

export function createJourneys<Tx extends CityTables>(
  ports: JourneyPorts,
  store: NodeStore<Tx>,
  list: JourneyList<Tx>,
  peers: JourneyPeers<Tx>,
  party: string,
  settings: JourneySettings = JOURNEY_SETTINGS,
): Journeys<Tx> {
  const room: JourneyRoom<Tx> = { ports, store, list, peers, party };
  const price = async (): Promise<void> => {
    const isDue = (): Promise<boolean> => store.read((tx) => tx.host.hasDue(ports.clock.now()));
    while (await isDue()) {
      await priceDue(room);
      await ports.breathe();
    }
    await suspendUsedUp(room);
  };
  const keep = async (): Promise<void> => {
    await giveUpSilent(room);
    await forgetOld(room);
  };
  const kick = (): void => {
    peers.kick();
    ports.timers.soon(PRICE_JOB);
  };
  return {
    handlers: {
      'lines.claim': (tx, message) => takeClaim(room, tx, message.iss, message.body),
      'journey.repair': (tx, message) => takeRepairs(tx, message.iss, message.body),
      'line.object': (tx, message) => takeObjection(tx, message.iss, message.body),
      'line.answer': (tx, message) => takeObjectionAnswer(tx, message.iss, message.body),
    },
    receipts: receiptsOf(room),
    received(type) {
      if (type === 'journey.repair') ports.timers.soon(PRICE_JOB);
    },
    open() {
      ports.timers.every(settings.priceSeconds, PRICE_JOB, price);
      ports.timers.every(settings.keepSeconds, 'keep journeys', keep);
    },
    price,
    keep,
    kick,
    residentGroups: (residentRef, fromDay) =>
      store.read((tx) => residentGroups(room, tx, residentRef, fromDay)),
    groupOfJourney: (tx, residentRef, journey) => groupOfJourney(room, tx, residentRef, journey),
    addRepair: (tx, asked) => addRepair(room, tx, asked),
    addObjection: (tx, asked) => addObjection(room, tx, asked),
    async answerObjection(id, decision, by) {
      const answered = await store.transaction((tx) => answerObjection(room, tx, id, decision, by));
      kick();
      return answered;
    },
    objections: (limit) => store.read((tx) => tx.host.objections(limit)),
    countTaps: (from, to, operator) => store.read((tx) => tx.host.countTaps(from, to, operator)),
  };
}

/** Handler of `lines.claim`: the answers travel in the receipt (JRN-4.4). */
async function takeClaim<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  host: string,
  body: Json,
): Promise<PeerAnswer> {
  const read = readShape(linesClaimShape, body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const groups = await answerClaims(room, tx, host, read.value);
  const keys = read.value.groups.map(({ key }) => key);
  await sendUnknownAgain(room, tx, host, keys);
  return applied({ groups });
}

function receiptsOf<Tx extends CityTables>(room: JourneyRoom<Tx>): ReceiptHandlers<Tx> {
  const { clock } = room.ports;
  return {
    async 'lines.claim'(tx, sent, receipt) {
      const { groups } = sent.body as unknown as { readonly groups: readonly GroupClaim[] };
      const read = readShape(groupAnswersShape, receipt.answer);
      if (receipt.outcome === 'applied' && read.ok) {
        await takeAnswers(tx, sent.to, groups, read.value.groups, clock.now());
      } else await takeRefusedMessage(tx, sent.to, groups, clock.now());
    },
    async 'journey.repair'(tx, sent, receipt) {
      const read = readShape(repairResultsShape, receipt.answer);
      if (receipt.outcome === 'applied' && read.ok) {
        const { results } = read.value;
        await noteResults(tx, sent.to, results);
        await sendUnknownAgain(room, tx, sent.to, await keysOfRepairs(tx, results));
      }
    },
  };
}
