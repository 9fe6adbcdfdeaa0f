import type { ComponentChildren } from 'preact';
import {
  lastCheck,
  listedEntry,
  openNow,
  REASON_WORDS,
  reasonWhyNot,
  rulePrices,
  type Entitled,
} from '@tongyu/domain';
import {
  serviceDay,
  serviceDayDate,
  type ConcessionRule,
  type Entry,
  type PartyId,
} from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import { listWords } from '../../kit/list-words.ts';
import { Facts } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import {
  citiesText,
  cityText,
  dateText,
  fenText,
  hoursText,
  priceText,
} from '../../kit/service-text.ts';
import type { CityList } from './city-list.ts';
import { headOf, type ServiceHere } from './group-openings.ts';
import { hereWords } from './words.ts';

type Row = readonly [name: ComponentChildren, value: ComponentChildren];

/** Everything that the list says of one service, the holder's own treatment first. */
export function ServiceFacts(props: {
  readonly service: ServiceHere;
  readonly list: CityList;
  readonly now: number;
}) {
  const say = useSay();
  const language = useLanguage();
  const { service, list, now } = props;
  const { entry, quote } = service;
  const rows: readonly Row[] = [
    ...treatmentRows(say, language, entry, quote, list.party),
    ...(entry.tariff.kind === 'free'
      ? []
      : [[say(hereWords.otherRules), <Rules entry={entry} list={list} now={now} />] as const]),
    [say(hereWords.hours), <OpeningHours entry={entry} now={now} />],
    [say(hereWords.staffed), <ListText text={entry.staffed} />],
    ...(entry.contact.phone === null
      ? []
      : [[say(hereWords.telephone), <Phone phone={entry.contact.phone} />] as const]),
    [say(hereWords.asks), <DataAsked entry={entry} />],
    [say(hereWords.operator), <ListText text={entry.operator.name} />],
    [say(hereWords.checked), <LastChecked service={service} list={list} />],
    [say(hereWords.stage), say(listWords[entry.stage])],
    [say(hereWords.source), <ListText text={entry.source.text} />],
  ];
  return (
    <div class="stack here-facts">
      <p>
        <ListText text={entry.summary} />
      </p>
      <Facts rows={rows} />
      <Errata entry={entry} list={list} />
    </div>
  );
}

/** What the holder pays, by which rule, who pays the rest, and on what it stands. */
function treatmentRows(
  say: ReturnType<typeof useSay>,
  language: Language,
  entry: Entry,
  quote: Entitled | undefined,
  host: PartyId,
): readonly Row[] {
  if (quote === undefined) return [];
  const price: Row = [say(hereWords.youPay), <Price quote={quote} />];
  if (quote.rule === null) {
    const reason = reasonWhyNot(quote);
    const isFree = entry.tariff.kind === 'free';
    const plain = say(isFree ? hereWords.freeForAll : hereWords.fullPrice);
    const words = reason === undefined ? plain : REASON_WORDS[reason][language];
    return [price, [say(hereWords.concession), words]];
  }
  return [
    price,
    [say(hereWords.concession), <ListText text={quote.rule.name} />],
    [say(hereWords.paidBy), <Funder rule={quote.rule} host={host} />],
    [say(hereWords.agreement), <Basis rule={quote.rule} />],
  ];
}

function Price(props: { readonly quote: Entitled }) {
  const say = useSay();
  const language = useLanguage();
  const { quote } = props;
  const price = priceText(language, quote);
  if (quote.priceFen === quote.fullFen) return <span class="figures">{price}</span>;
  const full = say(hereWords.insteadOf, { price: fenText(language, quote.fullFen) });
  return <span class="figures">{`${price} (${full})`}</span>;
}

function Funder(props: { readonly rule: ConcessionRule; readonly host: PartyId }) {
  const say = useSay();
  const language = useLanguage();
  const { funder } = props.rule;
  if (funder.kind === 'operator') return <>{say(hereWords.operatorPays)}</>;
  const payer = funder.kind === 'host' ? props.host : funder.party;
  return <>{say(hereWords.cityPays, { city: cityText(language, payer) })}</>;
}

function Basis(props: { readonly rule: ConcessionRule }) {
  const say = useSay();
  const language = useLanguage();
  const { agreement, reciprocity, until, perDay } = props.rule;
  const notes = [
    say(hereWords[reciprocity]),
    ...(perDay === null ? [] : [say(listWords.perDay, { count: perDay })]),
    ...(until === null ? [] : [say(hereWords.untilDate, { date: dateText(language, until) })]),
  ];
  return (
    <>
      <ListText text={agreement} />
      <br />
      <span class="small muted">{notes.join(say(listWords.and))}</span>
    </>
  );
}

/** What holders of other classes and residences pay, one line each. */
function Rules(props: { readonly entry: Entry; readonly list: CityList; readonly now: number }) {
  const say = useSay();
  const language = useLanguage();
  const { entry, list, now } = props;
  const listed = listedEntry(entry, headOf(list), now);
  const prices = rulePrices(listed, serviceDayDate(serviceDay(now)));
  if (prices.length === 0) return <>{say(hereWords.noRules)}</>;
  return (
    <ul class="here-rules">
      {prices.map(({ rule, quote, state, suspension }) => (
        <li key={rule.id}>
          <ListText text={rule.name} />
          {quote === undefined ? null : (
            <span class="figures">{`${say(hereWords.colon)}${priceText(language, quote)}`}</span>
          )}
          <br />
          <span class="small muted">
            {say(hereWords.ruleFor, {
              cities: citiesText(language, rule.residences),
            })}
            {state === 'holds' || state === 'suspended'
              ? null
              : `${say(listWords.and)}${say(hereWords[state])}`}
          </span>
          <br />
          <span class="small muted">
            {say(hereWords.paidBy)}
            {say(hereWords.colon)}
            <Funder rule={rule} host={list.party} />
            {' · '}
            <ListText text={rule.agreement} />
          </span>
          {suspension === null ? null : (
            <>
              <br />
              <span class="small">
                {say(hereWords.stopped, { when: formatDay(language, suspension.since) })}
                {say(hereWords.colon)}
                <ListText text={suspension.reason} />
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function OpeningHours(props: { readonly entry: Entry; readonly now: number }) {
  const say = useSay();
  const language = useLanguage();
  const { places } = props.entry;
  const known = places.filter(({ hours }) => hours.length > 0);
  if (known.length === 0) return <>{say(listWords.hoursUnknown)}</>;
  return (
    <>
      {known.map(({ id, name, address, hours }) => (
        <div key={id}>
          <ListText text={name} />
          <br />
          <span class="figures">
            {hours.map((each) => hoursText(language, each)).join(say(listWords.and))}
          </span>{' '}
          <span class="small muted">
            {say(openNow(hours, props.now) === 'open' ? listWords.openNow : listWords.closedNow)}
          </span>
          {address === null ? null : (
            <>
              <br />
              <ListText text={address} />
            </>
          )}
        </div>
      ))}
    </>
  );
}

function DataAsked(props: { readonly entry: Entry }) {
  const say = useSay();
  const { asks } = props.entry;
  if (asks.length === 0) return <>{say(hereWords.asksNothing)}</>;
  return (
    <>
      {asks.map(({ data, why }) => (
        <div key={data}>
          {say(listWords[data])}
          {say(hereWords.colon)}
          <ListText text={why} />
        </div>
      ))}
    </>
  );
}

function LastChecked(props: { readonly service: ServiceHere; readonly list: CityList }) {
  const say = useSay();
  const language = useLanguage();
  const { on, by } = lastCheck(props.service.entry, headOf(props.list));
  return (
    <>
      {dateText(language, on)} <ListText text={by} />
      {props.service.unchecked ? (
        <>
          <br />
          {say(hereWords.unchecked)}
        </>
      ) : null}
    </>
  );
}

export function Phone(props: { readonly phone: string }) {
  const say = useSay();
  const { phone } = props;
  return (
    <a class="link-target" href={`tel:${phone.replaceAll(/[^0-9+]/g, '')}`}>
      {say(hereWords.call, { phone })}
    </a>
  );
}

/** What was wrong in the printed list; prices and rules stay as they were signed. */
function Errata(props: { readonly entry: Entry; readonly list: CityList }) {
  const say = useSay();
  const language = useLanguage();
  const found = props.list.errata.filter((one) => one.entry === props.entry.id);
  return (
    <>
      {found.map(({ time, correction }) => (
        <p key={time} class="small">
          {say(hereWords.erratum, { date: formatDay(language, time) })}
          {say(hereWords.colon)}
          <ListText text={correction} />
        </p>
      ))}
    </>
  );
}
