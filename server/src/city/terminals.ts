import type { Direction, SignatureAlgorithm } from '@tongyu/protocol';
import type { CityTables, OperatorRow, TerminalRow } from '../store/city-tables.ts';
import { seedOperators } from './list-seeds.ts';
import { openServices, type OpenService } from './open-services.ts';
import type { CityRoom } from './ports.ts';
import { done, refuse, type CityRefusalCode, type CityResult } from './refusals.ts';

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
  /** Left out: one tap is a whole journey. */
  readonly direction?: Direction;
  /** Stop of the service's zone tariff; an entry or exit gate of one stands at one. */
  readonly stop?: string | null;
};

/**
 * Registers a terminal of an operator for one of its services. The same again changes nothing; a
 * terminal keeps its key and its operator for life, since taps that it has signed may come late,
 * and from its first tap on its direction and stop, which each tap repeats (TAP-3.2).
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
  const { direction = 'single', stop = null } = terminal;
  if (!canStandAt(service, direction, stop)) return refuse('STOP_UNKNOWN');
  return room.store.transaction(async (tx): Promise<CityResult<TerminalRow>> => {
    await tx.city.lockCatalogue();
    const [known] = await tx.city.terminals([terminal.id]);
    const registeredAt = known?.registeredAt ?? ports.clock.now();
    const row: TerminalRow = {
      ...{ id: terminal.id, operator, service: terminal.service, direction, stop },
      ...{ keyId: TERMINAL_KEY_ID, alg: terminal.alg, key: terminal.key },
      ...{ registeredAt, revokedAt: null },
    };
    const code = known === undefined ? undefined : await whyNotAgain(tx, known, row);
    if (code !== undefined) return refuse(code);
    await tx.city.saveTerminal(row);
    return done(row);
  });
}

function canStandAt({ stops }: OpenService, direction: Direction, stop: string | null): boolean {
  if (stop === null) return stops.length === 0 || direction === 'single';
  return stops.some(({ id }) => id === stop);
}

async function whyNotAgain(
  tx: CityTables,
  known: TerminalRow,
  row: TerminalRow,
): Promise<CityRefusalCode | undefined> {
  if (known.revokedAt !== null) return 'TERMINAL_REVOKED';
  const isSame = known.key === row.key && known.alg === row.alg && known.operator === row.operator;
  if (!isSame) return 'TERMINAL_KEY_DIFFERS';
  if (known.direction === row.direction && known.stop === row.stop) return undefined;
  const [progress] = await tx.city.progress([row.id]);
  return progress === undefined ? undefined : 'TERMINAL_PLACE_DIFFERS';
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
