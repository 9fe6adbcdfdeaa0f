import { useEffect, useRef } from 'preact/hooks';
import type { TapId } from '@tongyu/protocol';
import type { TryPlace } from '../kit/api/demo.ts';
import { readReply } from '../kit/api/remote.ts';
import { useReading } from '../kit/context.tsx';
import { isLanguage, type Language } from '../kit/language.ts';
import { shiftClock } from '../kit/ports/clock.ts';
import { answerTryCalls } from '../kit/ports/try-link.ts';
import type { View } from './code/session.ts';
import { browserPorts, type ResidentPorts } from './ports.ts';
import type { Go } from './use-route.ts';
import type { Opened } from './use-session.ts';
import { journeyLink } from './wallet/journey-link.ts';

/** How far the try page has set this phone's clock wrong. */
const shift = { seconds: 0 };

/** A phone of its own beside the real one of this browser, whose clock can be set wrong. */
export const embeddedPorts: ResidentPorts = {
  ...browserPorts,
  clock: shiftClock(browserPorts.clock, () => shift.seconds * 1000),
  walletName: 'tongyu-phone-try',
};

/** What the try page is told about the phone. */
export type PhoneStatus = {
  readonly state: View['state'];
  readonly party: string | undefined;
  readonly text: string | undefined;
  readonly passNumber: number;
};

type Open = Extract<Opened, { readonly state: 'open' }>;

type World = {
  readonly isEmbedded: boolean;
  readonly ports: ResidentPorts;
  readonly opened: Opened;
  readonly view: View;
  readonly go: Go;
};

/** In the try page's frame: binds itself and obeys, if the node lists the frame around it. */
export function useTryPage({ isEmbedded, ports, opened, view, go }: World): void {
  const { change } = useReading();
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    if (!isEmbedded || opened.state !== 'open') return;
    const speak = (language: Language) => change({ language });
    void answerTryPage({ ports, open: opened, current: () => latest.current, speak, go });
  }, [opened.state]);
}

type Steered = {
  readonly ports: ResidentPorts;
  readonly open: Open;
  readonly current: () => View;
  readonly speak: (language: Language) => void;
  readonly go: Go;
};

async function answerTryPage({ ports, open, current, speak, go }: Steered): Promise<void> {
  const place = readReply<TryPlace>(await ports.net('/demo/try'));
  if (!place.ok) return; // production: nobody may steer this page
  /** Back to the code, wherever the page was. */
  const shown = (): Promise<PhoneStatus> => {
    go({});
    return codeShown(ports, current, undefined);
  };
  const link = journeyLink(open.wallet, open.home, ports.clock);
  go({}); // a frame that is loaded again stands where it stood
  if (current().state !== 'code') await bindFirst(open);
  answerTryCalls(place.value.origins, {
    speak: async (value) => isLanguage(value) && speak(value),
    status: () => Promise.resolve(statusOf(current())),
    show: shown,
    another: async () => {
      const before = (await shown()).passNumber;
      await open.session.another();
      return codeShown(ports, current, before);
    },
    trip: async (value) => {
      const reply = await link.trips(null);
      const trips = reply.ok ? reply.value.trips : [];
      return trips.find(({ taps }) => taps.some(({ id }) => id === value));
    },
    receipt: (value) => {
      if (typeof value === 'string') go({ view: 'trips', journey: value as TapId });
      return Promise.resolve(true);
    },
    clock: async (value) => {
      await shown();
      shift.seconds = typeof value === 'number' ? value : 0;
      await open.session.another();
      return shown();
    },
    sync: async () => {
      await open.session.sync();
      return shown();
    },
    lost: async () => {
      const phone = await open.wallet.phone();
      if (phone === undefined) return false;
      return (await open.home.reportLost(phone.persona, phone.phoneId)).ok;
    },
    reset: async () => {
      shift.seconds = 0;
      await open.session.erase();
      await bindFirst(open);
      return shown();
    },
  });
}

/** Aged 65 or more, which most cities have a rule for. */
const triedClass = 2;

/** A phone that holds no valid binding takes a senior of the city, whose code says so. */
async function bindFirst({ wallet, home, session }: Open): Promise<void> {
  const phone = await wallet.phone();
  if (phone !== undefined && !phone.isRevoked) {
    await session.sync();
    return;
  }
  const personas = await home.personas();
  if (!personas.ok) return;
  const persona = personas.value.find((each) => each.ageBand === 'senior') ?? personas.value[0];
  if (persona === undefined || !(await session.bind(persona)).ok) return;
  // Where the city proves no such class, the code shows none.
  await session.chooseClass(triedClass);
}

function statusOf(view: View): PhoneStatus {
  const code = view.state === 'code' ? view.code : undefined;
  return {
    state: view.state,
    party: 'phone' in view ? view.phone.party : undefined,
    text: code?.text,
    passNumber: code?.passNumber ?? 0,
  };
}

/** A phone that binds anew and chooses a class makes its keys twice, which takes its time. */
const longestWaitTurns = 180;

/** Waits until a code (other than number `before`) is on screen, at most 18 s. */
async function codeShown(
  { clock }: ResidentPorts,
  current: () => View,
  before: number | undefined,
): Promise<PhoneStatus> {
  for (let turn = 0; turn < longestWaitTurns; turn++) {
    const status = statusOf(current());
    if (status.text !== undefined && status.passNumber !== before) return status;
    await new Promise<void>((resolve) => clock.after(100, resolve));
  }
  return statusOf(current());
}
