import { createContext } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';
import { readReply, type Problem, type Reply } from '../kit/api/remote.ts';
import { usePorts } from '../kit/ports-context.ts';
import { useRemote, type Asked } from '../kit/use-remote.ts';

/** How a node answers when there is no session. Other 401s speak of terminals, not of staff. */
const closedCode = 'CONSOLE_CLOSED';

/** Who this console speaks for, and what to do when its session is gone. */
export type ConsoleSession = {
  /** `hub` or a party's four digits. */
  readonly node: string;
  readonly onSignedOut: () => void;
};

export const SessionContext = createContext<ConsoleSession>({
  node: '',
  onSignedOut: () => undefined,
});

export function useSession(): ConsoleSession {
  return useContext(SessionContext);
}

/** `useRemote` for the console: a lost session leads to the entry page. */
export function useConsole<T>(path: string, everySeconds?: number): Asked<T> {
  const { onSignedOut } = useSession();
  const onProblem = useCallback(
    (problem: Problem) => {
      if (problem.code !== closedCode) return false;
      onSignedOut();
      return true;
    },
    [onSignedOut],
  );
  return useRemote<T>(path, {
    onProblem,
    ...(everySeconds === undefined ? {} : { everySeconds }),
  });
}

export type Act = (path: string, body: unknown) => Promise<Reply<unknown>>;

/** Posts to the console with the header that no other origin can send. */
export function useAct(): Act {
  const { net } = usePorts();
  const { onSignedOut } = useSession();
  return async (path, body) => {
    const reply = readReply<unknown>(
      await net(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'tongyu-csrf': '1' },
        body: JSON.stringify(body),
      }),
    );
    if (!reply.ok && reply.refusal.kind === 'refused') {
      if (reply.refusal.problem.code === closedCode) onSignedOut();
    }
    return reply;
  };
}

export type Deed = {
  readonly state: 'idle' | 'busy' | 'done' | Problem | 'unreachable';
  readonly run: (path: string, body: unknown) => Promise<boolean>;
  readonly reset: () => void;
};

/** One action with what became of it; resolves to whether it was done. */
export function useDeed(): Deed {
  const act = useAct();
  const [state, setState] = useState<Deed['state']>('idle');
  return {
    state,
    reset: () => setState('idle'),
    run: async (path, body) => {
      setState('busy');
      const reply = await act(path, body);
      if (reply.ok) setState('done');
      else setState(reply.refusal.kind === 'refused' ? reply.refusal.problem : 'unreachable');
      return reply.ok;
    },
  };
}
