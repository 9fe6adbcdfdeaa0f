import { REFUSAL_WORDS, type AdmissionRefusal } from '@tongyu/domain';
import { useState } from 'preact/hooks';
import type { ParityPage, ParitySide, ServiceParity } from '../../kit/api/journeys.ts';
import { Button, Field } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatFen } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import type { Say } from '../../kit/messages.ts';
import { ListText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { useQuery, type Query } from '../../kit/use-query.ts';
import { useConsole } from '../session.tsx';
import { compareSides } from './compare-sides.ts';
import { parityWords } from './words.ts';

/** Whether visitors are treated as the city's own: what they pay, how often they are refused. */
export function ParityView() {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const wanted = new URLSearchParams();
  for (const name of ['from', 'to']) {
    const value = query.get(name);
    if (value !== '') wanted.set(name, value);
  }
  const { remote, askAgain } = useConsole<ParityPage>(`/console/api/parity?${wanted.toString()}`);
  return (
    <div class="stack wide">
      <p>{say(parityWords.intro)}</p>
      <RangeForm query={query} />
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ services }) => services.length === 0}
        empty={<p>{say(parityWords.none)}</p>}
      >
        {(page) => (
          <>
            <p>
              {page.from} – {page.to}{' '}
              <a class="link-target" href={`/console/api/parity.csv?${wanted.toString()}`} download>
                {say(parityWords.download)}
              </a>
            </p>
            {page.services.map((service) => (
              <ServiceSection
                key={service.service}
                service={service}
                say={say}
                language={language}
              />
            ))}
          </>
        )}
      </RemoteView>
    </div>
  );
}

const datePattern = /^20\d\d-\d\d-\d\d$/;

function RangeForm(props: { readonly query: Query }) {
  const say = useSay();
  const { query } = props;
  const [from, setFrom] = useState(query.get('from'));
  const [to, setTo] = useState(query.get('to'));
  const [isWrong, setWrong] = useState(false);
  const show = () => {
    const isRight = [from, to].every((date) => date === '' || datePattern.test(date));
    const isInOrder = from === '' || to === '' || from <= to;
    setWrong(!isRight || !isInOrder);
    if (isRight && isInOrder) query.set({ from, to });
  };
  return (
    <div class="form no-print">
      <Field
        label={say(parityWords.from)}
        hint={say(parityWords.dateHint)}
        value={from}
        onInput={setFrom}
        wrong={isWrong ? say(parityWords.range) : undefined}
      />
      <Field label={say(parityWords.to)} value={to} onInput={setTo} />
      <div>
        <Button onPress={show}>{say(parityWords.show)}</Button>
      </div>
    </div>
  );
}

type Row = { readonly name: string; readonly side: ParitySide };
type Reader = { readonly say: Say; readonly language: Language };

function ServiceSection(props: Reader & { readonly service: ServiceParity }) {
  const { service, say, language } = props;
  const { locals, visitors, byResidence } = service;
  const cities = Object.entries(byResidence).map(([party, side]) => {
    return { name: cityText(language, party), side };
  });
  return (
    <section class="section stack">
      <h2>
        {service.name === null ? (
          <span class="code">{service.service}</span>
        ) : (
          <ListText text={service.name} />
        )}
      </h2>
      <p>{compareSides(language, locals, visitors)}</p>
      <Sides
        caption={say(parityWords.who)}
        rows={[
          { name: say(parityWords.locals), side: locals },
          { name: say(parityWords.visitors), side: visitors },
        ]}
        say={say}
        language={language}
      />
      {cities.length < 2 ? null : (
        <details>
          <summary>{say(parityWords.byCity)}</summary>
          <Sides caption={say(parityWords.byCity)} rows={cities} say={say} language={language} />
        </details>
      )}
    </section>
  );
}

function Sides(props: Reader & { readonly caption: string; readonly rows: readonly Row[] }) {
  const { say, language } = props;
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const part = (of: number, all: number) => (all === 0 ? '–' : share.format(of / all));
  const number = (label: string, pick: (side: ParitySide) => string) => ({
    label,
    isNumber: true,
    show: ({ side }: Row) => pick(side),
  });
  return (
    <Table
      caption={props.caption}
      rows={props.rows}
      keyOf={({ name }) => name}
      columns={[
        { label: say(parityWords.who), show: ({ name }) => name },
        number(say(parityWords.scans), ({ taps }) => String(taps)),
        number(say(parityWords.refused), ({ refused, taps }) => part(refused, taps)),
        {
          label: say(parityWords.reasons),
          show: ({ side }) => reasonsText(side, language),
        },
        number(say(parityWords.journeys), ({ journeys }) => String(journeys)),
        number(say(parityWords.average), ({ riderFen, journeys }) =>
          journeys === 0 ? '–' : formatFen(language, Math.round(riderFen / journeys)),
        ),
        number(say(parityWords.share), ({ riderFen, fullFen }) => part(riderFen, fullFen)),
        number(say(parityWords.disputed), ({ disputed }) => String(disputed)),
      ]}
    />
  );
}

const SHOWN_REASONS = 3;

function reasonsText({ refusals }: ParitySide, language: Language): string {
  const most = Object.entries(refusals)
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN_REASONS);
  if (most.length === 0) return '–';
  const named = most.map(([code, count]) => `${refusalText(code, language)} ${String(count)}`);
  return named.join(' · ');
}

function refusalText(code: string, language: Language): string {
  return isRefusal(code) ? REFUSAL_WORDS[code].reason[language] : code;
}

function isRefusal(code: string): code is AdmissionRefusal {
  return Object.hasOwn(REFUSAL_WORDS, code);
}
