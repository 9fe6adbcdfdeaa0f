import type { SignatureAlgorithm } from '@tongyu/protocol';
import type { CityTables, OperatorRow, TerminalRow } from '../store/city-tables.ts';
import { seedOperators } from './list-seeds.ts';
import { openServices } from './open-services.ts';
import type { CityRoom } from './ports.ts';
import { done, refuse, type CityResult } from './refusals.ts';

/** The only key of a terminal: another key needs another terminal. */
export const TERMINAL_KEY_ID = 1;

/** Adds an operator or changes its name. */
export async function saveOperator<Tx extends CityTables>(
  room: CityRoom<Tx>,
  operator: OperatorRow,
): Promise<CityResult<OperatorRow>> {
  if (!operator.id.startsWith(`${room.config.party}-`)) return refuse('NOT_OF_THIS_CITY');
  await room.store.transaction(async (tx) => {
    await tx.city.lockCatalogue();
    await tx.city.saveOperator(operator);
  });
  return done(operator);
}

/** The demo's operators, once. */
export async function ensureOperators<Tx extends CityTables>(room: CityRoom<Tx>): Promise<void> {
  const seeds = seedOperators(room.config.party);
  await room.store.transaction(async (tx) => {
    const known = new Set((await tx.city.operators()).map(({ id }) => id));
    const missing = seeds.filter(({ id }) => !known.has(id));
    if (missing.length === 0) return;
    await tx.city.lockCatalogue();
    for (const operator of missing) await tx.city.saveOperator(operator);
  });
}

export type NewTerminal = {
  readonly id: string;
  /** Left out: the operator of the service. */
  readonly operator?: string;
  readonly service: string;
  readonly alg: SignatureAlgorithm;
  /** base64url of the 33-byte key that signs its taps. */
  readonly key: string;
};

/**
 * Registers a terminal of an operator for one of its services. The same again changes nothing; a
 * terminal keeps its key and its operator for life, since taps that it has signed may come late.
 */
export async function registerTerminal<Tx extends CityTables>(
  room: CityRoom<Tx>,
  terminal: NewTerminal,
): Promise<CityResult<TerminalRow>> {
  const { ports, config } = room;
  if (!terminal.id.startsWith(`${config.party}-`)) return refuse('NOT_OF_THIS_CITY');
  const service = (await openServices(room)).find((entry) => entry.id === terminal.service);
  if (service === undefined) return refuse('SERVICE_UNKNOWN');
  const operator = terminal.operator ?? service.operator;
  if (service.operator !== operator) return refuse('OPERATOR_DIFFERS');
  return room.store.transaction(async (tx): Promise<CityResult<TerminalRow>> => {
    await tx.city.lockCatalogue();
    const [known] = await tx.city.terminals([terminal.id]);
    if (known !== undefined && known.revokedAt !== null) return refuse('TERMINAL_REVOKED');
    if (known !== undefined && (known.key !== terminal.key || known.alg !== terminal.alg)) {
      return refuse('TERMINAL_KEY_DIFFERS');
    }
    if (known !== undefined && known.operator !== operator) {
      return refuse('TERMINAL_KEY_DIFFERS');
    }
    const registeredAt = known?.registeredAt ?? ports.clock.now();
    const row = { ...terminal, operator, keyId: TERMINAL_KEY_ID, registeredAt, revokedAt: null };
    await tx.city.saveTerminal(row);
    return done(row);
  });
}

/** From now on its taps are refused, whatever time they name: whoever holds the key may lie. */
export async function revokeTerminal<Tx extends CityTables>(
  room: CityRoom<Tx>,
  id: string,
): Promise<CityResult<{ readonly revokedAt: number }>> {
  return room.store.transaction(async (tx): Promise<CityResult<{ revokedAt: number }>> => {
    await tx.city.lockCatalogue();
    const [known] = await tx.city.terminals([id]);
    if (known === undefined) return refuse('NOT_FOUND');
    const revokedAt = known.revokedAt ?? room.ports.clock.now();
    await tx.city.saveTerminal({ ...known, revokedAt });
    return done({ revokedAt });
  });
}
