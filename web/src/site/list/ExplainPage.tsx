import {
  concernsResidence,
  REASON_WORDS,
  STANDING_WORDS,
  type Entitlement,
  type ExplainPage as Page,
  type RuleFinding,
  type RulePrice,
  type RuleStanding,
} from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay } from '../../kit/dates.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Facts, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { cityText, priceText } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { address } from '../address.ts';
import { Closed } from './EntryPage.tsx';
import { LinkList, ListFrame, MissingTexts } from './frame.tsx';
import { RiderForm } from './RiderForm.tsx';
import { Amount, Basis, classText, Funder, Reductions, ruleRows, Who } from './RuleParts.tsx';
import { explainWords } from './explain-words.ts';
import { listPageWords } from './words.ts';

/** Why somebody pays what they pay: every rule with its standing and all its reasons (ENT-4.2). */
export function ExplainPage(props: { readonly page: Page }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  const { listed, rider, isKnown, treatment } = page;
  const { entry } = listed;
  const path = `/list/${entry.id}/explain`;
  const isOpen = entry.access.includes('code');
  return (
    <ListFrame
      page={page}
      here={{ path, query: { residence: rider?.residence ?? null, class: rider?.class ?? null } }}
      title={
        <>
          <ListText unmarked text={entry.name} /> · {say(explainWords.explainTitle)}
        </>
      }
      lead={say(explainWords.explainLead)}
      city={entry.id.slice(0, 4)}
    >
      <div class="stack wide" id="explained">
        <MissingTexts texts={[entry.name]} />
        <Closed listed={listed} />
        {isKnown ? null : <Notice kind="caution">{say(explainWords.askedWrong)}</Notice>}
        {isOpen ? (
          <RiderForm action={path} residenceName="residence" rider={rider} />
        ) : (
          <p>{say(listPageWords.noCode)}</p>
        )}
        {isOpen && treatment !== null && rider !== null ? (
          <>
            <Price page={page} treatment={treatment} residence={rider.residence} />
            <Section
              title={say(explainWords.rulesOf, {
                who: classText(language, rider.class),
                city: cityText(language, rider.residence),
              })}
            >
              <Rules page={page} treatment={treatment} />
              <Reductions entry={entry} />
            </Section>
          </>
        ) : null}
      </div>
      <LinkList
        links={[
          [
            address(`/list/${entry.id}`, language, { home: rider?.residence, class: rider?.class }),
            say(explainWords.backToEntry),
          ],
        ]}
      />
    </ListFrame>
  );
}

function Price(props: {
  readonly page: Page;
  readonly treatment: Entitlement;
  readonly residence: string;
}) {
  const say = useSay();
  const language = useLanguage();
  const { treatment, page, residence } = props;
  const { entry } = page.listed;
  if (!treatment.admitted) {
    const city = cityText(language, residence);
    return <Notice kind="caution">{say(listPageWords.notAdmitted, { city })}</Notice>;
  }
  const { rule, fullFen } = treatment;
  const full = fullFen === 0 ? listPageWords.freeForAll : listPageWords.fullPriceWhy;
  return (
    <div class="my-price">
      <Facts
        rows={[
          [say(listPageWords.youPay), <Amount quote={treatment} entry={entry} />],
          ...(rule === null
            ? [
                [say(listPageWords.why), say(full)] as const,
                [say(listPageWords.paidBy), say(explainWords.nobodyPays)] as const,
              ]
            : ruleRows(say, rule, entry)),
        ]}
      />
    </div>
  );
}

type Line = RuleFinding & { readonly price: RulePrice | undefined };

function Rules(props: { readonly page: Page; readonly treatment: Entitlement }) {
  const say = useSay();
  const language = useLanguage();
  const { page, treatment } = props;
  const { entry } = page.listed;
  const lines: readonly Line[] = treatment.findings.map((finding, i) => {
    return { ...finding, price: page.prices[i] };
  });
  if (lines.length === 0) return <p>{say(explainWords.noRules)}</p>;
  return (
    <Table
      caption={say(explainWords.inOrder)}
      keyOf={({ rule }) => rule.id}
      rows={lines}
      columns={[
        {
          label: say(listPageWords.rule),
          show: ({ price }) => (price === undefined ? null : <Who row={price} />),
        },
        { label: say(explainWords.standing), show: (line) => <Standing line={line} /> },
        { label: say(explainWords.reasons), show: (line) => <Reasons line={line} page={page} /> },
        {
          label: say(explainWords.priceWith),
          show: ({ price }) =>
            price?.quote === undefined ? '–' : priceText(language, price.quote),
        },
        {
          label: say(listPageWords.paidBy),
          show: ({ rule }) => <Funder rule={rule} entry={entry} />,
        },
        { label: say(listPageWords.basis), show: ({ rule }) => <Basis rule={rule} /> },
      ]}
    />
  );
}

const MARKS: Readonly<Record<RuleStanding, 'good' | 'caution' | 'danger' | 'none'>> = {
  applied: 'good',
  fits: 'none',
  no: 'none',
  unknown: 'caution',
};

function Standing(props: { readonly line: Line }) {
  const { standing } = props.line;
  return <Mark kind={MARKS[standing]}>{STANDING_WORDS[standing][useLanguage()]}</Mark>;
}

/** Every reason in words, and what the city said of a suspension. */
function Reasons(props: { readonly line: Line; readonly page: Page }) {
  const say = useSay();
  const language = useLanguage();
  const { reasons, standing, rule } = props.line;
  const { listed, rider } = props.page;
  if (standing === 'applied') return <>{say(explainWords.isApplied)}</>;
  const stops = listed.suspendedRules.filter(
    (one) => one.rule === rule.id && concernsResidence(one, rider?.residence ?? ''),
  );
  return (
    <>
      {reasons.map((reason) => (
        <span class="place-line" key={reason} data-reason={reason}>
          {REASON_WORDS[reason][language]}
        </span>
      ))}
      {stops.map(({ residence, since, reason }) => (
        <span class="place-line small" key={residence ?? ''}>
          {say(listPageWords.sinceReason, { when: formatDay(language, since) })}{' '}
          <ListText text={reason} />
        </span>
      ))}
    </>
  );
}
