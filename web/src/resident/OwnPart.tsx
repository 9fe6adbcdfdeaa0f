import { useEffect, useMemo, useState } from 'preact/hooks';
import type { TapId } from '@tongyu/protocol';
import { afterCodeMilliseconds, LazyPart } from './LazyPart.tsx';
import type { ResidentPorts } from './ports.ts';
import type { Go, Route } from './use-route.ts';
import type { Opened } from './use-session.ts';
import { journeyLink } from './wallet/journey-link.ts';
import { choiceOf, type Phone } from './wallet/wallet.ts';

type Open = Extract<Opened, { readonly state: 'open' }>;

export const loadHere = async () => (await import('./here/mount-here.tsx')).mountHere;
const loadTrips = async () => (await import('./trips/mount-trips.tsx')).mountTrips;
const loadTold = async () => (await import('./told/mount-told.tsx')).mountTold;

function useTripsWorld(ports: ResidentPorts, { wallet, home }: Open, phone: Phone) {
  const { clock } = ports;
  const link = useMemo(() => journeyLink(wallet, home, clock), [wallet, home, clock]);
  return { link, clock, shelf: wallet, home: phone.party, offsetSeconds: phone.offsetSeconds };
}

/** Under the code: the journey that it was just used for. */
export function JustUsed(props: {
  readonly ports: ResidentPorts;
  readonly open: Open;
  readonly phone: Phone;
  readonly codeNumber: number;
  readonly onOpen: (journey: TapId) => void;
}) {
  const world = useTripsWorld(props.ports, props.open, props.phone);
  const given = {
    ...world,
    codeNumber: props.codeNumber,
    isUnderCode: true,
    journey: null,
    onOpen: props.onOpen,
    onBack: () => undefined,
    onPrint: () => undefined,
    isEmbedded: false,
  };
  return (
    <LazyPart
      load={loadTrips}
      clock={world.clock}
      waitMilliseconds={afterCodeMilliseconds}
      given={given}
      quiet
    />
  );
}

/** The choice of a class, as the wallet holds it: the view of the code does not tell it here. */
function useClassDesk({ session, wallet }: Open, view: Route['view']) {
  const [chosen, setChosen] = useState(0);
  useEffect(() => void wallet.phone().then((phone) => setChosen(choiceOf(phone).class)), [view]);
  return {
    chosen,
    classes: session.classes,
    choose: async (wanted: number) => {
      const reply = await session.chooseClass(wanted);
      if (reply.ok) setChosen(reply.value.class);
      return reply;
    },
  };
}

/** The views beside the code: the holder's journeys, and what is told of the holder. */
export function OwnPart(props: {
  readonly ports: ResidentPorts;
  readonly open: Open;
  readonly phone: Phone;
  readonly route: Route;
  readonly go: Go;
  readonly isEmbedded: boolean;
}) {
  const { route, go, open } = props;
  const world = useTripsWorld(props.ports, open, props.phone);
  const { clock } = world;
  const desk = useClassDesk(open, route.view);
  if (route.view === 'told') {
    return (
      <LazyPart
        key="told"
        load={loadTold}
        clock={clock}
        waitMilliseconds={0}
        given={{ ...world, desk }}
      />
    );
  }
  const given = {
    ...world,
    codeNumber: 0,
    isUnderCode: false,
    journey: route.journey,
    onOpen: (journey: TapId) => go({ view: 'trips', journey }),
    onBack: props.isEmbedded ? () => go({}) : () => history.back(),
    onPrint: () => print(),
    isEmbedded: props.isEmbedded,
  };
  return <LazyPart key="trips" load={loadTrips} clock={clock} waitMilliseconds={0} given={given} />;
}
