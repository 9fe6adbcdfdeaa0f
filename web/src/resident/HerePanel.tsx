import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../kit/Controls.tsx';
import { useReading, useSay } from '../kit/context.tsx';
import { Notice } from '../kit/Notice.tsx';
import { Skeleton } from '../kit/Remote.tsx';
import { kitWords } from '../kit/words.ts';
import type { HereProps } from './here/HereView.tsx';
import type { HerePart } from './here/mount-here.tsx';

/** After the code has been drawn: nothing below may delay it. */
const waitMilliseconds = 300;

/**
 * Where the code works and at what price: a second part of the page, loaded after the code. The
 * service worker keeps it, so it opens without a network as the code does.
 */
export function HerePanel(props: Omit<HereProps, 'isElder'>) {
  const say = useSay();
  const { settings } = useReading();
  const { language, isElder } = settings;
  const place = useRef<HTMLDivElement>(null);
  const part = useRef<HerePart | undefined>(undefined);
  const [state, setState] = useState<'loading' | 'ready' | 'away'>('loading');
  const load = async () => {
    setState('loading');
    try {
      const { mountHere } = await import('./here/mount-here.tsx');
      if (place.current === null) return; // the page has gone on meanwhile
      part.current ??= mountHere(place.current);
      setState('ready');
    } catch {
      setState('away'); // only before the worker has kept it, or where there is no worker
    }
  };
  useEffect(() => {
    const cancel = props.clock.after(waitMilliseconds, () => void load());
    return () => {
      cancel();
      part.current?.end();
    };
  }, []);
  useEffect(() => part.current?.draw({ ...props, isElder, language }));
  return (
    <>
      {state === 'loading' ? <Skeleton /> : null}
      {state === 'away' ? (
        <Notice
          kind="caution"
          title={say(kitWords.offlineTitle)}
          live
          actions={<Button onPress={() => void load()}>{say(kitWords.retry)}</Button>}
        >
          {say(kitWords.offlineNoData)}
        </Notice>
      ) : null}
      <div ref={place} />
    </>
  );
}
