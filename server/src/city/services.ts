import {
  documentText,
  parseServiceFile,
  serviceDay,
  signContent,
  type ServiceEntry,
  type ServiceFile,
  type SignedServiceFile,
} from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { CityRoom } from './ports.ts';
import { done, refuse, type CityResult } from './refusals.ts';
import { seedOperators, seedServices } from './service-seeds.ts';

/** The city's newest service file; undefined before the first. */
export async function newestServices<Tx extends CityTables>(
  room: CityRoom<Tx>,
): Promise<SignedServiceFile | undefined> {
  const row = await room.store.read((tx) => tx.city.newestServiceFile());
  if (row === undefined) return undefined;
  const parsed = parseServiceFile(row.text);
  if (!parsed.ok) throw new Error('a stored service file does not parse');
  return parsed.value;
}

/** Signs the city's services as the next file (TAP-1). Nothing that was signed is ever changed. */
export async function setServices<Tx extends CityTables>(
  room: CityRoom<Tx>,
  services: readonly ServiceEntry[],
): Promise<CityResult<{ readonly number: number }>> {
  const { party } = room.config;
  const ids = services.map((entry) => entry.id);
  const isForeign = (id: string): boolean => !id.startsWith(`${party}-`);
  if (services.some((entry) => isForeign(entry.id) || isForeign(entry.operator))) {
    return refuse('NOT_OF_THIS_CITY');
  }
  const residencesTwice = services.some(
    ({ prices }) => new Set(prices.map((price) => price.residence)).size !== prices.length,
  );
  if (new Set(ids).size !== ids.length || residencesTwice) return refuse('SERVICES_TWICE');
  return room.store.transaction(async (tx) => {
    await tx.city.lockCatalogue();
    const known = new Set((await tx.city.operators()).map((row) => row.id));
    if (services.some((entry) => !known.has(entry.operator))) return refuse('OPERATOR_UNKNOWN');
    return done({ number: await signServices(room, tx, services) });
  });
}

async function signServices<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  services: readonly ServiceEntry[],
): Promise<number> {
  const { party } = room.config;
  const made = room.ports.clock.now();
  const number = ((await tx.city.newestServiceFile())?.number ?? 0) + 1;
  const file: ServiceFile = { type: 'tongyu.services', party, number, made, services };
  const { keyId, signer } = await room.trust.listKey(tx, serviceDay(made));
  const signed = { signed: file, signatures: [await signContent(file, party, keyId, signer)] };
  await tx.city.addServiceFile({ number, made, text: documentText(signed) });
  return number;
}

/** The demo's operators and services, once. */
export async function ensureServices<Tx extends CityTables>(room: CityRoom<Tx>): Promise<void> {
  const { party } = room.config;
  if ((await room.store.read((tx) => tx.city.newestServiceFile())) !== undefined) return;
  await room.store.transaction(async (tx) => {
    if ((await tx.city.newestServiceFile()) !== undefined) return;
    if ((await room.trust.ownSection(tx)) === undefined) return; // no list key yet
    await tx.city.lockCatalogue();
    for (const operator of seedOperators(party)) await tx.city.saveOperator(operator);
    await signServices(room, tx, seedServices(party));
  });
}
