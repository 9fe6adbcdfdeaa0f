import { fieldChanges } from '@tongyu/domain';
import type { Entry } from '@tongyu/protocol';
import { useEffect, useRef } from 'preact/hooks';
import type { DraftedEntry } from '../../kit/api/list-office.ts';
import type { Problem } from '../../kit/api/remote.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { RemoteView } from '../../kit/Remote.tsx';
import { useConsole } from '../session.tsx';
import { ChangesTable } from './Changes.tsx';
import { entryPath } from './EntryView.tsx';
import { formWords } from './form-words.ts';

/** Somebody was faster: who, what theirs says against mine, and the two ways to go on. */
export function OthersChange(props: {
  readonly problem: Problem;
  readonly id: string;
  readonly mine: Entry | undefined;
  readonly onKeepMine: (revision: number) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const { problem, mine } = props;
  const { by, at, revision } = problem.facts ?? {};
  const { remote, askAgain } = useConsole<DraftedEntry>(entryPath(props.id));
  const when = typeof at === 'number' ? formatMoment(language, at) : '?';
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [problem]);
  return (
    <div class="stack">
      <div class="notice" data-kind="caution" role="alert" tabIndex={-1} ref={place}>
        <p class="notice-title">{say(formWords.othersTitle)}</p>
        <p>{say(formWords.othersBody, { by: typeof by === 'string' ? by : '?', when })}</p>
      </div>
      <RemoteView remote={remote} onRetry={askAgain}>
        {({ entry }) => {
          if (entry === null) return <p>{say(formWords.theirsGone)}</p>;
          const changes = mine === undefined ? [] : fieldChanges(entry, mine);
          if (changes.length === 0) return <p>{say(formWords.noneLeft)}</p>;
          return (
            <ChangesTable changes={changes} before={formWords.theirs} after={formWords.yours} />
          );
        }}
      </RemoteView>
      <div class="row">
        <Button onPress={() => location.reload()}>{say(formWords.takeTheirs)}</Button>
        <Button
          primary
          onPress={() => props.onKeepMine(typeof revision === 'number' ? revision : 0)}
        >
          {say(formWords.keepMine)}
        </Button>
      </div>
    </div>
  );
}
