import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { NodeHealth } from '../kit/api/console.ts';
import type { Me } from '../kit/api/list-office.ts';
import { Button, SettingsButton } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { usePorts } from '../kit/ports-context.ts';
import { RemoteView, Skeleton } from '../kit/Remote.tsx';
import { useQuery, type Query } from '../kit/use-query.ts';
import { useRemote } from '../kit/use-remote.ts';
import { kitWords } from '../kit/words.ts';
import { AccessionsView } from './AccessionsView.tsx';
import { enterConsole, type Entry } from './enter-console.ts';
import { GapsView } from './GapsView.tsx';
import { KeysView } from './KeysView.tsx';
import { journeyViews } from './journeys/views.tsx';
import { FlashContext, useFlash } from './list/flash.tsx';
import { cityListViews, hubListViews, type View } from './list/views.tsx';
import { WhoAmI } from './list/WhoAmI.tsx';
import { SessionContext, useAct, useConsole, useSession } from './session.tsx';
import { TapsView } from './TapsView.tsx';
import { TerminalsView } from './TerminalsView.tsx';
import { TrustView } from './TrustView.tsx';
import { consoleWords } from './words.ts';

const cityViews: readonly View[] = [
  { name: 'taps', title: consoleWords.taps, forOperators: true, draw: () => <TapsView /> },
  ...journeyViews,
  { name: 'gaps', title: consoleWords.gaps, forOperators: true, draw: () => <GapsView /> },
  {
    name: 'terminals',
    title: consoleWords.terminals,
    forOperators: true,
    draw: () => <TerminalsView />,
  },
  { name: 'keys', title: consoleWords.keys, draw: () => <KeysView /> },
  { name: 'trust', title: consoleWords.trust, draw: () => <TrustView /> },
  ...cityListViews,
];
const hubViews: readonly View[] = [
  { name: 'accessions', title: consoleWords.accessions, draw: () => <AccessionsView /> },
  { name: 'trust', title: consoleWords.trust, draw: () => <TrustView /> },
  ...hubListViews,
];

/** What views keep in the address; another tab begins without. */
const filterNames = [
  ...['terminal', 'verdict', 'after', 'kind', 'q', 'entry', 'state', 'party'],
  ...['service', 'journey', 'from', 'to'],
];

/** A node's console: first the one-time link, then its views. */
export function ConsolePage() {
  const { net } = usePorts();
  const { remote, askAgain } = useRemote<NodeHealth>('/health');
  const [entry, setEntry] = useState<Entry | 'entering' | 'signed-out'>('entering');
  const say = useSay();
  useEffect(() => {
    void enterConsole(net).then(setEntry);
  }, [net]);
  const onSignedOut = useCallback(() => setEntry('signed-out'), []);

  if (entry === 'entering') {
    return (
      <Page title={say(consoleWords.entering)} tools={<Tools />}>
        <Skeleton />
      </Page>
    );
  }
  if (entry !== 'entered' && entry !== 'no-link') return <EntryPage entry={entry} />;
  if (remote.kind !== 'ready') {
    return (
      <Page title={say(consoleWords.title)} tools={<Tools />}>
        <RemoteView remote={remote} onRetry={askAgain}>
          {() => null}
        </RemoteView>
      </Page>
    );
  }
  const session = {
    node: remote.value.node,
    me: { name: '', roles: [], operator: null },
    onSignedOut,
  };
  return (
    <SessionContext.Provider value={session}>
      <SignedIn />
    </SessionContext.Provider>
  );
}

/** Nothing is drawn before it is known what the account may do. */
function SignedIn() {
  const say = useSay();
  const session = useSession();
  const { remote, askAgain } = useConsole<Me>('/console/api/me');
  if (remote.kind !== 'ready') {
    return (
      <Page title={say(consoleWords.title)} tools={<Tools />}>
        <RemoteView remote={remote} onRetry={askAgain}>
          {() => null}
        </RemoteView>
      </Page>
    );
  }
  return (
    <SessionContext.Provider value={{ ...session, me: remote.value }}>
      <Views node={session.node} />
    </SessionContext.Provider>
  );
}

function Views(props: { readonly node: string }) {
  const say = useSay();
  const query = useQuery();
  const isHub = props.node === 'hub';
  const { operator } = useSession().me;
  const all = isHub ? hubViews : cityViews;
  const views = operator === null ? all : all.filter(({ forOperators }) => forOperators === true);
  const view = views.find((each) => each.name === query.get('view')) ?? views[0];
  const place = [view?.name, query.get('entry'), query.get('journey')].join('/');
  const shownBefore = useRef(place);
  const { flash, setFlash } = useFlash(place);
  useEffect(() => {
    if (shownBefore.current === place) return;
    shownBefore.current = place;
    document.querySelector('h1')?.focus();
  }, [place]);
  if (view === undefined) return null;
  return (
    <FlashContext.Provider value={setFlash}>
      <Page
        title={say(view.title)}
        {...(isHub ? { place: say(consoleWords.hub) } : { city: props.node })}
        tools={<Tools canLeave />}
        nav={<Tabs views={views} current={view} query={query} />}
      >
        {flash === undefined ? null : <Notice kind="good" title={flash} live />}
        {view.draw()}
      </Page>
    </FlashContext.Provider>
  );
}

function Tabs(props: {
  readonly views: readonly View[];
  readonly current: View;
  readonly query: Query;
}) {
  const say = useSay();
  const clear = Object.fromEntries(filterNames.map((name) => [name, '']));
  const tab = props.current.under ?? props.current.name;
  return (
    <nav class="tabs" aria-label={say(consoleWords.views)}>
      {props.views
        .filter(({ under }) => under === undefined)
        .map((view) => (
          <a
            key={view.name}
            href={props.query.hrefWith({ ...clear, view: view.name })}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              props.query.set({ ...clear, view: view.name });
            }}
            {...(view.name === tab ? { 'aria-current': 'page' as const } : {})}
          >
            {say(view.title)}
          </a>
        ))}
    </nav>
  );
}

function Tools(props: { readonly canLeave?: boolean }) {
  const say = useSay();
  const act = useAct();
  const leave = () => {
    void act('/console/leave', {}).then(() => location.reload());
  };
  return (
    <div class="row">
      {props.canLeave === true ? <WhoAmI /> : null}
      <SettingsButton />
      {props.canLeave === true ? <Button onPress={leave}>{say(consoleWords.leave)}</Button> : null}
    </div>
  );
}

function EntryPage(props: { readonly entry: 'refused' | 'unreachable' | 'signed-out' }) {
  const say = useSay();
  return (
    <Page title={say(consoleWords.enterTitle)} tools={<Tools />}>
      {props.entry === 'refused' ? (
        <Notice kind="danger" title={say(consoleWords.linkUsed)} live>
          {say(consoleWords.linkUsedBody)}
        </Notice>
      ) : null}
      {props.entry === 'unreachable' ? (
        <Notice kind="caution" title={say(kitWords.offlineTitle)} live>
          {say(kitWords.offlineNoData)}
        </Notice>
      ) : null}
      <p>{say(consoleWords.enterBody)}</p>
    </Page>
  );
}
