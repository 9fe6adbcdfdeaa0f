import { agesReached, endOfCertificate, type Assurance, type ProvedClass } from '@tongyu/domain';
import { dateAt, type DateText } from '@tongyu/protocol';
import type { ClassProver } from './ports.ts';

/** What the invented registers hold of one invented resident; it stays behind their port. */
export type SyntheticRecord = {
  readonly born: DateText;
  readonly isStudent: boolean;
  readonly isDisabled: boolean;
  readonly isVeteran: boolean;
};

/**
 * Registers of invented residents, each named as synthetic in every fact.
 * @param records by resident reference
 */
export function syntheticProvers(
  records: ReadonlyMap<string, SyntheticRecord>,
): readonly ClassProver[] {
  const register = (
    name: string,
    assurance: Assurance,
    classesOf: (record: SyntheticRecord, at: number) => readonly ProvedClass[],
  ): ClassProver => ({
    id: `synthetic-${name}`,
    assurance,
    prove: (residentRef, at) => {
      const record = records.get(residentRef);
      const classes = record === undefined ? [] : classesOf(record, at);
      return Promise.resolve({ state: 'answered', classes });
    },
  });
  return [
    register('birth-date', 'high', ({ born }, at) =>
      agesReached(born, dateAt(at)).map((number) => ({ class: number, expiresAt: null })),
    ),
    register('student-register', 'substantial', ({ isStudent }, at) =>
      isStudent ? [{ class: STUDENT, expiresAt: endOfSchoolYear(at) }] : [],
    ),
    register('disability-register', 'high', ({ isDisabled }) =>
      isDisabled ? [{ class: DISABLED, expiresAt: null }] : [],
    ),
    register('veteran-register', 'high', ({ isVeteran }) =>
      isVeteran ? [{ class: VETERAN, expiresAt: null }] : [],
    ),
  ];
}

// Numbers of CODE-3.7.
const STUDENT = 4;
const DISABLED = 5;
const VETERAN = 6;

/** A student is one until the service day of the next 31 August is over (CLS-2.5). */
function endOfSchoolYear(at: number): number {
  const year = Number(dateAt(at).slice(0, 4));
  const ends = [year, year + 1].map((of) => endOfCertificate(`${String(of)}-08-31`));
  return ends.find((end) => end > at) ?? Infinity;
}
