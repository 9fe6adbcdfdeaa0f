import { DISPUTE_WORDS, JOURNEY_STATE_WORDS } from '@tongyu/domain';
import type { JourneyEnd } from '@tongyu/protocol';
import type { ConsoleLine, ShownLine } from '../../kit/api/journeys.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatFen, formatMoment } from '../../kit/dates.ts';
import { className } from '../../kit/class-words.ts';
import { Facts, PartyName } from '../../kit/Page.tsx';
import { partText, StateMark } from './line-columns.tsx';
import { lineWords } from './words.ts';

/** All that a line says, for the people who answer for it. */
export function LineFacts(props: { readonly of: ConsoleLine; readonly ours: ShownLine | null }) {
  const say = useSay();
  const language = useLanguage();
  const { line, state, revision, updatedAt } = props.of;
  const endText = (end: JourneyEnd | null) =>
    end === null ? '–' : `${formatMoment(language, end.time)} ${end.stop ?? ''}`.trimEnd();
  const fen = (value: number) => formatFen(language, value);
  return (
    <Facts
      rows={[
        [say(lineWords.service), <span class="code">{line.service}</span>],
        [say(lineWords.operator), <span class="code">{line.operator}</span>],
        [say(lineWords.home), <PartyName code={line.home} />],
        [say(lineWords.journeyState), JOURNEY_STATE_WORDS[line.state].name[language]],
        [say(lineWords.from), endText(line.from)],
        [say(lineWords.to), endText(line.to)],
        [say(lineWords.shownClass), className(language, line.class)],
        [say(lineWords.full), fen(line.fullFen)],
        [say(lineWords.rider), fen(line.riderFen)],
        [
          say(lineWords.others),
          line.parts.length === 0
            ? say(lineWords.nobody)
            : line.parts.map((part) => (
                <div key={part.kind}>
                  {partText(language, part, line.host)}
                  {part.rule === null ? null : <span class="below code">{part.rule}</span>}
                </div>
              )),
        ],
        [say(lineWords.shown), fen(line.shownFen)],
        [say(lineWords.taps), <span class="code">{line.taps.join(' ')}</span>],
        [
          say(lineWords.held),
          say(lineWords.heldValue, { edition: String(line.edition), head: String(line.head) }),
        ],
        [say(lineWords.state), <StateMark state={state} say={say} />],
        ...disputeRows(props.of, props.ours, language, say),
        [say(lineWords.revision), String(revision)],
        [say(lineWords.updated), formatMoment(language, updatedAt)],
      ]}
    />
  );
}

function disputeRows(
  { reason, field }: ConsoleLine,
  ours: ShownLine | null,
  language: ReturnType<typeof useLanguage>,
  say: ReturnType<typeof useSay>,
): readonly (readonly [string, preact.ComponentChildren])[] {
  if (reason === null) return [];
  const words = DISPUTE_WORDS[reason].meaning[language];
  const where = field === null ? null : <span class="below code">{field}</span>;
  const computed = ours === null ? [] : [[say(lineWords.ours), ourText(ours, language)] as const];
  return [
    [
      say(lineWords.dispute),
      <>
        {words}
        {where}
      </>,
    ],
    ...computed,
  ];
}

function ourText(ours: ShownLine, language: ReturnType<typeof useLanguage>): string {
  return `${formatFen(language, ours.riderFen)} / ${formatFen(language, ours.fullFen)}`;
}
