import { useEffect, useRef } from 'preact/hooks';
import type { TryPlace } from '../kit/api/demo.ts';
import { readReply } from '../kit/api/remote.ts';
import { useReading } from '../kit/context.tsx';
import { isLanguage, type Language } from '../kit/language.ts';
import { shiftClock } from '../kit/ports/clock.ts';
import { answerTryCalls } from '../kit/ports/try-link.ts';
import type { View } from './code/session.ts';
import { browserPorts, type ResidentPorts } from './ports.ts';
import type { Opened } from './use-session.ts';

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

/** In the try page's frame: binds itself and obeys, if the node lists the frame around it. */
export function useTryPage(
  isEmbedded: boolean,
  ports: ResidentPorts,
  opened: Opened,
  view: View,
): void {
  const { change } = useReading();
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    if (!isEmbedded || opened.state !== 'open') return;
    void answerTryPage(
      ports,
      opened,
      () => latest.current,
      (language) => change({ language }),
    );
  }, [opened.state]);
}

async function answerTryPage(
  ports: ResidentPorts,
  open: Open,
  current: () => View,
  speak: (language: Language) => void,
): Promise<void> {
  const place = readReply<TryPlace>(await ports.net('/demo/try'));
  if (!place.ok) return; // production: nobody may steer this page
  const shown = (): Promise<PhoneStatus> => codeShown(ports, current, undefined);
  if (current().state !== 'code') await bindFirst(open);
  answerTryCalls(place.value.origins, {
    speak: async (value) => isLanguage(value) && speak(value),
    status: () => Promise.resolve(statusOf(current())),
    show: shown,
    another: async () => {
      const before = statusOf(current()).passNumber;
      await open.session.another();
      return codeShown(ports, current, before);
    },
    clock: async (value) => {
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

/** A phone that holds no valid binding takes the city's first grown-up synthetic resident. */
async function bindFirst({ wallet, home, session }: Open): Promise<void> {
  const phone = await wallet.phone();
  if (phone !== undefined && !phone.isRevoked) {
    await session.sync();
    return;
  }
  const personas = await home.personas();
  if (!personas.ok) return;
  const persona = personas.value.find((each) => each.ageBand === 'adult') ?? personas.value[0];
  if (persona !== undefined) await session.bind(persona);
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

/** Waits until a code (other than number `before`) is on screen, for a few seconds. */
async function codeShown(
  { clock }: ResidentPorts,
  current: () => View,
  before: number | undefined,
): Promise<PhoneStatus> {
  for (let turn = 0; turn < 60; turn++) {
    const status = statusOf(current());
    if (status.text !== undefined && status.passNumber !== before) return status;
    await new Promise<void>((resolve) => clock.after(100, resolve));
  }
  return statusOf(current());
}
