import type { Json } from '@tongyu/protocol';
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { fieldName } from '../../kit/field-text.ts';
import type { Message } from '../../kit/messages.ts';
import type { FormFault } from './entry-faults.ts';
import { valueAt } from './entry-tree.ts';
import { faultWords, formWords } from './form-words.ts';

/** What a form's parts share: the values as typed, and what is wrong with them. */
export type FormState = {
  readonly tree: Json;
  /** Undefined takes an item out of its list. */
  readonly set: (path: string, value: Json | undefined) => void;
  readonly faults: readonly FormFault[];
};

export const FormContext = createContext<FormState>({
  tree: null,
  set: () => undefined,
  faults: [],
});

export function useForm(): FormState {
  return useContext(FormContext);
}

/** The value at a path, the way to change it, and the words of what is wrong with it. */
export function useAt(path: string) {
  const { tree, set, faults } = useForm();
  const faultSentence = useFaultSentence();
  const fault = faults.find((each) => each.path === path);
  return {
    value: valueAt(tree, path),
    set: (value: Json | undefined) => set(path, value),
    wrong: fault === undefined ? undefined : faultSentence(fault),
  };
}

/** What is wrong, in words. */
export function useFaultSentence(): (fault: FormFault) => string {
  const say = useSay();
  const { tree } = useForm();
  const known: Readonly<Record<string, Message>> = faultWords;
  return ({ path, code }) => {
    const message = Object.hasOwn(known, code) ? known[code] : undefined;
    if (message !== undefined) return say(message);
    const value = valueAt(tree, path);
    const isEmpty = value === undefined || value === null || value === '';
    return say(isEmpty ? formWords.empty : formWords.wrong);
  };
}

/** Element of a member of the form. */
export function idOf(path: string): string {
  return `at-${path}`;
}

/** Puts the focus on a member, or on the nearest thing around it that the form shows. */
export function focusAt(path: string): void {
  for (let at = path; at !== ''; at = at.replace(/(\.[^.[\]]+|\[[0-9]+\]|^[^.[\]]+)$/, '')) {
    const element = document.getElementById(idOf(at));
    if (element === null) continue;
    const control = 'input, select, textarea';
    const inner = element.matches(control) ? element : element.querySelector<HTMLElement>(control);
    (inner ?? element).focus();
    return;
  }
}

/** All that is wrong, each linked to its place; it takes the focus when it appears. */
export function FaultSummary(props: { readonly title: Message }) {
  const say = useSay();
  const language = useLanguage();
  const { faults } = useForm();
  const faultSentence = useFaultSentence();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [faults]);
  if (faults.length === 0) return null;
  return (
    <div class="notice" data-kind="danger" role="alert" tabIndex={-1} ref={place}>
      <p class="notice-title">{say(props.title)}</p>
      <ul class="fault-list">
        {faults.map((fault) => (
          <li key={fault.path}>
            <a
              class="link-target"
              href={`#${idOf(fault.path)}`}
              onClick={(event) => {
                event.preventDefault();
                focusAt(fault.path);
              }}
            >
              {fieldName(language, fault.path)}: {faultSentence(fault)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
