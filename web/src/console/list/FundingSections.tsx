import type { Funding } from '@tongyu/protocol';
import { useState } from 'preact/hooks';
import type { FundingAsk, FundingPage } from '../../kit/api/list-office.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatFen } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { memberWords } from '../../kit/member-words.ts';
import { Facts, PartyName, Section } from '../../kit/Page.tsx';
import { ListText, PlainText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { citiesText, dateText } from '../../kit/service-text.ts';
import { Confirm } from '../Confirm.tsx';
import { useConsole, useDeed, useMay } from '../session.tsx';
import { formWords } from './form-words.ts';
import { requestWords } from './request-words.ts';
import { StateMark, useOpenOrAll } from './RequestsView.tsx';
import { TextArea } from './TextArea.tsx';
import { RoleNote } from './WhoAmI.tsx';

/** Concessions that one city pays for in another. */
export function FundingSections() {
  const say = useSay();
  const isAll = useOpenOrAll() === 'all';
  const { remote, askAgain } = useConsole<FundingPage>('/console/api/funding', 30);
  const wanted = (asks: readonly FundingAsk[]) =>
    asks.filter(({ state }) => isAll || state === 'open');
  return (
    <Section title={say(requestWords.funding)}>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ asked, toSign }) => wanted([...asked, ...toSign]).length === 0}
        empty={<p>{say(requestWords.fundingNone)}</p>}
      >
        {({ asked, toSign }) => (
          <>
            {wanted(toSign).length === 0 ? null : <h3>{say(requestWords.toSign)}</h3>}
            <Asks asks={wanted(toSign)} isToSign onChange={askAgain} />
            {wanted(asked).length === 0 ? null : <h3>{say(requestWords.asked)}</h3>}
            <Asks asks={wanted(asked)} isToSign={false} onChange={askAgain} />
          </>
        )}
      </RemoteView>
    </Section>
  );
}

function Asks(props: {
  readonly asks: readonly FundingAsk[];
  readonly isToSign: boolean;
  readonly onChange: () => void;
}) {
  const say = useSay();
  const mayPublish = useMay('publisher');
  const [deciding, setDeciding] = useState<{ hash: string; act: 'approve' | 'decline' }>();
  if (props.asks.length === 0) return null;
  return (
    <>
      {props.isToSign ? <RoleNote role="publisher" /> : null}
      <ol class="entries-list">
        {props.asks.map((ask) => (
          <li key={ask.hash} class="stack">
            <Terms ask={ask} />
            {props.isToSign && ask.state === 'open' && mayPublish ? (
              <div class="row">
                <Button onPress={() => setDeciding({ hash: ask.hash, act: 'decline' })}>
                  {say(requestWords.decline)}
                </Button>
                <Button onPress={() => setDeciding({ hash: ask.hash, act: 'approve' })}>
                  {say(requestWords.approve)}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {deciding === undefined ? null : (
        <DecideDialog
          {...deciding}
          onClose={() => setDeciding(undefined)}
          onDone={props.onChange}
        />
      )}
    </>
  );
}

function Terms(props: { readonly ask: FundingAsk }) {
  const say = useSay();
  const language = useLanguage();
  const { ask } = props;
  const { rule, ceilingFen } = ask.funding;
  const said = ask.answer?.reason ?? null;
  const classes = ([0, 1, 2, 3, 4, 5, 6] as const).find((each) => each === rule.class) ?? 0;
  return (
    <>
      <div class="row">
        <strong>
          <PartyName code={ask.party} />
        </strong>
        <span class="code">{ask.entry}</span>
        <StateMark state={ask.state} />
      </div>
      <Facts
        rows={[
          [
            say(requestWords.who),
            <>
              <ListText text={rule.name} /> · {say(listWords[`class${classes}`])}
            </>,
          ],
          [say(requestWords.residences), citiesText(language, rule.residences)],
          [say(requestWords.riderPays), <Benefit funding={ask.funding} />],
          [say(requestWords.ceiling), formatFen(language, ceilingFen)],
          ...(rule.perDay === null
            ? []
            : [[say(memberWords.perDay), String(rule.perDay)] as const]),
          [
            say(requestWords.validity),
            `${dateText(language, rule.from)} – ${
              rule.until === null ? '' : dateText(language, rule.until)
            }`,
          ],
          [say(memberWords.agreement), <ListText text={rule.agreement} />],
          ...(said === null
            ? []
            : [[say(requestWords.answer), <PlainText text={said} />] as const]),
        ]}
      />
    </>
  );
}

function Benefit(props: { readonly funding: Funding }) {
  const say = useSay();
  const language = useLanguage();
  const { benefit } = props.funding.rule;
  if (benefit.kind === 'price') return <>{formatFen(language, benefit.priceFen)}</>;
  return <>{say(requestWords.sharePays, { permille: benefit.permille })}</>;
}

function DecideDialog(props: {
  readonly hash: string;
  readonly act: 'approve' | 'decline';
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const { act, hash } = props;
  const isDecline = act === 'decline';
  const send = async () => {
    setTried(true);
    if (isDecline && reason.trim() === '') return;
    const body = isDecline ? { reason: reason.trim() } : {};
    if (!(await deed.run(`/console/api/funding/${hash}/${act}`, body))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(requestWords[act])}
      action={say(requestWords[act])}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <p>{say(isDecline ? requestWords.declineBody : requestWords.approveBody)}</p>
      {isDecline ? (
        <TextArea
          label={say(formWords.reason)}
          value={reason}
          onInput={setReason}
          wrong={isTried && reason.trim() === '' ? say(formWords.empty) : undefined}
        />
      ) : null}
    </Confirm>
  );
}
