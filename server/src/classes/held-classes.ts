import { assurancesFor, countingFacts, isAssuredEnough, type Assurance } from '@tongyu/domain';
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
  return room.store.read(async (tx) => ({
    classes: await classesHeld(tx, room, residentRef, now),
  }));
}

/**
 * Whether a pass may carry the class now, and until when the proof lasts. `unproved` when the
 * resident does not hold it at all.
 */
export async function classOffer<Tx extends CityTables>(
  tx: Tx,
  room: ClassRoom<Tx>,
  residentRef: string,
  classNumber: number,
): Promise<Pick<HeldClass, 'expires' | 'standing'> | undefined> {
  const now = room.ports.clock.now();
  const held = await classesHeld(tx, room, residentRef, now, classNumber);
  return held[0];
}

async function classesHeld<Tx extends CityTables>(
  tx: Tx,
  { config }: ClassRoom<Tx>,
  residentRef: string,
  now: number,
  only?: number,
): Promise<readonly HeldClass[]> {
  const facts = countingFacts(await tx.city.classFacts(residentRef), now);
  const held: HeldClass[] = [];
  for (const fact of facts) {
    if (only !== undefined && fact.class !== only) continue;
    const { class: number, assurance, prover, provedAt, expiresAt: expires } = fact;
    const standing = isAssuredEnough(fact)
      ? await commonness(tx, config.classMinHolders, number, now)
      : 'weak';
    held.push({ class: number, assurance, prover, provedAt, expires, standing });
  }
  return held;
}

async function commonness(
  tx: CityTables,
  minimum: number,
  classNumber: number,
  now: number,
): Promise<ClassStanding> {
  const assurances = assurancesFor(classNumber);
  const holders = await tx.city.countHolders(classNumber, assurances, now, minimum);
  return holders >= minimum ? 'offered' : 'rare';
}
