import { lastKeyDay, serviceDay, type KeyPurpose } from '@tongyu/protocol';
import type { TrustView } from './trust-view.ts';
import type { NodeTables, TrustRoom } from './types.ts';

/** Days before the end of a purpose's last key at which somebody is told, again each time. */
const WARNING_DAYS = [30, 7, 1] as const;
const PURPOSES: readonly KeyPurpose[] = ['issuer', 'list', 'peer'];

/**
 * Keys end by themselves, and a city without an issuer key stops a year after its founding. Each
 * call says what has come nearer since the last one; over and over once it is too late.
 */
export function keyEndWarnings<T extends NodeTables>(
  room: TrustRoom<T>,
): (view: TrustView) => void {
  const told = new Map<KeyPurpose, string>();
  return (view) => {
    const section = view.sections.get(room.config.self)?.signed;
    if (section === undefined) return; // the hub's key has no end
    const today = serviceDay(room.ports.clock.now());
    for (const purpose of PURPOSES) {
      const last = lastKeyDay(section.keys, purpose);
      const left = (last ?? today - 1) - today;
      const step = WARNING_DAYS.filter((days) => left <= days).at(-1);
      if (step === undefined) continue;
      const what = `${String(last)} ${String(step)}`;
      if (left >= 0 && told.get(purpose) === what) continue;
      told.set(purpose, what);
      const words = left < 0 ? 'is over' : 'ends soon: change it';
      room.ports.log.warn({ count: left }, `the last ${purpose} key of this city ${words}`);
    }
  };
}
