import { EXCEPTION_WORDS, type ExceptionReason } from '@tongyu/domain';
import type { JourneyException, JourneyExceptionPage } from '../../kit/api/journeys.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import type { Language } from '../../kit/language.ts';
import type { Message, Say } from '../../kit/messages.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Facts, PartyName, Section } from '../../kit/Page.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { Table } from '../../kit/Table.tsx';
import { useQuery } from '../../kit/use-query.ts';
import { Paging } from '../Paging.tsx';
import { useConsole } from '../session.tsx';
import { Moment } from './line-columns.tsx';
import { lineWords, queueWords } from './words.ts';

/** Taps that end in no journey, and the count that shows that none is lost. */
export function QueueView() {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const after = query.get('after');
  const wanted = new URLSearchParams(after === '' ? {} : { after });
  const { remote, askAgain } = useConsole<JourneyExceptionPage>(
    `/console/api/journey-exceptions?${wanted.toString()}`,
    after === '' ? 10 : undefined,
  );
  return (
    <RemoteView remote={remote} onRetry={askAgain}>
      {(page) => (
        <div class="stack wide">
          <Counts page={page} say={say} language={language} />
          {page.exceptions.length === 0 ? (
            <p>{say(queueWords.none)}</p>
          ) : (
            <Exceptions rows={page.exceptions} say={say} language={language} />
          )}
          <Paging query={query} next={page.next} />
        </div>
      )}
    </RemoteView>
  );
}

type Reader = { readonly say: Say; readonly language: Language };

function Counts(props: Reader & { readonly page: JourneyExceptionPage }) {
  const { say, language, page } = props;
  const { doubled, ...sums } = page.sums;
  const counts = Object.entries(page.counts).filter(([, count]) => count > 0);
  return (
    <Section title={say(queueWords.sums)}>
      <p>{say(queueWords.sumsOf, sums)}</p>
      {doubled === 0 ? null : (
        <Notice kind="danger" title={say(queueWords.doubled, { count: String(doubled) })} />
      )}
      {counts.length === 0 ? null : (
        <Facts
          rows={counts.map(([reason, count]) => [reasonText(reason, language), String(count)])}
        />
      )}
    </Section>
  );
}

function Exceptions(props: Reader & { readonly rows: readonly JourneyException[] }) {
  const { say, language } = props;
  return (
    <Table
      caption={say(queueWords.caption)}
      rows={props.rows}
      keyOf={({ tap }) => tap}
      columns={[
        { label: say(queueWords.tap), show: ({ tap }) => <span class="code">{tap}</span> },
        {
          label: say(lineWords.when),
          show: ({ time }) => <Moment seconds={time} language={language} />,
        },
        { label: say(lineWords.service), show: (row) => <span class="code">{row.service}</span> },
        {
          label: say(lineWords.home),
          show: ({ home }) => (home === null ? '–' : <PartyName code={home} />),
        },
        {
          label: say(queueWords.reason),
          show: ({ reason }) => <Mark kind="caution">{reasonText(reason, language)}</Mark>,
        },
        { label: say(queueWords.next), show: ({ reason }) => nextText(reason, say) },
      ]}
    />
  );
}

/** Our words for a reason, or the code itself when it is newer than this page. */
function reasonText(reason: string, language: Language): string {
  return isKnown(reason) ? EXCEPTION_WORDS[reason].name[language] : reason;
}

function isKnown(reason: string): reason is ExceptionReason {
  return Object.hasOwn(EXCEPTION_WORDS, reason);
}

function nextText(reason: string, say: Say): string {
  const words: Readonly<Record<string, Message>> = queueWords;
  const found = isKnown(reason) ? words[reason] : undefined;
  return found === undefined ? '–' : say(found);
}
