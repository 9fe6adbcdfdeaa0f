import { bytesOf, fromBase64Url, utf8, type Bytes } from '@tongyu/protocol';
import type { CityTables, TerminalRow } from '../store/city-tables.ts';
import { REQUEST_CLOCK_SECONDS } from './bind-phone.ts';
import type { CityRoom } from './ports.ts';
import { done, refuse, type CityResult } from './refusals.ts';

const HEADER = /^([1-9][0-9]{3}-[a-z0-9-]{1,34})\.([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{86})$/;

export function terminalRequestInput(pathWithQuery: string, time: string): Bytes {
  return utf8(`tongyu-terminal-1\n${pathWithQuery}\n${time}`);
}

/** Which terminal asks, from `<terminalId>.<time>.<base64url signature>`. */
export async function recogniseTerminal<Tx extends CityTables>(
  room: CityRoom<Tx>,
  header: string,
  pathWithQuery: string,
): Promise<CityResult<TerminalRow>> {
  const [, id = '', time = '', signatureText = ''] = HEADER.exec(header) ?? [];
  const signature = fromBase64Url(signatureText);
  if (signature?.length !== 64) return refuse('TERMINAL_SIGNATURE_INVALID');
  const [terminal] = await room.store.read((tx) => tx.city.terminals([id]));
  if (terminal === undefined) return refuse('TERMINAL_UNKNOWN');
  const message = terminalRequestInput(pathWithQuery, time);
  const check = { alg: terminal.alg, publicKey: bytesOf(terminal.key), message, signature };
  const [good] = await room.ports.verifyMany([check]);
  if (good !== true) return refuse('TERMINAL_SIGNATURE_INVALID');
  if (terminal.revokedAt !== null) return refuse('TERMINAL_REVOKED');
  const now = room.ports.clock.now();
  if (Math.abs(Number(time) - now) > REQUEST_CLOCK_SECONDS) {
    return refuse('TERMINAL_CLOCK', { serverTime: now });
  }
  return done(terminal);
}
