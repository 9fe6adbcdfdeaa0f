import type { ConsoleLine, LinePage, LineState } from '../../kit/api/journeys.ts';
import type { ServicePage } from '../../kit/api/console.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { Table } from '../../kit/Table.tsx';
import { useQuery, type Query } from '../../kit/use-query.ts';
import { Paging } from '../Paging.tsx';
import { idOptions, QueryFilters } from '../QueryFilters.tsx';
import { ViewLink } from '../list/links.tsx';
import { useConsole } from '../session.tsx';
import { lineColumns, stateOptions } from './line-columns.tsx';
import { LineFacts } from './LineFacts.tsx';
import { lineWords } from './words.ts';

const states: readonly LineState[] = ['claimed', 'accepted', 'disputed'];
const pageSize = '50';
/** A journey's own page looks it up among so many. */
const mostAtOnce = '200';

/** Priced journeys of this city's terminals; the filters stand in the address. */
export function JourneysView() {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const wanted = new URLSearchParams({ limit: pageSize });
  for (const name of ['service', 'state', 'after']) {
    const value = query.get(name);
    if (value !== '') wanted.set(name, value);
  }
  const isNewest = query.get('after') === '';
  const isFiltered = query.get('service') !== '' || query.get('state') !== '';
  const path = `/console/api/journeys?${wanted.toString()}`;
  const { remote, askAgain } = useConsole<LinePage>(path, isNewest ? 5 : undefined);
  return (
    <div class="stack wide">
      <Filters query={query} />
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ lines }) => lines.length === 0}
        empty={<p>{say(isFiltered ? lineWords.noneFiltered : lineWords.none)}</p>}
      >
        {(page) => (
          <>
            <Table
              caption={say(lineWords.caption)}
              columns={lineColumns<ConsoleLine>(say, language, 'home', true)}
              rows={page.lines}
              keyOf={({ line }) => line.journey}
            />
            <Paging query={query} next={page.next} />
          </>
        )}
      </RemoteView>
    </div>
  );
}

function Filters(props: { readonly query: Query }) {
  const say = useSay();
  const { remote } = useConsole<ServicePage>('/console/api/services');
  const services = remote.kind === 'ready' ? remote.value.services.map(({ id }) => id) : [];
  return (
    <QueryFilters
      query={props.query}
      filters={[
        { name: 'service', label: say(lineWords.service), options: idOptions(services) },
        { name: 'state', label: say(lineWords.state), options: stateOptions(say, states) },
      ]}
    />
  );
}

/** One journey with all that its line says. */
export function JourneyView() {
  const say = useSay();
  const query = useQuery();
  const wanted = new URLSearchParams({ service: query.get('service'), limit: mostAtOnce });
  const { remote, askAgain } = useConsole<LinePage>(`/console/api/journeys?${wanted.toString()}`);
  return (
    <div class="stack">
      <RemoteView remote={remote} onRetry={askAgain}>
        {({ lines }) => {
          const found = lines.find(({ line }) => line.journey === query.get('journey'));
          return found === undefined ? (
            <p>{say(lineWords.gone)}</p>
          ) : (
            <LineFacts of={found} ours={null} />
          );
        }}
      </RemoteView>
      <p>
        <ViewLink to={{ view: 'journeys' }}>{say(lineWords.back)}</ViewLink>
      </p>
    </div>
  );
}
