import { openNow } from '@tongyu/domain';
import type { Place } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { Mark } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { hoursText } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { listPageWords } from './words.ts';

/** Where it is, when it is open, and whether it is open now. */
export function Places(props: { readonly places: readonly Place[]; readonly now: number }) {
  const say = useSay();
  const language = useLanguage();
  const { places, now } = props;
  const when = formatMoment(language, now);
  return (
    <Section title={say(listPageWords.where)}>
      {places.length === 0 ? (
        <p>{say(listPageWords.noPlaces)}</p>
      ) : (
        <Table
          caption={say(listPageWords.placesCaption, { count: places.length, when })}
          keyOf={(place) => place.id}
          rows={places}
          columns={[
            { label: say(listPageWords.place), show: (place) => <PlaceName place={place} /> },
            { label: say(listPageWords.hours), show: (place) => <PlaceHours place={place} /> },
            { label: say(listPageWords.now), show: (place) => <Now place={place} now={now} /> },
          ]}
        />
      )}
    </Section>
  );
}

function PlaceName(props: { readonly place: Place }) {
  const say = useSay();
  const { name, address, position } = props.place;
  return (
    <>
      <ListText text={name} />
      {address === null ? null : (
        <span class="place-line">
          <ListText text={address} />
        </span>
      )}
      {position === null ? null : (
        <span class="place-line small muted figures">
          {say(listPageWords.position)} {degrees(position.latitudeE6)},{' '}
          {degrees(position.longitudeE6)}
        </span>
      )}
    </>
  );
}

/** Five decimals: a metre. */
function degrees(millionths: number): string {
  return (millionths / 1_000_000).toFixed(5);
}

function PlaceHours(props: { readonly place: Place }) {
  const say = useSay();
  const language = useLanguage();
  const { hours } = props.place;
  if (hours.length === 0) return <>{say(listWords.hoursUnknown)}</>;
  return (
    <>
      {hours.map((span) => (
        <span class="hours-line" key={span.days.join()}>
          {hoursText(language, span)}
        </span>
      ))}
    </>
  );
}

function Now(props: { readonly place: Place; readonly now: number }) {
  const say = useSay();
  const state = openNow(props.place.hours, props.now);
  if (state === 'unknown') return <Mark kind="none">{say(listWords.hoursUnknown)}</Mark>;
  if (state === 'open') return <Mark kind="good">{say(listWords.openNow)}</Mark>;
  return <Mark kind="caution">{say(listWords.closedNow)}</Mark>;
}
