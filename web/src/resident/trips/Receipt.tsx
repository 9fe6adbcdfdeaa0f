import { useEffect, useRef } from 'preact/hooks';
import { OBJECTION_WORDS } from '@tongyu/domain';
import type { PartyId } from '@tongyu/protocol';
import type { Trip } from '../../kit/api/trips.ts';
import { className } from '../../kit/class-words.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { Notice } from '../../kit/Notice.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { cityText } from '../../kit/service-text.ts';
import type { JourneyLink } from '../wallet/journey-link.ts';
import { ReceiptFacts } from './ReceiptFacts.tsx';
import { PutRight } from './PutRight.tsx';
import { Price, StateMark } from './TripRow.tsx';
import { awaitsPricing, nameOf } from './trip-text.ts';
import { exceptionText } from './say-codes.ts';
import { tripWords } from './words.ts';

export type ReceiptProps = {
  readonly trip: Trip;
  readonly home: PartyId;
  readonly isElder: boolean;
  readonly link: JourneyLink;
  /** City's time, seconds. */
  readonly now: number;
  readonly onChange: (trip: Trip) => void;
  readonly onBack: () => void;
  readonly onPrint: () => void;
  /** In a frame the focus belongs to the page around it. */
  readonly isEmbedded: boolean;
};

/** What one journey cost, what it would have cost, who pays the rest, why, and how to object. */
export function Receipt(props: ReceiptProps) {
  const say = useSay();
  const { trip } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const focus = () => {
    if (!props.isEmbedded) heading.current?.focus({ preventScroll: true });
  };
  useEffect(focus, []);
  return (
    <article class="stack receipt" data-receipt={trip.journey} data-state={trip.state}>
      <div class="row receipt-tools">
        <Button onPress={props.onBack}>{say(tripWords.back)}</Button>
        {props.isElder ? null : <Button onPress={props.onPrint}>{say(tripWords.print)}</Button>}
      </div>
      <header class="receipt-head">
        <h2 tabIndex={-1} ref={heading}>
          <ListText text={nameOf(trip.service)} />
        </h2>
        <p class="receipt-price figures">
          {trip.line === null ? null : <span class="small">{say(tripWords.youPay)} </span>}
          <Price trip={trip} />
        </p>
        <StateMark state={trip.state} />
        <p class="small">{useStanding(trip, props.home)}</p>
      </header>
      <Pending trip={trip} />
      <PutRight {...props} onSent={focus} />
      <ReceiptFacts trip={trip} home={props.home} isElder={props.isElder} />
    </article>
  );
}

/** The state of the journey in a sentence. */
function useStanding(trip: Trip, homeParty: PartyId): string {
  const say = useSay();
  const language = useLanguage();
  const host = cityText(language, trip.host);
  const home = cityText(language, homeParty);
  switch (trip.state) {
    case 'open':
      return say(tripWords.openBody);
    case 'provisional':
      return say(tripWords.provisionalBody, { host, home });
    case 'accepted':
      return say(tripWords.acceptedBody, { host, home });
    case 'disputed':
      return say(tripWords.disputedBody, { host, home });
    case 'exception':
      return exceptionText(say, trip.exception ?? '');
  }
}

/** What the rider has sent and what came of it. */
function Pending(props: { readonly trip: Trip }) {
  const say = useSay();
  const language = useLanguage();
  const { trip } = props;
  const host = cityText(language, trip.host);
  const told = trip.repaired.at(-1);
  const { objection } = trip;
  return (
    <>
      {told !== undefined && awaitsPricing(trip) ? (
        <div data-told={told.kind}>
          <Notice kind="good" live>
            {told.class === null
              ? say(tripWords.repairSent, { host })
              : say(tripWords.classSent, { host, class: className(language, told.class) })}
          </Notice>
        </div>
      ) : null}
      {objection === null ? null : (
        <div data-objection={objection.answer?.decision ?? 'open'}>
          <Notice kind={objection.answer?.decision === 'upheld' ? 'good' : 'plain'} live>
            {say(tripWords[objection.answer?.decision ?? 'objected'], {
              host,
              reason: say(OBJECTION_WORDS[objection.reason]),
              when: formatMoment(language, objection.answer?.at ?? objection.at),
            })}
          </Notice>
        </div>
      )}
    </>
  );
}
