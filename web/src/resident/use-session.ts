import { useEffect, useRef, useState } from 'preact/hooks';
import type { ResidentPorts } from './ports.ts';
import { startSession, type Session, type View } from './code/session.ts';
import { homeLink, type HomeLink } from './wallet/home-link.ts';
import { openWallet, type Wallet } from './wallet/wallet.ts';

const syncMilliseconds = 60_000;

export type Opened =
  | { readonly state: 'opening' }
  | { readonly state: 'no-storage' }
  | {
      readonly state: 'open';
      readonly session: Session;
      readonly home: HomeLink;
      readonly wallet: Wallet;
    };

/** Opens the wallet and keeps the session ticking while the code is in sight. */
export function useSession(
  ports: ResidentPorts,
  isShowing: boolean,
): { readonly opened: Opened; readonly view: View } {
  const [opened, setOpened] = useState<Opened>({ state: 'opening' });
  const [view, setView] = useState<View>({ state: 'opening' });
  const stops = useRef<(() => void)[]>([]);
  const showing = useRef(isShowing);
  showing.current = isShowing;
  useEffect(() => {
    // No pass is used up, and no code waits on the page, while something else is looked at.
    if (opened.state !== 'open') return;
    if (isShowing) void opened.session.tick();
    else opened.session.blank();
  }, [opened.state, isShowing]);
  useEffect(() => {
    void open(ports, setView).then(
      ({ session, home, wallet }) => {
        setOpened({ state: 'open', session, home, wallet });
        stops.current = keepAlive(ports, session, () => showing.current);
      },
      () => setOpened({ state: 'no-storage' }),
    );
    return () => {
      for (const stop of stops.current) stop();
    };
  }, [ports]);
  return { opened, view };
}

async function open(ports: ResidentPorts, onView: (view: View) => void) {
  const wallet = await openWallet(ports.walletName);
  const home = homeLink(ports.net, ports.rng);
  const { clock, locks } = ports;
  const session = startSession({ wallet, home, clock, locks, onView });
  await session.tick();
  return { session, home, wallet };
}

function keepAlive(
  ports: ResidentPorts,
  session: Session,
  isShowing: () => boolean,
): (() => void)[] {
  const { clock } = ports;
  const tickInSight = () => {
    if (!document.hidden && isShowing()) void session.tick();
  };
  // Out of sight timers sleep: the code goes at once, so that no stale one is there on return.
  const onSight = () => {
    if (document.hidden) session.blank();
    else tickInSight();
  };
  const sync = () => void session.sync();
  document.addEventListener('visibilitychange', onSight);
  addEventListener('online', sync);
  sync();
  return [
    clock.every(500, tickInSight),
    clock.every(syncMilliseconds, sync),
    () => document.removeEventListener('visibilitychange', onSight),
    () => removeEventListener('online', sync),
  ];
}
