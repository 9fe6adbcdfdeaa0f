import { useEffect, useState } from 'preact/hooks';
import type { TapId } from '@tongyu/protocol';

/** What the page shows: the code, the holder's journeys, or what is told of the holder. */
export type Route = {
  readonly view: 'code' | 'trips' | 'told';
  /** The journey whose receipt is open; null for none. */
  readonly journey: TapId | null;
};

/** What is left out of `to` is as at the start. */
export type Go = (to: Partial<Route>) => void;

const start: Route = { view: 'code', journey: null };

/**
 * Where the page is, in the browser's history and not in its address: back leads back, a reload
 * stays, and no journey is ever named in a URL.
 */
export function useRoute(isEmbedded: boolean): { readonly route: Route; readonly go: Go } {
  const [route, setRoute] = useState<Route>(() => routeOf(history.state));
  useEffect(() => {
    const onBack = (event: PopStateEvent) => setRoute(routeOf(event.state));
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  const go = (to: Partial<Route>) => {
    const next = { ...start, ...to };
    // A frame has no way back of its own: its steps would be those of the page around it.
    if (isEmbedded) history.replaceState(next, '');
    else history.pushState(next, '');
    setRoute(next);
    scrollTo(0, 0);
  };
  return { route, go };
}

function routeOf(state: unknown): Route {
  const { view, journey } = (state ?? {}) as Partial<Record<keyof Route, unknown>>;
  return {
    view: view === 'trips' || view === 'told' ? view : 'code',
    journey: typeof journey === 'string' ? (journey as TapId) : null,
  };
}
