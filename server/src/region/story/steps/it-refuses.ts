import { AT, CODE_PREFIX, decodeBase45, encodeBase45, type Json } from '@tongyu/protocol';
import { screenWords } from '@tongyu/domain';
import { listAt, member, numberAt, textAt } from '../read-json.ts';
import { tellVerdict } from '../tell.ts';
import type { Step } from '../types.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

/** What the console of Wuhan says of one tap; waits until it has arrived. */
function tapAtWuhan(world: World, terminal: string, number: number): Promise<Json> {
  const path = `/console/api/taps?terminal=${terminal}&limit=200`;
  return waitUntil(`tap ${terminal}/${String(number)} at Wuhan's console`, async () =>
    listAt(await world.node('4201').read(path), 'taps').find(
      (tap) => textAt(tap, 'terminal') === terminal && numberAt(tap, 'number') === number,
    ),
  );
}

export const screenshot: Step = {
  id: 'screenshot',
  chapter: 'refuses',
  title: 'The same picture again: refused at once at that gate, later everywhere',
  expect: { first: 'pass', again: 'ALREADY_USED', tenMinutesLater: 'CODE_STALE' },
  async run({ gates, phones }) {
    const picture = await phones.changsha.freshCode();
    const first = await gates.metroOne.scan(picture);
    const again = await gates.metroOne.scan(picture);
    const later = await gates.metroAhead.scan(picture);
    return {
      got: {
        first: member(first, 'verdict'),
        again: member(again, 'refusal'),
        tenMinutesLater: member(later, 'refusal'),
      },
      told: [
        `First: ${tellVerdict(first)}`,
        `The picture of it at the same gate: ${tellVerdict(again)}`,
        `At another gate, ten minutes later by its clock: ${tellVerdict(later)}`,
      ],
    };
  },
};

export const secondGate: Step = {
  id: 'second-gate',
  chapter: 'refuses',
  title: 'A fresh picture at two unplugged gates: charged once, shown as an exception',
  expect: { gates: ['pass', 'pass'], charged: 1, exceptions: ['DOUBLE_PRESENTATION'] },
  async run(world) {
    const { metroOne, metroTwo } = world.gates;
    metroOne.unplug();
    metroTwo.unplug();
    const picture = await world.phones.changsha.freshCode();
    const answers = [await metroOne.scan(picture), await metroTwo.scan(picture)];
    await metroOne.deliver();
    await metroTwo.deliver();
    const taps = await Promise.all([
      tapAtWuhan(world, metroOne.terminal, numberAt(answers[0] ?? {}, 'tap')),
      tapAtWuhan(world, metroTwo.terminal, numberAt(answers[1] ?? {}, 'tap')),
    ]);
    const exceptions = taps
      .filter((tap) => member(tap, 'exception') !== null)
      .map((tap) => textAt(tap, 'exception'));
    const charged = taps.filter((tap) => member(tap, 'charged') === true).length;
    return {
      got: { gates: answers.map((answer) => member(answer, 'verdict')), charged, exceptions },
      told: [
        'Both gates were unplugged, so neither could know of the other.',
        `Plugged in: Wuhan charged ${String(charged)} and shows ${exceptions.join(', ')}.`,
      ],
    };
  },
};

export const stale: Step = {
  id: 'stale',
  chapter: 'refuses',
  title: "A phone whose clock is ten minutes behind the gate's",
  expect: { verdict: 'check', refusal: 'CODE_STALE' },
  async run({ gates, phones }) {
    const answer = await gates.metroAhead.scan(await phones.changshaNeighbour.freshCode());
    return {
      got: { verdict: member(answer, 'verdict'), refusal: member(answer, 'refusal') },
      told: [tellVerdict(answer)],
    };
  },
};

const CLOCK_REMEDY = screenWords({ kind: 'refused', refusal: 'CLOCK_SKEW' }).nextStep['zh-CN'];

export const clockFast: Step = {
  id: 'clock-fast',
  chapter: 'refuses',
  title: 'A phone whose clock is ten minutes fast is told the remedy and passes after one sync',
  expect: { before: 'CLOCK_SKEW', remedy: CLOCK_REMEDY, after: 'pass' },
  async run({ gates, phones }) {
    const phone = phones.changshaFast;
    phone.setClockWrong(600);
    const before = await gates.metroOne.scan(await phone.freshCode());
    await phone.sync();
    const after = await gates.metroOne.scan(await phone.freshCode());
    return {
      got: {
        before: member(before, 'refusal'),
        remedy: member(before, 'nextStep', 'zh-CN'),
        after: member(after, 'verdict'),
      },
      told: [`Before: ${tellVerdict(before)}`, `After one sync: ${tellVerdict(after)}`],
    };
  },
};

/** Number of a city's revocation list that a gate holds; 0 for none. */
function heldList(status: Json, party: string): number {
  const held = listAt(status, 'lists').find((list) => textAt(list, 'party') === party);
  return held === undefined ? 0 : numberAt(held, 'number');
}

export const revoked: Step = {
  id: 'revoked',
  chapter: 'refuses',
  title: 'A lost phone, reported from another device',
  expect: { before: 'pass', after: 'PASS_REVOKED' },
  async run({ gates, phones }) {
    const before = await gates.metroOne.scan(await phones.changshaLost.freshCode());
    const { listNumber } = await phones.changshaLost.reportLost();
    const status = await gates.metroOne.syncUntil(
      `Changsha's list ${String(listNumber)}`,
      (now) => heldList(now, '4301') >= listNumber,
    );
    const after = await gates.metroOne.scan(await phones.changshaLost.freshCode());
    const number = heldList(status, '4301');
    return {
      got: { before: member(before, 'verdict'), after: member(after, 'refusal') },
      told: [
        `Changsha published list ${String(listNumber)}; the gate holds ${String(number)}.`,
        `The finder at the gate: ${tellVerdict(after)}`,
      ],
    };
  },
};

export const neighbourUnaffected: Step = {
  id: 'neighbour-unaffected',
  chapter: 'refuses',
  title: 'Another Changsha phone at the same gate, by the same list',
  expect: { verdict: 'pass', refusal: null },
  async run({ gates, phones }) {
    const answer = await gates.metroOne.scan(await phones.changshaNeighbour.freshCode());
    return {
      got: { verdict: member(answer, 'verdict'), refusal: member(answer, 'refusal') },
      told: [tellVerdict(answer)],
    };
  },
};

/** The same code with one bit turned, spelled correctly again. */
function withBitTurned(code: string, at: number): string {
  const bytes = decodeBase45(code.slice(CODE_PREFIX.length));
  if (bytes === undefined) throw new Error('the phone showed no code');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return CODE_PREFIX + encodeBase45(bytes);
}

export const tampered: Step = {
  id: 'tampered',
  chapter: 'refuses',
  title: 'A code with its concession class, or its signature over the moment, changed',
  expect: { class: 'PASS_SIGNATURE_INVALID', moment: 'DEVICE_SIGNATURE_INVALID' },
  async run({ gates, phones }) {
    const code = await phones.changshaNeighbour.freshCode();
    const byClass = await gates.metroOne.scan(withBitTurned(code, AT.class + 1));
    const byMoment = await gates.metroOne.scan(withBitTurned(code, AT.deviceSignature + 40));
    return {
      got: { class: member(byClass, 'refusal'), moment: member(byMoment, 'refusal') },
      told: [`Class: ${tellVerdict(byClass)}`, `Moment: ${tellVerdict(byMoment)}`],
    };
  },
};

export const observerRefused: Step = {
  id: 'observer-refused',
  chapter: 'refuses',
  title: 'A Huangshi code, while Huangshi only observes the agreement',
  expect: { verdict: 'refuse', refusal: 'ISSUER_NOT_PARTY' },
  async run({ gates, phones }) {
    const answer = await gates.metroOne.scan(await phones.huangshi.freshCode());
    return {
      got: { verdict: member(answer, 'verdict'), refusal: member(answer, 'refusal') },
      told: [tellVerdict(answer)],
    };
  },
};
