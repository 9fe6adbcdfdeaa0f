import { FUNDER_WORDS, JOURNEY_STATE_WORDS, PART_WORDS } from '@tongyu/domain';
import type { LinePart } from '@tongyu/protocol';
import type { ConsoleLine, ShownLine } from '../../kit/api/journeys.ts';
import { formatFen, formatMoment, formatStamp, isoMoment } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import type { Say } from '../../kit/messages.ts';
import { Mark } from '../../kit/Notice.tsx';
import { PartyName } from '../../kit/Page.tsx';
import { cityText } from '../../kit/service-text.ts';
import type { Column } from '../../kit/Table.tsx';
import { ViewLink } from '../list/links.tsx';
import { lineWords } from './words.ts';

const marks = { claimed: 'none', accepted: 'good', disputed: 'caution' } as const;

export function StateMark(props: { readonly state: ConsoleLine['state']; readonly say: Say }) {
  return <Mark kind={marks[props.state]}>{props.say(lineWords[props.state])}</Mark>;
}

/** The states of lines as a filter offers them. */
export function stateOptions(
  say: Say,
  states: readonly ConsoleLine['state'][],
): readonly (readonly [string, string])[] {
  return states.map((state) => [state, say(lineWords[state])]);
}

export function Moment(props: { readonly seconds: number; readonly language: Language }) {
  const { seconds, language } = props;
  return (
    <time dateTime={isoMoment(seconds)} title={formatMoment(language, seconds)}>
      {formatStamp(language, seconds)}
    </time>
  );
}

/** The city or operator that bears a part. */
export function funderText(language: Language, { funder }: LinePart, host: string): string {
  if (funder.kind === 'operator') return FUNDER_WORDS.operator[language];
  return cityText(language, funder.kind === 'party' ? funder.party : host);
}

export function partText(language: Language, part: LinePart, host: string): string {
  const name = PART_WORDS[part.kind].name[language];
  return `${name} ${formatFen(language, part.fen)} · ${funderText(language, part, host)}`;
}

function OthersPay(props: { readonly line: ShownLine; readonly language: Language }) {
  const { line, language } = props;
  if (line.parts.length === 0) return <>–</>;
  return (
    <ul class="inline-list">
      {line.parts.map((part) => (
        <li key={part.kind}>{partText(language, part, line.host)}</li>
      ))}
    </ul>
  );
}

/**
 * Columns of a table of lines.
 * @param side whose city is named: the other one
 * @param hasPages each leads to a page of its own
 */
export function lineColumns<Row extends Pick<ConsoleLine, 'line' | 'state'>>(
  say: Say,
  language: Language,
  side: 'host' | 'home',
  hasPages = false,
): readonly Column<Row>[] {
  return [
    {
      label: say(lineWords.when),
      show: (row) => {
        const moment = <Moment seconds={startOf(row.line)} language={language} />;
        const { journey, service } = row.line;
        const to = { view: 'journey', journey, service };
        return hasPages ? <ViewLink to={to}>{moment}</ViewLink> : moment;
      },
    },
    {
      label: say(lineWords.service),
      show: ({ line }) => <span class="code">{line.service}</span>,
    },
    {
      label: say(side === 'host' ? lineWords.host : lineWords.home),
      show: ({ line }) => <PartyName code={line[side]} />,
    },
    {
      label: say(lineWords.journeyState),
      show: ({ line }) => JOURNEY_STATE_WORDS[line.state].name[language],
    },
    {
      label: say(lineWords.rider),
      isNumber: true,
      show: ({ line }) => formatFen(language, line.riderFen),
    },
    {
      label: say(lineWords.full),
      isNumber: true,
      show: ({ line }) => formatFen(language, line.fullFen),
    },
    {
      label: say(lineWords.others),
      show: ({ line }) => <OthersPay line={line} language={language} />,
    },
    { label: say(lineWords.state), show: ({ state }) => <StateMark state={state} say={say} /> },
  ];
}

/** When the journey began, as far as anybody knows. */
export function startOf(line: ShownLine): number {
  return line.from?.time ?? line.to?.time ?? 0;
}
