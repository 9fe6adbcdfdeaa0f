import { useState } from 'preact/hooks';
import type { FeedbackPage, FeedbackReport } from '../../kit/api/list-office.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { Mark } from '../../kit/Notice.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { PlainText } from '../../kit/PlainText.tsx';
import { cityText } from '../../kit/service-text.ts';
import { Confirm } from '../Confirm.tsx';
import { useConsole, useDeed, useMay, useSession } from '../session.tsx';
import { ViewLink } from './links.tsx';
import { requestWords } from './request-words.ts';
import { OpenOrAll, OthersText, StateMark, useOpenOrAll } from './RequestsView.tsx';
import { TextArea } from './TextArea.tsx';
import { RoleNote } from './WhoAmI.tsx';

/** What the public reported of entries, and what it would like to have. */
export function FeedbackView() {
  const say = useSay();
  const state = useOpenOrAll();
  const { remote, askAgain } = useConsole<FeedbackPage>(`/console/api/feedback?state=${state}`, 30);
  const none = state === 'open' ? requestWords.feedbackNoneOpen : requestWords.feedbackNone;
  return (
    <div class="stack">
      <p>{say(requestWords.feedbackCaption)}</p>
      <RoleNote role="editor" />
      <OpenOrAll />
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ reports }) => reports.length === 0}
        empty={<p>{say(none)}</p>}
      >
        {({ reports }) => <Reports reports={reports} onChange={askAgain} />}
      </RemoteView>
    </div>
  );
}

function Reports(props: {
  readonly reports: readonly FeedbackReport[];
  readonly onChange: () => void;
}) {
  const [answering, setAnswering] = useState<FeedbackReport>();
  return (
    <>
      <ol class="entries-list">
        {props.reports.map((report) => (
          <li key={report.id} class="stack">
            <Report report={report} onAnswer={() => setAnswering(report)} />
          </li>
        ))}
      </ol>
      {answering === undefined ? null : (
        <AnswerDialog
          report={answering}
          onClose={() => setAnswering(undefined)}
          onDone={props.onChange}
        />
      )}
    </>
  );
}

function Report(props: { readonly report: FeedbackReport; readonly onAnswer: () => void }) {
  const say = useSay();
  const language = useLanguage();
  const { node } = useSession();
  const mayEdit = useMay('editor');
  const { report } = props;
  const isOurs = node === 'hub' ? report.party === null : true;
  return (
    <>
      <div class="row">
        <Mark kind={report.kind === 'error' ? 'caution' : 'none'}>
          {say(requestWords[report.kind])}
        </Mark>
        {report.entry === null ? (
          <span class="muted">{say(requestWords.noEntry)}</span>
        ) : node === 'hub' ? (
          <span class="code">{report.entry}</span>
        ) : (
          <ViewLink to={{ view: 'entry', entry: report.entry }}>
            <span class="code">{report.entry}</span>
          </ViewLink>
        )}
        <span class="figures">{say(requestWords.times, { count: report.times })}</span>
        <time class="muted" dateTime={isoMoment(report.at)}>
          {formatMoment(language, report.at)}
        </time>
        <StateMark state={report.state} />
      </div>
      <OthersText text={report.text} />
      {report.answer === null ? null : (
        <p class="quoted">
          {say(requestWords.answer)}: <PlainText text={report.answer.text} />
        </p>
      )}
      {report.state === 'open' && !isOurs ? (
        <p class="small muted">
          {say(requestWords.ofCity, { city: cityText(language, report.party ?? '') })}
        </p>
      ) : null}
      {report.state === 'open' && isOurs && mayEdit ? (
        <div>
          <Button onPress={props.onAnswer}>{say(requestWords.answer)}</Button>
        </div>
      ) : null}
    </>
  );
}

function AnswerDialog(props: {
  readonly report: FeedbackReport;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const [said, setSaid] = useState('');
  const [isTried, setTried] = useState(false);
  const { report } = props;
  const send = async () => {
    setTried(true);
    if (said.trim() === '') return;
    const path = `/console/api/feedback/${encodeURIComponent(report.id)}/answer`;
    if (!(await deed.run(path, { text: said.trim() }))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(requestWords.answer)}
      action={say(requestWords.answer)}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <OthersText text={report.text} />
      <TextArea
        label={say(requestWords.answer)}
        hint={say(requestWords.answerHint)}
        value={said}
        onInput={setSaid}
        wrong={isTried && said.trim() === '' ? say(requestWords.textMissing) : undefined}
      />
    </Confirm>
  );
}
