import type { EntryPage as Page, ListedEntry } from '@tongyu/domain';
import type { Entry } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Facts, Section } from '../../kit/Page.tsx';
import { ListText, PlainText } from '../../kit/PlainText.tsx';
import { cityText, dateText, editionName } from '../../kit/service-text.ts';
import { address } from '../address.ts';
import { Errata } from './Errata.tsx';
import { LinkList, ListFrame, MissingTexts } from './frame.tsx';
import { Places } from './Places.tsx';
import { Prices } from './Prices.tsx';
import { listPageWords } from './words.ts';
import { UsableMark } from './ListPage.tsx';

/** One service: where, when, at what price, what it asks, who checked it. */
export function EntryPage(props: { readonly page: Page }) {
  const { page } = props;
  const { listed, rider } = page;
  const { entry } = listed;
  return (
    <ListFrame
      page={page}
      here={{
        path: `/list/${entry.id}`,
        query: { home: rider?.residence ?? null, class: rider?.class ?? null },
      }}
      title={<ListText unmarked text={entry.name} />}
      lead={<ListText text={entry.summary} />}
      city={entry.id.slice(0, 4)}
    >
      <article class="stack wide" id="published">
        <div class="stack">
          <MissingTexts texts={[entry.name]} />
          <Labels listed={listed} />
          <Closed listed={listed} />
        </div>
        <Prices page={page} />
        <Places places={entry.places} now={page.now} />
        <div class="two">
          <HowToUse entry={entry} />
          <Asked entry={entry} />
        </div>
        <Believed listed={listed} />
      </article>
      <Errata errata={page.errata} />
      <EntryLinks page={page} />
    </ListFrame>
  );
}

/** State, stage and how far to believe it, each in words. */
function Labels(props: { readonly listed: ListedEntry }) {
  const say = useSay();
  const { entry } = props.listed;
  const { facts, terms } = entry.source;
  return (
    <p class="labels row">
      <UsableMark listed={props.listed} />
      <Mark kind="none">{say(listWords[entry.stage])}</Mark>
      {facts === 'document' ? null : <Mark kind="caution">{say(listPageWords[facts])}</Mark>}
      {terms === 'demo' ? <Mark kind="caution">{say(listPageWords.demo)}</Mark> : null}
    </p>
  );
}

/** Why it is not "usable now", all reasons. */
export function Closed(props: { readonly listed: ListedEntry }) {
  const say = useSay();
  const language = useLanguage();
  const { entry, suspension, unusable, checked, isTold } = props.listed;
  const city = cityText(language, entry.id.slice(0, 4));
  return (
    <>
      {suspension === null ? null : (
        <Notice
          kind="danger"
          title={say(listPageWords.suspendedTitle, { when: formatDay(language, suspension.since) })}
        >
          {say(listPageWords.suspendedBy, { city })} <ListText text={suspension.reason} />
        </Notice>
      )}
      {unusable.includes('CHECK_TOO_OLD') ? (
        <Notice kind="caution" title={say(listPageWords.uncheckedTitle)}>
          {say(listPageWords.unchecked, { when: dateText(language, checked.on) })}
        </Notice>
      ) : null}
      {isTold || !entry.access.includes('code') ? null : (
        <Notice kind="caution" title={say(listPageWords.silentTitle)}>
          {say(listPageWords.silent)}
        </Notice>
      )}
    </>
  );
}

function HowToUse(props: { readonly entry: Entry }) {
  const say = useSay();
  const { access, staffed, contact, operator } = props.entry;
  return (
    <Section title={say(listPageWords.how)}>
      <Facts
        rows={[
          [
            say(listPageWords.ways),
            access.map((way) => say(listWords[way])).join(say(listWords.and)),
          ],
          [say(listPageWords.staffed), <ListText text={staffed} />],
          ...(contact.phone === null
            ? []
            : [[say(listPageWords.telephone), <Telephone phone={contact.phone} />] as const]),
          ...(contact.url === null
            ? []
            : [[say(listPageWords.website), <Outside url={contact.url} />] as const]),
          [say(listPageWords.operator), <ListText text={operator.name} />],
        ]}
      />
    </Section>
  );
}

function Telephone(props: { readonly phone: string }) {
  return (
    <a class="link-target figures" href={`tel:${props.phone.replaceAll(' ', '')}`}>
      {props.phone}
    </a>
  );
}

/** An address elsewhere, shown as it is: who follows it sees where it leads. */
function Outside(props: { readonly url: string }) {
  return (
    <a class="link-target" href={props.url} rel="external noopener noreferrer nofollow">
      <PlainText text={props.url} />
    </a>
  );
}

function Asked(props: { readonly entry: Entry }) {
  const say = useSay();
  const { asks, assurance } = props.entry;
  return (
    <Section title={say(listPageWords.asked)}>
      {asks.length === 0 ? <p>{say(listPageWords.asksNothing)}</p> : null}
      <Facts
        rows={[
          ...asks.map(({ data, why }) => [say(listWords[data]), <ListText text={why} />] as const),
          [say(listPageWords.assurance), say(listPageWords[assurance])],
        ]}
      />
    </Section>
  );
}

function Believed(props: { readonly listed: ListedEntry }) {
  const say = useSay();
  const language = useLanguage();
  const { entry, checked } = props.listed;
  const { source } = entry;
  return (
    <Section title={say(listPageWords.believed)}>
      <Facts
        rows={[
          [
            say(listPageWords.checked),
            <>
              <time dateTime={checked.on}>{dateText(language, checked.on)}</time>
              {' · '}
              <ListText text={checked.by} />
            </>,
          ],
          [
            say(listPageWords.source),
            <>
              <ListText text={source.text} />
              {source.url === null ? null : (
                <>
                  <br />
                  <Outside url={source.url} />
                </>
              )}
            </>,
          ],
          [say(listPageWords.facts), say(listPageWords[source.facts])],
          [say(listPageWords.terms), say(listPageWords[source.terms])],
          [say(listPageWords.stage), say(listWords[entry.stage])],
          [say(listPageWords.lifeEvent), say(listPageWords[entry.lifeEvent])],
        ]}
      />
    </Section>
  );
}

function EntryLinks(props: { readonly page: Page }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  const { id } = page.listed.entry;
  return (
    <Section title={say(listPageWords.links)}>
      <LinkList
        links={[
          [`${page.origin}/list/${id}`, say(listPageWords.permalink)],
          [address('/report', language, { entry: id }), say(listPageWords.reportError)],
          [`/api/v1/entries/${id}`, say(listPageWords.asJson)],
          ...(page.inForce === null
            ? []
            : [
                [
                  address(`/editions/${page.inForce.id}`, language),
                  editionName(language, page.inForce.id),
                ] as const,
              ]),
        ]}
      />
    </Section>
  );
}
