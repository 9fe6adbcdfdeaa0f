import { useEffect, useState } from 'preact/hooks';
import { documentHash, MAX_ROOT_LENGTH, parseDocument, rootShape } from '@tongyu/protocol';
import type { ConsoleService, ServicePage } from '../../kit/api/console.ts';
import type { DemoGate } from '../../kit/api/demo.ts';
import { readReply, type Remote, type Reply } from '../../kit/api/remote.ts';
import { Button, Field, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import { usePorts } from '../../kit/ports-context.ts';
import type { Net } from '../../kit/ports/fetch.ts';
import { RemoteView } from '../../kit/Remote.tsx';
import { isWholePlace, NO_PLACE, PlaceFields } from '../../kit/PlaceFields.tsx';
import { readText } from '../../kit/plain-text.ts';
import { gateWords } from '../words.ts';

type RegistrationProps = {
  readonly keyText: string;
  readonly net: Net;
  readonly onGranted: (granted: DemoGate) => Promise<void>;
  readonly onFailure: (code: string) => void;
};

/** What staff of this city choose from; asked with the console session of this browser. */
type Choice = {
  readonly services: readonly ConsoleService[];
  readonly pinnedRootHash: string;
};

/**
 * Registers this gate with the console session that the same browser has. The first root's hash
 * comes from the node that also serves this page, so typing it would prove nothing more.
 */
export function ConsoleRegistration(props: RegistrationProps) {
  const say = useSay();
  const { clock } = usePorts();
  const [isOpen, setOpen] = useState(false);
  const [remote, setRemote] = useState<Remote<Choice>>({ kind: 'loading' });
  const load = async () => setRemote(await askChoice(props.net, Math.floor(clock.now() / 1000)));
  useEffect(() => {
    if (isOpen) void load();
  }, [isOpen]);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(gateWords.newByConsole)}</summary>
      {isOpen ? (
        <RemoteView
          remote={remote}
          onRetry={() => void load()}
          expected={{ CONSOLE_CLOSED: gateWords.newNoSession }}
          isEmpty={({ services }) => services.length === 0}
          empty={<Notice kind="plain">{say(gateWords.newNoServices)}</Notice>}
        >
          {(choice) => <RegistrationForm {...props} choice={choice} />}
        </RemoteView>
      ) : null}
    </details>
  );
}

function RegistrationForm(props: RegistrationProps & { readonly choice: Choice }) {
  const say = useSay();
  const language = useLanguage();
  const { services, pinnedRootHash } = props.choice;
  const [service, setService] = useState(services[0]?.id ?? '');
  const [place, setPlace] = useState(NO_PLACE);
  const chosen = services.find(({ id }) => id === service);
  const prefix = `${service.slice(0, 4)}-`;
  const [terminal, setTerminal] = useState(prefix + suggestion(props.keyText));
  const [isTried, setTried] = useState(false);
  const isGood = terminal.startsWith(prefix) && /^[0-9]{4}-[a-z0-9-]{1,34}$/.test(terminal);
  const register = async () => {
    setTried(true);
    if (!isGood || !isWholePlace(chosen, place)) return;
    const body = { id: terminal, service, key: props.keyText, ...place };
    const reply = await post(props.net, '/console/api/terminals', body);
    if (reply.ok) return props.onGranted({ terminal, service, ...place, pinnedRootHash });
    const { refusal } = reply;
    props.onFailure(refusal.kind === 'unreachable' ? 'AWAY' : refusal.problem.code);
  };
  return (
    <div class="stack" data-registration>
      <Select
        label={say(gateWords.newOf)}
        value={service}
        options={services.map(({ id, name }) => [id, readText(language, name).text] as const)}
        onSelect={(value) => {
          setService(value);
          setPlace({ ...place, stop: null });
        }}
      />
      <PlaceFields service={chosen} place={place} isTried={isTried} onChange={setPlace} />
      <Field
        label={say(gateWords.newTerminal)}
        hint={say(gateWords.newIdHint, { prefix })}
        value={terminal}
        onInput={setTerminal}
        wrong={isTried && !isGood ? say(gateWords.newWrong) : undefined}
      />
      <p class="field">
        <strong>{say(gateWords.newPin)}</strong>
        <span class="small muted">{say(gateWords.newPinShown)}</span>
        <span class="code">{pinnedRootHash}</span>
      </p>
      <div class="row">
        <Button primary onPress={() => void register()}>
          {say(gateWords.newRegister)}
        </Button>
      </div>
    </div>
  );
}

/** An id that no other gate of the city is likely to have. */
function suggestion(keyText: string): string {
  return `gate-${keyText
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-6)}`;
}

async function askChoice(net: Net, seconds: number): Promise<Remote<Choice>> {
  const [listed, first] = await Promise.all([
    net('/console/api/services').then(readReply<ServicePage>),
    net('/trust/roots/1'),
  ]);
  if (!listed.ok) return failed(listed.refusal);
  const root = readReply<unknown>(first);
  if (!root.ok) return failed(root.refusal);
  const text = first.kind === 'answered' ? new TextDecoder().decode(first.body) : '';
  const parsed = parseDocument(rootShape, text, MAX_ROOT_LENGTH);
  if (!parsed.ok) return { kind: 'failed', reference: 'ROOT_MALFORMED' };
  const pinnedRootHash = documentHash(parsed.value.signed);
  return { kind: 'ready', value: { services: listed.value.services, pinnedRootHash }, seconds };
}

function failed(refusal: Extract<Reply<unknown>, { ok: false }>['refusal']): Remote<never> {
  if (refusal.kind === 'unreachable') return { kind: 'unreachable' };
  return { kind: 'failed', reference: refusal.problem.code };
}

async function post(net: Net, path: string, value: unknown): Promise<Reply<unknown>> {
  const headers = { 'content-type': 'application/json', 'tongyu-csrf': '1' };
  return readReply(await net(path, { method: 'POST', headers, body: JSON.stringify(value) }));
}
