import { Button } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import type { Query } from '../kit/use-query.ts';
import { consoleWords } from './words.ts';

/** Ways to older rows and back to the newest; the place stands in the address. */
export function Paging(props: { readonly query: Query; readonly next: string | null }) {
  const say = useSay();
  const { query, next } = props;
  return (
    <div class="row">
      {query.get('after') === '' ? null : (
        <Button onPress={() => query.set({ after: '' })}>{say(consoleWords.newest)}</Button>
      )}
      {next === null ? null : (
        <Button onPress={() => query.set({ after: next })}>{say(consoleWords.older)}</Button>
      )}
    </div>
  );
}
