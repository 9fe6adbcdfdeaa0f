import { provesClass } from '@tongyu/domain';
import type { CityTables } from '../store/city-tables.ts';

/**
 * Whether this city proves the class for that time, which lies at most 7 days back (CLS-3.5). How
 * many hold the class does not matter here. Ask `refreshClasses` before, outside the transaction.
 */
export async function provesClassAt(
  tx: CityTables,
  residentRef: string,
  classNumber: number,
  time: number,
): Promise<boolean> {
  return provesClass(await tx.city.classFacts(residentRef), classNumber, time);
}
