import { useState } from 'preact/hooks';
import type { ConsoleService, ServicePage } from '../kit/api/console.ts';
import { Button } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatFen } from '../kit/dates.ts';
import { Mark } from '../kit/Notice.tsx';
import { PartyName } from '../kit/Page.tsx';
import { RemoteView } from '../kit/Remote.tsx';
import { ServiceName } from '../kit/ServiceName.tsx';
import { Table } from '../kit/Table.tsx';
import { ServiceDialog } from './ServiceDialog.tsx';
import { serviceWords } from './service-words.ts';
import { useConsole } from './session.tsx';
import { terminalWords } from './tap-words.ts';
import { decisionWords } from './words.ts';

/** The city's service file: what is open, and what residents of each city pay. */
export function ServicesView() {
  const say = useSay();
  const { remote, askAgain } = useConsole<ServicePage>('/console/api/services');
  return (
    <RemoteView
      remote={remote}
      onRetry={askAgain}
      isEmpty={({ services }) => services.length === 0}
      empty={<p>{say(serviceWords.none)}</p>}
    >
      {(page) => <Services page={page} onChange={askAgain} />}
    </RemoteView>
  );
}

function Services(props: { readonly page: ServicePage; readonly onChange: () => void }) {
  const say = useSay();
  const { number, services } = props.page;
  const [editing, setEditing] = useState<ConsoleService>();
  return (
    <>
      <Table
        caption={say(serviceWords.caption, { number })}
        rows={services}
        keyOf={({ id }) => id}
        columns={[
          { label: say(terminalWords.service), show: ({ name }) => <ServiceName name={name} /> },
          { label: say(terminalWords.id), show: ({ id }) => <span class="code">{id}</span> },
          { label: say(terminalWords.state), show: (service) => <State service={service} /> },
          { label: say(serviceWords.prices), show: (service) => <Prices service={service} /> },
          {
            label: say(decisionWords.action),
            show: (service) => (
              <Button onPress={() => setEditing(service)}>{say(serviceWords.edit)}</Button>
            ),
          },
        ]}
      />
      {editing === undefined ? null : (
        <ServiceDialog
          service={editing}
          services={services}
          number={number}
          onClose={() => setEditing(undefined)}
          onDone={props.onChange}
        />
      )}
    </>
  );
}

function State(props: { readonly service: ConsoleService }) {
  const say = useSay();
  return props.service.open ? (
    <Mark kind="good">{say(serviceWords.open)}</Mark>
  ) : (
    <Mark kind="caution">{say(serviceWords.closed)}</Mark>
  );
}

/** Cities that pay the same stand together. */
function Prices(props: { readonly service: ConsoleService }) {
  const say = useSay();
  const language = useLanguage();
  const { prices } = props.service;
  if (prices.length === 0) return <span class="muted">{say(serviceWords.nobody)}</span>;
  const amounts = [...new Set(prices.map(({ priceFen }) => priceFen))].sort((a, b) => a - b);
  return (
    <>
      {amounts.map((fen) => (
        <span class="price-group" key={fen}>
          <strong>{formatFen(language, fen)}</strong>{' '}
          <ul class="inline-list small">
            {prices
              .filter(({ priceFen }) => priceFen === fen)
              .map(({ residence }) => (
                <li key={residence}>
                  <PartyName code={residence} />
                </li>
              ))}
          </ul>
        </span>
      ))}
    </>
  );
}
