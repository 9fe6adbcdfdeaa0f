import { slotOf, slotStart } from '@tongyu/protocol';
import { noFaults, type Faults } from '../../ports/faults.ts';
import { systemRng } from '../../ports/rng.ts';
import { createPhone, type Phone } from '../create-phone.ts';
import { softwareKeys } from '../device-keys.ts';
import { memoryPhoneStore, type PhoneStore } from '../phone-store.ts';
import { FakeHome } from './fake-home.ts';

/** Three hours into a slot. */
export const NOW = slotStart(slotOf(1_796_000_000)) + 3 * 3600;

export type Made = { phone: Phone; home: FakeHome; store: PhoneStore; clock: { time: number } };

/** A phone and its home city at one time, before it is bound. */
export function makePhone(
  more: { store?: PhoneStore; home?: FakeHome; faults?: Faults } = {},
): Made {
  const home = more.home ?? new FakeHome(NOW);
  const store = more.store ?? memoryPhoneStore();
  const clock = {
    time: NOW,
    now() {
      return this.time;
    },
  };
  const faults = more.faults ?? noFaults;
  const ports = { clock, rng: systemRng(), keys: softwareKeys, faults };
  return { phone: createPhone(ports, store, home), home, store, clock };
}
