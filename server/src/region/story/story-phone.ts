import type { Json } from '@tongyu/protocol';
import type { Clock } from '../../ports/clock.ts';
import { noFaults } from '../../ports/faults.ts';
import { createHttpExchange } from '../../ports/http-exchange.ts';
import { systemRng } from '../../ports/rng.ts';
import { createPhone } from '../../phone/create-phone.ts';
import { softwareKeys } from '../../phone/device-keys.ts';
import {
  HOME_TIMEOUT_SECONDS,
  httpHomeLink,
  MAX_HOME_ANSWER_BYTES,
} from '../../phone/home-link-http.ts';
import { memoryPhoneStore } from '../../phone/phone-store.ts';
import type { LostReport, Proof } from '../../phone/ports.ts';
import { waitUntil } from './wait-until.ts';

/** A phone of the story: the headless phone with a clock of its own, right or wrong. */
export type StoryPhone = {
  /** The text of a pass that nobody has seen yet; needs no network. */
  freshCode(): Promise<string>;
  sync(): Promise<void>;
  /** From now on its passes carry that class, as the resident chose. */
  carry(shownClass: number): Promise<void>;
  /** A signed request to the home city. A refusal is an answer too. Throws `HomeAway`. */
  ask(method: 'GET' | 'POST', path: `/resident/${string}`, body?: Json): Promise<Asked>;
  /** From now on its clock is so many seconds ahead. */
  setClockWrong(secondsAhead: number): void;
  /** From another device: the resident picks this phone from the list and reports it. */
  reportLost(): Promise<LostReport>;
  /**
   * The story is over: the city counts this phone no more, so that it pushes out no visitor's. One
   * that was reported lost is over already. Throws `HomeAway`.
   */
  leave(): Promise<void>;
};

export type Asked = { readonly code: string | null; readonly body: Json };

export type StoryPhoneOptions = {
  readonly url: string;
  /** One of the home city's synthetic residents. */
  readonly persona: string;
  readonly clock: Clock;
};

/** Binds a new phone and fetches its passes. Each run has phones of its own: a pass works once. */
export async function bindStoryPhone(options: StoryPhoneOptions): Promise<StoryPhone> {
  const { url, persona, clock } = options;
  let secondsAhead = 0;
  const exchange = createHttpExchange({
    timeoutSeconds: HOME_TIMEOUT_SECONDS,
    maxAnswerBytes: MAX_HOME_ANSWER_BYTES,
  });
  const ports = {
    clock: { now: () => clock.now() + secondsAhead },
    rng: systemRng(),
    keys: softwareKeys,
    faults: noFaults,
  };
  const phone = createPhone(ports, memoryPhoneStore(), httpHomeLink(url, exchange));
  const proof: Proof = { kind: 'synthetic', persona };

  const sync = async (): Promise<void> => {
    const synced = await phone.sync();
    if (!synced.ok) throw new Error(`${persona}'s phone got no passes: ${synced.refusal.code}`);
  };
  await waitUntil(`${persona}'s phone to be bound and filled`, async () => {
    const bound = await phone.bind(proof);
    if (!bound.ok) throw new Error(bound.refusal.code);
    await sync();
    return true;
  });

  return {
    async freshCode() {
      const shown = await phone.another();
      if (shown.state === 'show' && !shown.pass.reserve) return shown.text;
      throw new Error(`${persona}'s phone has no untouched pass`);
    },
    sync,
    async carry(shownClass) {
      const chosen = await phone.chooseClass(shownClass);
      if (!chosen.ok) throw new Error(`${persona} cannot carry that class: ${chosen.refusal.code}`);
      await sync();
    },
    async ask(method, path, body) {
      const answer = await phone.ask(method, path, body);
      return answer.ok
        ? { code: null, body: answer.value }
        : { code: answer.refusal.code, body: null };
    },
    setClockWrong(seconds) {
      secondsAhead = seconds;
    },
    async reportLost() {
      const { phoneId } = phone.info();
      const listed = await phone.listPhones(proof);
      const own = listed.ok ? listed.value.find((one) => one.phoneId === phoneId) : undefined;
      if (own === undefined) throw new Error(`${persona}'s phone is not in its own list`);
      const lost = await phone.reportLost(proof, own.phoneId);
      if (!lost.ok) throw new Error(`the report was refused: ${lost.refusal.code}`);
      return lost.value;
    },
    async leave() {
      const left = await phone.leave();
      if (!left.ok && left.refusal.code !== 'PHONE_REVOKED') {
        throw new Error(`${persona}'s phone could not leave: ${left.refusal.code}`);
      }
    },
  };
}
