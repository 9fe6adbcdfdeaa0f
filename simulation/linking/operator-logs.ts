import {
  buildCode,
  buildPass,
  passTag,
  signingTime,
  slotOf,
  slotStart,
  type PartyId,
  type Signer,
} from '@tongyu/protocol';
import { generateSigner } from '../../server/src/crypto/sign.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What an operator keeps of a tap: the code, when, and at which of its terminals. */
export type LoggedTap = {
  readonly code: string;
  readonly time: number;
  readonly terminal: number;
  /** The truth, for scoring a guess; no operator has it. */
  readonly resident: number;
};

export type OperatorLogs = {
  readonly metro: readonly LoggedTap[];
  readonly museum: readonly LoggedTap[];
};

/**
 * One day of two operators in one host city: each resident rides the metro once and visits the
 * museum 20 to 80 minutes later, with another pass, as phones do. Homes are spread unevenly.
 */
export async function operatorLogs(residents: number, random: SeededRandom): Promise<OperatorLogs> {
  const issuers = new Map(HOMES.map(({ party }) => [party, generateSigner('ES256')]));
  const metro: LoggedTap[] = [];
  const museum: LoggedTap[] = [];
  for (let resident = 0; resident < residents; resident++) {
    const home = pickHome(random);
    const issuer = issuers.get(home);
    if (issuer === undefined) throw new Error('every home has an issuer');
    const seed = random.bytes(16);
    const concessionClass = random.below(100) < 12 ? 1 + random.below(6) : 0;
    const ride = FIRST_RIDE + random.below(8 * 3600);
    const visit = ride + 1200 + random.below(3600);
    const tap = async (time: number, index: number, terminals: number): Promise<LoggedTap> => ({
      code: await presented(home, issuer, seed, index, concessionClass, time),
      time,
      terminal: random.below(terminals),
      resident,
    });
    metro.push(await tap(ride, 0, 200));
    museum.push(await tap(visit, 1, 4));
  }
  return { metro, museum };
}

/** Share of residents by home city, in percent, as seen in a host city. */
const HOMES: readonly { readonly party: PartyId; readonly percent: number }[] = [
  { party: '4201', percent: 90 },
  { party: '4301', percent: 5 },
  { party: '3401', percent: 3 },
  { party: '3601', percent: 2 },
];

/** 10:00 of a service day, the start of its second slot. */
const FIRST_RIDE = slotStart({ day: 20_800, slot: 1 });

function pickHome(random: SeededRandom): PartyId {
  let left = random.below(100);
  for (const { party, percent } of HOMES) {
    if (left < percent) return party;
    left -= percent;
  }
  return '4201';
}

async function presented(
  issuerId: PartyId,
  issuer: Signer,
  seed: Uint8Array,
  index: number,
  concessionClass: number,
  time: number,
): Promise<string> {
  const device = generateSigner('ES256');
  const slot = slotOf(time);
  const tag = passTag(seed, issuerId, slot, index);
  const content = {
    suite: 1,
    issuer: issuerId,
    keyId: 1,
    tag,
    slot,
    reserve: false,
    class: concessionClass,
    deviceKey: device.publicKey,
  } as const;
  return buildCode(await buildPass(content, issuer), signingTime(time), device);
}
