import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../kit/Controls.tsx';
import { useReading, useSay } from '../kit/context.tsx';
import type { Language } from '../kit/language.ts';
import { Notice } from '../kit/Notice.tsx';
import type { Clock } from '../kit/ports/clock.ts';
import { Skeleton } from '../kit/Remote.tsx';
import { kitWords } from '../kit/words.ts';

/** What the shell tells every part besides the part's own properties. */
export type PartReading = { readonly language: Language; readonly isElder: boolean };

/** A part of the page with a script of its own, drawn into a place of the page. */
export type Part<Props> = {
  /** Draws with what has changed on the page. */
  readonly draw: (props: Props & PartReading) => void;
  readonly end: () => void;
};

/** After the code has been drawn: nothing below it may delay it. */
export const afterCodeMilliseconds = 300;

/**
 * Loads a part and draws it. The service worker keeps the parts, so they open without a network as
 * the code does; nothing is shared with them but what they are given.
 */
export function LazyPart<Props extends object>(props: {
  readonly load: () => Promise<(place: Element) => Part<Props>>;
  readonly given: Omit<Props, keyof PartReading>;
  readonly clock: Clock;
  readonly waitMilliseconds: number;
  /** Shows nothing while it loads or cannot be loaded. */
  readonly quiet?: boolean;
}) {
  const say = useSay();
  const { settings } = useReading();
  const { language, isElder } = settings;
  const place = useRef<HTMLDivElement>(null);
  const part = useRef<Part<Props> | undefined>(undefined);
  const [state, setState] = useState<'loading' | 'ready' | 'away'>('loading');
  const load = async () => {
    setState('loading');
    try {
      const mount = await props.load();
      if (place.current === null) return; // the page has gone on meanwhile
      part.current ??= mount(place.current);
      setState('ready');
    } catch {
      setState('away'); // only before the worker has kept it, or where there is no worker
    }
  };
  useEffect(() => {
    const cancel = props.clock.after(props.waitMilliseconds, () => void load());
    return () => {
      cancel();
      part.current?.end();
    };
  }, []);
  // What is given and what the page reads are all that the part takes.
  const drawn = { ...props.given, isElder, language } as Props & PartReading;
  useEffect(() => part.current?.draw(drawn));
  const isQuiet = props.quiet === true;
  return (
    <>
      {state === 'loading' && !isQuiet ? <Skeleton /> : null}
      {state === 'away' && !isQuiet ? (
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
