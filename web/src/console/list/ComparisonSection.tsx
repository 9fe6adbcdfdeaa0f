import type {
  ComparedEntry,
  ChangeKind,
  EditionComparison,
  PartyComparison,
} from '../../kit/api/list-office.ts';
import { useState } from 'preact/hooks';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { PartyName, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { useConsole } from '../session.tsx';
import { ChangesTable, KindMark } from './Changes.tsx';
import { draftWords } from './draft-words.ts';
import { editionWords } from './edition-words.ts';
import { formWords } from './form-words.ts';

const SHOWN = 200;
const kinds: readonly ChangeKind[] = ['added', 'changed', 'removed'];

/** What an edition changes: counted, then city by city, field by field, with the reasons. */
export function ComparisonSection(props: { readonly number: number; readonly state: string }) {
  const say = useSay();
  const path = `/console/api/editions/${String(props.number)}/comparison`;
  const { remote, askAgain } = useConsole<EditionComparison>(path, 60);
  return (
    <Section title={say(editionWords.comparison)}>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ parties }) => parties.length === 0}
        empty={<p>{say(editionWords.notHandedIn)}</p>}
      >
        {({ parties, previous }) => (
          <>
            {previous === null ? <p>{say(editionWords.comparisonFirst)}</p> : null}
            <Counts parties={parties} />
            {parties.map((party) => (
              <PartyChanges key={party.party} compared={party} />
            ))}
          </>
        )}
      </RemoteView>
    </Section>
  );
}

function sum(parties: readonly PartyComparison[], of: (party: PartyComparison) => number): number {
  return parties.reduce((total, party) => total + of(party), 0);
}

function feedbackOf(party: PartyComparison, of: 'errors' | 'wishes'): number {
  const entries = [...party.added, ...party.changed, ...party.removed];
  return entries.reduce((total, { feedback }) => total + (feedback?.[of] ?? 0), 0);
}

function Counts(props: { readonly parties: readonly PartyComparison[] }) {
  const say = useSay();
  const { parties } = props;
  const hasFeedback = parties.some((party) =>
    [...party.added, ...party.changed, ...party.removed].some(({ feedback }) => feedback !== null),
  );
  const rows = [...parties.map((party) => [party]), ...(parties.length > 1 ? [parties] : [])];
  const count = (label: string, of: (party: PartyComparison) => number) => ({
    label,
    show: (row: readonly PartyComparison[]) => String(sum(row, of)),
    isNumber: true,
  });
  return (
    <Table
      caption={say(editionWords.countsCaption)}
      rows={rows}
      keyOf={(row) => (row.length === 1 ? (row[0]?.party ?? '') : 'all')}
      columns={[
        {
          label: say(editionWords.city),
          show: (row) =>
            row.length === 1 ? (
              <PartyName code={row[0]?.party ?? ''} />
            ) : (
              say(editionWords.allCities)
            ),
        },
        ...kinds.map((kind) => count(say(draftWords[kind]), (party) => party[kind].length)),
        count(say(draftWords.unchanged), ({ unchanged }) => unchanged),
        count(say(editionWords.total), (party) => party.count),
        ...(hasFeedback
          ? [
              count(say(editionWords.reports), (party) => feedbackOf(party, 'errors')),
              count(say(editionWords.wishes), (party) => feedbackOf(party, 'wishes')),
            ]
          : []),
      ]}
    />
  );
}

function PartyChanges(props: { readonly compared: PartyComparison }) {
  const say = useSay();
  const language = useLanguage();
  const { compared } = props;
  const all = kinds.flatMap((kind) => compared[kind].map((entry) => ({ kind, entry })));
  const [isOpen, setOpen] = useState(all.length <= 12);
  const city = cityText(language, compared.party);
  if (compared.hash === null) {
    return (
      <p>
        <PartyName code={compared.party} />: {say(editionWords.noPart)}
      </p>
    );
  }
  if (all.length === 0) return null;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(editionWords.showChanges, { city, count: all.length })}</summary>
      {isOpen ? (
        <ol class="entries-list">
          {all.slice(0, SHOWN).map(({ kind, entry }) => (
            <Compared key={entry.id} kind={kind} entry={entry} />
          ))}
        </ol>
      ) : null}
      {all.length > SHOWN ? <p>{say(editionWords.shownOnly, { count: SHOWN })}</p> : null}
    </details>
  );
}

function Compared(props: { readonly kind: ChangeKind; readonly entry: ComparedEntry }) {
  const say = useSay();
  const { kind, entry } = props;
  const { feedback, fields = [] } = entry;
  return (
    <li class="stack">
      <div>
        <KindMark kind={kind} />{' '}
        <strong>
          <ListText text={entry.name} unmarked />
        </strong>{' '}
        <span class="code small muted">{entry.id}</span>
        <span class="below">
          {say(formWords.reason)}:{' '}
          {entry.reason === null ? (
            say(editionWords.noReason)
          ) : (
            <ListText text={entry.reason} unmarked />
          )}
        </span>
        {feedback === null || feedback.errors + feedback.wishes === 0 ? null : (
          <span class="below">{say(editionWords.feedbackOf, feedback)}</span>
        )}
      </div>
      {fields.length === 0 ? null : <ChangesTable changes={fields} />}
    </li>
  );
}
