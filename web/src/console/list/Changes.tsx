import type { FieldChange } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { fieldName } from '../../kit/field-text.ts';
import type { Message } from '../../kit/messages.ts';
import { Mark } from '../../kit/Notice.tsx';
import { PlainText } from '../../kit/PlainText.tsx';
import { ShownValue } from '../../kit/ShownValue.tsx';
import { Table } from '../../kit/Table.tsx';
import type { ChangeKind } from '../../kit/api/list-office.ts';
import { draftWords } from './draft-words.ts';

const marks = { added: 'good', changed: 'caution', removed: 'danger' } as const;

export function KindMark(props: { readonly kind: ChangeKind | null }) {
  const say = useSay();
  const { kind } = props;
  if (kind === null) return <span class="muted">{say(draftWords.unchanged)}</span>;
  return <Mark kind={marks[kind]}>{say(draftWords[kind])}</Mark>;
}

/** Member by member, what it was beside what it is. */
export function ChangesTable(props: {
  readonly changes: readonly FieldChange[];
  readonly before?: Message;
  readonly after?: Message;
}) {
  const say = useSay();
  const language = useLanguage();
  const { changes, before = draftWords.before, after = draftWords.after } = props;
  return (
    <Table
      caption={say(draftWords.differenceCaption, { count: changes.length })}
      rows={changes}
      keyOf={({ path }) => path}
      columns={[
        {
          label: say(draftWords.field),
          show: ({ path }) => <PlainText text={fieldName(language, path)} />,
        },
        {
          label: say(before),
          show: (change) => <ShownValue path={change.path} value={change.before} />,
        },
        {
          label: say(after),
          show: (change) => <ShownValue path={change.path} value={change.after} />,
        },
      ]}
    />
  );
}
