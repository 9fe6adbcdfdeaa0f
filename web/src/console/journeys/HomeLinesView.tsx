import type { HomeLine, HomeLinePage } from '../../kit/api/journeys.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { Table } from '../../kit/Table.tsx';
import { useQuery } from '../../kit/use-query.ts';
import { Paging } from '../Paging.tsx';
import { QueryFilters } from '../QueryFilters.tsx';
import { useConsole } from '../session.tsx';
import { lineColumns, stateOptions } from './line-columns.tsx';
import { LineFacts } from './LineFacts.tsx';
import { lineWords } from './words.ts';

const answered = ['accepted', 'disputed'] as const;

/** What other cities claim for this city's residents, whoever they are. */
export function HomeLinesView() {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const wanted = new URLSearchParams({ limit: '50' });
  for (const name of ['state', 'after']) {
    const value = query.get(name);
    if (value !== '') wanted.set(name, value);
  }
  const path = `/console/api/home-lines?${wanted.toString()}`;
  const { remote, askAgain } = useConsole<HomeLinePage>(path);
  return (
    <div class="stack wide">
      <QueryFilters
        query={query}
        filters={[
          { name: 'state', label: say(lineWords.state), options: stateOptions(say, answered) },
        ]}
      />
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ lines }) => lines.length === 0}
        empty={<p>{say(lineWords.noneFiltered)}</p>}
      >
        {(page) => (
          <>
            <Table
              caption={say(lineWords.abroadCaption)}
              columns={lineColumns<HomeLine>(say, language, 'host')}
              rows={page.lines}
              keyOf={({ line }) => line.journey}
            />
            {page.lines
              .filter(({ state }) => state === 'disputed')
              .map((row) => (
                <details key={row.line.journey}>
                  <summary>
                    <span class="code">{row.line.journey}</span>
                  </summary>
                  <LineFacts of={row} ours={row.ours} />
                </details>
              ))}
            <Paging query={query} next={page.next} />
          </>
        )}
      </RemoteView>
    </div>
  );
}
