import { type Quote, type RulePrice } from '@tongyu/domain';
import type { ConcessionRule, Entry } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay, formatFen } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import { listWords } from '../../kit/list-words.ts';
import { sayIn } from '../../kit/messages.ts';
import { Mark } from '../../kit/Notice.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import {
  citiesText,
  cityText,
  dateText,
  fullPriceText,
  priceText,
} from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { listPageWords } from './words.ts';

/** What is paid, and instead of what. */
export function Amount(props: { readonly quote: Quote; readonly entry: Entry }) {
  const say = useSay();
  const language = useLanguage();
  const { quote } = props;
  const price = priceText(language, quote);
  return (
    <>
      <strong class="amount figures">{price}</strong>
      {quote.rule === null ? null : (
        <span class="muted">
          {' '}
          {say(listPageWords.insteadOf, { price: fullPriceText(language, props.entry) })}
        </span>
      )}
    </>
  );
}

/** The concession that is applied: its name, who pays the rest, what it stands on. */
export function ruleRows(say: ReturnType<typeof useSay>, rule: ConcessionRule, entry: Entry) {
  return [
    [say(listPageWords.why), <ListText text={rule.name} />],
    [say(listPageWords.paidBy), <Funder rule={rule} entry={entry} />],
    [say(listPageWords.basis), <Basis rule={rule} />],
  ] as const;
}

export function Funder(props: { readonly rule: ConcessionRule; readonly entry: Entry }) {
  return <>{funderText(useLanguage(), props.rule, props.entry)}</>;
}

function funderText(language: Language, { funder }: ConcessionRule, entry: Entry): string {
  const say = sayIn(language);
  if (funder.kind === 'operator') return say(listPageWords.operatorPays);
  if (funder.kind === 'host') {
    return say(listPageWords.cityPays, { city: cityText(language, entry.id.slice(0, 4)) });
  }
  const [city, ceiling] = [
    cityText(language, funder.party),
    formatFen(language, funder.ceilingFen),
  ];
  return say(listPageWords.cityPaysUpTo, { city, ceiling });
}

export function Basis(props: { readonly rule: ConcessionRule }) {
  const say = useSay();
  const language = useLanguage();
  const { agreement, reciprocity, perDay } = props.rule;
  return (
    <>
      <ListText text={agreement} />
      <span class="place-line small muted">
        {say(listPageWords[reciprocity])} · {validText(language, props.rule)}
        {perDay === null ? null : ` · ${say(listWords.perDay, { count: perDay })}`}
      </span>
    </>
  );
}

function validText(language: Language, { from, until }: ConcessionRule): string {
  const say = sayIn(language);
  const first = dateText(language, from);
  if (until === null) return say(listPageWords.fromDate, { from: first });
  return say(listPageWords.fromUntil, { from: first, until: dateText(language, until) });
}

const CLASSES = [0, 1, 2, 3, 4, 5, 6] as const;

export function classText(language: Language, shown: number): string {
  const known = CLASSES.find((each) => each === shown) ?? 0;
  return sayIn(language)(listWords[`class${known}`]);
}

/** Whom a rule is for. */
export function Who(props: { readonly row: RulePrice }) {
  const say = useSay();
  const language = useLanguage();
  const { rule } = props.row;
  const who = classText(language, rule.class);
  return (
    <>
      <ListText text={rule.name} />
      <span class="place-line small muted">
        {say(listPageWords.whoOf, { who, cities: citiesText(language, rule.residences) })}
      </span>
    </>
  );
}

export function RuleState(props: { readonly row: RulePrice }) {
  const say = useSay();
  const language = useLanguage();
  const { state, suspension, stoppedFor } = props.row;
  const kind = { holds: 'good', 'to-come': 'none', over: 'none', suspended: 'danger' } as const;
  return (
    <>
      <Mark kind={kind[state]}>{say(listPageWords[state])}</Mark>
      {suspension === null ? null : (
        <span class="place-line small">
          {say(listPageWords.sinceReason, { when: formatDay(language, suspension.since) })}{' '}
          <ListText text={suspension.reason} />
        </span>
      )}
      {stoppedFor.length === 0 ? null : (
        <span class="place-line small">
          {say(listPageWords.stoppedFor, { cities: citiesText(language, stoppedFor) })}
        </span>
      )}
    </>
  );
}

/** What the day's other journeys take off, and who bears it; nothing where nothing is. */
export function Reductions(props: { readonly entry: Entry }) {
  const say = useSay();
  const language = useLanguage();
  const { reductions, id } = props.entry;
  if (reductions.length === 0) return null;
  const rows = reductions.map((reduction) => {
    const words =
      reduction.kind === 'transfer'
        ? say(listWords.transferOf, {
            minutes: reduction.withinMinutes,
            price: formatFen(language, reduction.lessFen),
          })
        : say(listWords.dailyCapOf, { price: formatFen(language, reduction.capFen) });
    const city = cityText(language, id.slice(0, 4));
    const payer = reduction.funder === 'operator' ? 'operatorPays' : 'cityPays';
    return { kind: reduction.kind, words, payer: say(listPageWords[payer], { city }) };
  });
  return (
    <Table
      caption={say(listPageWords.dayReductions)}
      keyOf={({ kind }) => kind}
      rows={rows}
      columns={[
        { label: say(listPageWords.rule), show: ({ words }) => words },
        { label: say(listPageWords.paidBy), show: ({ payer }) => payer },
      ]}
    />
  );
}
