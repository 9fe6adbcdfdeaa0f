import type { Json } from '@tongyu/protocol';
import type { RegionNodeId } from '../../../config.ts';
import { member, numberAt, textAt } from '../read-json.ts';
import type { StoryPhone } from '../story-phone.ts';
import { newestTrip, tellReceipt } from '../trips.ts';
import type { Step } from '../types.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

/** Three zones from the gate at which the rider goes in. */
const EXIT_STOP = 'demo-4';

/** A resident may repair three ends a month (JRN-5.3): the story is told oftener than that. */
const HOMES: readonly RegionNodeId[] = ['3401', '4201', '4301'];
const PERSONAS = ['adult', 'wheelchair', 'foreign', 'student'];

type Ride = { readonly phone: StoryPhone; readonly answer: Json; readonly trip: Json };

/** Goes in, and nothing more is heard of it; a rider who went in minutes ago is still that one. */
async function goIn(world: World, phone: StoryPhone): Promise<Ride | undefined> {
  const { zoneIn } = world.gates;
  const answer = await zoneIn.scan(await phone.freshCode());
  await zoneIn.deliver();
  const tap = numberAt(answer, 'tap');
  const trip = await newestTrip(phone, zoneIn.terminal, tap, () => true);
  const isFirst = textAt(trip, 'journey') === `${zoneIn.terminal}/${String(tap)}`;
  return isFirst ? { phone, answer, trip } : undefined;
}

async function repairedRide(world: World): Promise<Ride> {
  const riders = HOMES.flatMap((home) => PERSONAS.map((persona) => [home, persona] as const));
  const first = world.clock.now() % riders.length;
  for (let i = 0; i < riders.length; i++) {
    const [home, persona] = riders[(first + i) % riders.length] ?? ['4301', 'adult'];
    const phone = await world.bindPhone(home, persona);
    const ride = await goIn(world, phone);
    if (ride === undefined) continue;
    const time = await waitUntil('the second after the entry', () => {
      const now = world.clock.now();
      return now > numberAt(ride.trip, 'taps', 0, 'time') ? now : undefined;
    });
    const where = { kind: 'exit', stop: EXIT_STOP, time, class: null };
    const journey = textAt(ride.trip, 'journey');
    const asked = await phone.ask('POST', '/resident/repairs', { journey, ...where });
    if (asked.code === null) return ride;
    if (asked.code !== 'REPAIRS_USED_UP') throw new Error(`not repaired: ${asked.code}`);
  }
  throw new Error('all riders have repaired what they may this month');
}

export const exitRepaired: Step = {
  id: 'exit-repaired',
  chapter: 'treats',
  title: 'In Nanchang’s metro an exit is lost; the rider says on the phone where it was',
  expect: { before: 'open', shown: [200, 500], after: 'repaired', price: 500, both: 'accepted' },
  async run(world) {
    const { phone, answer, trip } = await repairedRide(world);
    const after = await newestTrip(
      phone,
      world.gates.zoneIn.terminal,
      numberAt(answer, 'tap'),
      (seen) => textAt(seen, 'state') === 'accepted',
    );
    return {
      got: {
        before: textAt(trip, 'state'),
        shown: [member(answer, 'fromFen'), member(answer, 'priceFen')],
        after: textAt(after, 'line', 'state'),
        price: member(after, 'line', 'riderFen'),
        both: textAt(after, 'state'),
      },
      told: [
        'The gate showed ¥2.00 to ¥5.00; as long as the exit is missing the journey is open.',
        `Three zones, as the rider says and both cities compute. ${tellReceipt(after)}`,
      ],
    };
  },
};
