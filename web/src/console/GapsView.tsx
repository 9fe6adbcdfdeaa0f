import type { GapPage, TapPage } from '../kit/api/console.ts';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment, isoMoment } from '../kit/dates.ts';
import { Section } from '../kit/Page.tsx';
import { RemoteView } from '../kit/Remote.tsx';
import { Table } from '../kit/Table.tsx';
import { useConsole } from './session.tsx';
import { tapColumns } from './tap-columns.tsx';
import { tapWords } from './tap-words.ts';

/** What is missing and what did not go as usual. */
export function GapsView() {
  const say = useSay();
  return (
    <>
      <Section title={say(tapWords.gaps)}>
        <Gaps />
      </Section>
      <Section title={say(tapWords.exceptions)}>
        <Exceptions />
      </Section>
    </>
  );
}

function Gaps() {
  const say = useSay();
  const language = useLanguage();
  const { remote, askAgain } = useConsole<GapPage>('/console/api/gaps', 15);
  return (
    <RemoteView
      remote={remote}
      onRetry={askAgain}
      isEmpty={({ gaps }) => gaps.length === 0}
      empty={<p>{say(tapWords.gapsNone)}</p>}
    >
      {({ gaps }) => (
        <Table
          caption={say(tapWords.gapsCaption)}
          rows={gaps}
          keyOf={(gap) => `${gap.terminal}/${String(gap.from)}`}
          columns={[
            {
              label: say(tapWords.terminal),
              show: (gap) => <span class="code">{gap.terminal}</span>,
            },
            {
              label: say(tapWords.missing),
              show: (gap) => (gap.from === gap.to ? gap.from : `${gap.from}–${gap.to}`),
            },
            {
              label: say(tapWords.noticed),
              show: (gap) => (
                <time dateTime={isoMoment(gap.noticedAt)}>
                  {formatMoment(language, gap.noticedAt)}
                </time>
              ),
            },
          ]}
        />
      )}
    </RemoteView>
  );
}

function Exceptions() {
  const say = useSay();
  const language = useLanguage();
  const { remote, askAgain } = useConsole<TapPage>('/console/api/exceptions', 15);
  return (
    <RemoteView
      remote={remote}
      onRetry={askAgain}
      isEmpty={({ taps }) => taps.length === 0}
      empty={<p>{say(tapWords.exceptionsNone)}</p>}
    >
      {({ taps }) => (
        <Table
          caption={say(tapWords.exceptionsCaption)}
          rows={taps}
          keyOf={(tap) => `${tap.terminal}/${String(tap.number)}`}
          columns={tapColumns(say, language)}
        />
      )}
    </RemoteView>
  );
}
