import type { ComponentChildren } from 'preact';
import { useQuery } from '../../kit/use-query.ts';

/** A link inside the console: a step of the history, without loading the page anew. */
export function ViewLink(props: {
  readonly to: Readonly<Record<string, string>>;
  readonly button?: 'plain' | 'primary';
  readonly children: ComponentChildren;
}) {
  const query = useQuery();
  const values = { ...noFilters, ...props.to };
  const names = { plain: 'button', primary: 'button primary', none: 'link-target' };
  return (
    <a
      class={names[props.button ?? 'none']}
      href={query.hrefWith(values)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        query.set(values);
      }}
    >
      {props.children}
    </a>
  );
}

const noFilters = {
  ...{ kind: '', q: '', after: '', entry: '', state: '', party: '' },
  ...{ service: '', journey: '' },
};
