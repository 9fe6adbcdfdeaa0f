import { useEffect, useRef, useState } from 'preact/hooks';
import { screenWords } from '@tongyu/domain';
import type { TapId } from '@tongyu/protocol';
import type { TryPlace } from '../kit/api/demo.ts';
import { readReply } from '../kit/api/remote.ts';
import { Button, SettingsButton } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatFen } from '../kit/dates.ts';
import type { Message } from '../kit/messages.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { isPartyCode, partyNames } from '../kit/parties.ts';
import { usePorts } from '../kit/ports-context.ts';
import { Skeleton } from '../kit/Remote.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { BothSides } from './BothSides.tsx';
import {
  makeStage,
  type BothSides as Sides,
  type Cities,
  type GateAnswer,
  type Outcome,
  type Stage,
} from './stage.ts';
import { tryWords } from './words.ts';

type Offer =
  | { readonly state: 'asking' }
  | { readonly state: 'none' }
  | { readonly state: 'offered'; readonly place: TryPlace };

/** 试一试: a phone of one city and a gate of another, in one window. */
export function TryPage() {
  const say = useSay();
  const { net } = usePorts();
  const [offer, setOffer] = useState<Offer>({ state: 'asking' });
  useEffect(() => {
    void net('/demo/try').then((answer) => {
      const reply = readReply<TryPlace>(answer);
      setOffer(reply.ok ? { state: 'offered', place: reply.value } : { state: 'none' });
    });
  }, []);
  return (
    <Page
      title={say(tryWords.title)}
      tools={<SettingsButton />}
      footer={<p class="small muted">{say(tryWords.demo)}</p>}
    >
      {offer.state === 'asking' ? <Skeleton /> : null}
      {offer.state === 'none' ? <Notice kind="caution">{say(tryWords.offered)}</Notice> : null}
      {offer.state === 'offered' ? <Play place={offer.place} /> : null}
    </Page>
  );
}

function Play(props: { readonly place: TryPlace }) {
  const say = useSay();
  const ports = usePorts();
  const { place } = props;
  const phone = useRef<HTMLIFrameElement>(null);
  const gate = useRef<HTMLIFrameElement>(null);
  const [stage, setStage] = useState<Stage | undefined>();
  const [found, setFound] = useState<Cities | 'none' | undefined>();
  const [loaded, setLoaded] = useState(0);
  const onLoad = () => setLoaded((count) => count + 1);
  useEffect(() => {
    // Before both documents are there, nobody would answer.
    if (loaded !== 2 || phone.current === null || gate.current === null) return;
    const made = makeStage({ phone: phone.current, gate: gate.current }, place, ports);
    setStage(made);
    void made.prepare().then((prepared) => setFound(prepared ?? 'none'));
  }, [place, loaded]);
  const language = useLanguage();
  useEffect(() => void stage?.speak(language), [stage, found, language]);
  const nameOf = (code: string) => (isPartyCode(code) ? say(partyNames[code]) : code);
  const isReady = typeof found === 'object';
  const cities = isReady
    ? { home: nameOf(found.home), host: nameOf(found.host) }
    : { home: '…', host: '…' };
  return (
    <div class="try" data-ready={isReady}>
      <div class="try-controls stack">
        <p>{say(isReady ? tryWords.intro : tryWords.preparing, cities)}</p>
        {found === 'none' ? (
          <Notice kind="danger" live>
            {say(tryWords.notReady)}
          </Notice>
        ) : null}
        <Steps stage={stage} isReady={isReady} cities={cities} />
        <p class="small">
          {say(tryWords.alone)}{' '}
          <a
            class="link-target"
            href={place.phoneUrl.replace('?embed', '')}
            target="_blank"
            rel="noopener"
          >
            {say(tryWords.openPhone)}
          </a>{' '}
          <a class="link-target" href="/gate" target="_blank" rel="noopener">
            {say(tryWords.openGate)}
          </a>
        </p>
      </div>
      <section class="try-frame" aria-label={say(tryWords.phone)}>
        <h2>
          {say(tryWords.phone)} {cities.home}
        </h2>
        <iframe
          ref={phone}
          src={place.phoneUrl}
          title={say(tryWords.phone)}
          allow="screen-wake-lock"
          onLoad={onLoad}
        />
      </section>
      <section class="try-frame" aria-label={say(tryWords.gate)}>
        <h2>
          {say(tryWords.gate)} {cities.host}
        </h2>
        <iframe ref={gate} src="/gate?embed" title={say(tryWords.gate)} onLoad={onLoad} />
      </section>
    </div>
  );
}

/** The buttons, and what the last one led to. */
function Steps(props: {
  readonly stage: Stage | undefined;
  readonly isReady: boolean;
  readonly cities: Cities;
}) {
  const say = useSay();
  const { stage, isReady } = props;
  const [isBusy, setBusy] = useState(false);
  const [isIn, setIn] = useState(true);
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const [sides, setSides] = useState<Sides | undefined>();
  const follow = useRef<{ tap: TapId | undefined; end: () => void }>(notFollowed);
  const run = async (work: (stage: Stage) => Promise<Outcome>, plugged = isIn) => {
    if (stage === undefined) return;
    setBusy(true);
    follow.current.end();
    const done = await work(stage);
    const tap = done.tap ?? (done.told === 'didPlug' ? follow.current.tap : undefined);
    // An unplugged gate has told nobody: what came of it is seen when the cable is back.
    const end = tap !== undefined && plugged ? stage.follow(tap, setSides) : notFollowed.end;
    follow.current = { tap, end };
    setSides(undefined);
    setOutcome(done);
    setIn(plugged);
    setBusy(false);
  };
  const step = (name: StepName, work: (stage: Stage) => Promise<Outcome>, plugged?: boolean) => (
    <Button
      primary={name === 'present'}
      disabled={!isReady || isBusy}
      onPress={() => void run(work, plugged)}
    >
      {say(tryWords[name])}
    </Button>
  );
  return (
    <>
      <div class="try-steps" role="group" aria-label={say(tryWords.steps)} data-busy={isBusy}>
        {step('present', (on) => on.present())}
        {step(isIn ? 'unplug' : 'plug', (on) => on.plug(!isIn), !isIn)}
        {step('screenshot', (on) => on.screenshot())}
        {step('tamper', (on) => on.tamper())}
        {step('lost', (on) => on.lost(), true)}
        {step('clock', (on) => on.clock())}
        {step('reset', (on) => on.reset(), true)}
      </div>
      <div class="try-told" aria-live="polite" data-told={outcome?.told ?? ''}>
        <h2>{say(tryWords.happened)}</h2>
        {outcome?.verdict === undefined ? null : <Answer answer={outcome.verdict} />}
        <p>
          {outcome === undefined
            ? say(isReady ? tryWords.start : tryWords.preparing)
            : say(toldBy(outcome), { ...props.cities, count: outcome.pending })}
        </p>
      </div>
      {sides === undefined ? null : <BothSides sides={sides} cities={props.cities} />}
    </>
  );
}

const notFollowed = { tap: undefined, end: () => undefined };

type StepName =
  'present' | 'unplug' | 'plug' | 'screenshot' | 'tamper' | 'lost' | 'clock' | 'reset';
/** Widened, as each text names other values. */
function toldBy(outcome: Outcome): Message {
  return tryWords[outcome.told];
}

function Answer(props: { readonly answer: GateAnswer }) {
  const language = useLanguage();
  const { verdict, refusal, priceFen } = props.answer;
  const words = screenWords(
    refusal === undefined ? { kind: 'passed', warned: false } : { kind: 'refused', refusal },
  );
  const next = priceFen === undefined ? words.nextStep[language] : formatFen(language, priceFen);
  return <Verdict compact kind={verdict} reason={words.reason[language]} next={next} />;
}
