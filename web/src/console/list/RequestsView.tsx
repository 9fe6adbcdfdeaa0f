import { useState } from 'preact/hooks';
import type { Comment, CommentPage, DraftedEntry } from '../../kit/api/list-office.ts';
import { Button, Dialog, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { Mark } from '../../kit/Notice.tsx';
import { PartyName, Section } from '../../kit/Page.tsx';
import { PlainText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { useQuery } from '../../kit/use-query.ts';
import { kitWords } from '../../kit/words.ts';
import { DeedNotice } from '../Confirm.tsx';
import { useConsole, useDeed, useMay } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { ChangesTable } from './Changes.tsx';
import { entryPath } from './EntryView.tsx';
import { formWords } from './form-words.ts';
import { FundingSections } from './FundingSections.tsx';
import { ViewLink } from './links.tsx';
import { requestWords } from './request-words.ts';
import { TextArea } from './TextArea.tsx';
import { RoleNote } from './WhoAmI.tsx';
import { useWords, WordsFields } from './Words.tsx';

/** What cities ask of each other about entries; the owner decides. */
export function RequestsView() {
  const say = useSay();
  const state = useOpenOrAll();
  const { remote, askAgain } = useConsole<CommentPage>(`/console/api/comments?state=${state}`, 30);
  return (
    <div class="stack wide">
      <div class="stack">
        <div class="row">
          {useMay('editor') ? (
            <ViewLink to={{ view: 'ask' }} button="primary">
              {say(requestWords.ask)}
            </ViewLink>
          ) : null}
        </div>
        <RoleNote role="editor" />
        <OpenOrAll />
      </div>
      <RemoteView remote={remote} onRetry={askAgain}>
        {({ received, sent }) => (
          <>
            <Section title={say(requestWords.received)}>
              {received.length === 0 ? <p>{say(requestWords.receivedNone)}</p> : null}
              <Comments comments={received} isReceived onChange={askAgain} />
            </Section>
            <Section title={say(requestWords.sent)}>
              {sent.length === 0 ? <p>{say(requestWords.sentNone)}</p> : null}
              <Comments comments={sent} isReceived={false} onChange={askAgain} />
            </Section>
          </>
        )}
      </RemoteView>
      <FundingSections />
    </div>
  );
}

/** The filter as it stands in the address: what waits for an answer, or everything. */
export function useOpenOrAll(): 'open' | 'all' {
  return useQuery().get('state') === 'all' ? 'all' : 'open';
}

export function OpenOrAll() {
  const say = useSay();
  const query = useQuery();
  return (
    <div class="filters">
      <Select
        label={say(requestWords.show)}
        value={query.get('state')}
        options={[
          ['', say(requestWords.openOnly)],
          ['all', say(consoleWords.all)],
        ]}
        onSelect={(state) => query.set({ state })}
      />
    </div>
  );
}

function Comments(props: {
  readonly comments: readonly Comment[];
  readonly isReceived: boolean;
  readonly onChange: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const mayEdit = useMay('editor');
  const [answering, setAnswering] = useState<Comment>();
  if (props.comments.length === 0) return null;
  return (
    <>
      <ol class="entries-list">
        {props.comments.map((comment) => (
          <li key={`${comment.party} ${comment.id}`} class="stack">
            <Said comment={comment} isReceived={props.isReceived} />
            {props.isReceived && comment.state === 'open' && mayEdit ? (
              <div>
                <Button onPress={() => setAnswering(comment)}>
                  {say(requestWords.answerTo, { city: cityText(language, comment.party) })}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {answering === undefined ? null : (
        <AnswerDialog
          comment={answering}
          onClose={() => setAnswering(undefined)}
          onDone={props.onChange}
        />
      )}
    </>
  );
}

const stateMarks = {
  open: 'none',
  taken: 'good',
  declined: 'caution',
  answered: 'good',
  refused: 'danger',
  signed: 'good',
  lapsed: 'caution',
} as const;

export function StateMark(props: { readonly state: keyof typeof stateMarks }) {
  const say = useSay();
  return <Mark kind={stateMarks[props.state]}>{say(requestWords[props.state])}</Mark>;
}

function Said(props: { readonly comment: Comment; readonly isReceived: boolean }) {
  const say = useSay();
  const language = useLanguage();
  const { comment } = props;
  return (
    <>
      <div class="row">
        <strong>
          <PartyName code={comment.party} />
        </strong>
        <span>{say(requestWords[comment.kind])}</span>
        {props.isReceived ? (
          <ViewLink to={{ view: 'entry', entry: comment.entry }}>
            <span class="code">{comment.entry}</span>
          </ViewLink>
        ) : (
          <span class="code">{comment.entry}</span>
        )}
        <time class="muted" dateTime={isoMoment(comment.at)}>
          {formatMoment(language, comment.at)}
        </time>
        <StateMark state={comment.state} />
        {comment.refusal === null ? null : <span class="code">{comment.refusal}</span>}
      </div>
      <OthersText text={comment.text} />
      {comment.changes.length === 0 ? (
        comment.proposed === null ? null : comment.state === 'open' && props.isReceived ? (
          <p>{say(requestWords.proposedNew)}</p>
        ) : null
      ) : (
        <ChangesTable changes={comment.changes} />
      )}
      {comment.answer === null ? null : (
        <p class="quoted">
          {say(requestWords.answer)}: <PlainText text={comment.answer.text} />
        </p>
      )}
    </>
  );
}

/** What somebody else wrote, kept apart from our own words; its lines stay. */
export function OthersText(props: { readonly text: string }) {
  const lang = /\p{Script=Han}/u.test(props.text) ? 'zh-CN' : undefined;
  return (
    <blockquote class="quoted">
      <PlainText text={props.text} lang={lang} />
    </blockquote>
  );
}

function AnswerDialog(props: {
  readonly comment: Comment;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const deed = useDeed();
  const { comment } = props;
  const isProposal = comment.kind === 'proposal';
  const [outcome, setOutcome] = useState<'taken' | 'declined' | 'answered'>('answered');
  const [said, setSaid] = useState('');
  const [isTried, setTried] = useState(false);
  const { words, setWords, text: reason } = useWords();
  const { remote } = useConsole<DraftedEntry>(entryPath(comment.entry));
  const isTaking = isProposal && outcome === 'taken';
  const send = async () => {
    setTried(true);
    if (said.trim() === '' || (isTaking && reason === undefined)) return;
    const expect = remote.kind === 'ready' ? remote.value.revision : 0;
    const taking = isTaking ? { reason, expect } : {};
    const body = { party: comment.party, outcome, text: said.trim(), ...taking };
    const path = `/console/api/comments/${encodeURIComponent(comment.id)}/answer`;
    if (!(await deed.run(path, body))) return;
    props.onClose();
    props.onDone();
  };
  const title = say(requestWords.answerTo, { city: cityText(language, comment.party) });
  return (
    <Dialog title={title} onClose={props.onClose}>
      <OthersText text={comment.text} />
      <Select
        label={say(requestWords.outcome)}
        value={outcome}
        options={[
          ['answered', say(requestWords.justAnswer)],
          ...(isProposal ? [['taken', say(requestWords.take)] as const] : []),
          ['declined', say(requestWords.decline)],
        ]}
        onSelect={setOutcome}
      />
      <TextArea
        label={say(requestWords.answer)}
        hint={say(requestWords.textHint)}
        value={said}
        onInput={setSaid}
        wrong={isTried && said.trim() === '' ? say(requestWords.textMissing) : undefined}
      />
      {isTaking ? (
        <WordsFields
          label={say(requestWords.changeReason)}
          hint={say(formWords.reasonHint)}
          words={words}
          onWords={setWords}
          isTried={isTried}
        />
      ) : null}
      <DeedNotice deed={deed} />
      <div class="answers">
        <Button onPress={props.onClose}>{say(kitWords.cancel)}</Button>
        <Button primary onPress={() => void send()} disabled={deed.state === 'busy'}>
          {say(deed.state === 'busy' ? consoleWords.working : requestWords.send)}
        </Button>
      </div>
    </Dialog>
  );
}
