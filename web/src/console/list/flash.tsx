import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Says what has just been done, on the page where one stands then. */
export const FlashContext = createContext<(said: string) => void>(() => undefined);

/** It stays until that page is left. */
export function useFlash(place: string): {
  readonly flash: string | undefined;
  readonly setFlash: (said: string) => void;
} {
  const [held, setHeld] = useState<{ readonly said: string; readonly place?: string }>();
  useEffect(() => {
    if (held === undefined || held.place === place) return;
    setHeld(held.place === undefined ? { ...held, place } : undefined);
  }, [held, place]);
  return { flash: held?.said, setFlash: (said) => setHeld({ said }) };
}
