import type { ComponentChildren } from 'preact';
import { FUNDER_WORDS, JOURNEY_STATE_WORDS, PART_WORDS, REASON_WORDS } from '@tongyu/domain';
import type { PartyId } from '@tongyu/protocol';
import type { Trip, TripFunder } from '../../kit/api/trips.ts';
import { className } from '../../kit/class-words.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import type { Say } from '../../kit/messages.ts';
import { Facts } from '../../kit/Page.tsx';
import { ListText, PlainText } from '../../kit/PlainText.tsx';
import { cityText, editionName, fenText } from '../../kit/service-text.ts';
import { endsOf, hourText, missingEnd, nameOf, startOf } from './trip-text.ts';
import { tripWords } from './words.ts';

type Row = readonly [name: ComponentChildren, value: ComponentChildren];

/** The receipt line by line; in elder mode what is for the files stands folded. */
export function ReceiptFacts(props: {
  readonly trip: Trip;
  readonly home: PartyId;
  readonly isElder: boolean;
}) {
  const say = useSay();
  const language = useLanguage();
  const { trip } = props;
  const { line, edition, funders } = trip;
  const isReduced = line !== null && funders.length > 0;
  const rows: readonly Row[] = [
    ...(line === null
      ? []
      : [
          [say(tripWords.fullFare), <Fen fen={line.fullFen} />] as const,
          [say(tripWords.treatment), <Treatment trip={trip} />] as const,
        ]),
    ...(isReduced ? [[say(tripWords.payers), <Payers trip={trip} />] as const] : []),
    ...(trip.rule === null ? [] : [[say(tripWords.basis), <Basis trip={trip} />] as const]),
    [say(tripWords.whenWhere), <Ends trip={trip} />],
    [say(tripWords.objectTitle), say(tripWords.objectHow, { host: cityText(language, trip.host) })],
  ];
  const details: readonly Row[] = [
    ...(line === null
      ? []
      : [
          [
            say(tripWords.shownClass),
            line.class === 0 ? say(tripWords.noClass) : className(language, line.class),
          ] as const,
          [say(tripWords.gateShowed), <Fen fen={line.shownFen} />] as const,
        ]),
    [
      say(tripWords.edition),
      (edition.id === null ? '' : editionName(language, edition.id)) +
        say(tripWords.editionNumber, { number: edition.number }),
    ],
    [say(tripWords.operator), <ListText text={nameOf(trip.operator)} />],
    [say(tripWords.number), <PlainText text={trip.journey} lang="zxx" />],
  ];
  return (
    <>
      <Facts rows={props.isElder ? rows : [...rows, ...details]} />
      <WhyOthers trip={trip} />
      <Explain trip={trip} home={props.home} />
      {props.isElder ? (
        <details>
          <summary>{say(tripWords.number)}</summary>
          <Facts rows={details} />
        </details>
      ) : null}
    </>
  );
}

function Fen(props: { readonly fen: number }) {
  return <span class="figures">{fenText(useLanguage(), props.fen)}</span>;
}

function Treatment(props: { readonly trip: Trip }) {
  const say = useSay();
  const { rule, line } = props.trip;
  if (rule !== null) return <ListText text={rule.name} />;
  return <>{say(line?.fullFen === 0 ? tripWords.freeForAll : tripWords.fullPrice)}</>;
}

/** Each part of the difference with its payer; together they are the difference. */
function Payers(props: { readonly trip: Trip }) {
  return (
    <ul class="payers">
      {props.trip.funders.map((funder) => (
        <li key={funder.part} data-funder={funder.kind} data-fen={funder.fen}>
          <Payer funder={funder} />
        </li>
      ))}
    </ul>
  );
}

function Payer(props: { readonly funder: TripFunder }) {
  const say = useSay();
  const { funder } = props;
  return (
    <>
      <strong class="figures">
        <Fen fen={funder.fen} />
      </strong>{' '}
      <ListText text={funder.name} />
      {funder.kind === 'operator' ? (
        <span class="small muted"> {say(FUNDER_WORDS.operator)}</span>
      ) : null}
      <br />
      <span class="small muted">{say(PART_WORDS[funder.part].meaning)}</span>
    </>
  );
}

function Basis(props: { readonly trip: Trip }) {
  const say = useSay();
  const { rule } = props.trip;
  if (rule === null) return null;
  return (
    <>
      <ListText text={rule.agreement} />
      <br />
      <span class="small muted">{say(tripWords[rule.reciprocity])}</span>
    </>
  );
}

function endText(say: Say, kind: 'single' | 'entry' | 'exit', isAdded: boolean): string {
  const end = say(tripWords[kind]);
  return isAdded ? say(tripWords.added, { end }) : end;
}

function Ends(props: { readonly trip: Trip }) {
  const say = useSay();
  const language = useLanguage();
  const { trip } = props;
  const missing = missingEnd(trip);
  const start = startOf(trip);
  return (
    <>
      {endsOf(trip).map(({ kind, time, stop, isAdded }, index) => (
        <div key={`${kind}${String(time)}`}>
          {endText(say, kind, isAdded)}{' '}
          <span class="figures">
            {index === 0 ? formatMoment(language, time) : hourText(language, time, start)}
          </span>
          {stop === null ? null : (
            <>
              {' '}
              <ListText text={nameOf(stop)} />
            </>
          )}
        </div>
      ))}
      {missing === undefined ? null : (
        <div class="small">{say(JOURNEY_STATE_WORDS[`missing-${missing}`].meaning)}</div>
      )}
    </>
  );
}

/** The list as everybody can read it, asked for somebody of this residence and class. */
function Explain(props: { readonly trip: Trip; readonly home: PartyId }) {
  const say = useSay();
  const language = useLanguage();
  const { trip, home } = props;
  if (trip.line === null) return null;
  const rider = `residence=${home}&class=${String(trip.line.class)}&lang=${language}`;
  const address = `/list/${encodeURIComponent(trip.service.id)}/explain?${rider}`;
  return (
    <p class="receipt-tools">
      <a class="link-target" href={address} target="_blank" rel="noopener noreferrer">
        {say(tripWords.explain)}
      </a>
    </p>
  );
}

function WhyOthers(props: { readonly trip: Trip }) {
  const say = useSay();
  const { why } = props.trip;
  if (why.length === 0) return null;
  return (
    <details>
      <summary>{say(tripWords.whyOthers, { count: why.length })}</summary>
      <ul class="here-rules">
        {why.map(({ rule, reasons }) => (
          <li key={rule.id} data-why={rule.id}>
            <ListText text={rule.name} />
            {say(tripWords.colon)}
            {reasons.map((reason) => say(REASON_WORDS[reason])).join(say(listWords.and))}
          </li>
        ))}
      </ul>
    </details>
  );
}
