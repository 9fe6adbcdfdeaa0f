import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, SettingsPanel } from '../kit/Controls.tsx';
import { useReading, useSay } from '../kit/context.tsx';
import { Notice } from '../kit/Notice.tsx';
import { BottomBar, CityRule, PartyName } from '../kit/Page.tsx';
import { Skeleton } from '../kit/Remote.tsx';
import { kitWords } from '../kit/words.ts';
import { BindPanel } from './BindPanel.tsx';
import { CodePanel } from './code/CodePanel.tsx';
import type { View } from './code/session.ts';
import { useTryPage } from './embed.ts';
import { afterCodeMilliseconds, LazyPart } from './LazyPart.tsx';
import { ReportDialog, StopDialog } from './ManageDialogs.tsx';
import { JustUsed, loadHere, OwnPart } from './OwnPart.tsx';
import type { ResidentPorts } from './ports.ts';
import { useRoute, type Go, type Route } from './use-route.ts';
import { useSession, type Opened } from './use-session.ts';
import type { Phone } from './wallet/wallet.ts';
import { residentWords } from './words.ts';

type Open = Extract<Opened, { readonly state: 'open' }>;

/** R1 我的码: the code first, everything else below it; the holder's journeys beside it. */
export function ResidentPage(props: {
  readonly ports: ResidentPorts;
  readonly isEmbedded: boolean;
}) {
  const say = useSay();
  const { route, go } = useRoute(props.isEmbedded);
  const { opened, view } = useSession(props.ports, route.view === 'code');
  const [chosen, setChosen] = useState<string | undefined>();
  const heading = useRef<HTMLHeadingElement>(null);
  const phone = useLastPhone(view);
  const isBound = phone !== undefined && view.state !== 'revoked';
  const shown = isBound && opened.state === 'open' ? route.view : 'code';
  useTopOnChange(heading, view.state, shown, props.isEmbedded);
  useTryPage({ ...props, opened, view, go });
  const here = chosen ?? phone?.here ?? phone?.party;
  const choose = (city: string) => {
    setChosen(city);
    if (opened.state === 'open') void opened.wallet.change({ here: city });
  };
  return (
    <div class="page narrow resident" data-view={shown}>
      <header>
        <Masthead party={phone?.party} />
        <CityRule current={here} />
        {isBound && !props.isEmbedded ? <Ways shown={shown} go={go} /> : null}
      </header>
      <main class="stack">
        <h1 class={shown === 'code' ? 'visually-hidden' : ''} tabIndex={-1} ref={heading}>
          {say(titles[shown])}
        </h1>
        {opened.state === 'no-storage' ? (
          <Notice kind="danger" title={say(residentWords.storageTitle)} live>
            {say(residentWords.storageBody)}
          </Notice>
        ) : null}
        {opened.state === 'open' && shown === 'code' ? (
          <Body {...props} open={opened} view={view} here={here} onHere={choose} go={go} />
        ) : null}
        {opened.state === 'open' && shown !== 'code' && phone !== undefined ? (
          <OwnPart {...props} open={opened} phone={phone} route={route} go={go} />
        ) : null}
      </main>
    </div>
  );
}

const titles = {
  code: residentWords.title,
  trips: residentWords.trips,
  told: residentWords.told,
} as const;

/** The phone as last known: a view whose code is out of sight does not name it. */
function useLastPhone(view: View): Phone | undefined {
  const last = useRef<Phone | undefined>(undefined);
  if (view.state !== 'opening') last.current = 'phone' in view ? view.phone : undefined;
  return last.current;
}

/** What was read or pressed is gone with its view: reading goes on from the top. */
function useTopOnChange(
  heading: { readonly current: HTMLHeadingElement | null },
  state: View['state'],
  shown: Route['view'],
  isEmbedded: boolean,
): void {
  const before = useRef({ wasUnbound: false, shown });
  useEffect(() => {
    const hasBound = before.current.wasUnbound && state !== 'unbound' && state !== 'opening';
    if (!isEmbedded && (hasBound || before.current.shown !== shown)) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    before.current = { wasUnbound: state === 'unbound', shown };
  }, [state, shown]);
}

/** The three places of the page. */
function Ways(props: { readonly shown: Route['view']; readonly go: Go }) {
  const say = useSay();
  const way = (view: Route['view']) => ({
    label: say(view === 'told' ? residentWords.toldBrief : titles[view]),
    isCurrent: props.shown === view,
    onSelect: () => props.go({ view }),
  });
  return (
    <BottomBar label={say(residentWords.ways)} items={[way('code'), way('trips'), way('told')]} />
  );
}

/** The name of the page, and the way into elder mode, always in sight (A8). */
function Masthead(props: { readonly party: string | undefined }) {
  const say = useSay();
  const { settings, change } = useReading();
  return (
    <div class="masthead">
      <span class="name">
        {say(residentWords.title)}
        {props.party === undefined ? null : (
          <>
            {' · '}
            <PartyName code={props.party} />
          </>
        )}
      </span>
      <button
        type="button"
        class="button plain"
        aria-pressed={settings.isElder}
        onClick={() => change({ isElder: !settings.isElder })}
      >
        {say(settings.isElder ? residentWords.leaveElder : residentWords.openElder)}
      </button>
    </div>
  );
}

function Body(props: {
  readonly ports: ResidentPorts;
  readonly isEmbedded: boolean;
  readonly open: Open;
  readonly view: View;
  readonly here: string | undefined;
  readonly onHere: (city: string) => void;
  readonly go: Go;
}) {
  const { ports, open, view, go } = props;
  return (
    <>
      <CodeOrReason ports={ports} open={open} view={view} go={props.isEmbedded ? undefined : go} />
      {props.isEmbedded ? null : <BelowCode {...props} />}
    </>
  );
}

function BelowCode(props: {
  readonly ports: ResidentPorts;
  readonly open: Open;
  readonly view: View;
  readonly here: string | undefined;
  readonly onHere: (city: string) => void;
}) {
  const { ports, open, view } = props;
  const { clock } = ports;
  const { settings } = useReading();
  const say = useSay();
  return (
    <>
      {settings.isElder ? (
        <a class="button wide" href="tel:12345">
          {say(residentWords.help)}
        </a>
      ) : null}
      {'phone' in view && view.state !== 'revoked' ? (
        <LazyPart
          load={loadHere}
          clock={clock}
          waitMilliseconds={afterCodeMilliseconds}
          given={{
            home: view.phone.party,
            here: props.here ?? view.phone.party,
            onHere: props.onHere,
            shownClass: view.state === 'code' ? view.code.shownClass : 0,
            offsetSeconds: view.phone.offsetSeconds,
            net: ports.net,
            clock,
            shelf: open.wallet,
          }}
        />
      ) : null}
      <More ports={ports} open={open} view={view} />
    </>
  );
}

/** The code, or why there is none and what to do. */
function CodeOrReason(props: {
  readonly ports: ResidentPorts;
  readonly open: Open;
  readonly view: View;
  /** Undefined where there is nowhere to go. */
  readonly go: Go | undefined;
}) {
  const say = useSay();
  const { view, ports } = props;
  const { session, home } = props.open;
  switch (view.state) {
    case 'opening':
      return null;
    case 'fetching':
      return (
        <div class="code-place">
          <Skeleton />
          <p role="status">{say(residentWords.fetching)}</p>
        </div>
      );
    case 'unbound':
      return (
        <BindPanel
          home={home}
          clock={ports.clock}
          wasErased={view.wasErased}
          onBind={session.bind}
        />
      );
    case 'revoked': {
      const again = (
        <Button onPress={() => void session.erase()}>{say(residentWords.bindAgain)}</Button>
      );
      return (
        <Notice kind="danger" title={say(residentWords.revokedTitle)} live actions={again}>
          {say(residentWords.revokedBody)}
        </Notice>
      );
    }
    case 'empty': {
      const fetchNow = (
        <Button primary onPress={() => void session.sync()}>
          {say(residentWords.fetchNow)}
        </Button>
      );
      return (
        <Notice kind="caution" title={say(residentWords.emptyTitle)} live actions={fetchNow}>
          {say(residentWords.emptyBody)}
        </Notice>
      );
    }
    case 'code':
      return <CodeOnShow {...props} view={view} />;
  }
}

function CodeOnShow(props: {
  readonly ports: ResidentPorts;
  readonly open: Open;
  readonly view: Extract<View, { readonly state: 'code' }>;
  readonly go: Go | undefined;
}) {
  const { ports, open, view, go } = props;
  return (
    <CodePanel
      code={view.code}
      bound={view}
      clock={ports.clock}
      screen={ports.screen}
      onAnother={() => void open.session.another()}
      onChangeClass={go === undefined ? undefined : () => go({ view: 'told' })}
    >
      {go === undefined ? null : (
        <JustUsed
          ports={ports}
          open={open}
          phone={view.phone}
          codeNumber={view.code.passNumber}
          onOpen={(journey) => go({ view: 'trips', journey })}
        />
      )}
    </CodePanel>
  );
}

/** Below the code: its text, stopping and reporting, text and language. */
function More(props: { readonly ports: ResidentPorts; readonly open: Open; readonly view: View }) {
  const say = useSay();
  const { settings } = useReading();
  const { view, open } = props;
  const [dialog, setDialog] = useState<'stop' | 'report' | undefined>();
  const close = () => setDialog(undefined);
  return (
    <section class="section">
      {view.state === 'code' && !settings.isElder ? (
        <details>
          <summary>{say(residentWords.codeText)}</summary>
          <p class="small muted">{say(residentWords.codeTextHint)}</p>
          <p class="code" lang="zxx" data-code-text>
            {view.code.text}
          </p>
        </details>
      ) : null}
      {'phone' in view && view.state !== 'revoked' ? (
        <details>
          <summary>{say(residentWords.manage)}</summary>
          <div class="stack">
            <Button onPress={() => setDialog('stop')}>{say(residentWords.stopThis)}</Button>
            <Button onPress={() => setDialog('report')}>{say(residentWords.reportOther)}</Button>
          </div>
        </details>
      ) : null}
      <details>
        <summary>{say(kitWords.settings)}</summary>
        <SettingsPanel />
      </details>
      <p class="small muted">{say(residentWords.demo)}</p>
      {dialog === 'stop' ? <StopDialog onErase={open.session.erase} onClose={close} /> : null}
      {dialog === 'report' && 'phone' in view ? (
        <ReportDialog
          phone={view.phone}
          home={open.home}
          clock={props.ports.clock}
          onClose={close}
        />
      ) : null}
    </section>
  );
}
