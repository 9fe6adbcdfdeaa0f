import { readReply } from '../kit/api/remote.ts';
import type { Net } from '../kit/ports/fetch.ts';

export type Entry = 'entered' | 'refused' | 'unreachable' | 'no-link';

/**
 * Uses up the one-time link in the address, if there is one. The token is taken out of the address
 * before it is sent, so that neither history nor a shared screen keeps it.
 */
export async function enterConsole(net: Net): Promise<Entry> {
  const match = /^#enter=([A-Za-z0-9_-]{20,100})$/.exec(location.hash);
  const token = match?.[1];
  if (token === undefined) return 'no-link';
  history.replaceState(null, '', location.pathname + location.search);
  const answer = await net('/console/enter', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'tongyu-csrf': '1' },
    body: JSON.stringify({ token }),
  });
  const reply = readReply<unknown>(answer);
  if (reply.ok) return 'entered';
  return reply.refusal.kind === 'refused' ? 'refused' : 'unreachable';
}
