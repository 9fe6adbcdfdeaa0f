import {
  assurancesFor,
  countingFacts,
  isAssuredEnough,
  type Assurance,
  type ClassFact,
} from '@tongyu/domain';
import type { CityTables } from '../store/city-tables.ts';
import type { ClassRoom } from './ports.ts';
import { refreshClasses } from './refresh-classes.ts';

/** A class that somebody is proved to hold, as their phone learns it. */
export type HeldClass = {
  readonly class: number;
  readonly assurance: Assurance;
  readonly prover: string;
  /** When it was proved last. */
  readonly provedAt: number;
  /** The first second at which it holds no more; null when it has no end. */
  readonly expires: number | null;
  readonly standing: ClassStanding;
};

/**
 * Whether passes may carry it: `offered`, or not since the proof is too `weak` (CLS-2.3) or too few
 * residents hold the class (`rare`, CLS-4.3).
 */
export type ClassStanding = 'offered' | 'weak' | 'rare';

export type HeldClasses = { readonly classes: readonly HeldClass[] };

/** What a resident may choose among, in the order of the classes. */
export async function heldClasses<Tx extends CityTables>(
  room: ClassRoom<Tx>,
  residentRef: string,
): Promise<HeldClasses> {
  await refreshClasses(room, residentRef);
  const now = room.ports.clock.now();
  return room.store.read(async (tx) => {
    const classes: HeldClass[] = [];
    for (const fact of countingFacts(await tx.city.classFacts(residentRef), now)) {
      const { class: number, assurance, prover, provedAt, expiresAt: expires } = fact;
      const rarity = (await holdsEnough(tx, room, number)) ? 'offered' : 'rare';
      const standing = isAssuredEnough(fact) ? rarity : 'weak';
      classes.push({ class: number, assurance, prover, provedAt, expires, standing });
    }
    return { classes };
  });
}

/** Whether so few residents hold the class that a pass with it would tell who shows it. */
export async function isRareClass<Tx extends CityTables>(
  room: ClassRoom<Tx>,
  classNumber: number,
): Promise<boolean> {
  return room.store.read(async (tx) => !(await holdsEnough(tx, room, classNumber)));
}

async function holdsEnough(
  tx: CityTables,
  { ports, config }: Pick<ClassRoom, 'ports' | 'config'>,
  classNumber: number,
): Promise<boolean> {
  const { classMinHolders: minimum } = config;
  const now = ports.clock.now();
  const holders = await tx.city.countHolders(classNumber, assurancesFor(classNumber), now, minimum);
  return holders >= minimum;
}

/** The fact that proves the class of the resident well enough at that time. */
export async function provingFact(
  tx: CityTables,
  residentRef: string,
  classNumber: number,
  now: number,
): Promise<ClassFact | undefined> {
  const facts = countingFacts(await tx.city.classFacts(residentRef), now);
  return facts.find((fact) => fact.class === classNumber && isAssuredEnough(fact));
}
