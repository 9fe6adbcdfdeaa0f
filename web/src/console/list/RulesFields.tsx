import type { Json } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Select } from '../../kit/Controls.tsx';
import { formatFen } from '../../kit/dates.ts';
import { listWords } from '../../kit/list-words.ts';
import { memberWords } from '../../kit/member-words.ts';
import { cityText } from '../../kit/service-text.ts';
import { Optional, Pair, useOptions, usePartyOptions } from './EntryForm.tsx';
import { ChoicesAt, ItemsAt, SelectAt, TextAt, WordsAt } from './fields.tsx';
import { useAt } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { whole, yuan } from './spellings.ts';

const noWords = { zhCN: '', zhTW: null, en: null };
const classes = [0, 1, 2, 3, 4, 5, 6] as const;

/** A rule with all its members and nothing to say yet. */
export const freshRule = {
  id: '',
  name: noWords,
  class: 0,
  residences: [],
  benefit: { kind: 'share', permille: 500 },
  funder: { kind: 'operator' },
  reciprocity: 'unilateral',
  agreement: noWords,
  from: '',
  until: null,
  perDay: null,
} as const satisfies Json;

export function RulesFields() {
  const say = useSay();
  return (
    <>
      <p class="small muted">{say(formWords.funderHint)}</p>
      <ItemsAt
        path="rules"
        nameOf={(number) => say(formWords.rule, { number })}
        add={say(formWords.addRule)}
        fresh={() => freshRule}
        draw={(path) => (
          <>
            <RuleFields path={path} />
            <FunderFields path={`${path}.funder`} />
          </>
        )}
      />
    </>
  );
}

/** All of a rule but who pays for it. */
export function RuleFields(props: { readonly path: string }) {
  const say = useSay();
  const options = useOptions();
  const { path } = props;
  return (
    <>
      <Pair>
        <TextAt
          path={`${path}.id`}
          label={say(formWords.ruleId)}
          hint={say(formWords.ruleIdHint)}
        />
        <SelectAt
          path={`${path}.class`}
          label={say(memberWords.class)}
          options={classes.map((each) => [String(each), say(listWords[`class${each}`])])}
        />
      </Pair>
      <WordsAt path={`${path}.name`} label={say(memberWords.name)} />
      <ChoicesAt
        path={`${path}.residences`}
        label={say(memberWords.residences)}
        options={usePartyOptions()}
      />
      <BenefitFields path={`${path}.benefit`} />
      <Pair>
        <SelectAt
          path={`${path}.reciprocity`}
          label={say(memberWords.reciprocity)}
          options={options(['unilateral', 'mutual'])}
        />
        <TextAt
          path={`${path}.from`}
          label={say(memberWords.from)}
          hint={say(formWords.dateHint)}
        />
        <TextAt
          path={`${path}.until`}
          label={say(memberWords.until)}
          hint={say(formWords.untilHint)}
          mark={<Optional />}
          nullable
        />
        <TextAt
          path={`${path}.perDay`}
          label={say(memberWords.perDay)}
          hint={say(formWords.perDayHint)}
          mark={<Optional />}
          spelling={whole}
          nullable
        />
      </Pair>
      <WordsAt path={`${path}.agreement`} label={say(memberWords.agreement)} />
    </>
  );
}

function BenefitFields(props: { readonly path: string }) {
  const say = useSay();
  const options = useOptions();
  const { path } = props;
  const { value, set } = useAt(path);
  const isPrice = (value as { readonly kind?: Json } | null | undefined)?.kind === 'price';
  const fresh: Readonly<Record<string, Json>> = {
    price: { kind: 'price', priceFen: '' },
    share: { kind: 'share', permille: 500 },
  };
  return (
    <Pair>
      <Select
        label={say(formWords.benefitKind)}
        value={isPrice ? 'price' : 'share'}
        options={options(['price', 'share'])}
        onSelect={(kind) => set(fresh[kind])}
      />
      {isPrice ? (
        <TextAt path={`${path}.priceFen`} label={say(formWords.benefitYuan)} spelling={yuan} />
      ) : (
        <TextAt
          path={`${path}.permille`}
          label={say(formWords.benefitShare)}
          hint={say(formWords.shareHint)}
          spelling={whole}
        />
      )}
    </Pair>
  );
}

/** Operator or city; another city's part is only shown, since it takes that city's signature. */
function FunderFields(props: { readonly path: string }) {
  const say = useSay();
  const language = useLanguage();
  const options = useOptions();
  const { value, set } = useAt(props.path);
  const funder = (value ?? {}) as Readonly<Record<string, Json>>;
  const text = (name: string) => {
    const member = funder[name];
    return typeof member === 'string' ? member : '';
  };
  const isParty = text('kind') === 'party';
  return (
    <>
      <Select
        label={say(memberWords.funder)}
        value={text('kind')}
        options={options(isParty ? ['operator', 'host', 'party'] : ['operator', 'host'])}
        onSelect={(kind) => (kind === 'party' ? undefined : set({ kind }))}
      />
      {isParty ? (
        <p class="small" id={`at-${props.path}`} tabIndex={-1}>
          {say(formWords.funderParty, {
            city: cityText(language, text('party')),
            ceiling: formatFen(language, Number(funder['ceilingFen'])),
          })}
        </p>
      ) : null}
    </>
  );
}
