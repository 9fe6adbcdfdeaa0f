import type { DifferencePage as Page, ListedChange } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Mark } from '../../kit/Notice.tsx';
import { PartyName, Section } from '../../kit/Page.tsx';
import { ListText, PlainText } from '../../kit/PlainText.tsx';
import { cityText, editionName } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { address } from '../address.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { ListFrame, MissingTexts, Pager } from './frame.tsx';
import { fieldName } from '../../kit/field-text.ts';
import { ShownValue } from '../../kit/ShownValue.tsx';
import { editionPageWords } from './edition-words.ts';
import { listPageWords } from './words.ts';

/** An edition against the one before: counted, then service by service and field by field. */
export function DifferencePage(props: { readonly page: Page }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  const { edition, city, offset, limit, total, changes } = page;
  const path = `/editions/${edition.id}/difference`;
  const range = { count: total, from: offset + 1, to: offset + changes.length };
  return (
    <ListFrame
      page={page}
      here={{ path, query: { city, offset: offset === 0 ? null : offset } }}
      title={say(listPageWords.changesOf, { edition: editionName(language, edition.id) })}
      lead={
        <>
          {say(editionPageWords.changesLead)}
          <br />
          <a class="link-target small" href={address(`/editions/${edition.id}`, language)}>
            {editionName(language, edition.id)}
          </a>
        </>
      }
      city={city ?? undefined}
    >
      <Counts page={page} />
      <Section title={say(editionPageWords.changes)}>
        <form class="row filter-form" method="get" action={path}>
          <input type="hidden" name="lang" value={language} />
          <ChoiceField
            name="city"
            label={say(editionPageWords.onlyCity)}
            value={city}
            all={say(listPageWords.everyCity)}
            options={page.byCity.map(({ party }) => [party, cityText(language, party)])}
          />
          <button class="button" type="submit">
            {say(editionPageWords.showCity)}
          </button>
        </form>
        {changes.length === 0 ? (
          <p>{say(editionPageWords.noChanges)}</p>
        ) : (
          <>
            <p class="small muted figures">{say(editionPageWords.changeRange, range)}</p>
            <MissingTexts texts={changes.flatMap(({ name, reason }) => [name, reason])} />
            <ol class="change-list">
              {changes.map((change) => (
                <Change key={change.id} change={change} />
              ))}
            </ol>
          </>
        )}
        <Pager path={path} query={{ city }} {...{ offset, limit, total }} />
      </Section>
    </ListFrame>
  );
}

function Counts(props: { readonly page: Page }) {
  const say = useSay();
  const { byCity, counts } = props.page;
  const rows = [...byCity, { party: '', ...counts }];
  const kinds = ['added', 'changed', 'removed', 'unchanged'] as const;
  return (
    <Table
      caption={say(editionPageWords.countsCaption)}
      keyOf={({ party }) => party}
      rows={rows}
      columns={[
        {
          label: say(listPageWords.city),
          show: ({ party }) =>
            party === '' ? say(editionPageWords.allCities) : <PartyName code={party} />,
        },
        ...kinds.map((kind) => ({
          label: say(listPageWords[kind]),
          show: (row: (typeof rows)[number]) => (
            <span data-count={`${row.party}-${kind}`}>{row[kind]}</span>
          ),
          isNumber: true,
        })),
      ]}
    />
  );
}

const marks = { added: 'good', changed: 'caution', removed: 'danger' } as const;

function Change(props: { readonly change: ListedChange }) {
  const say = useSay();
  const { party, kind, id, name, reason, fields } = props.change;
  return (
    <li data-change={kind}>
      <div class="row">
        <Mark kind={marks[kind]}>{say(listPageWords[kind])}</Mark>
        <h3>
          <ListText unmarked text={name} />
        </h3>
        <span class="small muted">
          <PartyName code={party} /> · {id}
        </span>
      </div>
      <p class="small">
        <span class="muted">{say(editionPageWords.reason)}</span>{' '}
        {reason === null ? say(editionPageWords.noReason) : <ListText unmarked text={reason} />}
      </p>
      {fields.length === 0 ? null : <Fields change={props.change} />}
    </li>
  );
}

function Fields(props: { readonly change: ListedChange }) {
  const say = useSay();
  const language = useLanguage();
  const { fields } = props.change;
  return (
    <Table
      caption={say(editionPageWords.fieldsOf, { count: fields.length })}
      keyOf={({ path }) => path}
      rows={fields}
      columns={[
        {
          label: say(listPageWords.field),
          show: ({ path }) => (
            <>
              {fieldName(language, path)}
              <span class="place-line small muted code">
                <PlainText text={path} />
              </span>
            </>
          ),
        },
        {
          label: say(editionPageWords.before),
          show: ({ path, before }) => <ShownValue path={path} value={before} />,
        },
        {
          label: say(editionPageWords.after),
          show: ({ path, after }) => <ShownValue path={path} value={after} />,
        },
      ]}
    />
  );
}
