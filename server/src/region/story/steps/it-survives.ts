import { parseCode, type Json } from '@tongyu/protocol';
import type { RegionNodeId } from '../../../config.ts';
import { listAt, member, numberAt, textAt } from '../read-json.ts';
import { tellVerdict } from '../tell.ts';
import { bundleVersionAt, newestIssuerKey } from '../trust-of-node.ts';
import type { Step } from '../types.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

const MEMBERS: readonly RegionNodeId[] = ['4201', '4301', '3401', '3601'];

/** Waits until all the nodes publish a bundle above the version; answers the lowest of them. */
function untilBundleAbove(
  world: World,
  ids: readonly RegionNodeId[],
  version: number,
): Promise<number> {
  return waitUntil(`a bundle above version ${String(version)}`, async () => {
    const versions = await Promise.all(ids.map((id) => bundleVersionAt(world, id)));
    const lowest = Math.min(...versions);
    return lowest > version ? lowest : undefined;
  });
}

function untilGateHolds(world: World, version: number): Promise<Json> {
  return world.gates.metroOne.syncUntil(
    `bundle version ${String(version)}`,
    (status) => numberAt(status, 'bundleVersion') >= version,
  );
}

export const hubDown: Step = {
  id: 'hub-down',
  chapter: 'survives',
  title: 'The hub is stopped: scans, syncs and a new bundle version go on',
  expect: {
    hub: 'down',
    scan: 'pass',
    newVersionAtMembers: true,
    newVersionAtGate: true,
    hubFollows: true,
  },
  async run(world) {
    const { metroOne } = world.gates;
    const before = await bundleVersionAt(world, '4201');
    await world.stopHub();
    const hub = await world
      .node('hub')
      .get('/health')
      .then(
        () => 'up',
        () => 'down',
      );
    await world.node('4201').act('/console/api/issuer-key/rollover');
    const version = await untilBundleAbove(world, MEMBERS, before);
    const status = await untilGateHolds(world, version);
    const answer = await metroOne.scan(await world.phones.changshaNeighbour.freshCode());
    await world.startHub();
    const followed = await untilBundleAbove(world, ['hub'], version - 1);
    return {
      got: {
        hub,
        scan: member(answer, 'verdict'),
        newVersionAtMembers: version > before,
        newVersionAtGate: numberAt(status, 'bundleVersion') > before,
        hubFollows: followed >= version,
      },
      told: [
        `Version ${String(before)} became ${String(version)}, proposed by a member.`,
        `At the gate meanwhile: ${tellVerdict(answer)}`,
        `Started again, the hub took version ${String(followed)}.`,
      ],
    };
  },
};

/** The issuer key that a code was signed with, as any reader of the code sees it. */
function keyOf(code: string): number {
  const parsed = parseCode(code);
  if (!parsed.ok) throw new Error(`the phone showed no code: ${parsed.refusal.code}`);
  return parsed.code.pass.keyId;
}

/** Waits until every member publishes a bundle with a newer key of Changsha. */
function untilIssuerKeyAbove(world: World, old: number): Promise<number> {
  return waitUntil(`a key of Changsha above ${String(old)} in every bundle`, async () => {
    const keys = await Promise.all(MEMBERS.map((id) => newestIssuerKey(world, id, '4301')));
    const lowest = Math.min(...keys);
    return lowest > old ? lowest : undefined;
  });
}

export const keyRollover: Step = {
  id: 'key-rollover',
  chapter: 'survives',
  title: "Changsha's issuer key changes without one refusal of a synced phone",
  expect: { verdicts: ['pass', 'pass', 'pass', 'pass'], keys: ['old', 'old', 'old', 'new'] },
  async run(world) {
    const { metroOne } = world.gates;
    const phone = world.phones.changshaFast;
    const old = await newestIssuerKey(world, '4201', '4301');
    const answers: Json[] = [];
    const keys: string[] = [];
    const scan = async (code: string): Promise<void> => {
      keys.push(keyOf(code) > old ? 'new' : 'old');
      answers.push(await metroOne.scan(code));
    };
    await scan(await phone.freshCode());
    await world.node('4301').act('/console/api/issuer-key/rollover');
    await scan(await phone.freshCode());
    const now = await untilIssuerKeyAbove(world, old);
    await untilGateHolds(world, await bundleVersionAt(world, '4201'));
    await phone.sync();
    await scan(await phone.freshCode());
    const late = await world.bindPhone('4301', 'wheelchair');
    await scan(await late.freshCode());
    return {
      got: { verdicts: answers.map((answer) => member(answer, 'verdict')), keys },
      told: [
        `Key ${String(old)} became ${String(now)}; each scan before, during and after passed.`,
      ],
    };
  },
};

/** The numbers of a terminal's taps that the console lists, from one number on, in order. */
async function numbersAtWuhan(
  world: World,
  terminal: string,
  from: number,
): Promise<readonly number[]> {
  const path = `/console/api/taps?terminal=${terminal}&limit=200`;
  const taps = listAt(await world.node('4201').read(path), 'taps');
  return taps
    .filter((tap) => textAt(tap, 'terminal') === terminal)
    .map((tap) => numberAt(tap, 'number'))
    .filter((number) => number >= from)
    .sort((a, b) => a - b);
}

export const gateKill9: Step = {
  id: 'gate-kill9',
  chapter: 'survives',
  title: 'A gate is killed while it holds unsent taps, restarted and plugged in',
  expect: {
    verdicts: ['pass', 'pass', 'pass', 'pass'],
    unsentAfterRestart: 4,
    usedCodeAfterRestart: 'ALREADY_USED',
    arrived: ['once', 'once', 'once', 'once', 'once'],
    unsent: 0,
  },
  async run(world) {
    const { metroTwo } = world.gates;
    await metroTwo.deliver();
    metroTwo.unplug();
    const answers: Json[] = [];
    let last = '';
    for (let i = 0; i < 3; i++) {
      last = await world.phones.hefei.freshCode();
      answers.push(await metroTwo.scan(last));
    }
    answers.push(await metroTwo.command('!assist no-phone'));
    await metroTwo.kill();
    metroTwo.restart();
    const unsentAfterRestart = numberAt(await metroTwo.status(), 'pending');
    const again = await metroTwo.scan(last);
    answers.push(again);
    await metroTwo.deliver();
    const numbers = answers.map((answer) => numberAt(answer, 'tap'));
    const first = Math.min(...numbers);
    const seen = await waitUntil('the taps at Wuhan', async () => {
      const now = await numbersAtWuhan(world, metroTwo.terminal, first);
      return numbers.every((number) => now.includes(number)) ? now : undefined;
    });
    const times = numbers.map((number) => seen.filter((one) => one === number).length);
    return {
      got: {
        verdicts: answers.slice(0, 4).map((answer) => member(answer, 'verdict')),
        unsentAfterRestart,
        usedCodeAfterRestart: member(again, 'refusal'),
        arrived: times.map((count) => (count === 1 ? 'once' : `${String(count)} times`)),
        unsent: numberAt(await metroTwo.status(), 'pending'),
      },
      told: [
        `Killed with ${String(unsentAfterRestart)} unsent taps; all stood after the restart.`,
        `A code used before it: ${tellVerdict(again)}`,
        `Plugged in, taps ${numbers.join(', ')} arrived once each.`,
      ],
    };
  },
};
