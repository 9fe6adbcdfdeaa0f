import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, SettingsPanel } from '../kit/Controls.tsx';
import { useReading, useSay } from '../kit/context.tsx';
import { Notice } from '../kit/Notice.tsx';
import { CityRule, PartyName } from '../kit/Page.tsx';
import { Skeleton } from '../kit/Remote.tsx';
import { kitWords } from '../kit/words.ts';
import { BindPanel } from './BindPanel.tsx';
import { CodePanel } from './code/CodePanel.tsx';
import type { View } from './code/session.ts';
import { useTryPage } from './embed.ts';
import { HerePanel } from './HerePanel.tsx';
import { ReportDialog, StopDialog } from './ManageDialogs.tsx';
import type { ResidentPorts } from './ports.ts';
import { useSession, type Opened } from './use-session.ts';
import { residentWords } from './words.ts';

type Open = Extract<Opened, { readonly state: 'open' }>;

/** R1 我的码: the code first, everything else below it. */
export function ResidentPage(props: {
  readonly ports: ResidentPorts;
  readonly isEmbedded: boolean;
}) {
  const say = useSay();
  const { opened, view } = useSession(props.ports);
  const [chosen, setChosen] = useState<string | undefined>();
  const heading = useRef<HTMLHeadingElement>(null);
  const wasUnbound = useRef(false);
  useEffect(() => {
    // The button that bound this phone is gone: reading goes on from the top.
    if (wasUnbound.current && 'phone' in view) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    wasUnbound.current = view.state === 'unbound';
  }, [view.state]);
  useTryPage(props.isEmbedded, props.ports, opened, view);
  const phone = 'phone' in view ? view.phone : undefined;
  const here = chosen ?? phone?.here ?? phone?.party;
  const choose = (city: string) => {
    setChosen(city);
    if (opened.state === 'open') void opened.wallet.change({ here: city });
  };
  return (
    <div class="page narrow resident">
      <header>
        <Masthead party={phone?.party} />
        <CityRule current={here} />
      </header>
      <main class="stack">
        <h1 class="visually-hidden" tabIndex={-1} ref={heading}>
          {say(residentWords.title)}
        </h1>
        {opened.state === 'no-storage' ? (
          <Notice kind="danger" title={say(residentWords.storageTitle)} live>
            {say(residentWords.storageBody)}
          </Notice>
        ) : null}
        {opened.state === 'open' ? (
          <Body {...props} open={opened} view={view} here={here} onHere={choose} />
        ) : null}
      </main>
    </div>
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
}) {
  const { ports, open, view } = props;
  return (
    <>
      <CodeOrReason ports={ports} open={open} view={view} />
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
        <HerePanel
          home={view.phone.party}
          here={props.here ?? view.phone.party}
          onHere={props.onHere}
          shownClass={view.state === 'code' ? view.code.shownClass : 0}
          offsetSeconds={view.phone.offsetSeconds}
          net={ports.net}
          clock={ports.clock}
          shelf={open.wallet}
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
      return (
        <CodePanel
          code={view.code}
          bound={view}
          clock={ports.clock}
          screen={ports.screen}
          onAnother={() => void session.another()}
        />
      );
  }
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
