import { JOURNEY_STATE_WORDS } from '@tongyu/domain';
import type { PartyId } from '@tongyu/protocol';
import type { Trip, TripState } from '../../kit/api/trips.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatBrief } from '../../kit/dates.ts';
import { Mark } from '../../kit/Notice.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { cityText, fenText } from '../../kit/service-text.ts';
import { endsOf, missingEnd, nameOf, startOf } from './trip-text.ts';
import { tripWords } from './words.ts';

/** One journey of the list: what, when, at what price and treatment, and how it stands. */
export function TripRow(props: {
  readonly trip: Trip;
  readonly home: PartyId;
  readonly onOpen: () => void;
}) {
  const { trip } = props;
  const language = useLanguage();
  return (
    <button type="button" class="trip-row" onClick={props.onOpen}>
      <span class="trip-name">
        <ListText text={nameOf(trip.service)} unmarked />
      </span>
      <span class="trip-price figures">
        <Price trip={trip} />
      </span>
      <span class="trip-rest">
        <span class="small figures">
          {formatBrief(language, startOf(trip))} · {cityText(language, trip.host)}
        </span>
        <Stops trip={trip} />
        <Treatment trip={trip} />
        <Missing trip={trip} />
        <StateMark state={trip.state} />
      </span>
    </button>
  );
}

/** An end that nobody has recorded or told. */
function Missing({ trip }: { readonly trip: Trip }) {
  const say = useSay();
  const end = missingEnd(trip);
  if (end === undefined) return null;
  return (
    <span class="small">
      <Mark kind="caution">{say(JOURNEY_STATE_WORDS[`missing-${end}`].name)}</Mark>
    </span>
  );
}

const markKinds = {
  open: 'none',
  provisional: 'none',
  accepted: 'good',
  disputed: 'caution',
  exception: 'caution',
} as const;

export function StateMark(props: { readonly state: TripState }) {
  const say = useSay();
  return (
    <span class="small" data-standing={props.state}>
      <Mark kind={markKinds[props.state]}>{say(tripWords[props.state])}</Mark>
    </span>
  );
}

/** What the rider pays, and the full price struck where that is more. */
export function Price(props: { readonly trip: Trip }) {
  const say = useSay();
  const language = useLanguage();
  const { line, state } = props.trip;
  if (line === null) {
    return <>{say(state === 'exception' ? tripWords.notPriced : tripWords.notPricedYet)}</>;
  }
  return (
    <>
      <strong data-paid={line.riderFen}>{fenText(language, line.riderFen)}</strong>
      {line.fullFen === line.riderFen ? null : (
        <>
          {' '}
          <s data-full={line.fullFen}>
            <span class="visually-hidden">{say(tripWords.fullFare)} </span>
            {fenText(language, line.fullFen)}
          </s>
        </>
      )}
    </>
  );
}

function Stops(props: { readonly trip: Trip }) {
  const named = endsOf(props.trip).flatMap(({ stop }) => (stop === null ? [] : [stop]));
  if (named.length === 0) return null;
  return (
    <span class="small">
      {named.map((stop, index) => (
        <span key={stop.id}>
          {index === 0 ? null : ' → '}
          <ListText text={nameOf(stop)} unmarked />
        </span>
      ))}
    </span>
  );
}

/** By which rule; full price where there is one and nothing made it less. */
function Treatment(props: { readonly trip: Trip }) {
  const say = useSay();
  const { rule, line } = props.trip;
  if (line === null || (rule === null && line.parts.length > 0)) return null;
  return (
    <span class="small">
      {rule === null ? (
        say(line.fullFen === 0 ? tripWords.freeForAll : tripWords.fullPrice)
      ) : (
        <ListText text={rule.name} unmarked />
      )}
    </span>
  );
}
