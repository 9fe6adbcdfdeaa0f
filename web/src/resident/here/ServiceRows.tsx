import type { ComponentChildren } from 'preact';
import { openNow, REASON_WORDS, reasonWhyNot } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { Mark } from '../../kit/Notice.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { cityText, priceText } from '../../kit/service-text.ts';
import type { CityList } from './city-list.ts';
import type { Reason, ServiceHere } from './group-openings.ts';
import { Phone, ServiceFacts } from './ServiceFacts.tsx';
import { hereWords } from './words.ts';

type RowsProps = {
  readonly services: readonly ServiceHere[];
  readonly list: CityList;
  readonly home: string;
  readonly now: number;
  readonly isElder: boolean;
};

/** Services that open to the code: name, price, treatment; the rest behind each line. */
export function OpenRows(props: RowsProps) {
  return (
    <ul class="here-rows">
      {props.services.map((service) => (
        <li key={service.entry.id} data-entry={service.entry.id} data-state="open">
          <Folded {...props} service={service}>
            <OpenLine service={service} isAllDemo={isAllDemo(props.list)} now={props.now} />
          </Folded>
        </li>
      ))}
    </ul>
  );
}

/** Services that do not: every reason in words, and the way that is open all the same. */
export function ClosedRows(props: RowsProps) {
  return (
    <ul class="here-rows">
      {props.services.map((service) => (
        <li key={service.entry.id} data-entry={service.entry.id} data-state="closed">
          <Folded {...props} service={service}>
            <span class="here-name">
              <ListText text={service.entry.name} />
              <Labels service={service} isAllDemo={isAllDemo(props.list)} />
              <Reasons service={service} home={props.home} />
            </span>
          </Folded>
          <div class="here-way small">
            <ListText text={service.entry.staffed} />
            {service.entry.contact.phone === null ? null : (
              <Phone phone={service.entry.contact.phone} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** In elder mode the line alone: fewer choices. */
function Folded(
  props: Omit<RowsProps, 'services'> & {
    readonly service: ServiceHere;
    readonly children: ComponentChildren;
  },
) {
  if (props.isElder) return <div class="here-line">{props.children}</div>;
  return (
    <details>
      <summary class="here-line">{props.children}</summary>
      <ServiceFacts service={props.service} list={props.list} now={props.now} />
    </details>
  );
}

function OpenLine(props: LabelProps & { readonly now: number }) {
  const language = useLanguage();
  const { entry, quote } = props.service;
  return (
    <>
      <span class="here-name">
        <ListText text={entry.name} />
        {quote?.rule ? (
          <span class="small">
            <ListText text={quote.rule.name} />
          </span>
        ) : null}
        <Labels service={props.service} isAllDemo={props.isAllDemo} now={props.now} />
      </span>
      <span class="here-price figures">{quote ? priceText(language, quote) : null}</span>
    </>
  );
}

type LabelProps = { readonly service: ServiceHere; readonly isAllDemo: boolean };

/** What a reader has to know before believing the line; with `now` also whether it is shut. */
function Labels(props: LabelProps & { readonly now?: number }) {
  const say = useSay();
  const language = useLanguage();
  const { entry, quote, unchecked, stoppedRules } = props.service;
  const isInvented = entry.source.facts === 'invented';
  const { now } = props;
  const isClosedNow =
    now !== undefined &&
    openNow(
      entry.places.flatMap(({ hours }) => hours),
      now,
    ) === 'closed';
  const isFullPrice = quote?.rule === null && entry.tariff.kind !== 'free';
  const isOpenPrice = quote !== undefined && reasonWhyNot(quote) === 'DAILY_NUMBER_OPEN';
  const labels = [
    ...(isOpenPrice ? [REASON_WORDS.DAILY_NUMBER_OPEN[language]] : []),
    ...(isFullPrice && !isOpenPrice ? [say(hereWords.full)] : []),
    ...(isClosedNow ? [say(listWords.closedNow)] : []),
    ...(entry.stage === 'pilot' ? [say(listWords.pilot)] : []),
    ...(isInvented ? [say(hereWords.invented)] : []),
    ...(entry.source.terms === 'demo' && !props.isAllDemo ? [say(hereWords.demoTerms)] : []),
  ];
  return (
    <>
      {labels.length === 0 ? null : <span class="small muted">{labels.join(' · ')}</span>}
      {unchecked ? (
        <span class="small">
          <Mark kind="caution">{say(hereWords.unchecked)}</Mark>
        </span>
      ) : null}
      {stoppedRules.map(({ rule, name, since, reason }) => (
        <span key={rule} class="small">
          <Mark kind="caution">
            <span>
              <ListText text={name} />{' '}
              {say(hereWords.stopped, { when: formatDay(language, since) })}
              {say(hereWords.colon)}
              <ListText text={reason} />
            </span>
          </Mark>
        </span>
      ))}
    </>
  );
}

function Reasons(props: { readonly service: ServiceHere; readonly home: string }) {
  const say = useSay();
  const language = useLanguage();
  const { entry, reasons, suspension } = props.service;
  const city = cityText(language, props.home);
  const ways = entry.access.filter((way) => way !== 'code').map((way) => say(listWords[way]));
  const saying = (reason: Reason): string => {
    if (reason === 'NO_CODE_HERE' && ways.length > 0) {
      return say(hereWords.noCodeBut, { ways: ways.join(say(listWords.and)) });
    }
    return reason === 'RESIDENCE_NOT_ADMITTED' || reason === 'HOME_NOT_MEMBER'
      ? say(hereWords[reason], { city })
      : say(hereWords[reason]);
  };
  const others = reasons.filter((reason) => reason !== 'SUSPENDED').map(saying);
  return (
    <>
      {suspension === undefined ? null : (
        <span class="small">
          <Mark kind="danger">
            <span>
              {say(hereWords.suspendedSince, { when: formatDay(language, suspension.since) })}
              {say(hereWords.colon)}
              <ListText text={suspension.reason} />
            </span>
          </Mark>
        </span>
      )}
      {others.map((text) => (
        <span key={text} class="small">
          {text}
        </span>
      ))}
    </>
  );
}

export function isAllDemo(list: CityList): boolean {
  return list.entries.length > 0 && list.entries.every(({ source }) => source.terms === 'demo');
}
