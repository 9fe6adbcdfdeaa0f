import { useEffect, useState } from 'preact/hooks';
import { isOverdue } from '@tongyu/domain';
import { CATEGORIES, type PartyId } from '@tongyu/protocol';
import type { Remote } from '../../kit/api/remote.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Field, Select } from '../../kit/Controls.tsx';
import { formatDay, formatMoment } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { Notice } from '../../kit/Notice.tsx';
import { memberCodes } from '../../kit/parties.ts';
import type { Clock } from '../../kit/ports/clock.ts';
import type { Net } from '../../kit/ports/fetch.ts';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { loadCityList, type CityList, type ListShelf } from './city-list.ts';
import { byCategory, isFound, servicesHere, type ServiceHere } from './group-openings.ts';
import { ClosedRows, isAllDemo, OpenRows } from './ServiceRows.tsx';
import { hereWords } from './words.ts';

/** What the code page tells this part, each time that something of it changes. */
export type HereProps = {
  readonly home: PartyId;
  readonly here: PartyId;
  readonly onHere: (city: PartyId) => void;
  /** Concession class that the code shows; 0 for none. */
  readonly shownClass: number;
  readonly isElder: boolean;
  /** City's time minus this browser's clock. */
  readonly offsetSeconds: number;
  readonly net: Net;
  readonly clock: Clock;
  readonly shelf: ListShelf;
};

const minute = 60_000;
const askEveryMinutes = 5;

/**
 * What the code opens in a city and at what price, and why the rest does not. The city is chosen
 * here and changes this list alone.
 */
export function HereView(props: HereProps) {
  const say = useSay();
  const language = useLanguage();
  const { here, home } = props;
  const { remote, now, askAgain } = useCityList(props);
  const shown = remote.kind === 'ready' ? remote : remote.kind === 'unreachable' && remote.last;
  const cities = shown ? shown.value.cities : [];
  const offered = [...new Set<PartyId>([...memberCodes, ...cities, here])];
  return (
    <section class="section stack here">
      <h2>{say(hereWords.title)}</h2>
      <Select
        label={say(hereWords.city)}
        value={here}
        options={offered.map((party) => [party, cityText(language, party)] as const)}
        onSelect={props.onHere}
      />
      <p class="small muted">{say(hereWords.same)}</p>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={(list) => list.entries.length === 0}
        empty={<Notice kind="plain">{say(hereWords.none)}</Notice>}
        expected={{ NOT_FOUND: hereWords.none }}
      >
        {(list) => (
          <Services
            key={list.party}
            list={list}
            home={home}
            shownClass={props.shownClass}
            isElder={props.isElder}
            now={now}
          />
        )}
      </RemoteView>
    </section>
  );
}

/** The list of the chosen city, asked again now and then, and the city's time to the minute. */
function useCityList({ here, net, clock, shelf, offsetSeconds }: HereProps) {
  const timeNow = (): number => Math.floor(clock.now() / 1000) + offsetSeconds;
  const [now, setNow] = useState(timeNow);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ city: PartyId; remote: Remote<CityList> }>();
  const askAgain = () => setTurn((each) => each + 1);
  useEffect(() => {
    let minutes = 0;
    const stop = clock.every(minute, () => {
      minutes += 1;
      setNow(timeNow());
      if (minutes % askEveryMinutes === 0 && !document.hidden) askAgain();
    });
    addEventListener('online', askAgain);
    return () => {
      stop();
      removeEventListener('online', askAgain);
    };
  }, [offsetSeconds]);
  useEffect(() => {
    let isCurrent = true;
    const show = (remote: Remote<CityList>): void => {
      if (isCurrent) setState({ city: here, remote });
      setNow(timeNow());
    };
    const isFirst = state?.city !== here;
    void loadCityList({ net, shelf, now: timeNow }, here, isFirst ? show : () => undefined).then(
      show,
    );
    return () => {
      isCurrent = false;
    };
  }, [here, turn]);
  const remote: Remote<CityList> = state?.city === here ? state.remote : { kind: 'loading' };
  return { remote, now, askAgain };
}

function Services(props: {
  readonly list: CityList;
  readonly home: PartyId;
  readonly shownClass: number;
  readonly isElder: boolean;
  readonly now: number;
}) {
  const say = useSay();
  const { list, home, now, isElder } = props;
  const [wanted, setWanted] = useState('');
  const rider = { residence: home, class: props.shownClass };
  const { open, unsure, suspended, others } = servicesHere(list, rider, now);
  const isSearched = wanted.trim() !== '' && !isElder;
  const found = (services: readonly ServiceHere[]) =>
    isSearched
      ? services.filter(({ entry }) =>
          isFound(entry, wanted, Object.values(listWords[entry.category]).join(' ')),
        )
      : services;
  const shown = [open, unsure, suspended, others].map(found);
  const [opened = [], unsureShown = [], suspendedShown = [], othersShown = []] = shown;
  const count = shown.reduce((sum, each) => sum + each.length, 0);
  const rows = { list, home, now, isElder };
  return (
    <div class="stack" data-services={list.party}>
      <Dates list={list} now={now} />
      {list.members.includes(home) ? null : <NotMember home={home} />}
      {isElder ? null : (
        <Field
          label={say(hereWords.search)}
          hint={say(hereWords.searchHint)}
          value={wanted}
          onInput={setWanted}
          name="here-search"
        />
      )}
      <p class="visually-hidden" role="status">
        {isSearched ? say(hereWords.found, { count }) : ''}
      </p>
      {isSearched && count === 0 ? <p>{say(hereWords.nothingFound)}</p> : null}
      {open.length === 0 && unsure.length === 0 ? <p>{say(hereWords.nothingOpen)}</p> : null}
      {opened.length > 0 ? (
        <Group title={say(hereWords.open, { count: opened.length })} services={opened} {...rows} />
      ) : null}
      {unsureShown.length > 0 ? (
        <>
          <Notice kind="caution">{say(hereWords.unsureBody)}</Notice>
          <Group
            title={say(hereWords.unsure, { count: unsureShown.length })}
            services={unsureShown}
            {...rows}
          />
        </>
      ) : null}
      {suspendedShown.length > 0 ? (
        <>
          <h3>{say(hereWords.suspended, { count: suspendedShown.length })}</h3>
          <ClosedRows services={suspendedShown} {...rows} />
        </>
      ) : null}
      {othersShown.length > 0 ? (
        <details class="here-others" {...(isSearched ? { open: true } : {})}>
          <summary>{say(hereWords.others, { count: othersShown.length })}</summary>
          <ClosedRows services={othersShown} {...rows} />
        </details>
      ) : null}
    </div>
  );
}

/** Which edition this is, as of when; that it is overdue; that it is a demonstration. */
function Dates(props: { readonly list: CityList; readonly now: number }) {
  const say = useSay();
  const language = useLanguage();
  const { edition, head } = props.list;
  const half = edition.id.endsWith('1') ? hereWords.half1 : hereWords.half2;
  return (
    <>
      <p class="small" data-edition={edition.id}>
        {say(hereWords.edition, {
          year: edition.id.slice(0, 4),
          half: say(half),
          from: formatDay(language, edition.effectiveFrom),
          told: formatMoment(language, head?.time ?? edition.effectiveFrom),
        })}
        {isAllDemo(props.list) ? (
          <>
            <br />
            {say(hereWords.demo)}
          </>
        ) : null}
      </p>
      {isOverdue(edition, props.now) ? (
        <Notice kind="caution">{say(hereWords.overdue)}</Notice>
      ) : null}
    </>
  );
}

function NotMember(props: { readonly home: PartyId }) {
  const say = useSay();
  const city = cityText(useLanguage(), props.home);
  return <Notice kind="caution">{say(hereWords.notMember, { city })}</Notice>;
}

function Group(props: {
  readonly title: string;
  readonly services: readonly ServiceHere[];
  readonly list: CityList;
  readonly home: PartyId;
  readonly now: number;
  readonly isElder: boolean;
}) {
  const say = useSay();
  const { title, services, ...rows } = props;
  return (
    <>
      <h3>{title}</h3>
      {byCategory(services, CATEGORIES).map(([category, found]) => (
        <div key={category}>
          <h4 class="here-kind">{say(listWords[category])}</h4>
          <OpenRows services={found} {...rows} />
        </div>
      ))}
    </>
  );
}
