import { useState } from 'preact/hooks';
import type { ConsoleTerminal, TerminalPage } from '../kit/api/console.ts';
import { Button } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment, isoMoment } from '../kit/dates.ts';
import { Mark } from '../kit/Notice.tsx';
import { Section } from '../kit/Page.tsx';
import { placeWords } from '../kit/place-words.ts';
import { RemoteView } from '../kit/Remote.tsx';
import { Table } from '../kit/Table.tsx';
import { Confirm } from './Confirm.tsx';
import { Only } from './list/WhoAmI.tsx';
import { RegisterOperator, RegisterTerminal } from './Register.tsx';
import { useConsole, useDeed, useMay } from './session.tsx';
import { tapWords, terminalWords } from './tap-words.ts';
import { decisionWords } from './words.ts';

/** Who runs terminals here, and which; registering and revoking both. */
export function TerminalsView() {
  const say = useSay();
  const { remote, askAgain } = useConsole<TerminalPage>('/console/api/terminals');
  return (
    <RemoteView remote={remote} onRetry={askAgain}>
      {(page) => (
        <>
          <Section title={say(terminalWords.terminals)}>
            <Terminals terminals={page.terminals} onChange={askAgain} />
            <Only role="keeper">
              <RegisterTerminal operators={page.operators} onDone={askAgain} />
            </Only>
          </Section>
          <Section title={say(terminalWords.operators)}>
            <Operators operators={page.operators} />
            <Only role="keeper">
              <RegisterOperator onDone={askAgain} />
            </Only>
          </Section>
        </>
      )}
    </RemoteView>
  );
}

function Terminals(props: {
  readonly terminals: readonly ConsoleTerminal[];
  readonly onChange: () => void;
}) {
  const say = useSay();
  const mayKeep = useMay('keeper');
  const [revoking, setRevoking] = useState<string>();
  if (props.terminals.length === 0) return <p>{say(terminalWords.none)}</p>;
  return (
    <>
      <Table
        caption={say(terminalWords.caption)}
        rows={props.terminals}
        keyOf={({ id }) => id}
        columns={[
          { label: say(tapWords.terminal), show: ({ id }) => <span class="code">{id}</span> },
          {
            label: say(terminalWords.operator),
            show: ({ operator }) => <span class="code">{operator}</span>,
          },
          {
            label: say(terminalWords.service),
            show: ({ service }) => <span class="code">{service}</span>,
          },
          { label: say(placeWords.direction), show: (row) => <PlaceOf terminal={row} /> },
          { label: say(terminalWords.state), show: (row) => <State terminal={row} /> },
          { label: say(terminalWords.lastTap), show: (row) => <LastTap terminal={row} /> },
          {
            label: say(terminalWords.highestNumber),
            isNumber: true,
            show: ({ highestNumber }) => highestNumber,
          },
          {
            label: say(decisionWords.action),
            show: ({ id, revokedAt }) =>
              revokedAt === null && mayKeep ? (
                <Button tone="danger" onPress={() => setRevoking(id)}>
                  {say(terminalWords.revoke)}
                </Button>
              ) : (
                '—'
              ),
          },
        ]}
      />
      {revoking === undefined ? null : (
        <RevokeDialog
          id={revoking}
          onClose={() => setRevoking(undefined)}
          onDone={props.onChange}
        />
      )}
    </>
  );
}

function RevokeDialog(props: {
  readonly id: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const revoke = async () => {
    const path = `/console/api/terminals/${encodeURIComponent(props.id)}/revoke`;
    if (!(await deed.run(path, {}))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(terminalWords.revokeTitle, { id: props.id })}
      action={say(terminalWords.revoke)}
      tone="danger"
      deed={deed}
      onConfirm={() => void revoke()}
      onClose={props.onClose}
    >
      <p>{say(terminalWords.revokeBody)}</p>
    </Confirm>
  );
}

/** Direction, and the stop by its id: its name stands in the service's tariff. */
function PlaceOf({ terminal }: { readonly terminal: ConsoleTerminal }) {
  const say = useSay();
  const { direction, stop } = terminal;
  return (
    <>
      {say(placeWords[direction])}
      {stop === null ? null : (
        <>
          {' · '}
          <span class="code">{stop}</span>
        </>
      )}
    </>
  );
}

function State(props: { readonly terminal: ConsoleTerminal }) {
  const say = useSay();
  return props.terminal.revokedAt === null ? (
    <Mark kind="good">{say(terminalWords.active)}</Mark>
  ) : (
    <Mark kind="danger">{say(terminalWords.revoked)}</Mark>
  );
}

function LastTap(props: { readonly terminal: ConsoleTerminal }) {
  const say = useSay();
  const language = useLanguage();
  const { lastTapAt } = props.terminal;
  if (lastTapAt === null) return <span class="muted">{say(terminalWords.never)}</span>;
  return <time dateTime={isoMoment(lastTapAt)}>{formatMoment(language, lastTapAt)}</time>;
}

function Operators(props: { readonly operators: TerminalPage['operators'] }) {
  const say = useSay();
  if (props.operators.length === 0) return <p>{say(terminalWords.operatorsNone)}</p>;
  return (
    <Table
      caption={say(terminalWords.operatorsCaption)}
      rows={props.operators}
      keyOf={({ id }) => id}
      columns={[
        { label: say(terminalWords.name), show: ({ name }) => <span lang="zh-CN">{name}</span> },
        { label: say(terminalWords.id), show: ({ id }) => <span class="code">{id}</span> },
      ]}
    />
  );
}
