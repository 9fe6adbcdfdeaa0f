import { parseCode, type TapId, type Verdict } from '@tongyu/protocol';
import type { AdmissionRefusal } from '@tongyu/domain';
import type { DemoLine, TryPlace } from '../kit/api/demo.ts';
import { readReply } from '../kit/api/remote.ts';
import type { Trip } from '../kit/api/trips.ts';
import type { Language } from '../kit/language.ts';
import type { Clock } from '../kit/ports/clock.ts';
import type { Net } from '../kit/ports/fetch.ts';
import { callFrame } from '../kit/ports/try-link.ts';
import { changeOneCharacter } from './change-code.ts';
import type { tryWords } from './words.ts';

/** What one press of a button led to. */
export type Outcome = {
  readonly told: keyof typeof tryWords;
  readonly verdict: GateAnswer | undefined;
  readonly pending: number;
  /** The tap that a journey is made of; undefined where nothing was passed. */
  readonly tap: TapId | undefined;
};

/** One journey as its two cities see it, as far as it has come. */
export type BothSides = {
  readonly tap: TapId;
  readonly host: DemoLine | undefined;
  readonly home: Trip | undefined;
  /** Nothing more is asked. */
  readonly isOver: boolean;
};

export type GateAnswer = {
  readonly tapNumber: number | undefined;
  readonly verdict: Verdict;
  readonly refusal: AdmissionRefusal | undefined;
  readonly priceFen: number | undefined;
};

type PhoneAnswer = { readonly text: string | undefined; readonly party: string | undefined };
type GateStatus = {
  readonly party: string | undefined;
  readonly isReady: boolean;
  readonly terminal: string;
  readonly pending: number;
  readonly lists: Readonly<Record<string, number>>;
};

/** The phone's city and the gate's, by number. */
export type Cities = { readonly home: string; readonly host: string };

export type Stage = {
  /** Waits until both frames answer, and names their cities; undefined when they do not. */
  readonly prepare: () => Promise<Cities | undefined>;
  /** Phone and gate speak the language of this page. */
  readonly speak: (language: Language) => Promise<void>;
  readonly present: () => Promise<Outcome>;
  readonly plug: (isIn: boolean) => Promise<Outcome>;
  readonly screenshot: () => Promise<Outcome>;
  readonly tamper: () => Promise<Outcome>;
  readonly lost: () => Promise<Outcome>;
  readonly clock: () => Promise<Outcome>;
  readonly reset: () => Promise<Outcome>;
  /**
   * Shows the tap's receipt on the phone, and tells what both cities make of it until they have
   * agreed or it has taken too long. What it returns ends it.
   */
  readonly follow: (tap: TapId, onSides: (sides: BothSides) => void) => () => void;
};

/** Ten minutes fast: far beyond the 60 s that a gate allows. */
const wrongClockSeconds = 600;
const listWaitTurns = 20;
const followMilliseconds = 1_000;
const followTurns = 40;
/** Longer than a phone that binds anew waits for its first code, twice. */
const answerMilliseconds = 40_000;

/** Plays phone and gate against each other through their frames, as hands would. */
export function makeStage(
  frames: { readonly phone: HTMLIFrameElement; readonly gate: HTMLIFrameElement },
  place: TryPlace,
  { clock, net }: { readonly clock: Clock; readonly net: Net },
): Stage {
  const phoneOrigin = new URL(place.phoneUrl).origin;
  const phone = async (act: string, value?: unknown): Promise<PhoneAnswer | undefined> =>
    (await callFrame(frames.phone, phoneOrigin, act, value, answerMilliseconds)) as
      PhoneAnswer | undefined;
  const gate = <T>(act: string, value?: unknown): Promise<T | undefined> =>
    callFrame(frames.gate, location.origin, act, value, answerMilliseconds) as Promise<
      T | undefined
    >;
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => clock.after(milliseconds, resolve));

  const state = { isIn: true, isClockWrong: false, presented: '', isLost: false };
  const outcome = async (told: Outcome['told'], verdict?: GateAnswer): Promise<Outcome> => {
    const status = await gate<GateStatus>('status');
    const number = verdict?.verdict === 'pass' ? verdict.tapNumber : undefined;
    const tap: TapId | undefined =
      status === undefined || number === undefined ? undefined : `${status.terminal}/${number}`;
    return { told, verdict, pending: status?.pending ?? 0, tap };
  };
  /** Takes a fresh code from the phone, changes it if asked, and holds it to the gate. */
  const hold = async (
    told: Outcome['told'],
    change: (text: string) => string = (text) => text,
  ): Promise<Outcome> => {
    const text = (await phone('another'))?.text;
    if (text === undefined) return outcome('failed');
    state.presented = change(text);
    return outcome(told, await gate<GateAnswer>('scan', state.presented));
  };
  const setPlug = async (isIn: boolean): Promise<void> => {
    state.isIn = isIn;
    await gate('plug', isIn);
  };
  const rightPhone = async (): Promise<void> => {
    if (state.isLost) await phone('reset');
    else if (state.isClockWrong) await phone('sync');
    state.isLost = false;
    state.isClockWrong = false;
  };

  return {
    prepare: async () => {
      for (let turn = 0; turn < 30; turn++) {
        const shown = (await callFrame(frames.phone, phoneOrigin, 'status', null, 1_000)) as
          PhoneAnswer | undefined;
        const status = (await callFrame(frames.gate, location.origin, 'status', null, 1_000)) as
          GateStatus | undefined;
        const [home, host] = [shown?.party, status?.party];
        const isReady = shown?.text !== undefined && status?.isReady === true;
        if (isReady && home !== undefined && host !== undefined) return { home, host };
        await wait(300);
      }
      return undefined;
    },
    speak: async (language) => {
      await Promise.all([phone('speak', language), gate('speak', language)]);
    },
    present: async () => {
      await rightPhone();
      const result = await hold(state.isIn ? 'didPresent' : 'didPresentOffline');
      const isAsTold = result.verdict === undefined || result.verdict.verdict === 'pass';
      return isAsTold ? result : { ...result, told: 'unexpected' };
    },
    plug: async (isIn) => {
      await setPlug(isIn);
      return outcome(isIn ? 'didPlug' : 'didUnplug');
    },
    screenshot: async () => {
      if (state.presented === '' || !parseCode(state.presented).ok) {
        await rightPhone();
        await hold('didPresent');
        await wait(1_500);
      }
      const answer = await gate<GateAnswer>('scan', state.presented);
      return outcome(answer?.refusal === 'CODE_STALE' ? 'didStale' : 'didScreenshot', answer);
    },
    tamper: async () => {
      await rightPhone();
      const result = await hold('didTamper', changeOneCharacter);
      state.presented = '';
      return result;
    },
    lost: async () => {
      if (!state.isIn) await setPlug(true);
      const fresh = await phone('another');
      if (fresh?.text === undefined || fresh.party === undefined) return outcome('failed');
      const before = (await gate<GateStatus>('status'))?.lists[fresh.party] ?? 0;
      await phone('lost');
      state.isLost = true;
      state.presented = fresh.text;
      for (let turn = 0; turn < listWaitTurns; turn++) {
        const status = await gate<GateStatus>('talk');
        if ((status?.lists[fresh.party] ?? 0) > before) {
          return outcome('didLost', await gate<GateAnswer>('scan', fresh.text));
        }
        await wait(1_000);
      }
      return outcome('lostLate');
    },
    clock: async () => {
      if (state.isLost) await phone('reset');
      state.isLost = false;
      await phone('clock', wrongClockSeconds);
      state.isClockWrong = true;
      const result = await hold('didClock');
      state.presented = '';
      return result;
    },
    reset: async () => {
      await setPlug(true);
      await phone('reset');
      Object.assign(state, { isClockWrong: false, isLost: false, presented: '' });
      return outcome('didReset');
    },
    follow: (tap, onSides) => {
      const followed: { isEnded: boolean } = { isEnded: false };
      // A function: the compiler takes what was false before an await to be false after it.
      const isEnded = (): boolean => followed.isEnded;
      const look = async (): Promise<BothSides> => {
        const home = (await phone('trip', tap)) as unknown as Trip | undefined;
        const asked = readReply<DemoLine>(await net(`/demo/line?tap=${encodeURIComponent(tap)}`));
        const host = asked.ok ? asked.value : undefined;
        return { tap, host, home, isOver: hasAgreed({ host, home }) };
      };
      const go = async (): Promise<void> => {
        let isShown = false;
        for (let turn = 0; turn < followTurns && !isEnded(); turn++) {
          const sides = await look();
          if (isEnded()) return;
          onSides({ ...sides, isOver: sides.isOver || turn === followTurns - 1 });
          if (sides.home !== undefined && !isShown) {
            isShown = true;
            await phone('receipt', sides.home.journey);
          }
          if (sides.isOver) return;
          await wait(followMilliseconds);
        }
      };
      void go();
      return () => {
        followed.isEnded = true;
      };
    },
  };
}

/** Both have said their last word on it for now. */
function hasAgreed({ host, home }: Pick<BothSides, 'host' | 'home'>): boolean {
  const isAnswered = host !== undefined && host.state !== 'claimed';
  return isAnswered && (home?.state === 'accepted' || home?.state === 'disputed');
}
