import { useState } from 'preact/hooks';
import { toBase64Url } from '@tongyu/protocol';
import type { DemoGate } from '../../kit/api/demo.ts';
import { readReply } from '../../kit/api/remote.ts';
import { Button, Field } from '../../kit/Controls.tsx';
import { useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import type { DeviceKey } from '../../kit/ports/crypto.ts';
import { usePorts } from '../../kit/ports-context.ts';
import type { Net } from '../../kit/ports/fetch.ts';
import { cityLink } from '../terminal/city-link.ts';
import { gateWords } from '../words.ts';
import { ConsoleRegistration } from './ConsoleRegistration.tsx';

type Granted = DemoGate;

/** First open: this browser's key, and the ways to have it registered. */
export function ProvisionScreen(props: {
  readonly deviceKey: DeviceKey;
  readonly net: Net;
  readonly onGranted: (granted: Granted) => Promise<void>;
}) {
  const say = useSay();
  const [failure, setFailure] = useState<string | undefined>();
  const key = toBase64Url(props.deviceKey.publicKey);
  const registerDemo = async () => {
    const granted = await askDemoGate(props.net, key);
    if (typeof granted === 'string') setFailure(granted);
    else await props.onGranted(granted);
  };
  return (
    <div class="stack wide">
      <Section title={say(gateWords.newTitle)}>
        <p>{say(gateWords.newBody)}</p>
        <p class="field">
          <strong>{say(gateWords.newKey)}</strong>
          <span class="code" data-key={key}>
            {key}
          </span>
        </p>
        {failure === undefined ? null : (
          <Notice kind="danger" live>
            {say(gateWords.newFailed, { code: failure })}
          </Notice>
        )}
        <Button primary onPress={() => void registerDemo()}>
          {say(gateWords.newDemo)}
        </Button>
      </Section>
      <div>
        <ConsoleRegistration {...props} keyText={key} onFailure={setFailure} />
        <ManualForm {...props} onFailure={setFailure} />
      </div>
    </div>
  );
}

/** POST /demo/gate: demo nodes register any browser as a terminal of their demo operator. */
export async function askDemoGate(net: Net, key: string): Promise<DemoGate | string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ key });
  const reply = readReply<DemoGate>(await net('/demo/gate', { method: 'POST', headers, body }));
  if (reply.ok) return reply.value;
  return reply.refusal.kind === 'unreachable' ? 'AWAY' : reply.refusal.problem.code;
}

/** What the city's console registered: its id typed in, the rest as the city says. */
function ManualForm(props: {
  readonly deviceKey: DeviceKey;
  readonly net: Net;
  readonly onGranted: (granted: Granted) => Promise<void>;
  readonly onFailure: (code: string) => void;
}) {
  const say = useSay();
  const { clock } = usePorts();
  const [terminal, setTerminal] = useState('');
  const [pin, setPin] = useState('');
  const [isTried, setTried] = useState(false);
  const wrong = (isRight: boolean) => (isTried && !isRight ? say(gateWords.newWrong) : undefined);
  const isPin = /^[0-9a-f]{64}$/.test(pin);
  const use = async () => {
    setTried(true);
    if (!isId(terminal) || !isPin) return;
    const asked = { terminal, key: props.deviceKey, now: Math.floor(clock.now() / 1000) };
    const told = await cityLink(props.net).registration(asked);
    if (!told.ok) {
      props.onFailure(told.refusal.code);
      return;
    }
    const { service, direction, stop } = told.value;
    await props.onGranted({ terminal, service, direction, stop, pinnedRootHash: pin });
  };
  return (
    <details>
      <summary>{say(gateWords.newManual)}</summary>
      <div class="stack">
        <Field
          label={say(gateWords.newTerminal)}
          value={terminal}
          onInput={setTerminal}
          wrong={wrong(isId(terminal))}
        />
        <Field
          label={say(gateWords.newPin)}
          hint={say(gateWords.newPinHint)}
          value={pin}
          onInput={setPin}
          wrong={wrong(isPin)}
        />
        <div class="row">
          <Button onPress={() => void use()}>{say(gateWords.newUse)}</Button>
        </div>
      </div>
    </details>
  );
}

/** The rule of ids: the city's four digits, a hyphen, then up to 34 plain characters. */
function isId(id: string): boolean {
  return /^[1-9][0-9]{3}-[a-z0-9-]{1,34}$/.test(id);
}
