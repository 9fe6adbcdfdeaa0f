import { useCallback, useEffect, useState } from 'preact/hooks';
import { readReply, type Problem, type Remote } from './api/remote.ts';
import { usePorts } from './ports-context.ts';

/** Something asked from the node, and the way to ask again. */
export type Asked<T> = { readonly remote: Remote<T>; readonly askAgain: () => void };

/**
 * Asks this origin for JSON when the path changes, on `askAgain`, and every `everySeconds`.
 * What was shown stays while asking again. `onProblem` may take a refusal over (a lost session).
 */
export function useRemote<T>(
  path: string,
  options: {
    readonly everySeconds?: number;
    readonly onProblem?: (problem: Problem) => boolean;
  } = {},
): Asked<T> {
  const { net, clock } = usePorts();
  const [state, setState] = useState<{ path: string; remote: Remote<T> }>();
  const [turn, setTurn] = useState(0);
  const askAgain = useCallback(() => setTurn((each) => each + 1), []);
  const { everySeconds, onProblem } = options;

  useEffect(() => {
    let isCurrent = true;
    void net(path).then((answer) => {
      if (!isCurrent) return;
      const reply = readReply<T>(answer);
      if (!reply.ok && reply.refusal.kind === 'refused' && onProblem?.(reply.refusal.problem)) {
        return;
      }
      const seconds = Math.floor(clock.now() / 1000);
      setState((before) => ({
        path,
        remote: nextRemote(before?.path === path ? before.remote : undefined, reply, seconds),
      }));
    });
    return () => {
      isCurrent = false;
    };
  }, [path, turn, net, clock]);

  useEffect(() => {
    if (everySeconds === undefined) return undefined;
    return clock.every(everySeconds * 1000, askAgain);
  }, [everySeconds, clock, askAgain]);

  const remote = state?.path === path ? state.remote : ({ kind: 'loading' } as const);
  return { remote, askAgain };
}

function nextRemote<T>(
  before: Remote<T> | undefined,
  reply: ReturnType<typeof readReply<T>>,
  seconds: number,
): Remote<T> {
  if (reply.ok) return { kind: 'ready', value: reply.value, seconds };
  if (reply.refusal.kind === 'refused') {
    const { code, reference } = reply.refusal.problem;
    return { kind: 'failed', reference: reference ?? code };
  }
  if (before?.kind === 'ready') {
    return { kind: 'unreachable', last: { value: before.value, seconds: before.seconds } };
  }
  return before?.kind === 'unreachable' ? before : { kind: 'unreachable' };
}
