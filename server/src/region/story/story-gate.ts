import type { Answer, GateOptions, GateProcess } from './gate-process.ts';
import { startGate } from './gate-process.ts';
import { openCutProxy, type CutProxy } from './cut-proxy.ts';
import { numberAt } from './read-json.ts';
import { waitUntil } from './wait-until.ts';

/** A gate of the story: the program, and the cable that is its only way out. */
export type StoryGate = {
  readonly terminal: string;
  scan(text: string): Promise<Answer>;
  command(line: string): Promise<Answer>;
  status(): Promise<Answer>;
  /** Syncs again and again until the gate's own status says what is waited for. */
  syncUntil(what: string, seen: (status: Answer) => boolean): Promise<Answer>;
  /** Plugs it in and waits until its outbox is empty. */
  deliver(): Promise<void>;
  unplug(): void;
  plug(): void;
  /** Bytes that passed its way out since it was unplugged. */
  bytesOut(): number;
  kill(): Promise<void>;
  /** @param clockOffsetSeconds how far its clock is off from now on; as before when left out */
  restart(clockOffsetSeconds?: number): void;
  stop(): Promise<void>;
};

export async function openStoryGate(options: Omit<GateOptions, 'proxy'>): Promise<StoryGate> {
  const proxy: CutProxy = await openCutProxy(new URL(options.cityUrl));
  let { clockOffsetSeconds } = options;
  const start = (): GateProcess =>
    startGate({ ...options, clockOffsetSeconds, proxy: proxy.address });
  let gate = start();
  const status = (): Promise<Answer> => gate.ask('!status');
  return {
    terminal: options.terminal,
    scan: (text) => gate.ask(text),
    command: (line) => gate.ask(line),
    status,
    syncUntil: (what, seen) =>
      waitUntil(`${options.terminal}: ${what}`, async () => {
        await gate.ask('!sync');
        const now = await status();
        return seen(now) ? now : undefined;
      }),
    async deliver() {
      proxy.mend();
      await waitUntil(`${options.terminal}: an empty outbox`, async () => {
        await gate.ask('!upload');
        return numberAt(await status(), 'pending') === 0 ? true : undefined;
      });
    },
    unplug: () => {
      proxy.cut();
    },
    plug: () => {
      proxy.mend();
    },
    bytesOut: () => proxy.bytesSinceCut(),
    kill: () => gate.kill(),
    restart(offset = clockOffsetSeconds) {
      clockOffsetSeconds = offset;
      gate = start();
    },
    async stop() {
      await gate.stop();
      await proxy.close();
    },
  };
}
