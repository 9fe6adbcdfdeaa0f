import { useEffect, useState } from 'preact/hooks';
import type { Remote } from '../../kit/api/remote.ts';
import type { SeenEntry, SeenPage } from '../../kit/api/trips.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { Notice } from '../../kit/Notice.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { remoteOf } from '../remote-of.ts';
import type { ToldProps } from './ToldView.tsx';
import { toldWords } from './words.ts';

/** 谁看过我的信息: every city and operator that was told something, what and why. */
export function SeenList(props: ToldProps) {
  const say = useSay();
  const home = cityText(useLanguage(), props.home);
  const [seen, setSeen] = useState<Remote<SeenPage>>({ kind: 'loading' });
  const load = async () => setSeen(remoteOf(await props.link.seen(), props.clock));
  useEffect(() => void load(), []);
  return (
    <section class="section stack" data-seen>
      <h2>{say(toldWords.seenTitle)}</h2>
      <p class="small muted">{say(toldWords.seenBody, { home })}</p>
      <RemoteView
        remote={seen}
        onRetry={() => void load()}
        isEmpty={({ entries }) => entries.length === 0}
        empty={<Notice kind="plain">{say(toldWords.seenNone)}</Notice>}
      >
        {({ entries }) => (
          <ul class="seen-rows">
            {entries.map((entry, index) => (
              <li key={index}>
                <SeenRow entry={entry} />
              </li>
            ))}
          </ul>
        )}
      </RemoteView>
    </section>
  );
}

function SeenRow({ entry }: { readonly entry: SeenEntry }) {
  const say = useSay();
  const language = useLanguage();
  const { at, who, what, why } = entry;
  const { operator } = who;
  return (
    <>
      <span class="small figures">{formatMoment(language, at)}</span>
      <span>
        <strong>{cityText(language, who.party)}</strong>
        {operator === null ? null : (
          <>
            {' · '}
            {operator.name === null ? (
              <bdi>{operator.id}</bdi>
            ) : (
              <ListText text={operator.name} unmarked />
            )}
          </>
        )}
      </span>
      <span class="small">
        {say(toldWords.saw, {
          why: say(toldWords[why]),
          what: what.map((each) => say(toldWords[each])).join(say(listWords.and)),
        })}
      </span>
    </>
  );
}
