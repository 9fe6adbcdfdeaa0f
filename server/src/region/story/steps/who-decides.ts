import type { RegionNodeId } from '../../../config.ts';
import { member, numberAt, textAt } from '../read-json.ts';
import { tellVerdict } from '../tell.ts';
import { activeMembersOf, roleOf, rootNumberAt, waitingProposal } from '../trust-of-node.ts';
import type { Step } from '../types.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

/** Waits until the proposal is at the member's console and approves it there. */
async function approve(world: World, id: RegionNodeId, kind: string): Promise<void> {
  const proposal = await waitUntil(`the proposal at the console of ${id}`, () =>
    waitingProposal(world, id, kind),
  );
  await world.node(id).act('/console/api/root/approve', { hash: textAt(proposal, 'hash') });
}

/** Waits until the hub and the gate hold a root above the given one. */
async function untilRootAbove(world: World, number: number): Promise<number> {
  const next = await waitUntil(`a root above number ${String(number)}`, async () => {
    const now = await rootNumberAt(world, 'hub');
    return now > number ? now : undefined;
  });
  await world.gates.metroOne.syncUntil(
    `root number ${String(next)}`,
    (status) => numberAt(status, 'rootNumber') >= next,
  );
  return next;
}

export const accession: Step = {
  id: 'accession',
  chapter: 'decides',
  title: 'Huangshi joins once every member has signed, and not before',
  expect: { withoutOne: 'ISSUER_NOT_PARTY', role: 'member', afterAll: 'pass' },
  async run(world) {
    const { metroOne } = world.gates;
    const before = await rootNumberAt(world, 'hub');
    await world.node('4202').act('/console/api/accession/apply');
    await waitUntil("Huangshi's application at the hub", () =>
      world.node('hub').act('/console/api/accessions/4202/propose'),
    );
    const members = await activeMembersOf(world);
    const [last, ...others] = members;
    if (last === undefined) throw new Error('the hub names no member');
    for (const id of others) await approve(world, id, 'accession');
    const signed = await waitUntil('all signatures but one at the hub', async () => {
      const proposal = await waitingProposal(world, 'hub', 'accession');
      const by = proposal === undefined ? [] : member(proposal, 'signedBy');
      return Array.isArray(by) && others.every((id) => by.includes(id)) ? by.length : undefined;
    });
    await metroOne.command('!sync');
    const without = await metroOne.scan(await world.phones.huangshi.freshCode());
    await approve(world, last, 'accession');
    const number = await untilRootAbove(world, before);
    const role = await roleOf(world, '4202');
    const after = await metroOne.scan(await world.phones.huangshi.freshCode());
    return {
      got: {
        withoutOne: member(without, 'refusal'),
        role,
        afterAll: member(after, 'verdict'),
      },
      told: [
        `${String(signed)} parties had signed and ${last} had not: ${tellVerdict(without)}`,
        `Signed by all, root number ${String(number)}: ${tellVerdict(after)}`,
      ],
    };
  },
};

/** Takes Huangshi out again: it says so itself, and the others sign. */
export async function leaveAgain(world: World): Promise<number> {
  const before = await rootNumberAt(world, 'hub');
  await world.node('4202').act('/console/api/leave');
  const members = await activeMembersOf(world);
  const others = members.filter((id) => id !== '4202');
  for (const id of others) await approve(world, id, 'withdrawal');
  return untilRootAbove(world, before);
}

export const withdrawal: Step = {
  id: 'withdrawal',
  chapter: 'decides',
  title: 'Huangshi leaves, and its codes are refused again',
  expect: { role: 'observer', refusal: 'ISSUER_NOT_PARTY' },
  async run(world) {
    const number = await leaveAgain(world);
    const role = await roleOf(world, '4202');
    const answer = await world.gates.metroOne.scan(await world.phones.huangshi.freshCode());
    return {
      got: { role, refusal: member(answer, 'refusal') },
      told: [`Root number ${String(number)}: ${tellVerdict(answer)}`],
    };
  },
};
