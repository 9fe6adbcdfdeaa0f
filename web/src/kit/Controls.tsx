import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useReading, useSay } from './context.tsx';
import { languageNames, languages, isLanguage } from './language.ts';
import { textSizes } from './settings.ts';
import { kitWords } from './words.ts';

/** A button of at least 44 px (60 in elder mode). `tone` danger is for what cannot be undone. */
export function Button(props: {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  readonly primary?: boolean;
  readonly tone?: 'danger';
  readonly wide?: boolean;
  readonly disabled?: boolean;
}) {
  const names = ['button', props.tone ?? ''];
  if (props.primary === true) names.push('primary');
  if (props.wide === true) names.push('wide');
  return (
    <button
      type="button"
      class={names.filter(Boolean).join(' ')}
      disabled={props.disabled === true}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

/** A labelled text input; `wrong` is read with it and marks it. */
export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly wrong?: string | undefined;
  readonly inputMode?: 'numeric' | 'url';
  readonly name?: string;
}) {
  const id = useId();
  const notes = [
    ...(props.hint === undefined ? [] : [`${id}-hint`]),
    ...(props.wrong === undefined ? [] : [`${id}-wrong`]),
  ].join(' ');
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
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
      <input
        id={id}
        type="text"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        autocomplete="off"
        {...(props.name === undefined ? {} : { name: props.name })}
        {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
        {...(notes === '' ? {} : { 'aria-describedby': notes })}
        {...(props.wrong === undefined ? {} : { 'aria-invalid': true })}
      />
    </div>
  );
}

/** A labelled native select; `wrong` is read with it and marks it. */
export function Select<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, label: string, lang?: string])[];
  readonly onSelect: (value: Value) => void;
  readonly wrong?: string | undefined;
}) {
  const id = useId();
  const { wrong } = props;
  const marks =
    wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` };
  const select = (value: string) => {
    const chosen = props.options.find(([each]) => each === value);
    if (chosen !== undefined) props.onSelect(chosen[0]);
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {wrong === undefined ? null : (
        <span class="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
      <select
        id={id}
        value={props.value}
        onChange={(event) => select(event.currentTarget.value)}
        {...marks}
      >
        {props.options.map(([value, label, lang]) => (
          <option key={value} value={value} {...(lang === undefined ? {} : { lang })}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A modal on the native element: Esc closes it, focus goes back to where it was. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener.current instanceof HTMLElement) opener.current.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={props.onClose}>
      <div class="stack">
        <h2 id={id}>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  );
}

/** Text size, elder mode and language: the same panel on every face. */
export function SettingsPanel() {
  const say = useSay();
  const { settings, change } = useReading();
  const group = useId();
  return (
    <div class="stack">
      <Select
        label={say(kitWords.language)}
        value={settings.language}
        options={languages.map((each) => [each, languageNames[each], each] as const)}
        onSelect={(language) => isLanguage(language) && change({ language })}
      />
      <fieldset>
        <legend>{say(kitWords.textSize)}</legend>
        <div class="choices">
          {textSizes.map((size) => (
            <label class="choice" key={size}>
              <input
                type="radio"
                name={group}
                checked={settings.textSize === size}
                onChange={() => change({ textSize: size })}
              />
              {say(kitWords[`size${size}`])}
            </label>
          ))}
        </div>
      </fieldset>
      <Button onPress={() => change({ isElder: !settings.isElder })}>
        {say(settings.isElder ? kitWords.elderModeOff : kitWords.elderModeOn)}
      </Button>
    </div>
  );
}

/** Opens the settings panel in a dialog; one of these stands in the masthead of every face. */
export function SettingsButton() {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{say(kitWords.settings)}</Button>
      {isOpen ? (
        <Dialog title={say(kitWords.settings)} onClose={close}>
          <SettingsPanel />
          <Button primary wide onPress={close}>
            {say(kitWords.close)}
          </Button>
        </Dialog>
      ) : null}
    </>
  );
}
