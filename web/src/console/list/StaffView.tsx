import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Role, StaffAccount, StaffPage } from '../../kit/api/list-office.ts';
import type { TerminalPage } from '../../kit/api/console.ts';
import { Button, Field, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { Mark } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { Table } from '../../kit/Table.tsx';
import { Confirm, DeedNotice } from '../Confirm.tsx';
import {
  stateOf,
  useAct,
  useConsole,
  useDeed,
  useMay,
  useSession,
  type DeedState,
} from '../session.tsx';
import { consoleWords, decisionWords } from '../words.ts';
import { roleWords } from './draft-words.ts';
import { staffWords } from './staff-words.ts';
import { RoleNote } from './WhoAmI.tsx';

const roles: readonly Role[] = ['viewer', 'editor', 'publisher', 'keeper'];
const operatorRoles: readonly Role[] = ['viewer', 'editor'];
const does = {
  viewer: staffWords.viewerDoes,
  editor: staffWords.editorDoes,
  publisher: staffWords.publisherDoes,
  keeper: staffWords.keeperDoes,
} as const;

/** Who may enter this console, and what each may do. */
export function StaffView() {
  const say = useSay();
  if (useMay('keeper')) return <Staff />;
  return (
    <div class="stack">
      <p>{say(staffWords.forbidden)}</p>
      <RoleNote role="keeper" />
    </div>
  );
}

function Staff() {
  const say = useSay();
  const { remote, askAgain } = useConsole<StaffPage>('/console/api/staff');
  const [disabling, setDisabling] = useState<string>();
  return (
    <div class="stack wide">
      <RemoteView remote={remote} onRetry={askAgain}>
        {({ accounts }) => <Accounts accounts={accounts} onDisable={setDisabling} />}
      </RemoteView>
      <Section title={say(staffWords.create)}>
        <CreateForm onDone={askAgain} />
      </Section>
      {disabling === undefined ? null : (
        <DisableDialog name={disabling} onClose={() => setDisabling(undefined)} onDone={askAgain} />
      )}
    </div>
  );
}

function Accounts(props: {
  readonly accounts: readonly StaffAccount[];
  readonly onDisable: (name: string) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const when = (seconds: number) => (
    <time dateTime={isoMoment(seconds)}>{formatMoment(language, seconds)}</time>
  );
  return (
    <Table
      caption={say(staffWords.caption)}
      rows={props.accounts}
      keyOf={({ name }) => name}
      columns={[
        {
          label: say(staffWords.name),
          show: ({ name, operator }) => (
            <>
              <span class="code">{name}</span>
              {operator === null ? null : <span class="below code">{operator}</span>}
            </>
          ),
        },
        {
          label: say(staffWords.roles),
          show: (account) => account.roles.map((role) => say(roleWords[role])).join(' · '),
        },
        {
          label: say(staffWords.created),
          show: ({ createdAt, createdBy }) => (
            <>
              {when(createdAt)} <span class="below code">{createdBy}</span>
            </>
          ),
        },
        {
          label: say(staffWords.lastUsed),
          show: ({ lastUsedAt }) =>
            lastUsedAt === null ? say(staffWords.never) : when(lastUsedAt),
        },
        {
          label: say(staffWords.state),
          show: ({ disabledAt }) =>
            disabledAt === null ? (
              <Mark kind="good">{say(staffWords.active)}</Mark>
            ) : (
              <Mark kind="none">{say(staffWords.disabled)}</Mark>
            ),
        },
        {
          label: say(decisionWords.action),
          show: ({ name, disabledAt }) =>
            disabledAt !== null || name === 'admin' ? (
              '–'
            ) : (
              <Button tone="danger" onPress={() => props.onDisable(name)}>
                {say(staffWords.disable)}
              </Button>
            ),
        },
      ]}
    />
  );
}

function DisableDialog(props: {
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const { name } = props;
  const send = async () => {
    if (!(await deed.run(`/console/api/staff/${encodeURIComponent(name)}/disable`, {}))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(staffWords.disableTitle, { name })}
      action={say(staffWords.disable)}
      tone="danger"
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <p>{say(staffWords.disableBody)}</p>
    </Confirm>
  );
}

type Created = { readonly account: StaffAccount; readonly token: string };

function CreateForm(props: { readonly onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Role[]>(['viewer']);
  const [operator, setOperator] = useState('');
  const [isTried, setTried] = useState(false);
  const [state, setState] = useState<DeedState>('idle');
  const [created, setCreated] = useState<Created>();
  if (created !== undefined) {
    return <TokenOnce created={created} onKept={() => setCreated(undefined)} />;
  }
  const isGood = /^[a-z][a-z0-9.-]{1,30}$/.test(name.trim());
  const isCity = useSession().node !== 'hub';
  const send = async () => {
    setTried(true);
    if (!isGood || chosen.length === 0) return;
    setState('busy');
    const whose = operator === '' ? {} : { operator };
    const account = { name: name.trim(), roles: chosen, ...whose };
    const reply = await act<Created>('/console/api/staff', account);
    setState(stateOf(reply));
    if (!reply.ok) return;
    setCreated(reply.value);
    setTried(false);
    setName('');
    props.onDone();
  };
  const deed = { state, run: () => Promise.resolve(false), reset: () => setState('idle') };
  return (
    <div class="form">
      <Field
        label={say(staffWords.name)}
        hint={say(staffWords.nameHint)}
        value={name}
        onInput={setName}
        wrong={isTried && !isGood ? say(staffWords.nameWrong) : undefined}
      />
      {isCity ? <OperatorChoice operator={operator} onChoose={setOperator} /> : null}
      <Roles chosen={chosen} onChoose={setChosen} isTried={isTried} isBound={operator !== ''} />
      {state === 'done' ? null : <DeedNotice deed={deed} />}
      <div>
        <Button primary onPress={() => void send()} disabled={state === 'busy'}>
          {say(state === 'busy' ? consoleWords.working : staffWords.create)}
        </Button>
      </div>
    </div>
  );
}

/** An operator's people see what is their operator's, and nothing else. */
function OperatorChoice(props: {
  readonly operator: string;
  readonly onChoose: (operator: string) => void;
}) {
  const say = useSay();
  const { remote } = useConsole<TerminalPage>('/console/api/terminals');
  const operators = remote.kind === 'ready' ? remote.value.operators : [];
  return (
    <Select
      label={say(staffWords.operator)}
      value={props.operator}
      options={[
        ['', say(staffWords.cityOffice)],
        ...operators.map(({ id, name }) => [id, `${name} ${id}`] as const),
      ]}
      onSelect={props.onChoose}
    />
  );
}

function Roles(props: {
  readonly chosen: readonly Role[];
  readonly onChoose: (roles: readonly Role[]) => void;
  readonly isTried: boolean;
  /** An operator's account reads, and may answer for its own journeys. */
  readonly isBound: boolean;
}) {
  const say = useSay();
  const id = useId();
  const { chosen } = props;
  const toggle = (role: Role) =>
    roles.filter((each) => (each === role ? !chosen.includes(each) : chosen.includes(each)));
  const isWrong = props.isTried && chosen.length === 0;
  return (
    <fieldset {...(isWrong ? { 'aria-describedby': id } : {})}>
      <legend>{say(staffWords.roles)}</legend>
      {isWrong ? (
        <p class="small wrong" id={id}>
          {say(staffWords.rolesMissing)}
        </p>
      ) : null}
      {(props.isBound ? operatorRoles : roles).map((role) => (
        <label class="choice" key={role}>
          <input
            type="checkbox"
            checked={chosen.includes(role)}
            onChange={() => props.onChoose(toggle(role))}
          />
          {say(does[role])}
        </label>
      ))}
    </fieldset>
  );
}

/** The token leaves the page with this notice; no address and no storage ever holds it. */
function TokenOnce(props: { readonly created: Created; readonly onKept: () => void }) {
  const say = useSay();
  const { account, token } = props.created;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div class="notice" data-kind="caution" role="status" tabIndex={-1} ref={place}>
      <p class="notice-title">{say(staffWords.tokenTitle, { name: account.name })}</p>
      <p>{say(staffWords.tokenBody)}</p>
      <p class="code token">{`${location.origin}/console#enter=${token}`}</p>
      <div class="row">
        <Button primary onPress={props.onKept}>
          {say(staffWords.tokenKept)}
        </Button>
      </div>
    </div>
  );
}
