import type { EntryPage, Quote, RulePrice } from '@tongyu/domain';
import type { ConcessionRule, Entry, Tariff } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay, formatFen } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import { listWords } from '../../kit/list-words.ts';
import { sayIn } from '../../kit/messages.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Facts, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { partyNames } from '../../kit/parties.ts';
import {
  citiesText,
  cityText,
  dateText,
  fenText,
  fullPriceText,
  priceText,
} from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { listPageWords } from './words.ts';

/** What I pay and why, then what others pay. */
export function Prices(props: { readonly page: EntryPage }) {
  const say = useSay();
  const { page } = props;
  const { entry } = page.listed;
  return (
    <Section title={say(listPageWords.price)}>
      <Facts rows={[[say(listPageWords.fullPrice), <FullPrice entry={entry} />]]} />
      {entry.access.includes('code') ? (
        <>
          <PriceForm page={page} />
          <MyPrice page={page} />
          <OtherPrices page={page} />
        </>
      ) : (
        <p>{say(listPageWords.noCode)}</p>
      )}
      {entry.tariff.kind === 'zones' ? <Zones tariff={entry.tariff} /> : null}
    </Section>
  );
}

function FullPrice(props: { readonly entry: Entry }) {
  return <strong class="figures">{fullPriceText(useLanguage(), props.entry)}</strong>;
}

const CLASSES = [0, 1, 2, 3, 4, 5, 6] as const;

function PriceForm(props: { readonly page: EntryPage }) {
  const say = useSay();
  const language = useLanguage();
  const { rider, listed } = props.page;
  const parties = Object.keys(partyNames).map(
    (party) => [party, cityText(language, party)] as const,
  );
  return (
    <form class="price-form" method="get" action={`/list/${listed.entry.id}#my-price`}>
      <input type="hidden" name="lang" value={language} />
      <p class="small muted">{say(listPageWords.priceForm)}</p>
      <ChoiceField
        name="home"
        label={say(listPageWords.home)}
        value={rider?.residence ?? null}
        all={say(listPageWords.chooseHome)}
        options={parties}
      />
      <ChoiceField
        name="class"
        label={say(listPageWords.class)}
        value={String(rider?.class ?? 0)}
        options={CLASSES.map((each) => [String(each), say(listWords[`class${each}`])])}
      />
      <button class="button" type="submit">
        {say(listPageWords.show)}
      </button>
    </form>
  );
}

function MyPrice(props: { readonly page: EntryPage }) {
  const say = useSay();
  const language = useLanguage();
  const { rider, quote, listed } = props.page;
  if (rider === null) return null;
  const city = cityText(language, rider.residence);
  if (quote === null) {
    return (
      <div id="my-price">
        <Notice kind="caution">{say(listPageWords.notAdmitted, { city })}</Notice>
      </div>
    );
  }
  return (
    <div class="my-price" id="my-price">
      <Facts
        rows={[
          [say(listPageWords.youPay), <Amount quote={quote} entry={listed.entry} />],
          ...(quote.rule === null
            ? [
                [
                  say(listPageWords.why),
                  say(
                    listed.entry.tariff.kind === 'free'
                      ? listPageWords.freeForAll
                      : listPageWords.fullPriceWhy,
                  ),
                ] as const,
              ]
            : ruleRows(say, quote.rule, listed.entry)),
        ]}
      />
    </div>
  );
}

function Amount(props: { readonly quote: Quote; readonly entry: Entry }) {
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

function ruleRows(say: ReturnType<typeof useSay>, rule: ConcessionRule, entry: Entry) {
  return [
    [say(listPageWords.why), <ListText text={rule.name} />],
    [say(listPageWords.paidBy), <Funder rule={rule} entry={entry} />],
    [say(listPageWords.basis), <Basis rule={rule} />],
  ] as const;
}

function Funder(props: { readonly rule: ConcessionRule; readonly entry: Entry }) {
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

function Basis(props: { readonly rule: ConcessionRule }) {
  const say = useSay();
  const language = useLanguage();
  const { agreement, reciprocity } = props.rule;
  return (
    <>
      <ListText text={agreement} />
      <span class="place-line small muted">
        {say(listPageWords[reciprocity])} · {validText(language, props.rule)}
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

/** Each concession by itself, then everybody that none is for. */
function OtherPrices(props: { readonly page: EntryPage }) {
  const say = useSay();
  const language = useLanguage();
  const { prices, listed } = props.page;
  const { entry } = listed;
  const cities = citiesText(language, entry.admits);
  return (
    <>
      {prices.length === 0 ? null : (
        <Table
          caption={say(listPageWords.othersPay)}
          keyOf={({ rule }) => rule.id}
          rows={prices}
          columns={[
            { label: say(listPageWords.who), show: (row) => <Who row={row} /> },
            {
              label: say(listPageWords.amount),
              show: ({ quote }) => (quote === undefined ? '–' : priceText(language, quote)),
            },
            {
              label: say(listPageWords.paidBy),
              show: ({ rule }) => <Funder rule={rule} entry={entry} />,
            },
            { label: say(listPageWords.basis), show: ({ rule }) => <Basis rule={rule} /> },
            { label: say(listPageWords.state), show: (row) => <RuleState row={row} /> },
          ]}
        />
      )}
      <p class="small">
        {say(listPageWords.everybodyElse, { cities })} · {fullPriceText(language, entry)}
      </p>
    </>
  );
}

function Who(props: { readonly row: RulePrice }) {
  const say = useSay();
  const language = useLanguage();
  const { rule } = props.row;
  const classes = CLASSES.find((each) => each === rule.class) ?? 0;
  const who = say(listWords[`class${classes}`]);
  return (
    <>
      <ListText text={rule.name} />
      <span class="place-line small muted">
        {say(listPageWords.whoOf, { who, cities: citiesText(language, rule.residences) })}
      </span>
    </>
  );
}

function RuleState(props: { readonly row: RulePrice }) {
  const say = useSay();
  const language = useLanguage();
  const { state, suspension } = props.row;
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
    </>
  );
}

type ZoneTariff = Extract<Tariff, { readonly kind: 'zones' }>;

function Zones(props: { readonly tariff: ZoneTariff }) {
  const say = useSay();
  const language = useLanguage();
  const { pricesFen, stops } = props.tariff;
  return (
    <>
      <Table
        caption={say(listPageWords.zonePrices)}
        keyOf={({ zones }) => String(zones)}
        rows={pricesFen.map((priceFen, zones) => ({ priceFen, zones }))}
        columns={[
          {
            label: say(listPageWords.zones),
            show: ({ zones }) => `${String(zones)}${zones === pricesFen.length - 1 ? '+' : ''}`,
          },
          {
            label: say(listPageWords.fullPrice),
            show: ({ priceFen }) => fenText(language, priceFen),
          },
        ]}
      />
      <details>
        <summary>{say(listPageWords.stops, { count: stops.length })}</summary>
        <ul class="inline-list stops">
          {stops.map(({ id, name, zone }) => (
            <li key={id}>
              <ListText unmarked text={name} /> <span class="muted figures">{zone}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
