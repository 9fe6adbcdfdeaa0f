import { useEffect, useState } from 'preact/hooks';
import type { Remote } from '../kit/api/remote.ts';
import { useSay } from '../kit/context.tsx';
import type { Message, Say } from '../kit/messages.ts';
import { Notice } from '../kit/Notice.tsx';
import { RemoteView } from '../kit/Remote.tsx';
import type { Clock } from '../kit/ports/clock.ts';
import type { HomeLink, HomeReply, Persona } from './wallet/home-link.ts';
import { remoteOf } from './remote-of.ts';
import { residentWords } from './words.ts';

/** First open: the city's synthetic residents; one tap binds this browser. */
export function BindPanel(props: {
  readonly home: HomeLink;
  readonly clock: Clock;
  readonly wasErased: boolean;
  readonly onBind: (persona: Persona) => Promise<HomeReply<unknown>>;
}) {
  const say = useSay();
  const [personas, setPersonas] = useState<Remote<readonly Persona[]>>({ kind: 'loading' });
  const [binding, setBinding] = useState<string | undefined>();
  const [failure, setFailure] = useState<string | undefined>();
  const load = async () => setPersonas(remoteOf(await props.home.personas(), props.clock));
  useEffect(() => void load(), [props.home]);
  const bind = async (persona: Persona) => {
    if (binding !== undefined) return;
    setBinding(persona.id);
    setFailure(undefined);
    const reply = await props.onBind(persona);
    setBinding(undefined);
    if (!reply.ok) setFailure(reply.refusal.code);
  };
  const none = <Notice kind="plain">{say(residentWords.noPersonas)}</Notice>;
  return (
    <section class="section stack">
      {props.wasErased ? (
        <Notice kind="good" live>
          {say(residentWords.erased)}
        </Notice>
      ) : null}
      <h2>{say(residentWords.chooseTitle)}</h2>
      <p>{say(residentWords.chooseBody)}</p>
      {failure === undefined ? null : (
        <Notice kind="danger" live>
          {say(residentWords.bindFailed, { code: failure })}
        </Notice>
      )}
      <RemoteView
        remote={personas}
        onRetry={() => void load()}
        isEmpty={(list) => list.length === 0}
        empty={none}
      >
        {(list) => <PersonaList list={list} binding={binding} onChoose={(p) => void bind(p)} />}
      </RemoteView>
    </section>
  );
}

function langOf(name: string) {
  return /\p{Script=Han}/u.test(name) ? { lang: 'zh-CN' } : {};
}

/** The city names its notes in English; a note that this page does not know is shown as it is. */
function noteOf(say: Say, { note }: Persona): string {
  const known = Object.entries<Message>(residentWords).find(([key]) => key === note);
  return known === undefined ? note : say(known[1]);
}

function PersonaList(props: {
  readonly list: readonly Persona[];
  readonly binding: string | undefined;
  readonly onChoose: (persona: Persona) => void;
}) {
  const say = useSay();
  return (
    <ul class="personas">
      {props.list.map((persona) => (
        <li key={persona.id}>
          <button
            type="button"
            disabled={props.binding !== undefined}
            data-persona={persona.id}
            onClick={() => props.onChoose(persona)}
          >
            <span class="persona-name" {...langOf(persona.name)}>
              {persona.name}
            </span>
            <span class="small muted">
              {props.binding === persona.id ? say(residentWords.binding) : noteOf(say, persona)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
