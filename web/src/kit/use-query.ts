import { useLayoutEffect, useState } from 'preact/hooks';

/** The page's filters as they stand in the address; each change is a step of the history. */
export type Query = {
  readonly get: (name: string) => string;
  /** Sets some values and drops empty ones; `{}` changes nothing. */
  readonly set: (values: Readonly<Record<string, string>>) => void;
  /** The address that `set` would lead to, for a plain link. */
  readonly hrefWith: (values: Readonly<Record<string, string>>) => string;
};

export function useQuery(): Query {
  const [search, setSearch] = useState(location.search);
  // Before the page is painted: no step of the history is missed in between.
  useLayoutEffect(() => {
    const follow = () => setSearch(location.search);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const hrefWith = (values: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(values)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    const text = next.toString();
    return text === '' ? location.pathname : `?${text}`;
  };
  return {
    get: (name) => new URLSearchParams(search).get(name) ?? '',
    set: (values) => {
      history.pushState(null, '', hrefWith(values));
      // The browser tells only of steps back and forth; all of the page follows this one too.
      dispatchEvent(new Event('popstate'));
    },
    hrefWith,
  };
}
