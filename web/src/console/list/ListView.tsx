import { useState } from 'preact/hooks';
import type { DraftPage, DraftRow } from '../../kit/api/list-office.ts';
import { Button, Field, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { ListText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { dateText, editionName } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { useQuery, type Query } from '../../kit/use-query.ts';
import { useConsole, useMay } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { KindMark } from './Changes.tsx';
import { draftWords } from './draft-words.ts';
import { ViewLink } from './links.tsx';
import { RoleNote } from './WhoAmI.tsx';

const kinds = ['drafted', 'added', 'changed', 'removed', 'unchanged'] as const;

/** The working draft, row by row; the filters stand in the address. */
export function ListView() {
  const say = useSay();
  const query = useQuery();
  const wanted = new URLSearchParams({ limit: '100' });
  for (const name of ['kind', 'q', 'after']) {
    if (query.get(name) !== '') wanted.set(name, query.get(name));
  }
  const { remote, askAgain } = useConsole<DraftPage>(`/console/api/draft?${wanted.toString()}`);
  const isFiltered = query.get('kind') !== '' || query.get('q') !== '';
  return (
    <div class="stack">
      <Actions />
      <Filters key={query.get('q')} query={query} />
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ rows }) => rows.length === 0}
        empty={<p>{say(isFiltered ? draftWords.noneFiltered : draftWords.none)}</p>}
      >
        {(page) => <Rows page={page} query={query} />}
      </RemoteView>
    </div>
  );
}

function Actions() {
  const say = useSay();
  return (
    <div class="stack">
      <div class="row">
        {useMay('editor') ? (
          <>
            <ViewLink to={{ view: 'edit' }} button="primary">
              {say(draftWords.add)}
            </ViewLink>
            <ViewLink to={{ view: 'import' }} button="plain">
              {say(draftWords.importFile)}
            </ViewLink>
          </>
        ) : null}
        <a class="button" href="/console/api/draft/export.csv" download="tongyu-draft.csv">
          {say(draftWords.exportCsv)}
        </a>
        <a class="button" href="/console/api/draft/export.json" download="tongyu-draft.json">
          {say(draftWords.exportJson)}
        </a>
      </div>
      <RoleNote role="editor" />
    </div>
  );
}

function Filters(props: { readonly query: Query }) {
  const say = useSay();
  const { query } = props;
  const [text, setText] = useState(query.get('q'));
  return (
    <form
      class="filters"
      role="search"
      aria-label={say(consoleWords.filters)}
      onSubmit={(event) => {
        event.preventDefault();
        query.set({ q: text.trim(), after: '' });
      }}
    >
      <Select
        label={say(draftWords.change)}
        value={query.get('kind')}
        options={[
          ['', say(consoleWords.all)],
          ...kinds.map((kind) => [kind, say(draftWords[kind])] as const),
        ]}
        onSelect={(kind) => query.set({ kind, after: '' })}
      />
      <Field label={say(draftWords.text)} value={text} onInput={setText} />
      <div class="filter-go">
        <button class="button" type="submit">
          {say(draftWords.find)}
        </button>
      </div>
    </form>
  );
}

function Rows(props: { readonly page: DraftPage; readonly query: Query }) {
  const say = useSay();
  const language = useLanguage();
  const { page, query } = props;
  const { base, next } = page;
  const caption =
    base === null
      ? say(draftWords.captionFirst)
      : say(draftWords.caption, { edition: editionName(language, base.id) });
  return (
    <>
      <p class="figures">{say(draftWords.counts, page.counts)}</p>
      <Table
        caption={caption}
        rows={page.rows}
        keyOf={({ id }) => id}
        columns={[
          {
            label: say(draftWords.entry),
            show: (row) => <EntryLink id={row.id} name={row.name} />,
          },
          { label: say(draftWords.change), show: ({ kind }) => <KindMark kind={kind} /> },
          {
            label: say(draftWords.reason),
            show: ({ reason }) => (reason === null ? '–' : <ListText text={reason} unmarked />),
          },
          { label: say(draftWords.authorAndTime), show: (row) => <WhoWhen {...row} /> },
          { label: say(draftWords.missing), show: (row) => <Missing row={row} /> },
          { label: say(draftWords.lastCheck), show: (row) => <LastCheck row={row} /> },
        ]}
      />
      <div class="row">
        {query.get('after') === '' ? null : (
          <Button onPress={() => query.set({ after: '' })}>{say(draftWords.first)}</Button>
        )}
        {next === null ? null : (
          <Button onPress={() => query.set({ after: next })}>{say(draftWords.more)}</Button>
        )}
      </div>
    </>
  );
}

/** An entry's name, with its id below, leading to its page. */
export function EntryLink(props: { readonly id: string; readonly name: DraftRow['name'] }) {
  return (
    <>
      <ViewLink to={{ view: 'entry', entry: props.id }}>
        <ListText text={props.name} unmarked />
      </ViewLink>
      <span class="below code">{props.id}</span>
    </>
  );
}

export function WhoWhen(props: { readonly author: string | null; readonly at: number | null }) {
  const language = useLanguage();
  const { author, at } = props;
  if (author === null || at === null) return <>–</>;
  return (
    <>
      <span class="code">{author}</span>
      <time class="below" dateTime={isoMoment(at)}>
        {formatMoment(language, at)}
      </time>
    </>
  );
}

function Missing(props: { readonly row: DraftRow }) {
  const say = useSay();
  const { missing } = props.row;
  if (missing.zhTW + missing.en === 0) {
    return <span class="muted">{say(draftWords.complete)}</span>;
  }
  return <>{say(draftWords.missingTexts, missing)}</>;
}

function LastCheck(props: { readonly row: DraftRow }) {
  const language = useLanguage();
  const { by, on } = props.row.checked;
  return (
    <>
      <time dateTime={on}>{dateText(language, on)}</time>
      <span class="below">
        <ListText text={by} unmarked />
      </span>
    </>
  );
}
