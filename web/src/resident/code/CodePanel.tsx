import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../kit/Controls.tsx';
import { className } from '../../kit/class-words.ts';
import { useLanguage, useReading, useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import type { Clock } from '../../kit/ports/clock.ts';
import type { Screen } from '../../kit/ports/screen.ts';
import { residentWords } from '../words.ts';
import { QrImage } from './QrImage.tsx';
import { stepPortion, type Bound, type ShownCode } from './session.ts';

/** After this long on screen without success the holder is told to turn up the brightness. */
const dimHintMilliseconds = 8_000;

/** The code with its bar, its life offline and what to do when it does not scan. */
export function CodePanel(props: {
  readonly code: ShownCode;
  readonly bound: Bound;
  readonly clock: Clock;
  readonly screen: Screen;
  readonly onAnother: () => void;
  /** Leads to the choice of a class; undefined where there is none. */
  readonly onChangeClass: (() => void) | undefined;
  /** What is told right under the code. */
  readonly children?: ComponentChildren;
}) {
  const say = useSay();
  const { settings } = useReading();
  const { code, bound, clock } = props;
  const hasWaited = useWait(clock, code.passNumber);
  useEffect(() => {
    const asked = props.screen.keepOn();
    return () => void asked.then((release) => release());
  }, [props.screen]);
  return (
    <section class="code-panel" aria-label={say(residentWords.title)}>
      <figure class="code-figure" data-code={code.text} data-pass={code.passNumber}>
        <QrImage text={code.text} label={say(residentWords.codeImage)} />
        <RefreshBar code={code} clock={clock} offsetSeconds={bound.phone.offsetSeconds} />
        <figcaption class="small">{say(residentWords.refreshes)}</figcaption>
      </figure>
      {props.children}
      <ClassLine shownClass={code.shownClass} onChange={props.onChangeClass} />
      <p class="visually-hidden" role="status">
        {code.passNumber > 1 ? `${say(residentWords.newPass)} ${String(code.passNumber)}` : ''}
      </p>
      <div class="row code-actions">
        <Button primary wide={settings.isElder} onPress={props.onAnother}>
          {say(residentWords.another)}
        </Button>
        <PoolLine bound={bound} />
      </div>
      {hasWaited ? <p class="small">{say(residentWords.dimHint)}</p> : null}
      <PoolNotices bound={bound} />
    </section>
  );
}

/** What the code on show says of its holder, besides the city. */
function ClassLine(props: {
  readonly shownClass: number;
  readonly onChange: (() => void) | undefined;
}) {
  const say = useSay();
  const language = useLanguage();
  const { shownClass, onChange } = props;
  return (
    <div class="row class-line" data-shown-class={shownClass}>
      <span>
        {shownClass === 0
          ? say(residentWords.showsNoClass)
          : say(residentWords.showsClass, { class: className(language, shownClass) })}
      </span>
      {onChange === undefined ? null : (
        <Button onPress={onChange}>{say(residentWords.changeClass)}</Button>
      )}
    </div>
  );
}

/** True once the same pass has been on screen for 8 s. */
function useWait(clock: Clock, passNumber: number): boolean {
  const [waited, setWaited] = useState(0);
  useEffect(
    () => clock.after(dimHintMilliseconds, () => setWaited(passNumber)),
    [clock, passNumber],
  );
  return waited === passNumber;
}

/** Runs empty in the 15 s of one signature; still where motion is reduced. */
function RefreshBar(props: {
  readonly code: ShownCode;
  readonly clock: Clock;
  readonly offsetSeconds: number;
}) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const cityNow = props.clock.now() + props.offsetSeconds * 1000;
    const remaining = 1 - stepPortion(cityNow);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const running = bar.current?.animate(
      [{ transform: `scaleX(${String(remaining)})` }, { transform: 'scaleX(0)' }],
      { duration: remaining * 15_000, fill: 'forwards' },
    );
    return () => running?.cancel();
  }, [props.code.time]);
  return (
    <div class="refresh-bar" aria-hidden="true">
      <div ref={bar} />
    </div>
  );
}

function PoolLine(props: { readonly bound: Bound }) {
  const say = useSay();
  const { daysLeft } = props.bound.pool;
  return daysLeft > 0 ? (
    <p class="figures">{say(residentWords.daysLeft, { count: daysLeft })}</p>
  ) : (
    <p class="pool-low">{say(residentWords.lessThanDay)}</p>
  );
}

/** A clock off by more than this is told to the holder; gates allow 60 s ahead, 120 s behind. */
const tellClockSeconds = 45;

function PoolNotices(props: { readonly bound: Bound }) {
  const say = useSay();
  const { phone, pool } = props.bound;
  const off = Math.abs(phone.offsetSeconds);
  return (
    <>
      {off > tellClockSeconds ? (
        <Notice kind="caution" title={say(residentWords.clockTitle)} live>
          {say(residentWords.clockBody, { minutes: Math.max(1, Math.round(off / 60)) })}
        </Notice>
      ) : null}
      {pool.isOnReserve ? (
        <Notice kind="caution" title={say(residentWords.reserveTitle)} live>
          {say(residentWords.reserveBody)}
        </Notice>
      ) : null}
    </>
  );
}
