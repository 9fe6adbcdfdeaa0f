import type { ChangeCounts, EditionFacts, EditionPage, EditionsPage } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Facts, PartyName, Section } from '../../kit/Page.tsx';
import { Notice } from '../../kit/Notice.tsx';
import { Table } from '../../kit/Table.tsx';
import { PartyNames } from '../../kit/TrustParts.tsx';
import { address } from '../address.ts';
import { Errata } from './Errata.tsx';
import { editionName } from '../../kit/service-text.ts';
import { EditionState, LinkList, ListFrame, Moment } from './frame.tsx';
import { editionPageWords } from './edition-words.ts';
import { listPageWords } from './words.ts';

/** All editions, the newest first. */
export function EditionsList(props: { readonly page: EditionsPage }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  return (
    <ListFrame
      page={page}
      here={{ path: '/editions' }}
      title={say(listPageWords.editionsTitle)}
      lead={say(editionPageWords.editionsLead)}
    >
      {page.editions.length === 0 ? (
        <Notice kind="plain">{say(listPageWords.noEdition)}</Notice>
      ) : (
        <Table
          caption={say(editionPageWords.editionsCaption, { count: page.editions.length })}
          keyOf={({ id }) => id}
          rows={page.editions.toReversed()}
          columns={[
            {
              label: say(listPageWords.editions),
              show: ({ id }) => (
                <a class="link-target" href={address(`/editions/${id}`, language)}>
                  {editionName(language, id)}
                </a>
              ),
            },
            {
              label: say(listPageWords.state),
              show: (edition) => <EditionState edition={edition} />,
            },
            {
              label: say(editionPageWords.effective),
              show: ({ effectiveFrom }) => <Moment seconds={effectiveFrom} isDay />,
            },
            {
              label: say(editionPageWords.entries),
              show: ({ entries }) => entries,
              isNumber: true,
            },
            {
              label: say(editionPageWords.hash),
              show: ({ hash }) => <span class="code">{hash.slice(0, 16)}…</span>,
            },
          ]}
        />
      )}
      <Section title={say(listPageWords.links)}>
        <LinkList
          links={[
            ['/feed.atom', say(editionPageWords.feed)],
            ['/api/v1/editions', say(listPageWords.asJson)],
            ['/api/v1/openapi.json', say(editionPageWords.api)],
          ]}
        />
      </Section>
    </ListFrame>
  );
}

/** One edition: what was signed, and the errata beside it. */
export function EditionDocument(props: { readonly page: EditionPage }) {
  const say = useSay();
  const language = useLanguage();
  const { page } = props;
  const { edition, counts } = page;
  const path = `/editions/${edition.id}`;
  const api = `/api/v1${path}`;
  return (
    <ListFrame
      page={page}
      here={{ path }}
      title={editionName(language, edition.id)}
      lead={say(editionPageWords.editionLead)}
    >
      <article class="stack wide" id="published">
        <div class="two">
          <Section title={say(editionPageWords.published)}>
            <EditionFactRows edition={edition} />
          </Section>
          <Section title={say(editionPageWords.changes)}>
            <CountFacts counts={counts} />
            <p>
              <a class="link-target" href={address(`${path}/difference`, language)}>
                {say(editionPageWords.seeChanges)}
              </a>
            </p>
          </Section>
        </div>
        <Section title={say(editionPageWords.parts)}>
          <Parts edition={edition} />
        </Section>
      </article>
      <Errata errata={page.errata} />
      <Section title={say(listPageWords.links)}>
        <LinkList
          links={[
            [`${page.origin}${path}`, say(listPageWords.permalink)],
            [`${api}/download.json`, say(editionPageWords.asDocument)],
            [`${api}/download.csv`, say(editionPageWords.asCsv)],
            [`${api}/download.jsonld`, say(editionPageWords.asGraph)],
            [api, say(listPageWords.asJson)],
            [`/feed.atom?lang=${language}`, say(editionPageWords.feed)],
          ]}
        />
      </Section>
    </ListFrame>
  );
}

function EditionFactRows(props: { readonly edition: EditionFacts }) {
  const say = useSay();
  const { edition } = props;
  return (
    <Facts
      rows={[
        [say(listPageWords.state), <EditionState edition={edition} />],
        [say(editionPageWords.effective), <Moment seconds={edition.effectiveFrom} />],
        [say(editionPageWords.entries), edition.entries],
        [say(editionPageWords.hash), <span class="code">{edition.hash}</span>],
        [say(editionPageWords.signedBy), <PartyNames codes={edition.signedBy} />],
        [say(editionPageWords.previousEdition), <Previous edition={edition} />],
        [say(editionPageWords.opened), <Moment seconds={edition.opened} isDay />],
        [say(editionPageWords.frozen), <Moment seconds={edition.made} isDay />],
        [say(editionPageWords.number), edition.number],
        [
          say(editionPageWords.root),
          <a class="link-target" href={`/trust/roots/${String(edition.root.number)}`}>
            {say(editionPageWords.rootNumber, { number: edition.root.number })}
          </a>,
        ],
      ]}
    />
  );
}

function Previous(props: { readonly edition: EditionFacts }) {
  const say = useSay();
  const language = useLanguage();
  const { previous } = props.edition;
  if (previous === null) return <>{say(editionPageWords.firstEdition)}</>;
  if (previous.id === null) return <span class="code">{previous.hash}</span>;
  return (
    <a class="link-target" href={address(`/editions/${previous.id}`, language)}>
      {editionName(language, previous.id)}
    </a>
  );
}

function CountFacts(props: { readonly counts: ChangeCounts }) {
  const say = useSay();
  const kinds = ['added', 'changed', 'removed', 'unchanged'] as const;
  return (
    <Facts
      rows={kinds.map((kind) => [
        say(listPageWords[kind]),
        <span class="figures" data-count={kind}>
          {props.counts[kind]}
        </span>,
      ])}
    />
  );
}

function Parts(props: { readonly edition: EditionFacts }) {
  const say = useSay();
  const language = useLanguage();
  return (
    <Table
      caption={say(editionPageWords.partsCaption)}
      keyOf={({ party }) => party}
      rows={props.edition.parts}
      columns={[
        {
          label: say(listPageWords.city),
          show: ({ party }) => (
            <a class="link-target" href={address('/list', language, { city: party })}>
              <span>
                <PartyName code={party} />
              </span>
            </a>
          ),
        },
        { label: say(editionPageWords.entries), show: ({ count }) => count, isNumber: true },
        {
          label: say(editionPageWords.hash),
          show: ({ hash }) => <span class="code">{hash}</span>,
        },
      ]}
    />
  );
}
