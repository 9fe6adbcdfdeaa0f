import { suspensionOf } from '@tongyu/domain';
import type { LocalText } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { CityRoom } from './ports.ts';

/** A service that a terminal can be registered for. */
export type OpenService = {
  readonly id: string;
  readonly operator: string;
  readonly name: LocalText;
  /** False while this city has suspended it. */
  readonly open: boolean;
  /** Where its gates can stand; empty where the price does not depend on it. */
  readonly stops: readonly { readonly id: string; readonly name: LocalText }[];
};

/** Of this city's part of the edition in force, the services that take codes. */
export async function openServices<Tx extends CityTables>({
  list,
}: CityRoom<Tx>): Promise<readonly OpenService[]> {
  const part = await list.inForce();
  const head = await list.newestHead();
  return (part?.entries ?? [])
    .filter((entry) => entry.access.includes('code'))
    .map(({ id, operator, name, tariff }) => ({
      ...{ id, operator: operator.id, name },
      open: suspensionOf(head, id) === undefined,
      stops: tariff.kind === 'zones' ? tariff.stops.map((stop) => stopOf(stop)) : [],
    }));
}

function stopOf({ id, name }: { readonly id: string; readonly name: LocalText }) {
  return { id, name };
}
