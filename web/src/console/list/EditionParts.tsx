import type { EditionFault, EditionOpening, ListedEdition } from '../../kit/api/list-office.ts';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { fieldName } from '../../kit/field-text.ts';
import type { Message } from '../../kit/messages.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Facts, Section } from '../../kit/Page.tsx';
import { PlainText } from '../../kit/PlainText.tsx';
import { cityText, citiesText, editionName } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { editionWords } from './edition-words.ts';
import { officeRefusalWords } from './office-refusal-words.ts';

export function Moment(props: { readonly at: number }) {
  const language = useLanguage();
  return <time dateTime={isoMoment(props.at)}>{formatMoment(language, props.at)}</time>;
}

/** What stands of an edition while it is made. */
export function OpeningFacts(props: { readonly opening: EditionOpening }) {
  const say = useSay();
  const language = useLanguage();
  const { opening } = props;
  const { effectiveFrom, hash } = opening;
  return (
    <Facts
      rows={[
        [say(editionWords.state), say(editionWords[opening.state])],
        [say(editionWords.number), String(opening.number)],
        [say(editionWords.opened), <Moment at={opening.opened} />],
        [
          say(editionWords.effectiveFrom),
          effectiveFrom === null ? say(editionWords.atOnce) : <Moment at={effectiveFrom} />,
        ],
        [say(editionWords.members), citiesText(language, opening.members)],
        ...(hash === null
          ? []
          : [[say(editionWords.hash), <span class="code">{hash}</span>] as const]),
      ]}
    />
  );
}

/** What a node found wrong with a part or a candidate, and where. */
export function FaultText(props: { readonly fault: EditionFault }) {
  const say = useSay();
  const language = useLanguage();
  const { code, party, entry, field } = props.fault;
  const known: Readonly<Record<string, Message>> = officeRefusalWords;
  const message = Object.hasOwn(known, code) ? known[code] : undefined;
  return (
    <>
      {message === undefined ? <span class="code">{code}</span> : say(message)}
      {party === undefined ? '' : ` · ${cityText(language, party)}`}
      {entry === undefined ? null : (
        <>
          {' · '}
          <span class="code">{entry}</span>
        </>
      )}
      {field === undefined ? '' : ` · ${fieldName(language, field)}`}
    </>
  );
}

export function OverdueNotice(props: { readonly editions: readonly ListedEdition[] }) {
  const say = useSay();
  if (!props.editions.some(({ isOverdue }) => isOverdue)) return null;
  return <Notice kind="caution">{say(editionWords.overdue)}</Notice>;
}

export function PublishedSection(props: { readonly editions: readonly ListedEdition[] }) {
  const say = useSay();
  const language = useLanguage();
  if (props.editions.length === 0) return null;
  const kinds = { 'in-force': 'good', 'to-come': 'none', past: 'none' } as const;
  return (
    <Section title={say(editionWords.publishedTitle)}>
      <Table
        caption={say(editionWords.publishedCaption)}
        rows={props.editions}
        keyOf={({ number }) => String(number)}
        columns={[
          {
            label: say(editionWords.edition),
            show: ({ id, number }) => (
              <>
                {editionName(language, id)} <span class="muted">{number}</span>
              </>
            ),
          },
          {
            label: say(editionWords.state),
            show: ({ state }) => <Mark kind={kinds[state]}>{say(editionWords[state])}</Mark>,
          },
          {
            label: say(editionWords.effectiveFrom),
            show: ({ effectiveFrom }) => <Moment at={effectiveFrom} />,
          },
          {
            label: say(editionWords.total),
            show: ({ parts }) => String(parts.reduce((sum, { count }) => sum + count, 0)),
          },
          {
            label: say(editionWords.file),
            show: ({ number, id, hash }) => (
              <>
                <a
                  class="link-target"
                  href={`/catalogue/editions/${String(number)}`}
                  download={`tongyu-edition-${id}.json`}
                >
                  {say(editionWords.download)}
                  <span class="visually-hidden"> {id}</span>
                </a>
                <span class="below code small">{hash.slice(0, 16)}…</span>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

export function WithdrawnSection(props: { readonly openings: readonly EditionOpening[] }) {
  const say = useSay();
  const language = useLanguage();
  const withdrawn = props.openings.filter(({ state }) => state === 'withdrawn');
  if (withdrawn.length === 0) return null;
  return (
    <Section title={say(editionWords.withdrawnTitle)}>
      <Table
        caption={say(editionWords.withdrawnCaption)}
        rows={withdrawn}
        keyOf={({ number }) => String(number)}
        columns={[
          {
            label: say(editionWords.edition),
            show: ({ id, number }) => (
              <>
                {editionName(language, id)} <span class="muted">{number}</span>
              </>
            ),
          },
          { label: say(editionWords.at), show: ({ changedAt }) => <Moment at={changedAt} /> },
          {
            label: say(editionWords.reason),
            show: ({ reason }) => (reason === null ? '–' : <ForeignText text={reason} />),
          },
        ]}
      />
    </Section>
  );
}

/** A reason that an office wrote in its own language. */
export function ForeignText(props: { readonly text: string }) {
  const lang = /\p{Script=Han}/u.test(props.text) ? 'zh-CN' : undefined;
  return <PlainText text={props.text} lang={lang} />;
}
