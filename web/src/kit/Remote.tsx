import type { ComponentChildren } from 'preact';
import { Button } from './Controls.tsx';
import { useLanguage, useSay } from './context.tsx';
import { formatMoment } from './dates.ts';
import type { Message } from './messages.ts';
import { Notice } from './Notice.tsx';
import type { Remote } from './api/remote.ts';
import { kitWords } from './words.ts';

/** Shows what was asked from the node in each of its states; `children` draws the data. */
export function RemoteView<T>(props: {
  readonly remote: Remote<T>;
  readonly onRetry: () => void;
  readonly isEmpty?: (value: T) => boolean;
  readonly empty?: ComponentChildren;
  /** Refusals that are expected here, by code, in words of their own. */
  readonly expected?: Readonly<Record<string, Message>>;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { remote } = props;
  const say = useSay();
  const language = useLanguage();
  const retry = <Button onPress={props.onRetry}>{say(kitWords.retry)}</Button>;
  if (remote.kind === 'loading') return <Skeleton />;
  if (remote.kind === 'failed') {
    const known = props.expected ?? {};
    const expected = Object.hasOwn(known, remote.reference) ? known[remote.reference] : undefined;
    if (expected !== undefined) {
      return (
        <Notice kind="caution" live actions={retry}>
          {say(expected)}
        </Notice>
      );
    }
    return (
      <Notice kind="danger" title={say(kitWords.failedTitle)} live actions={retry}>
        {say(kitWords.failedBody)} {say(kitWords.reference)}:{' '}
        <span class="code">{remote.reference}</span>
      </Notice>
    );
  }
  if (remote.kind === 'unreachable' && remote.last === undefined) {
    return (
      <Notice kind="caution" title={say(kitWords.offlineTitle)} live actions={retry}>
        {say(kitWords.offlineNoData)}
      </Notice>
    );
  }
  const shown = remote.kind === 'ready' ? remote : remote.last;
  if (shown === undefined) return null;
  const isEmpty = props.isEmpty?.(shown.value) === true;
  return (
    <>
      {remote.kind === 'unreachable' ? (
        <Notice kind="caution" title={say(kitWords.offlineTitle)} live actions={retry}>
          {say(kitWords.offlineOldData, { when: formatMoment(language, shown.seconds) })}
        </Notice>
      ) : null}
      {isEmpty ? props.empty : props.children(shown.value)}
    </>
  );
}

/** Still lines, shown only after 300 ms (the delay is in the style sheet). */
export function Skeleton() {
  const say = useSay();
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{say(kitWords.loading)}</span>
      <i />
      <i />
      <i />
    </div>
  );
}
