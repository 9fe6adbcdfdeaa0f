import { REASON_WORDS, reasonWhyNot, type Entitled, type EntryPage } from '@tongyu/domain';
import type { Entry, Tariff } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Notice } from '../../kit/Notice.tsx';
import { Facts, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { citiesText, cityText, fenText, fullPriceText, priceText } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { address } from '../address.ts';
import { RiderForm } from './RiderForm.tsx';
import { Amount, Basis, Funder, Reductions, ruleRows, RuleState, Who } from './RuleParts.tsx';
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
          <RiderForm
            action={`/list/${entry.id}#my-price`}
            residenceName="home"
            rider={page.rider}
          />
          <MyPrice page={page} />
          <OtherPrices page={page} />
          <Reductions entry={entry} />
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
            ? [[say(listPageWords.why), <WhyFull quote={quote} />] as const]
            : ruleRows(say, quote.rule, listed.entry)),
        ]}
      />
      <p>
        <a
          class="link-target"
          href={address(`/list/${listed.entry.id}/explain`, language, {
            residence: rider.residence,
            class: rider.class,
          })}
        >
          {say(listPageWords.explain)}
        </a>
      </p>
    </div>
  );
}

/** Why no concession makes the price, with the reason that a gate would give. */
function WhyFull(props: { readonly quote: Entitled }) {
  const say = useSay();
  const language = useLanguage();
  const { quote } = props;
  const reason = reasonWhyNot(quote);
  if (quote.fullFen === 0) return <>{say(listPageWords.freeForAll)}</>;
  if (reason === undefined) return <>{say(listPageWords.fullPriceWhy)}</>;
  return <>{REASON_WORDS[reason][language]}</>;
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
