import { useEffect, useRef, useState } from 'preact/hooks';
import type { AssistedReason } from '@tongyu/protocol';
import { Button, SettingsPanel } from '../kit/Controls.tsx';
import { useReading, useSay } from '../kit/context.tsx';
import { Notice } from '../kit/Notice.tsx';
import { BottomBar, CityRule, PartyName } from '../kit/Page.tsx';
import { kitWords } from '../kit/words.ts';
import { startGate, type GateController, type GateView, type ReadyView } from './controller.ts';
import { answerTryPage } from './embed.ts';
import type { GatePorts } from './ports.ts';
import { LinkBanner } from './screens/LinkBanner.tsx';
import { GateScreen, OwnService, ownService } from './screens/GateScreen.tsx';
import { ProvisionScreen } from './screens/ProvisionScreen.tsx';
import { RecordsScreen } from './screens/RecordsScreen.tsx';
import { ScanScreen } from './screens/ScanScreen.tsx';
import { VerdictScreen } from './screens/VerdictScreen.tsx';
import { gateWords } from './words.ts';

type Tab = 'scan' | 'records' | 'gate';

/** 验码: G1 ready, G2 verdict, G3 records. */
export function GatePage(props: { readonly ports: GatePorts; readonly isEmbedded: boolean }) {
  const say = useSay();
  const [view, setView] = useState<GateView>({ state: 'opening' });
  const latest = useRef<GateView>(view);
  const { change } = useReading();
  const [controller, setController] = useState<GateController | undefined>();
  const { ports } = props;
  useEffect(() => {
    const show = (next: GateView) => {
      latest.current = next;
      setView(next);
    };
    void startGate(ports, show).then((started) => {
      setController(started);
      if (!props.isEmbedded || started === undefined) return;
      void answerTryPage(
        ports,
        started,
        () => latest.current,
        (language) => change({ language }),
      );
    });
  }, [ports]);
  const party = view.state === 'ready' ? view.gate.identity.party : undefined;
  return (
    <div class="page narrow gate">
      <header>
        <div class="masthead">
          <span class="name">
            {say(gateWords.title)}
            {party === undefined ? null : (
              <>
                {' · '}
                <PartyName code={party} />
              </>
            )}
          </span>
          {view.state === 'ready' ? (
            <span class="small">
              <OwnService gate={view.gate} />
            </span>
          ) : null}
        </div>
        <CityRule current={party} />
      </header>
      {view.state === 'ready' && controller !== undefined ? (
        <Ready ports={ports} view={view} controller={controller} isEmbedded={props.isEmbedded} />
      ) : (
        <main class="stack wide">
          <h1 class="visually-hidden">{say(gateWords.title)}</h1>
          <NotReady view={view} ports={ports} controller={controller} />
        </main>
      )}
    </div>
  );
}

function NotReady(props: {
  readonly view: GateView;
  readonly ports: GatePorts;
  readonly controller: GateController | undefined;
}) {
  const say = useSay();
  const { view, controller } = props;
  if (view.state === 'no-storage') {
    return (
      <Notice kind="danger" title={say(gateWords.storageTitle)} live>
        {say(gateWords.storageBody)}
      </Notice>
    );
  }
  if (view.state === 'other-window') {
    const retry = <Button onPress={() => location.reload()}>{say(kitWords.retry)}</Button>;
    return (
      <Notice kind="caution" title={say(gateWords.otherTitle)} live actions={retry}>
        {say(gateWords.otherBody)}
      </Notice>
    );
  }
  if (view.state !== 'new' || controller === undefined) return null;
  return (
    <>
      <ProvisionScreen
        deviceKey={view.key}
        net={props.ports.net}
        onGranted={controller.provision}
      />
      <details>
        <summary>{say(kitWords.settings)}</summary>
        <SettingsPanel />
      </details>
    </>
  );
}

function Ready(props: {
  readonly ports: GatePorts;
  readonly view: ReadyView;
  readonly controller: GateController;
  readonly isEmbedded: boolean;
}) {
  const say = useSay();
  const { ports, view, controller } = props;
  const [tab, setTab] = useState<Tab>('scan');
  const [dismissed, setDismissed] = useState(0);
  const now = useNow(ports);
  const service = ownService(view.gate);
  const onText = useRef((text: string) => void controller.scan(text)).current;
  const onAssist = (reason: AssistedReason) => void controller.assist(reason);
  const last = view.last !== undefined && view.last.turn > dismissed ? view.last : undefined;
  useReturn(ports, last, () => setDismissed(view.last?.turn ?? 0));
  const item = (name: Tab, label: string) =>
    ({ label, isCurrent: tab === name, onSelect: () => setTab(name) }) as const;
  return (
    <>
      {props.isEmbedded ? null : (
        <BottomBar
          label={say(gateWords.bar)}
          items={[
            item('scan', say(gateWords.tabScan)),
            item('records', say(gateWords.tabRecords)),
            item('gate', say(gateWords.tabGate)),
          ]}
        />
      )}
      <main class="stack" inert={last !== undefined}>
        <h1 class="visually-hidden">{say(gateWords.title)}</h1>
        <LinkBanner view={view} now={now} />
        <div hidden={tab !== 'scan'}>
          <ScanScreen ports={ports} onText={onText} onAssist={onAssist} />
        </div>
        {tab === 'records' ? <RecordsScreen view={view} onSend={controller.talk} /> : null}
        {tab === 'gate' ? <GateScreen view={view} now={now} onTalk={controller.talk} /> : null}
      </main>
      {last === undefined ? null : (
        <VerdictScreen
          result={last.result}
          turn={last.turn}
          demoLabel={service?.source.terms === 'demo' ? say(gateWords.demoTerms) : undefined}
          tones={ports.tones}
          onNext={() => setDismissed(last.turn)}
          onAssist={onAssist}
        />
      )}
    </>
  );
}

/** A pass makes room for the next person soon; what needs a hand stays longer. */
function useReturn(ports: GatePorts, last: ReadyView['last'], act: () => void): void {
  useEffect(() => {
    if (last === undefined) return undefined;
    return ports.clock.after(last.result.verdict === 'pass' ? 4_000 : 20_000, act);
  }, [last?.turn]);
}

/** The gate's clock in seconds, for ages on the screen: one step each 10 s is enough. */
function useNow({ clock }: GatePorts): number {
  const read = () => Math.floor(clock.now() / 1000);
  const [now, setNow] = useState(read);
  useEffect(() => clock.every(10_000, () => setNow(read())), [clock]);
  return now;
}
