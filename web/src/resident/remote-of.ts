import type { Remote } from '../kit/api/remote.ts';
import type { Clock } from '../kit/ports/clock.ts';
import type { HomeReply } from './wallet/home-link.ts';

/** A home city's reply as a screen sees it. */
export function remoteOf<T>(reply: HomeReply<T>, clock: Clock): Remote<T> {
  if (reply.ok) {
    return { kind: 'ready', value: reply.value, seconds: Math.floor(clock.now() / 1000) };
  }
  const { code } = reply.refusal;
  return code === 'AWAY' ? { kind: 'unreachable' } : { kind: 'failed', reference: code };
}
