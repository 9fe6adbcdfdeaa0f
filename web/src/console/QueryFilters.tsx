import { Select } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import type { Query } from '../kit/use-query.ts';
import { consoleWords } from './words.ts';

export type QueryFilter = {
  /** Its name in the address. */
  readonly name: string;
  readonly label: string;
  /** Value and words of each; "all" is put before them. */
  readonly options: readonly (readonly [string, string])[];
};

/** Filters that stand in the address; another choice begins at the newest again. */
export function QueryFilters(props: {
  readonly query: Query;
  readonly filters: readonly QueryFilter[];
}) {
  const say = useSay();
  const { query } = props;
  return (
    <fieldset>
      <legend class="visually-hidden">{say(consoleWords.filters)}</legend>
      <div class="filters">
        {props.filters.map(({ name, label, options }) => (
          <Select
            key={name}
            label={label}
            value={query.get(name)}
            options={[['', say(consoleWords.all)], ...withChosen(query.get(name), options)]}
            onSelect={(value) => query.set({ [name]: value, after: '' })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** What the address names stays to be seen, also when it is none of the options (any more). */
function withChosen(chosen: string, options: QueryFilter['options']): QueryFilter['options'] {
  const isKnown = chosen === '' || options.some(([value]) => value === chosen);
  return isKnown ? options : [[chosen, chosen], ...options];
}

/** Ids stand for themselves. */
export function idOptions(ids: readonly string[]): QueryFilter['options'] {
  return ids.map((id) => [id, id]);
}
