import { CATEGORIES } from '@tongyu/protocol';
import type { ListedEntry, ListPage as List, ListQuery } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { PartyName } from '../../kit/Page.tsx';
import { cityText, fullPriceText, editionName } from '../../kit/service-text.ts';
import { address } from '../address.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { ListFrame, MissingTexts, Pager } from './frame.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { listPageWords } from './words.ts';

/** All entries in force: searched, filtered, page by page. */
export function ListPage(props: { readonly page: List }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  const { query, result, inForce } = page;
  const asked = askedOf(query);
  return (
    <ListFrame
      page={page}
      here={{
        path: '/list',
        query: { ...asked, offset: query.offset === 0 ? null : query.offset },
      }}
      title={say(listPageWords.list)}
      lead={
        inForce === null ? (
          say(listPageWords.listLead)
        ) : (
          <>
            {say(listPageWords.listLead)}
            <br />
            <a class="link-target small" href={address(`/editions/${inForce.id}`, language)}>
              {editionName(language, inForce.id)}
            </a>
          </>
        )
      }
      city={query.city ?? undefined}
    >
      {inForce === null ? <Notice kind="plain">{say(listPageWords.noEdition)}</Notice> : null}
      <SearchForm page={page} />
      {result.ok ? (
        inForce === null ? null : (
          <Results page={page} asked={asked} {...result} />
        )
      ) : (
        <Notice kind="danger" title={say(listPageWords.refusedTitle)}>
          {say(listPageWords[result.refusal])}
        </Notice>
      )}
    </ListFrame>
  );
}

type Asked = Readonly<Record<string, string | number | boolean | null>>;

function askedOf({ text, city, category, audience, usable }: ListQuery): Asked {
  return { q: text, city, category, audience, usable: usable ? 'true' : null };
}

function SearchForm(props: { readonly page: List }) {
  const say = useSay();
  const language = useLanguage();
  const { query, cities } = props.page;
  return (
    <form class="search-form" method="get" action="/list" role="search">
      <input type="hidden" name="lang" value={language} />
      <div class="field search-text">
        <label for="q">{say(listPageWords.search)}</label>
        <span class="hint" id="q-hint">
          {say(listPageWords.searchHint)}
        </span>
        <input
          id="q"
          name="q"
          type="search"
          value={query.text}
          maxLength={1000}
          aria-describedby="q-hint"
          autocomplete="off"
        />
      </div>
      <ChoiceField
        name="city"
        label={say(listPageWords.city)}
        value={query.city}
        all={say(listPageWords.everyCity)}
        options={cities.map((party) => [party, cityText(language, party)])}
      />
      <ChoiceField
        name="category"
        label={say(listPageWords.category)}
        value={query.category}
        all={say(listPageWords.everyCategory)}
        options={CATEGORIES.map((each) => [each, say(listWords[each])])}
      />
      <ChoiceField
        name="audience"
        label={say(listPageWords.audience)}
        value={query.audience}
        all={say(listPageWords.everyAudience)}
        options={(['residents', 'organisations'] as const).map((each) => [
          each,
          say(listWords[each]),
        ])}
      />
      <label class="choice">
        <input type="checkbox" name="usable" value="true" checked={query.usable} />
        {say(listPageWords.usableOnly)}
      </label>
      <div class="row">
        <button class="button primary" type="submit">
          {say(listPageWords.find)}
        </button>
        <a class="link-target" href={address('/list', language)}>
          {say(listPageWords.clear)}
        </a>
      </div>
    </form>
  );
}

function Results(props: {
  readonly page: List;
  readonly asked: Asked;
  readonly total: number;
  readonly entries: readonly ListedEntry[];
}) {
  const say = useSay();
  const { page, asked, total, entries } = props;
  const { offset, limit } = page.query;
  const shown = { from: offset + 1, to: offset + entries.length };
  return (
    <section class="section stack results" data-total={total}>
      <div class="row">
        <h2>{say(listPageWords.results)}</h2>
        <p class="figures">
          {say(listPageWords.found, { count: total })}
          {total > entries.length && entries.length > 0 ? (
            <span class="muted"> · {say(listPageWords.shown, shown)}</span>
          ) : null}
        </p>
      </div>
      {entries.length === 0 ? (
        <p>{say(total === 0 ? listPageWords.nothing : listPageWords.beyond)}</p>
      ) : (
        <>
          <MissingTexts texts={entries.flatMap(({ entry }) => [entry.name, entry.summary])} />
          <ul class="entry-list">
            {entries.map((listed) => (
              <EntryRow key={listed.entry.id} listed={listed} />
            ))}
          </ul>
        </>
      )}
      <Pager path="/list" query={asked} {...{ offset, limit, total }} />
    </section>
  );
}

function EntryRow(props: { readonly listed: ListedEntry }) {
  const say = useSay();
  const language = useLanguage();
  const { entry } = props.listed;
  return (
    <li>
      <a class="entry-name" href={address(`/list/${entry.id}`, language)}>
        <ListText unmarked text={entry.name} />
      </a>
      <span class="entry-price figures">{fullPriceText(language, entry)}</span>
      <span class="entry-what">
        <ListText unmarked text={entry.summary} />
      </span>
      <span class="entry-facts small muted">
        <PartyName code={entry.id.slice(0, 4)} /> · {say(listWords[entry.category])} ·{' '}
        {entry.access.map((way) => say(listWords[way])).join(say(listWords.and))}
      </span>
      <span class="entry-state small">
        <UsableMark listed={props.listed} />
      </span>
    </li>
  );
}

/** Usable now, or why not, in a word; a suspension with its date. */
export function UsableMark(props: { readonly listed: ListedEntry }) {
  const say = useSay();
  const language = useLanguage();
  const { suspension, unusable } = props.listed;
  if (suspension !== null) {
    const when = formatDay(language, suspension.since);
    return <Mark kind="danger">{say(listPageWords.suspendedTitle, { when })}</Mark>;
  }
  if (unusable.length > 0) {
    return <Mark kind="caution">{say(listPageWords.uncheckedMark)}</Mark>;
  }
  return <Mark kind="good">{say(listPageWords.usable)}</Mark>;
}
