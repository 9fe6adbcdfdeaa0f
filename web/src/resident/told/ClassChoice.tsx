import { useEffect, useId, useState } from 'preact/hooks';
import type { ClassChoice as Choice } from '@tongyu/domain';
import type { Remote } from '../../kit/api/remote.ts';
import { className } from '../../kit/class-words.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay } from '../../kit/dates.ts';
import { Notice } from '../../kit/Notice.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { remoteOf } from '../remote-of.ts';
import type { ClassesAnswer, HeldClass, HomeReply } from '../wallet/home-link.ts';
import type { ToldProps } from './ToldView.tsx';
import { toldWords } from './words.ts';

/** Where the holder says which class the code carries; 0 for none. */
export type ClassDesk = {
  readonly chosen: number;
  readonly classes: () => Promise<HomeReply<ClassesAnswer>>;
  readonly choose: (chosen: number) => Promise<HomeReply<Choice>>;
};

/** 优待: whether and which class the code carries. None unless the holder says so. */
export function ClassChoice(props: ToldProps) {
  const say = useSay();
  const language = useLanguage();
  const home = cityText(language, props.home);
  const { desk } = props;
  const [proved, setProved] = useState<Remote<readonly HeldClass[]>>({ kind: 'loading' });
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<'chosen' | { readonly code: string } | undefined>();
  const load = async () => {
    const reply = await desk.classes();
    setProved(remoteOf(reply.ok ? { ok: true, value: reply.value.classes } : reply, props.clock));
  };
  useEffect(() => void load(), []);
  const choose = async (chosen: number) => {
    if (isBusy) return;
    setBusy(true);
    setOutcome(undefined);
    const reply = await desk.choose(chosen);
    setBusy(false);
    setOutcome(reply.ok ? 'chosen' : { code: reply.refusal.code });
  };
  const none = <Notice kind="plain">{say(toldWords.noClasses, { home })}</Notice>;
  return (
    <section class="section stack" data-class-choice={desk.chosen}>
      <h2>{say(toldWords.classTitle)}</h2>
      <p>{say(toldWords.classBody)}</p>
      <RemoteView
        remote={proved}
        onRetry={() => void load()}
        isEmpty={(classes) => classes.length === 0 && desk.chosen === 0}
        empty={none}
      >
        {(classes) => (
          <ul class="class-rows" aria-busy={isBusy}>
            <Option {...props} number={0} onChoose={choose} />
            {classes.map((each) => (
              <Option
                key={each.class}
                {...props}
                number={each.class}
                proof={each}
                onChoose={choose}
              />
            ))}
          </ul>
        )}
      </RemoteView>
      {outcome === 'chosen' ? (
        <Notice kind="good" live>
          {say(toldWords.chosen)}
        </Notice>
      ) : null}
      {typeof outcome === 'object' ? (
        <Notice kind="danger" live>
          {outcome.code === 'AWAY'
            ? say(toldWords.notChosenAway)
            : say(toldWords.notChosen, outcome)}
        </Notice>
      ) : null}
    </section>
  );
}

/** One way to show the code, all alike, with what gates are then told. */
function Option(
  props: ToldProps & {
    readonly number: number;
    readonly proof?: HeldClass;
    readonly onChoose: (chosen: number) => Promise<void>;
  },
) {
  const say = useSay();
  const language = useLanguage();
  const id = useId();
  const { number, proof } = props;
  const home = cityText(language, props.home);
  const isChosen = props.desk.chosen === number;
  const named = className(language, number);
  const standing = proof?.standing ?? 'offered';
  return (
    <li>
      {standing === 'offered' ? (
        <button
          type="button"
          class="button wide"
          aria-pressed={isChosen}
          aria-describedby={id}
          data-class={number}
          onClick={() => void props.onChoose(number)}
        >
          {number === 0 ? say(toldWords.showNone) : say(toldWords.showClass, { class: named })}
        </button>
      ) : (
        <strong data-class={number}>{named}</strong>
      )}
      <p class="small" id={id}>
        {isChosen ? <strong>{`${say(toldWords.inUse)}${say(toldWords.colon)}`}</strong> : null}
        {standing === 'offered' ? null : say(toldWords[standing])}
        {standing === 'offered' && number === 0 ? say(toldWords.toldNone, { home }) : null}
        {standing === 'offered' && number !== 0
          ? say(toldWords.toldClass, { class: named, home })
          : null}
        {proof === undefined ? null : <Proof proof={proof} home={home} />}
      </p>
    </li>
  );
}

function Proof(props: { readonly proof: HeldClass; readonly home: string }) {
  const say = useSay();
  const language = useLanguage();
  const { proof, home } = props;
  const day = formatDay(language, proof.expires ?? proof.provedAt);
  return (
    <>
      <br />
      <span class="muted">
        {say(proof.expires === null ? toldWords.proved : toldWords.provedUntil, {
          home,
          when: day,
        })}
      </span>
    </>
  );
}
