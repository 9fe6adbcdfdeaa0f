import type { Json } from '@tongyu/protocol';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useSay } from '../../kit/context.tsx';
import { Button } from '../../kit/Controls.tsx';
import { formWords } from './form-words.ts';
import { idOf, useAt, useForm } from './form-state.tsx';

type Labelled = { readonly path: string; readonly label: string; readonly hint?: string };

/** Label, hint and fault around one control. */
function Framed(
  props: Labelled & {
    readonly wrong: string | undefined;
    readonly mark?: ComponentChildren;
    readonly children: ComponentChildren;
  },
) {
  const id = idOf(props.path);
  return (
    <div class="field">
      <label for={id}>
        {props.label}
        {props.mark}
      </label>
      {props.hint === undefined ? null : (
        <span class="hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
      {props.wrong === undefined ? null : (
        <span class="wrong" id={`${id}-wrong`}>
          {props.wrong}
        </span>
      )}
      {props.children}
    </div>
  );
}

function described(path: string, hint: string | undefined, wrong: string | undefined) {
  const id = idOf(path);
  const notes = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(wrong === undefined ? [] : [`${id}-wrong`]),
  ].join(' ');
  return {
    id,
    ...(notes === '' ? {} : { 'aria-describedby': notes }),
    ...(wrong === undefined ? {} : { 'aria-invalid': true as const }),
  };
}

/** How a value that is no text stands in a text field, and back; undefined is no such value. */
export type Spelling = {
  readonly show: (value: Json) => string;
  readonly read: (typed: string) => Json | undefined;
};

/**
 * One line of text. What cannot be read as the value that it should be stays in the form as typed,
 * where its shape then finds it.
 * @param nullable empty is null
 */
export function TextAt(
  props: Labelled & {
    readonly nullable?: boolean;
    readonly spelling?: Spelling;
    readonly mark?: ComponentChildren;
    readonly long?: boolean;
    readonly lang?: string;
  },
) {
  const { value, set, wrong } = useAt(props.path);
  const { spelling = plain } = props;
  const read = (typed: string): Json => {
    if (typed.trim() === '') return props.nullable === true ? null : '';
    return spelling.read(typed.trim()) ?? typed;
  };
  const [typed, setTyped] = useState('');
  const shown = sameJson(read(typed), value) ? typed : showValue(spelling, value);
  const shared = {
    ...described(props.path, props.hint, wrong),
    value: shown,
    autocomplete: 'off' as const,
    ...(props.lang === undefined ? {} : { lang: props.lang }),
    onInput: (event: { currentTarget: { value: string } }) => {
      const next = event.currentTarget.value.replace(/[\r\n]+/g, ' ');
      setTyped(next);
      set(read(next));
    },
  };
  return (
    <Framed {...props} wrong={wrong}>
      {props.long === true ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />}
    </Framed>
  );
}

const plain: Spelling = { show: String, read: (typed) => typed };

function showValue(spelling: Spelling, value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : spelling.show(value);
}

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Chinese is required; the other two are shown as missing while they are empty. */
export function WordsAt(
  props: Labelled & { readonly long?: boolean; readonly onDrop?: () => void },
) {
  const say = useSay();
  const { path, label, hint } = props;
  const { value, wrong } = useAt(path);
  const words = (value ?? {}) as Readonly<Record<string, Json>>;
  const mark = (name: 'zhTW' | 'en') =>
    (words[name] ?? null) === null ? (
      <span class="missing-mark">{say(formWords.missing)}</span>
    ) : null;
  const long = props.long === true ? { long: true as const } : {};
  return (
    <fieldset id={idOf(path)} tabIndex={-1} class="words">
      <legend>{label}</legend>
      {hint === undefined ? null : <p class="small muted">{hint}</p>}
      {wrong === undefined ? null : <p class="small wrong">{wrong}</p>}
      <div class="three">
        <TextAt path={`${path}.zhCN`} label={say(formWords.zhCN)} lang="zh-CN" {...long} />
        <TextAt
          path={`${path}.zhTW`}
          label={say(formWords.zhTW)}
          lang="zh-TW"
          nullable
          mark={mark('zhTW')}
          {...long}
        />
        <TextAt
          path={`${path}.en`}
          label={say(formWords.en)}
          lang="en"
          nullable
          mark={mark('en')}
          {...long}
        />
      </div>
    </fieldset>
  );
}

export function SelectAt(
  props: Labelled & { readonly options: readonly (readonly [value: string, label: string])[] },
) {
  const { value, set, wrong } = useAt(props.path);
  return (
    <Framed {...props} wrong={wrong}>
      <select
        {...described(props.path, props.hint, wrong)}
        value={typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          set(typeof value === 'number' ? Number(chosen) : chosen);
        }}
      >
        {props.options.map(([each, label]) => (
          <option key={each} value={each}>
            {label}
          </option>
        ))}
      </select>
    </Framed>
  );
}

/** Some of a closed list, kept in the list's own order. */
export function ChoicesAt(
  props: Labelled & {
    readonly options: readonly (readonly [value: string | number, label: string])[];
  },
) {
  const { value, set, wrong } = useAt(props.path);
  const chosen = Array.isArray(value) ? (value as readonly Json[]) : [];
  const id = idOf(props.path);
  const toggle = (each: string | number) => {
    const has = chosen.includes(each);
    const next = props.options.map(([one]) => one);
    set(next.filter((one) => (one === each ? !has : chosen.includes(one))));
  };
  return (
    <fieldset {...described(props.path, props.hint, wrong)} tabIndex={-1}>
      <legend>{props.label}</legend>
      {props.hint === undefined ? null : (
        <p class="small muted" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {wrong === undefined ? null : (
        <p class="small wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
      <div class="choices">
        {props.options.map(([each, label]) => (
          <label class="choice" key={each}>
            <input type="checkbox" checked={chosen.includes(each)} onChange={() => toggle(each)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A rare nested part as JSON, looked at by the same shape as everything else. */
export function JsonAt(props: Labelled) {
  const say = useSay();
  const { value, set, wrong } = useAt(props.path);
  const { faults } = useForm();
  const [typed, setTyped] = useState(() => JSON.stringify(value, null, 2));
  const [broken, setBroken] = useState<string>();
  const inside = faults.filter(({ path }) => path.startsWith(`${props.path}.`));
  const places = inside.map(({ path }) => path).join(', ');
  const said = broken ?? wrong ?? (places === '' ? undefined : places);
  return (
    <Framed {...props} wrong={said}>
      <textarea
        {...described(props.path, props.hint, said)}
        rows={12}
        class="code"
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          const next = event.currentTarget.value;
          setTyped(next);
          try {
            set(JSON.parse(next) as Json);
            setBroken(undefined);
          } catch (error) {
            const what = error instanceof Error ? error.message : '';
            setBroken(say(formWords.jsonWrong, { what }));
            set(next);
          }
        }}
      />
    </Framed>
  );
}

/** Items of a list, each with its heading and a way out of the list. */
export function ItemsAt(props: {
  readonly path: string;
  readonly nameOf: (number: number) => string;
  readonly add: string;
  readonly fresh: () => Json;
  readonly draw: (path: string) => ComponentChildren;
}) {
  const say = useSay();
  const { value, set, wrong } = useAt(props.path);
  const form = useForm();
  const items = Array.isArray(value) ? (value as readonly Json[]) : [];
  return (
    <div class="stack" id={idOf(props.path)} tabIndex={-1}>
      {wrong === undefined ? null : <p class="small wrong">{wrong}</p>}
      {items.map((_, i) => {
        const path = `${props.path}[${String(i)}]`;
        const name = props.nameOf(i + 1);
        return (
          <div
            class="item stack"
            key={path}
            id={idOf(path)}
            tabIndex={-1}
            role="group"
            aria-label={name}
          >
            <div class="row item-head">
              <h4>{name}</h4>
              <Button tone="danger" onPress={() => form.set(path, undefined)}>
                {say(formWords.dropPart, { what: name })}
              </Button>
            </div>
            {props.draw(path)}
          </div>
        );
      })}
      <div>
        <Button onPress={() => set([...items, props.fresh()])}>{props.add}</Button>
      </div>
    </div>
  );
}
