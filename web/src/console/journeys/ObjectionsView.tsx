import { OBJECTION_WORDS } from '@tongyu/domain';
import { useState } from 'preact/hooks';
import type { ConsoleObjection, ObjectionPage } from '../../kit/api/journeys.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatFen } from '../../kit/dates.ts';
import { Mark } from '../../kit/Notice.tsx';
import { PartyName } from '../../kit/Page.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { Table } from '../../kit/Table.tsx';
import { Confirm } from '../Confirm.tsx';
import { RoleNote } from '../list/WhoAmI.tsx';
import { useConsole, useDeed, useMay } from '../session.tsx';
import { Moment } from './line-columns.tsx';
import { lineWords, objectionWords } from './words.ts';

type Answering = { readonly of: ConsoleObjection; readonly decision: 'upheld' | 'rejected' };

/** What riders object to; whoever may, answers. */
export function ObjectionsView() {
  const say = useSay();
  const mayAnswer = useMay('editor');
  const { remote, askAgain } = useConsole<ObjectionPage>('/console/api/objections', 15);
  const [answering, setAnswering] = useState<Answering>();
  return (
    <div class="stack wide">
      {mayAnswer ? null : <RoleNote role="editor" />}
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ objections }) => objections.length === 0}
        empty={<p>{say(objectionWords.none)}</p>}
      >
        {({ objections }) => (
          <Objections rows={objections} {...(mayAnswer ? { onAnswer: setAnswering } : {})} />
        )}
      </RemoteView>
      {answering === undefined ? null : (
        <AnswerDialog
          answering={answering}
          onClose={() => setAnswering(undefined)}
          onDone={askAgain}
        />
      )}
    </div>
  );
}

function Objections(props: {
  readonly rows: readonly ConsoleObjection[];
  readonly onAnswer?: (answering: Answering) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  return (
    <Table
      caption={say(objectionWords.caption)}
      rows={props.rows}
      keyOf={({ id }) => id}
      columns={[
        {
          label: say(lineWords.when),
          show: ({ at }) => <Moment seconds={at} language={language} />,
        },
        {
          label: say(objectionWords.says),
          show: ({ reason }) => OBJECTION_WORDS[reason][language],
        },
        { label: say(lineWords.home), show: ({ home }) => <PartyName code={home} /> },
        {
          label: say(lineWords.service),
          show: ({ line, journey }) => (
            <>
              <span class="code">{line?.service ?? '–'}</span>
              <span class="below code">{journey}</span>
            </>
          ),
        },
        {
          label: say(lineWords.rider),
          isNumber: true,
          show: ({ line }) => (line === null ? '–' : formatFen(language, line.riderFen)),
        },
        {
          label: say(objectionWords.answer),
          show: (row) => <AnswerCell row={row} onAnswer={props.onAnswer} />,
        },
      ]}
    />
  );
}

function AnswerCell(props: {
  readonly row: ConsoleObjection;
  readonly onAnswer: ((answering: Answering) => void) | undefined;
}) {
  const say = useSay();
  const { row, onAnswer } = props;
  if (row.decision !== null) {
    return (
      <Mark kind={row.decision === 'upheld' ? 'good' : 'none'}>
        {say(objectionWords[row.decision])}
      </Mark>
    );
  }
  if (onAnswer === undefined) return <>–</>;
  return (
    <span class="row">
      <Button onPress={() => onAnswer({ of: row, decision: 'upheld' })}>
        {say(objectionWords.uphold)}
      </Button>
      <Button onPress={() => onAnswer({ of: row, decision: 'rejected' })}>
        {say(objectionWords.reject)}
      </Button>
    </span>
  );
}

function AnswerDialog(props: {
  readonly answering: Answering;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const { of, decision } = props.answering;
  const isUpheld = decision === 'upheld';
  const send = async () => {
    const path = `/console/api/objections/${encodeURIComponent(of.id)}/answer`;
    if (!(await deed.run(path, { decision }))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(isUpheld ? objectionWords.upholdTitle : objectionWords.rejectTitle)}
      action={say(isUpheld ? objectionWords.uphold : objectionWords.reject)}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <p>{say(isUpheld ? objectionWords.upholdBody : objectionWords.rejectBody)}</p>
      <p class="code">{of.journey}</p>
    </Confirm>
  );
}
