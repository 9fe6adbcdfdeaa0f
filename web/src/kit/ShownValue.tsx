import type { Json, LocalText } from '@tongyu/protocol';
import { useLanguage, useSay } from './context.tsx';
import { ListText, PlainText } from './PlainText.tsx';
import { fieldName, valueText } from './field-text.ts';
import { valueWords } from './member-words.ts';

/** A member's value as a reader takes it: texts in their language, lists as lists. */
export function ShownValue(props: { readonly path: string; readonly value: Json | undefined }) {
  const say = useSay();
  const { path, value } = props;
  if (value === undefined || value === null || (isList(value) && value.length === 0)) {
    return <span class="muted">{say(valueWords.nothing)}</span>;
  }
  if (isList(value)) return <ListValue path={path} values={value} />;
  if (typeof value !== 'object') return <Plain path={path} value={value} />;
  if (typeof value['zhCN'] === 'string') return <ListText text={value as LocalText} unmarked />;
  return <Members path={path} members={Object.entries(value)} />;
}

function Plain(props: { readonly path: string; readonly value: string | number | boolean }) {
  const { text, lang } = valueText(useLanguage(), props.path, props.value);
  return <PlainText text={text} lang={lang} />;
}

function ListValue(props: { readonly path: string; readonly values: readonly Json[] }) {
  const { path, values } = props;
  return (
    <ul class={values.some((one) => typeof one === 'object') ? 'value-list' : 'inline-list'}>
      {values.map((value, i) => (
        <li key={i}>
          <ShownValue path={path} value={value} />
        </li>
      ))}
    </ul>
  );
}

function Members(props: {
  readonly path: string;
  readonly members: readonly (readonly [string, Json])[];
}) {
  const language = useLanguage();
  return (
    <>
      {props.members.map(([name, value]) => (
        <span class="place-line" key={name}>
          <span class="muted">{fieldName(language, name)}</span>{' '}
          <ShownValue path={`${props.path}.${name}`} value={value} />
        </span>
      ))}
    </>
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
