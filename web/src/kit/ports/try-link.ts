/**
 * How the try page speaks with the phone and the gate that it shows in frames. Only in demo mode,
 * and only between the origins that the framed page's node lists; a production node lists none.
 */
export type TryAct = string;
export type TryHandlers = Readonly<Record<TryAct, (value: unknown) => Promise<unknown>>>;

type Call = {
  readonly kind: 'tongyu-try-call';
  readonly id: string;
  readonly act: TryAct;
  readonly value: unknown;
};
type Answer = { readonly kind: 'tongyu-try-answer'; readonly id: string; readonly value: unknown };

/** Answers calls from the frame around this page. The returned function stops it. */
export function answerTryCalls(origins: readonly string[], handlers: TryHandlers): () => void {
  const listen = (event: MessageEvent<unknown>) => {
    const call = event.data as Partial<Call> | null;
    if (!origins.includes(event.origin) || event.source !== window.parent) return;
    if (call?.kind !== 'tongyu-try-call' || typeof call.id !== 'string') return;
    const { id, act = '', value } = call;
    const handler = Object.hasOwn(handlers, act) ? handlers[act] : undefined;
    void handler?.(value).then((result) => {
      const answer: Answer = { kind: 'tongyu-try-answer', id, value: result };
      window.parent.postMessage(answer, event.origin);
    });
  };
  addEventListener('message', listen);
  return () => removeEventListener('message', listen);
}

/** Calls the page in a frame. Resolves to undefined when it does not answer in time. */
export function callFrame(
  frame: HTMLIFrameElement,
  origin: string,
  act: TryAct,
  value: unknown,
  timeoutMilliseconds = 8_000,
): Promise<unknown> {
  const id = crypto.randomUUID();
  return new Promise((resolve) => {
    const finish = (result: unknown) => {
      clearTimeout(timer);
      removeEventListener('message', listen);
      resolve(result);
    };
    const listen = (event: MessageEvent<unknown>) => {
      const answer = event.data as Partial<Answer> | null;
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      if (answer?.kind === 'tongyu-try-answer' && answer.id === id) finish(answer.value);
    };
    const timer = setTimeout(() => finish(undefined), timeoutMilliseconds);
    addEventListener('message', listen);
    const call: Call = { kind: 'tongyu-try-call', id, act, value };
    frame.contentWindow?.postMessage(call, origin);
  });
}

/** Whether this page is shown in the try page's frame. */
export function isEmbedded(): boolean {
  return window.parent !== window && new URLSearchParams(location.search).has('embed');
}
