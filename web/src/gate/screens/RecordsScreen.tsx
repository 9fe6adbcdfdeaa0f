import { REFUSAL_WORDS } from '@tongyu/domain';
import { useEffect, useState } from 'preact/hooks';
import type { Tap } from '@tongyu/protocol';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import { Table, type Column } from '../../kit/Table.tsx';
import { verdictWords } from '../../kit/words.ts';
import type { ReadyView } from '../controller.ts';
import { exportText } from '../terminal/city-link.ts';
import {
  isForLater,
  type OutboxRow,
  type RefusedRow,
  type SentRow,
} from '../terminal/gate-store.ts';
import { gateWords } from '../words.ts';

type Lists = {
  readonly pending: readonly OutboxRow[];
  readonly refused: readonly RefusedRow[];
  readonly sent: readonly SentRow[];
};

const shownRows = 100;

/** G3: what waits, what the city refused, what is sent. The refused list never empties itself. */
export function RecordsScreen(props: {
  readonly view: ReadyView;
  readonly onSend: () => Promise<void>;
}) {
  const say = useSay();
  const { view } = props;
  const [lists, setLists] = useState<Lists>({ pending: [], refused: [], sent: [] });
  useEffect(() => {
    let isCurrent = true;
    void loadLists(view).then((loaded) => isCurrent && setLists(loaded));
    return () => {
      isCurrent = false;
    };
  }, [view]);
  const { pending, refused, sent } = lists;
  return (
    <div class="stack wide">
      <Section title={`${say(gateWords.pendingTitle)} ${String(view.pending)}`}>
        <div class="row">
          <Button primary onPress={() => void props.onSend()}>
            {say(gateWords.sendNow)}
          </Button>
          <Button
            disabled={pending.length + refused.length === 0}
            onPress={() => download(exportText([...refused, ...pending]))}
          >
            {say(gateWords.export)}
          </Button>
        </div>
        <TapList rows={pending} list="pending" empty={say(gateWords.pendingNone)} />
      </Section>
      <Section title={`${say(gateWords.refusedTitle)} ${String(view.refused)}`}>
        {refused.every(isForLater) ? null : (
          <Notice kind="danger">{say(gateWords.refusedBody)}</Notice>
        )}
        {refused.some(isForLater) ? (
          <Notice kind="caution">{say(gateWords.forLater)}</Notice>
        ) : null}
        <TapList rows={refused} list="refused" empty={say(gateWords.refusedNone)} />
      </Section>
      <Section title={say(gateWords.sentTitle)}>
        <TapList rows={sent} list="sent" empty={say(gateWords.sentNone)} />
      </Section>
    </div>
  );
}

async function loadLists({ gate }: ReadyView): Promise<Lists> {
  const { store } = gate;
  const [pending, refused, sent] = await Promise.all([
    store.pending(10_000),
    store.refused(),
    store.sent(),
  ]);
  return { pending, refused, sent: [...sent].reverse() };
}

type Row = { readonly number: number; readonly tap: Tap; readonly refusal?: string };

const marks = { pass: 'good', check: 'caution', refuse: 'danger', unknown: 'none' } as const;

function TapList(props: {
  readonly rows: readonly Row[];
  readonly list: string;
  readonly empty: string;
}) {
  const say = useSay();
  const language = useLanguage();
  if (props.rows.length === 0) return <p class="muted">{props.empty}</p>;
  const columns: readonly Column<Row>[] = [
    { label: say(gateWords.number), show: (row) => row.number },
    { label: say(gateWords.time), show: (row) => formatMoment(language, row.tap.time) },
    {
      label: say(gateWords.verdict),
      show: ({ tap }) => <Mark kind={marks[tap.verdict]}>{say(verdictWords[tap.verdict])}</Mark>,
    },
    {
      label: say(gateWords.reason),
      show: ({ tap, refusal }) =>
        refusal === undefined ? reasonOf(tap, language) : <span class="code">{refusal}</span>,
    },
  ];
  return (
    <div data-list={props.list} data-count={props.rows.length}>
      <Table
        caption=""
        columns={columns}
        rows={props.rows.slice(0, shownRows)}
        keyOf={(row) => String(row.number)}
      />
    </div>
  );

  function reasonOf(tap: Tap, shown: typeof language): string {
    if (tap.assistedReason !== null) {
      return `${say(gateWords.assist)} · ${say(gateWords[tap.assistedReason])}`;
    }
    const known = Object.entries(REFUSAL_WORDS).find(([code]) => code === tap.refusal);
    return known?.[1].reason[shown] ?? tap.refusal ?? '—';
  }
}

/** Hands the text to the browser as a file; nothing leaves the device. */
function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'tongyu-taps.jsonl';
  link.click();
  URL.revokeObjectURL(url);
}
