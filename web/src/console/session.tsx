import { createContext } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';
import type { Me, Role } from '../kit/api/list-office.ts';
import { readReply, type Problem, type Reply } from '../kit/api/remote.ts';
import type { Request } from '../kit/ports/fetch.ts';
import { usePorts } from '../kit/ports-context.ts';
import { useRemote, type Asked } from '../kit/use-remote.ts';

/** How a node answers when there is no session. Other 401s speak of terminals, not of staff. */
const closedCode = 'CONSOLE_CLOSED';

/** Who this console speaks for, and what to do when its session is gone. */
export type ConsoleSession = {
  /** `hub` or a party's four digits. */
  readonly node: string;
  readonly me: Me;
  readonly onSignedOut: () => void;
};

export const SessionContext = createContext<ConsoleSession>({
  node: '',
  me: { name: '', roles: [], operator: null },
  onSignedOut: () => undefined,
});

export function useSession(): ConsoleSession {
  return useContext(SessionContext);
}

/** Whether the account may do what needs a role; reading needs none in particular. */
export function useMay(role: Role): boolean {
  return useSession().me.roles.includes(role);
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

export type Act = <T = unknown>(
  path: string,
  body: unknown,
  method?: Request['method'],
) => Promise<Reply<T>>;

/** Changes something at the node, with the header that no other origin can send. */
export function useAct(): Act {
  const send = useSend();
  return (path, body, method = 'POST') =>
    send(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
}

/** The same for a body that is no JSON of ours. */
export function useSend(): <T>(path: string, request: Request) => Promise<Reply<T>> {
  const { net } = usePorts();
  const { onSignedOut } = useSession();
  return async <T,>(path: string, request: Request) => {
    const headers = { ...request.headers, 'tongyu-csrf': '1' };
    const reply = readReply<T>(await net(path, { ...request, headers }));
    if (!reply.ok && reply.refusal.kind === 'refused') {
      if (reply.refusal.problem.code === closedCode) onSignedOut();
    }
    return reply;
  };
}

export type DeedState = 'idle' | 'busy' | 'done' | Problem | 'unreachable';

export type Deed = {
  readonly state: DeedState;
  readonly run: (path: string, body: unknown, method?: Request['method']) => Promise<boolean>;
  readonly reset: () => void;
};

/** One action with what became of it; resolves to whether it was done. */
export function useDeed(): Deed {
  const act = useAct();
  const [state, setState] = useState<DeedState>('idle');
  return {
    state,
    reset: () => setState('idle'),
    run: async (path, body, method) => {
      setState('busy');
      const reply = await act(path, body, method);
      setState(stateOf(reply));
      return reply.ok;
    },
  };
}

export function stateOf(reply: Reply<unknown>): DeedState {
  if (reply.ok) return 'done';
  return reply.refusal.kind === 'refused' ? reply.refusal.problem : 'unreachable';
}
