import { REFUSAL_WORDS, type AdmissionRefusal } from '@tongyu/domain';
import type { ConsoleTap } from '../kit/api/console.ts';
import type { Language } from '../kit/language.ts';
import { formatFen, formatMoment, formatStamp, isoMoment } from '../kit/dates.ts';
import type { Message, Say } from '../kit/messages.ts';
import { Mark } from '../kit/Notice.tsx';
import { PartyName } from '../kit/Page.tsx';
import type { Column } from '../kit/Table.tsx';
import { verdictWords } from '../kit/words.ts';
import { assistedWords, exceptionWords, homeWords, tapWords } from './tap-words.ts';

const verdictMarks = { pass: 'good', check: 'caution', refuse: 'danger', unknown: 'none' } as const;

/** The columns of a table of taps, in the reader's language. */
export function tapColumns(say: Say, language: Language): readonly Column<ConsoleTap>[] {
  return [
    { label: say(tapWords.time), show: (tap) => <TapTime tap={tap} language={language} /> },
    {
      label: say(tapWords.terminal),
      show: (tap) => (
        <span class="code">
          {tap.terminal} #{tap.number}
        </span>
      ),
    },
    {
      label: say(tapWords.verdict),
      show: (tap) => <Mark kind={verdictMarks[tap.verdict]}>{say(verdictWords[tap.verdict])}</Mark>,
    },
    { label: say(tapWords.reason), show: (tap) => reasonOf(tap, say, language) },
    {
      label: say(tapWords.issuer),
      show: (tap) =>
        tap.issuer === null ? (
          <span class="muted">{say(tapWords.unread)}</span>
        ) : (
          <PartyName code={tap.issuer} />
        ),
    },
    {
      label: say(tapWords.price),
      isNumber: true,
      show: (tap) => (tap.shownPriceFen === null ? '—' : formatFen(language, tap.shownPriceFen)),
    },
    { label: say(tapWords.booked), show: (tap) => bookedOf(tap, say) },
    { label: say(tapWords.home), show: (tap) => say(homeWords[tap.home]) },
  ];
}

function TapTime(props: { readonly tap: ConsoleTap; readonly language: Language }) {
  const { tap, language } = props;
  return (
    <time dateTime={isoMoment(tap.time)} title={formatMoment(language, tap.time)}>
      {formatStamp(language, tap.time)}
    </time>
  );
}

function reasonOf(tap: ConsoleTap, say: Say, language: Language) {
  if (tap.kind === 'assisted') return textOr(assistedWords, tap.assistedReason ?? '', say);
  if (tap.refusal === null) return tap.warned ? say(tapWords.warned) : '—';
  if (!isRefusal(tap.refusal)) return <span class="code">{tap.refusal}</span>;
  return REFUSAL_WORDS[tap.refusal].reason[language];
}

function isRefusal(code: string): code is AdmissionRefusal {
  return Object.hasOwn(REFUSAL_WORDS, code);
}

function bookedOf(tap: ConsoleTap, say: Say) {
  if (tap.exception !== null) {
    return <Mark kind="caution">{textOr(exceptionWords, tap.exception, say)}</Mark>;
  }
  if (tap.charged === null) return '—';
  return say(tap.charged ? tapWords.charged : tapWords.notCharged);
}

/** Our words for a code of the node's, or the code itself when it is newer than this page. */
function textOr(words: Readonly<Record<string, Message>>, code: string, say: Say) {
  const message = Object.hasOwn(words, code) ? words[code] : undefined;
  return message === undefined ? <span class="code">{code}</span> : <>{say(message)}</>;
}
