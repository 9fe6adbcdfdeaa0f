import type { ListedErratum } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { ListText, PlainText } from '../../kit/PlainText.tsx';
import { Table } from '../../kit/Table.tsx';
import { address } from '../address.ts';
import { fieldName } from '../../kit/field-text.ts';
import { Moment } from './frame.tsx';
import { listPageWords } from './words.ts';

/** Dated corrections, beside what was published and never in it. */
export function Errata(props: { readonly errata: readonly ListedErratum[] }) {
  const say = useSay();
  const language = useLanguage();
  const { errata } = props;
  return (
    <aside class="section stack" id="errata">
      <h2>{say(listPageWords.errata)}</h2>
      {errata.length === 0 ? (
        <p>
          {say(listPageWords.noErrata)}{' '}
          <span class="small muted">{say(listPageWords.errataNote)}</span>
        </p>
      ) : (
        <Table
          caption={say(listPageWords.errataNote)}
          keyOf={({ party, number }) => `${party}-${String(number)}`}
          rows={errata}
          columns={[
            {
              label: say(listPageWords.date),
              show: ({ time }) => <Moment seconds={time} isDay />,
            },
            {
              label: say(listPageWords.service),
              show: ({ entry }) => (
                <a class="link-target code" href={address(`/list/${entry}`, language)}>
                  {entry}
                </a>
              ),
            },
            {
              label: say(listPageWords.field),
              show: ({ field }) =>
                field === null ? '–' : <PlainText text={fieldName(language, field)} />,
            },
            {
              label: say(listPageWords.correction),
              show: ({ correction }) => <ListText text={correction} />,
            },
          ]}
        />
      )}
    </aside>
  );
}
