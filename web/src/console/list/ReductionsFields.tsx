import type { Json } from '@tongyu/protocol';
import { useSay } from '../../kit/context.tsx';
import { memberWords, valueWords } from '../../kit/member-words.ts';
import { Pair, useOptions } from './EntryForm.tsx';
import { SelectAt, TextAt } from './fields.tsx';
import { idOf, useAt } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { whole, yuan } from './spellings.ts';

/** In the order in which they are taken off (LIST-2.7). */
const KINDS = ['transfer', 'daily-cap'] as const;
type Kind = (typeof KINDS)[number];

const fresh: Readonly<Record<Kind, Json>> = {
  transfer: { kind: 'transfer', withinMinutes: 90, lessFen: '', funder: 'operator' },
  'daily-cap': { kind: 'daily-cap', capFen: '', funder: 'operator' },
};

/** What is taken off by the day's other journeys: each kind is there or not, in its one order. */
export function ReductionsFields() {
  const say = useSay();
  const { value, set, wrong } = useAt('reductions');
  const items = Array.isArray(value) ? (value as readonly Json[]) : [];
  const placeOf = (kind: Kind): number => items.findIndex((item) => kindOf(item) === kind);
  const toggle = (kind: Kind): void => {
    const wanted = KINDS.filter((each) => placeOf(each) >= 0 !== (each === kind));
    set(wanted.map((each) => items[placeOf(each)] ?? fresh[each]));
  };
  return (
    <fieldset id={idOf('reductions')} tabIndex={-1}>
      <legend>{say(memberWords.reductions)}</legend>
      <p class="small muted">{say(formWords.reductionsHint)}</p>
      {wrong === undefined ? null : <p class="small wrong">{wrong}</p>}
      {KINDS.map((kind) => {
        const place = placeOf(kind);
        return (
          <div class="stack" key={kind}>
            <label class="choice">
              <input type="checkbox" checked={place >= 0} onChange={() => toggle(kind)} />
              {say(valueWords[kind])}
            </label>
            {place < 0 ? null : (
              <ReductionFields kind={kind} path={`reductions[${String(place)}]`} />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function ReductionFields(props: { readonly kind: Kind; readonly path: string }) {
  const say = useSay();
  const options = useOptions();
  const { kind, path } = props;
  return (
    <Pair>
      {kind === 'transfer' ? (
        <>
          <TextAt
            path={`${path}.withinMinutes`}
            label={say(formWords.withinMinutes)}
            spelling={whole}
          />
          <TextAt path={`${path}.lessFen`} label={say(formWords.lessYuan)} spelling={yuan} />
        </>
      ) : (
        <TextAt path={`${path}.capFen`} label={say(formWords.capYuan)} spelling={yuan} />
      )}
      <SelectAt
        path={`${path}.funder`}
        label={say(memberWords.funder)}
        options={options(['operator', 'host'])}
      />
    </Pair>
  );
}

function kindOf(item: Json): Json | undefined {
  return (item as { readonly kind?: Json } | null)?.kind;
}
