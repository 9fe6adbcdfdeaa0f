/** A labelled select of a form that is sent without a script. */
export function ChoiceField(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  /** The choice that stands for none; left out, one of the options must be chosen. */
  readonly all?: string;
  readonly options: readonly (readonly [value: string, label: string])[];
}) {
  const { name, label, value, all, options } = props;
  const id = `choose-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name}>
        {all === undefined ? null : (
          <option value="" selected={value === null}>
            {all}
          </option>
        )}
        {options.map(([each, text]) => (
          <option key={each} value={each} selected={each === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
