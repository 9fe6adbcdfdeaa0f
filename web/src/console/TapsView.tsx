import type { TapPage, TapVerdict, TerminalPage } from '../kit/api/console.ts';
import { useLanguage, useSay } from '../kit/context.tsx';
import { RemoteView } from '../kit/Remote.tsx';
import { Table } from '../kit/Table.tsx';
import { useQuery, type Query } from '../kit/use-query.ts';
import { verdictWords } from '../kit/words.ts';
import { Paging } from './Paging.tsx';
import { idOptions, QueryFilters } from './QueryFilters.tsx';
import { useConsole } from './session.tsx';
import { tapColumns } from './tap-columns.tsx';
import { tapWords } from './tap-words.ts';

const filterNames = ['terminal', 'verdict', 'after'] as const;
const verdicts: readonly TapVerdict[] = ['pass', 'check', 'refuse', 'unknown'];
const pageSize = '100';

/** Taps as they arrive; the filters stand in the address. */
export function TapsView() {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const wanted = new URLSearchParams({ limit: pageSize });
  for (const name of filterNames) {
    const value = query.get(name);
    if (value !== '') wanted.set(name, value);
  }
  const isNewest = query.get('after') === '';
  const isFiltered = query.get('terminal') !== '' || query.get('verdict') !== '';
  // Only the newest page moves: older ones stand still while they are read.
  const path = `/console/api/taps?${wanted.toString()}`;
  const { remote, askAgain } = useConsole<TapPage>(path, isNewest ? 5 : undefined);
  return (
    <div class="stack">
      <Filters query={query} />
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={(page) => page.taps.length === 0}
        empty={<p>{say(isFiltered ? tapWords.noneFiltered : tapWords.none)}</p>}
      >
        {(page) => (
          <>
            <Table
              caption={say(tapWords.caption)}
              columns={tapColumns(say, language)}
              rows={page.taps}
              keyOf={(tap) => `${tap.terminal}/${String(tap.number)}`}
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
  const { remote } = useConsole<TerminalPage>('/console/api/terminals');
  const terminals = remote.kind === 'ready' ? remote.value.terminals.map(({ id }) => id) : [];
  const shown = verdicts.map((each) => [each, say(verdictWords[each])] as const);
  return (
    <QueryFilters
      query={props.query}
      filters={[
        { name: 'terminal', label: say(tapWords.terminal), options: idOptions(terminals) },
        { name: 'verdict', label: say(tapWords.verdict), options: shown },
      ]}
    />
  );
}
