import type { Json } from '@tongyu/protocol';
import type { Answer } from '../gate-process.ts';
import { member, numberAt, textAt } from '../read-json.ts';
import type { StoryGate } from '../story-gate.ts';
import type { StoryPhone } from '../story-phone.ts';
import { tellVerdict } from '../tell.ts';
import { newestTrip, tellReceipt, whoPays } from '../trips.ts';
import type { Step } from '../types.ts';
import type { World } from '../world.ts';

const METRO = '4201-metro';
/** Half the fare for guests of 65 or more, as Wuhan's own seniors have it. */
export const SENIOR_RULE = 'senior-half-guest';
const SUSPENSIONS = '/console/api/list/suspensions';
const reason: Json = { zhCN: '对账', zhTW: '對帳', en: 'accounts are being checked' };

/** What the gate's screen said of price and treatment. */
function shownBy(answer: Answer): Json {
  const rule = member(answer, 'rule');
  return {
    price: member(answer, 'priceFen'),
    full: member(answer, 'fullFen'),
    rule: rule === null ? null : member(rule, 'id'),
  };
}

/** One scan, delivered at once; the receipt as the rider's own phone reads it. */
async function ride(gate: StoryGate, phone: StoryPhone) {
  const answer = await gate.scan(await phone.freshCode());
  await gate.deliver();
  return { answer, trip: await newestTrip(phone, gate.terminal, numberAt(answer, 'tap')) };
}

export const seniorFare: Step = {
  id: 'senior-fare',
  chapter: 'treats',
  title: 'A 68-year-old of Changsha rides at Wuhan’s senior fare, at an unplugged gate',
  expect: {
    shown: { price: 200, full: 400, rule: SENIOR_RULE },
    bytesOut: 0,
    receipt: { price: 200, full: 400, rule: SENIOR_RULE, payers: ['host 200'], canObject: true },
  },
  async run({ gates, phones }) {
    const { metroOne } = gates;
    metroOne.unplug();
    const answer = await metroOne.scan(await phones.changshaSenior.freshCode());
    const bytesOut = metroOne.bytesOut();
    await metroOne.deliver();
    const tap = numberAt(answer, 'tap');
    const trip = await newestTrip(phones.changshaSenior, metroOne.terminal, tap);
    return {
      got: { shown: shownBy(answer), bytesOut, receipt: receiptOf(trip) },
      told: [`Wuhan metro, unplugged: ${tellVerdict(answer)}`, tellReceipt(trip)],
    };
  },
};

function receiptOf(trip: Json): Json {
  return {
    price: member(trip, 'line', 'riderFen'),
    full: member(trip, 'line', 'fullFen'),
    rule: textAt(trip, 'rule', 'id'),
    payers: whoPays(trip),
    canObject: member(trip, 'objection') === null,
  };
}

export const sightConcession: Step = {
  id: 'sight-concession',
  chapter: 'treats',
  title: 'The same person visits a sight for ¥20: its operator pays the ticket',
  expect: { price: 0, full: 2000, rule: 'senior-free', payers: ['operator 2000'], canObject: true },
  async run({ gates, phones }) {
    const { answer, trip } = await ride(gates.sight, phones.changshaSenior);
    return {
      got: receiptOf(trip),
      told: [`Yellow Crane Tower: ${tellVerdict(answer)}`, tellReceipt(trip)],
    };
  },
};

export const memberPrice: Step = {
  id: 'member-price',
  chapter: 'treats',
  title: 'An adult of Changsha pays there what residents of member cities pay',
  expect: { price: 1600, full: 2000, rule: 'member', payers: ['operator 400'], canObject: true },
  async run({ gates, bindPhone }) {
    const { answer, trip } = await ride(gates.sight, await bindPhone('4301', 'adult'));
    return {
      got: receiptOf(trip),
      told: [`Yellow Crane Tower: ${tellVerdict(answer)}`, tellReceipt(trip)],
    };
  },
};

/** Says it at Wuhan's console and waits until the gate holds the head that says so. */
async function sayOfRule(world: World, path: string): Promise<void> {
  const { metroOne } = world.gates;
  const before = numberAt(await metroOne.status(), 'headNumber');
  await world.node('4201').act(path, { entry: METRO, rule: SENIOR_RULE, reason });
  await metroOne.syncUntil(
    'the head about its rule',
    (status) => numberAt(status, 'headNumber') > before,
  );
}

export const ruleSuspended: Step = {
  id: 'rule-suspended',
  chapter: 'treats',
  title: 'Wuhan suspends the senior rule: the next scan is full fare, and says why',
  expect: {
    suspended: { price: 400, full: 400, rule: null },
    why: ['SUSPENDED'],
    lifted: { price: 200, full: 400, rule: SENIOR_RULE },
  },
  async run(world) {
    const { changshaSenior } = world.phones;
    const { metroOne } = world.gates;
    await sayOfRule(world, SUSPENSIONS);
    const { answer, trip } = await ride(metroOne, changshaSenior).finally(() =>
      sayOfRule(world, `${SUSPENSIONS}/lift`),
    );
    const again = await metroOne.scan(await changshaSenior.freshCode());
    const why = (member(trip, 'why') as readonly Json[]).find(
      (one) => textAt(one, 'rule', 'id') === SENIOR_RULE,
    );
    return {
      got: {
        suspended: shownBy(answer),
        why: why === undefined ? null : member(why, 'reasons'),
        lifted: shownBy(again),
      },
      told: [
        `Suspended: ${tellVerdict(answer)}`,
        tellReceipt(trip),
        `Lifted: ${tellVerdict(again)}`,
      ],
    };
  },
};
