import { useState } from 'preact/hooks';
import type { PartyId, TapId } from '@tongyu/protocol';
import type { Trip, TripPage } from '../../kit/api/trips.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { readText } from '../../kit/plain-text.ts';
import { Price, TripRow } from './TripRow.tsx';
import { Receipt } from './Receipt.tsx';
import { lastTapTime } from './load-trips.ts';
import { nameOf } from './trip-text.ts';
import { useTrips, type Trips, type TripsWorld } from './use-trips.ts';
import { tripWords } from './words.ts';

/** What the code page tells this part, each time that something of it changes. */
export type TripsProps = TripsWorld & {
  readonly home: PartyId;
  readonly isElder: boolean;
  /** Under the code only the journey that it was just used for; else the whole list. */
  readonly isUnderCode: boolean;
  /** The journey whose receipt is open; null for none. */
  readonly journey: TapId | null;
  readonly onOpen: (journey: TapId) => void;
  readonly onBack: () => void;
  readonly onPrint: () => void;
  readonly isEmbedded: boolean;
};

/** The holder's journeys: a list, newest first, and the receipt of each. */
export function TripsView(props: TripsProps) {
  const say = useSay();
  const trips = useTrips(props);
  if (props.isUnderCode) return <JustUsed {...props} trips={trips} />;
  return (
    <section class="section stack trips" data-trips>
      <RemoteView
        remote={trips.remote}
        onRetry={trips.askAgain}
        isEmpty={(page) => page.trips.length === 0 && props.journey === null}
        empty={<Notice kind="plain">{say(tripWords.none)}</Notice>}
        expected={{ PHONE_REVOKED: tripWords.PHONE_REVOKED }}
      >
        {(page) => <ListOrReceipt {...props} page={page} trips={trips} />}
      </RemoteView>
    </section>
  );
}

function ListOrReceipt(props: TripsProps & { readonly page: TripPage; readonly trips: Trips }) {
  const say = useSay();
  const { page, trips, journey } = props;
  const [isLoading, setLoading] = useState(false);
  const loadOlder = async () => {
    setLoading(true);
    await trips.loadOlder();
    setLoading(false);
  };
  if (journey !== null) {
    const trip = page.trips.find((each) => each.journey === journey);
    if (trip === undefined) return <Gone onBack={props.onBack} />;
    return <Receipt key={journey} {...props} trip={trip} now={trips.now} onChange={trips.put} />;
  }
  return (
    <>
      <p>{say(tripWords.lead)}</p>
      <ul class="trip-rows">
        {page.trips.map((trip) => (
          <li key={trip.journey} data-journey={trip.journey} data-state={trip.state}>
            <TripRow trip={trip} home={props.home} onOpen={() => props.onOpen(trip.journey)} />
          </li>
        ))}
      </ul>
      {page.next === null ? null : (
        <Button disabled={isLoading} onPress={() => void loadOlder()}>
          {say(tripWords.older)}
        </Button>
      )}
    </>
  );
}

function Gone(props: { readonly onBack: () => void }) {
  const say = useSay();
  const back = <Button onPress={props.onBack}>{say(tripWords.back)}</Button>;
  return (
    <Notice kind="caution" title={say(tripWords.goneTitle)} live actions={back}>
      {say(tripWords.goneBody)}
    </Notice>
  );
}

/** How long a use of the code counts as just now. */
const justSeconds = 600;

/** Under the code: that it was used, and what that cost. */
function JustUsed(props: TripsProps & { readonly trips: Trips }) {
  const { remote, now } = props.trips;
  const page = remote.kind === 'ready' ? remote.value : undefined;
  const trip = page?.trips[0];
  const isRecent = trip !== undefined && now - lastTapTime(trip) < justSeconds;
  return (
    <div role="status">
      {isRecent ? <UsedFor trip={trip} onOpen={() => props.onOpen(trip.journey)} /> : null}
    </div>
  );
}

function UsedFor(props: { readonly trip: Trip; readonly onOpen: () => void }) {
  const say = useSay();
  const service = readText(useLanguage(), nameOf(props.trip.service));
  return (
    <div class="notice just-used row" data-kind="good" data-just-used={props.trip.journey}>
      <p>
        <bdi>{say(tripWords.justNow, { service: service.text })}</bdi>
        <br />
        <Price trip={props.trip} />
      </p>
      <Button onPress={props.onOpen}>{say(tripWords.seeReceipt)}</Button>
    </div>
  );
}
