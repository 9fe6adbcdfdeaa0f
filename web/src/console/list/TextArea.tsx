import { useEffect, useId, useRef } from 'preact/hooks';

/** A labelled text of several lines; once it is wrong it takes the focus. */
export function TextArea(props: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly wrong?: string | undefined;
}) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { hint, wrong } = props;
  useEffect(() => {
    if (wrong !== undefined) area.current?.focus();
  }, [wrong]);
  const notes = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(wrong === undefined ? [] : [`${id}-wrong`]),
  ].join(' ');
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {hint === undefined ? null : (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {wrong === undefined ? null : (
        <span class="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
      <textarea
        id={id}
        ref={area}
        rows={4}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        {...(notes === '' ? {} : { 'aria-describedby': notes })}
        {...(wrong === undefined ? {} : { 'aria-invalid': true })}
      />
    </div>
  );
}
