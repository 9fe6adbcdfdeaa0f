import type { Json } from '@tongyu/protocol';
import type { NodeClient } from '../console-client.ts';
import { listAt, member, numberAt } from '../read-json.ts';
import { tellVerdict } from '../tell.ts';
import type { Step } from '../types.ts';
import type { World } from '../world.ts';

const SERVICE = '4201-metro';
const API = '/console/api/list/suspensions';
const reason: Json = { zhCN: '设备检修', zhTW: '設備檢修', en: 'works on the gates' };

/** Says it at Wuhan's console and waits until the gate holds the head that says so. */
async function say(world: World, path: string, isOpen: boolean): Promise<Json> {
  const { metroOne } = world.gates;
  const before = numberAt(await metroOne.status(), 'headNumber');
  await world.node('4201').act(path, { entry: SERVICE, rule: null, reason });
  return metroOne.syncUntil(
    isOpen ? 'its service open again' : 'its service closed',
    (status) => numberAt(status, 'headNumber') > before && member(status, 'serviceOpen') === isOpen,
  );
}

/** A story that was cut short may have left the metro closed. */
export async function liftLeftOver(wuhan: NodeClient): Promise<void> {
  const services = listAt(await wuhan.read('/console/api/services'), 'services');
  const metro = services.find((entry) => member(entry, 'id') === SERVICE);
  if (metro === undefined || member(metro, 'open') === true) return;
  await wuhan.act(`${API}/lift`, { entry: SERVICE, rule: null, reason });
}

export const entrySuspended: Step = {
  id: 'entry-suspended',
  chapter: 'decides',
  title: 'Wuhan suspends its metro in the list, and the gate refuses at the next scan',
  expect: { before: 'pass', after: 'SERVICE_NOT_OPEN' },
  async run(world) {
    const { metroOne } = world.gates;
    const before = await metroOne.scan(await world.phones.changsha.freshCode());
    await say(world, API, false);
    const after = await metroOne.scan(await world.phones.changsha.freshCode());
    return {
      got: { before: member(before, 'verdict'), after: member(after, 'refusal') },
      told: [`Before: ${tellVerdict(before)}`, `Suspended: ${tellVerdict(after)}`],
    };
  },
};

export const entryRestored: Step = {
  id: 'entry-restored',
  chapter: 'decides',
  title: 'Wuhan lifts the suspension, and the gate opens again',
  expect: { verdict: 'pass' },
  async run(world) {
    await say(world, `${API}/lift`, true);
    const answer = await world.gates.metroOne.scan(await world.phones.changsha.freshCode());
    return { got: { verdict: member(answer, 'verdict') }, told: [tellVerdict(answer)] };
  },
};
