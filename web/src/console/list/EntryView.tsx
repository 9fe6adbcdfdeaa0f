import { useContext, useState } from 'preact/hooks';
import type { DraftedEntry, HistoryLine, HistoryPage } from '../../kit/api/list-office.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { wordOfValue } from '../../kit/field-text.ts';
import { memberWords } from '../../kit/member-words.ts';
import { Facts, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { dateText, fullPriceText } from '../../kit/service-text.ts';
import { useQuery } from '../../kit/use-query.ts';
import { Confirm } from '../Confirm.tsx';
import { useConsole, useDeed, useMay } from '../session.tsx';
import { ChangesTable, KindMark } from './Changes.tsx';
import { draftWords } from './draft-words.ts';
import { FlashContext } from './flash.tsx';
import { formWords } from './form-words.ts';
import { ViewLink } from './links.tsx';
import { WhoWhen } from './ListView.tsx';
import { WatchSection } from './WatchSection.tsx';
import { RoleNote } from './WhoAmI.tsx';
import { useWords, WordsFields } from './Words.tsx';

export const entryPath = (id: string) => `/console/api/draft/entries/${encodeURIComponent(id)}`;

/** One entry: how it stands in the draft, what is said of it meanwhile, and its history. */
export function EntryView() {
  const say = useSay();
  const id = useQuery().get('entry');
  const { remote, askAgain } = useConsole<DraftedEntry>(entryPath(id));
  return (
    <div class="stack wide">
      <div class="back">
        <ViewLink to={{ view: 'list' }}>← {say(draftWords.backToList)}</ViewLink>
      </div>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        expected={{ ENTRY_UNKNOWN: draftWords.entryUnknown, INVALID: draftWords.entryUnknown }}
      >
        {(drafted) => (
          <>
            <DraftSection drafted={drafted} onChange={askAgain} />
            {drafted.base === null ? null : <WatchSection entry={drafted.base} />}
            <HistorySection key={drafted.revision} id={drafted.id} />
          </>
        )}
      </RemoteView>
    </div>
  );
}

function DraftSection(props: { readonly drafted: DraftedEntry; readonly onChange: () => void }) {
  const say = useSay();
  const language = useLanguage();
  const { drafted } = props;
  const shown = drafted.entry ?? drafted.base;
  if (shown === null) return null;
  return (
    <section class="stack">
      <h2>
        <ListText text={shown.name} />
      </h2>
      <Facts
        rows={[
          [say(memberWords.id), <span class="code">{drafted.id}</span>],
          [say(memberWords.operator), <ListText text={shown.operator.name} />],
          [say(memberWords.category), wordOfValue(language, shown.category)],
          [say(memberWords.tariff), fullPriceText(language, shown)],
          [say(memberWords.rules), String(shown.rules.length)],
          [
            say(draftWords.lastCheck),
            <>
              {dateText(language, shown.checked.on)} · <ListText text={shown.checked.by} />
            </>,
          ],
          [
            say(draftWords.state),
            drafted.kind === null ? (
              say(draftWords.asPublished)
            ) : (
              <>
                <KindMark kind={drafted.kind} /> <WhoWhen {...drafted} />
              </>
            ),
          ],
          ...(drafted.reason === null
            ? []
            : [[say(draftWords.reason), <ListText text={drafted.reason} />] as const]),
        ]}
      />
      <Actions drafted={drafted} onChange={props.onChange} />
      {drafted.changes.length === 0 ? null : (
        <>
          <h3>{say(draftWords.difference)}</h3>
          <ChangesTable changes={drafted.changes} />
        </>
      )}
    </section>
  );
}

function Actions(props: { readonly drafted: DraftedEntry; readonly onChange: () => void }) {
  const say = useSay();
  const { drafted, onChange } = props;
  const [asking, setAsking] = useState<'revert' | 'remove'>();
  if (!useMay('editor')) return <RoleNote role="editor" />;
  return (
    <div class="row">
      {drafted.entry === null ? null : (
        <>
          <ViewLink to={{ view: 'edit', entry: drafted.id }} button="primary">
            {say(draftWords.edit)}
          </ViewLink>
          <ViewLink to={{ view: 'fund', entry: drafted.id }} button="plain">
            {say(draftWords.fund)}
          </ViewLink>
        </>
      )}
      {drafted.kind === null || drafted.base === null ? null : (
        <Button onPress={() => setAsking('revert')}>{say(draftWords.revert)}</Button>
      )}
      {drafted.entry === null ? null : (
        <Button tone="danger" onPress={() => setAsking('remove')}>
          {say(draftWords.remove)}
        </Button>
      )}
      {asking === undefined ? null : (
        <DraftDialog
          act={asking}
          drafted={drafted}
          onClose={() => setAsking(undefined)}
          onDone={onChange}
        />
      )}
    </div>
  );
}

/** Takes a change back, or the entry out, with a reason. */
function DraftDialog(props: {
  readonly act: 'revert' | 'remove';
  readonly drafted: DraftedEntry;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const query = useQuery();
  const setFlash = useContext(FlashContext);
  const deed = useDeed();
  const { words, setWords, text } = useWords();
  const [isTried, setTried] = useState(false);
  const { act, drafted } = props;
  const { id, revision: expect } = drafted;
  const send = async () => {
    setTried(true);
    if (text === undefined) return;
    const body = { reason: text, expect };
    const isRevert = act === 'revert';
    const path = isRevert ? `${entryPath(id)}/revert` : entryPath(id);
    if (!(await deed.run(path, body, isRevert ? 'POST' : 'DELETE'))) return;
    props.onClose();
    setFlash(say(formWords.saved));
    if (drafted.base === null) query.set({ view: 'list', entry: '' });
    else props.onDone();
  };
  return (
    <Confirm
      title={say(draftWords[act])}
      action={say(draftWords[act])}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
      {...(act === 'remove' ? { tone: 'danger' as const } : {})}
    >
      <p>{say(act === 'revert' ? draftWords.revertBody : draftWords.removeBody)}</p>
      <WordsFields
        label={say(formWords.reason)}
        hint={say(formWords.reasonHint)}
        words={words}
        onWords={setWords}
        isTried={isTried}
      />
    </Confirm>
  );
}

const acts = {
  put: draftWords.put,
  remove: draftWords.actRemove,
  revert: draftWords.actRevert,
  import: draftWords.actImport,
  taken: draftWords.taken,
  funded: draftWords.funded,
} as const;

function HistorySection(props: { readonly id: string }) {
  const say = useSay();
  const { remote, askAgain } = useConsole<HistoryPage>(`${entryPath(props.id)}/history`);
  return (
    <Section title={say(draftWords.history)}>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ lines }) => lines.length === 0}
        empty={<p>{say(draftWords.historyNone)}</p>}
      >
        {({ lines }) => (
          <ol class="entries-list">
            {lines.map((line) => (
              <Line key={line.position} line={line} />
            ))}
          </ol>
        )}
      </RemoteView>
    </Section>
  );
}

function Line(props: { readonly line: HistoryLine }) {
  const say = useSay();
  const language = useLanguage();
  const { line } = props;
  return (
    <li class="stack">
      <div>
        <strong>{say(acts[line.act])}</strong> <span class="code">{line.by}</span>{' '}
        <time class="muted" dateTime={isoMoment(line.at)}>
          {formatMoment(language, line.at)}
        </time>
        <span class="below">
          <ListText text={line.reason} />
        </span>
        {line.before === null ? <span class="below">{say(draftWords.appeared)}</span> : null}
        {line.after === null ? <span class="below">{say(draftWords.disappeared)}</span> : null}
      </div>
      {line.changes.length === 0 ? null : (
        <details>
          <summary>{say(draftWords.showFields, { count: line.changes.length })}</summary>
          <ChangesTable changes={line.changes} />
        </details>
      )}
    </li>
  );
}
