import type { ExceptionPage, GapPage } from '../kit/api/console.ts';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment, formatStamp, isoMoment } from '../kit/dates.ts';
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
      <Exceptions />
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
          keyOf={(gap) => `${gap.terminal}/${String(gap.first)}`}
          columns={[
            {
              label: say(tapWords.terminal),
              show: (gap) => <span class="code">{gap.terminal}</span>,
            },
            {
              label: say(tapWords.missing),
              show: (gap) => (gap.first === gap.last ? gap.first : `${gap.first}–${gap.last}`),
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
  const { remote, askAgain } = useConsole<ExceptionPage>('/console/api/exceptions', 15);
  return (
    <>
      <Section title={say(tapWords.exceptions)}>
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
              keyOf={tapKey}
              columns={tapColumns(say, language)}
            />
          )}
        </RemoteView>
      </Section>
      <Section title={say(tapWords.refusedUploads)}>
        <RemoteView
          remote={remote}
          onRetry={askAgain}
          isEmpty={({ refusedUploads }) => refusedUploads.length === 0}
          empty={<p>{say(tapWords.refusedUploadsNone)}</p>}
        >
          {({ refusedUploads }) => <RefusedUploads uploads={refusedUploads} />}
        </RemoteView>
      </Section>
    </>
  );
}

function RefusedUploads(props: { readonly uploads: ExceptionPage['refusedUploads'] }) {
  const say = useSay();
  const language = useLanguage();
  return (
    <Table
      caption={say(tapWords.refusedUploadsCaption)}
      rows={props.uploads}
      keyOf={(upload) => `${tapKey(upload)} ${upload.code}`}
      columns={[
        {
          label: say(tapWords.time),
          show: ({ at }) => <time dateTime={isoMoment(at)}>{formatStamp(language, at)}</time>,
        },
        {
          label: say(tapWords.terminal),
          show: ({ terminal, number }) => (
            <span class="code">
              {terminal} #{number}
            </span>
          ),
        },
        {
          label: say(tapWords.reason),
          show: ({ code, field }) => (
            <span class="code">{field === null ? code : `${code} (${field})`}</span>
          ),
        },
      ]}
    />
  );
}

function tapKey(tap: { readonly terminal: string; readonly number: number }): string {
  return `${tap.terminal}/${String(tap.number)}`;
}
