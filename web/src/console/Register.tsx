import { useState } from 'preact/hooks';
import type { ConsoleService, ServicePage, TerminalPage } from '../kit/api/console.ts';
import { Button, Field, Select } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { isWholePlace, NO_PLACE, PlaceFields } from '../kit/PlaceFields.tsx';
import { readText } from '../kit/plain-text.ts';
import { DeedNotice } from './Confirm.tsx';
import { useConsole, useDeed, useSession } from './session.tsx';
import { terminalWords } from './tap-words.ts';
import { consoleWords } from './words.ts';

/** The rule of ids: the city's four digits, a hyphen, then up to 34 plain characters. */
function isGoodId(node: string, id: string): boolean {
  return id.startsWith(`${node}-`) && /^[1-9][0-9]{3}-[a-z0-9-]{1,34}$/.test(id);
}

/** A folded form for one more operator. */
export function RegisterOperator(props: { readonly onDone: () => void }) {
  const say = useSay();
  const { node } = useSession();
  const deed = useDeed();
  const [id, setId] = useState(`${node}-`);
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (!isGoodId(node, id) || name.trim() === '') return;
    if (!(await deed.run('/console/api/operators', { id, name: name.trim() }))) return;
    setTried(false);
    setId(`${node}-`);
    setName('');
    props.onDone();
  };
  return (
    <details>
      <summary>{say(terminalWords.addOperator)}</summary>
      <div class="form">
        <Field
          label={say(terminalWords.name)}
          value={name}
          onInput={setName}
          wrong={isTried && name.trim() === '' ? say(terminalWords.nameWrong) : undefined}
        />
        <IdField id={id} onInput={setId} isTried={isTried} />
        <DeedNotice deed={deed} />
        <SendButton
          deed={deed}
          onPress={() => void send()}
          label={say(terminalWords.addOperator)}
        />
      </div>
    </details>
  );
}

/** A folded form for one more terminal; its key is made by the terminal itself. */
export function RegisterTerminal(props: {
  readonly operators: TerminalPage['operators'];
  readonly onDone: () => void;
}) {
  const say = useSay();
  const services = useConsole<ServicePage>('/console/api/services').remote;
  const offered = services.kind === 'ready' ? services.value.services : [];
  return (
    <details>
      <summary>{say(terminalWords.addTerminal)}</summary>
      {props.operators.length === 0 || offered.length === 0 ? (
        <p>{say(terminalWords.needOperator)}</p>
      ) : (
        <TerminalForm operators={props.operators} services={offered} onDone={props.onDone} />
      )}
    </details>
  );
}

function TerminalForm(props: {
  readonly operators: TerminalPage['operators'];
  readonly services: readonly ConsoleService[];
  readonly onDone: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const { node } = useSession();
  const deed = useDeed();
  const [id, setId] = useState(`${node}-`);
  const [key, setKey] = useState('');
  const [operator, setOperator] = useState(props.operators[0]?.id ?? '');
  const [service, setService] = useState(props.services[0]?.id ?? '');
  const [place, setPlace] = useState(NO_PLACE);
  const chosen = props.services.find((each) => each.id === service);
  const [isTried, setTried] = useState(false);
  const isGoodKey = /^[A-Za-z0-9_-]{44}$/.test(key.trim());
  const send = async () => {
    setTried(true);
    if (!isGoodId(node, id) || !isGoodKey || !isWholePlace(chosen, place)) return;
    const terminal = { id, operator, service, key: key.trim(), ...place };
    if (!(await deed.run('/console/api/terminals', terminal))) return;
    setTried(false);
    setId(`${node}-`);
    setKey('');
    props.onDone();
  };
  return (
    <div class="form">
      <IdField id={id} onInput={setId} isTried={isTried} />
      <Select
        label={say(terminalWords.operator)}
        value={operator}
        options={props.operators.map((each) => [each.id, each.name] as const)}
        onSelect={setOperator}
      />
      <Select
        label={say(terminalWords.service)}
        value={service}
        options={props.services.map(
          (each) => [each.id, readText(language, each.name).text] as const,
        )}
        onSelect={(value) => {
          setService(value);
          setPlace({ ...place, stop: null });
        }}
      />
      <PlaceFields service={chosen} place={place} isTried={isTried} onChange={setPlace} />
      <Field
        label={say(terminalWords.key)}
        hint={say(terminalWords.keyHint)}
        value={key}
        onInput={setKey}
        wrong={isTried && !isGoodKey ? say(terminalWords.keyWrong) : undefined}
      />
      <DeedNotice deed={deed} />
      <SendButton deed={deed} onPress={() => void send()} label={say(terminalWords.addTerminal)} />
    </div>
  );
}

function IdField(props: {
  readonly id: string;
  readonly onInput: (id: string) => void;
  readonly isTried: boolean;
}) {
  const say = useSay();
  const { node } = useSession();
  const isWrong = props.isTried && !isGoodId(node, props.id);
  return (
    <Field
      label={say(terminalWords.id)}
      hint={say(terminalWords.idHint, { prefix: `${node}-` })}
      value={props.id}
      onInput={props.onInput}
      wrong={isWrong ? say(terminalWords.idWrong) : undefined}
    />
  );
}

function SendButton(props: {
  readonly deed: ReturnType<typeof useDeed>;
  readonly onPress: () => void;
  readonly label: string;
}) {
  const say = useSay();
  const isBusy = props.deed.state === 'busy';
  return (
    <Button primary onPress={props.onPress} disabled={isBusy}>
      {isBusy ? say(consoleWords.working) : props.label}
    </Button>
  );
}
