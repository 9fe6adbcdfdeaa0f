import type { Language } from './language.ts';

/** English may need a singular; Chinese never does. `{count}` chooses the form. */
export type Plural = { readonly one: string; readonly other: string };

/** One text in every language. A language left out does not compile. */
export type Message = {
  readonly 'zh-CN': string;
  readonly 'zh-TW': string;
  readonly en: string | Plural;
};

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type Value = string | number;

/** The values that a message asks for, read from its zh-CN text: `{days}` → `{ days: … }`. */
export type ValuesOf<M extends Message> = string extends M['zh-CN']
  ? [values?: Readonly<Record<string, Value>>]
  : [NamesIn<M['zh-CN']>] extends [never]
    ? []
    : [values: Readonly<Record<NamesIn<M['zh-CN']>, Value>>];

/** Declares a table of messages; keys and languages are checked by the compiler. */
export function defineMessages<const Table extends Readonly<Record<string, Message>>>(
  table: Table,
): Table {
  return table;
}

/** Says a message in one language, its `{names}` replaced by the values. */
export function say<M extends Message>(
  language: Language,
  message: M,
  ...[values]: ValuesOf<M>
): string {
  const given: Readonly<Record<string, Value>> = values ?? {};
  return chooseForm(language, message, given).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = given[name];
    return value === undefined ? whole : String(value);
  });
}

function chooseForm(
  language: Language,
  message: Message,
  values: Readonly<Record<string, Value>>,
): string {
  const form = message[language];
  if (typeof form === 'string') return form;
  const rule = new Intl.PluralRules(language).select(Number(values['count']));
  return rule === 'one' ? form.one : form.other;
}

/** Says messages in one language; what `useSay` gives to components. */
export type Say = <M extends Message>(message: M, ...values: ValuesOf<M>) => string;

/** `say` with its language fixed. */
export function sayIn(language: Language): Say {
  return (message, ...values) => say(language, message, ...values);
}
