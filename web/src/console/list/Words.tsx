import type { LocalText } from '@tongyu/protocol';
import { useState } from 'preact/hooks';
import { Field } from '../../kit/Controls.tsx';
import { useSay } from '../../kit/context.tsx';
import { formWords } from './form-words.ts';

export type Words = {
  readonly zhCN: string;
  readonly zhTW: string;
  readonly en: string;
};

const none: Words = { zhCN: '', zhTW: '', en: '' };

/** A short text to be published: Chinese, and the other languages when somebody opens them. */
export function useWords(): {
  readonly words: Words;
  readonly setWords: (words: Words) => void;
  /** Undefined while the Chinese is missing. */
  readonly text: LocalText | undefined;
} {
  const [words, setWords] = useState(none);
  return { words, setWords, text: textOf(words) };
}

function textOf({ zhCN, zhTW, en }: Words): LocalText | undefined {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const chinese = orNull(zhCN);
  return chinese === null ? undefined : { zhCN: chinese, zhTW: orNull(zhTW), en: orNull(en) };
}

export function WordsFields(props: {
  readonly label: string;
  readonly hint?: string;
  readonly words: Words;
  readonly onWords: (words: Words) => void;
  /** Somebody tried to go on. */
  readonly isTried: boolean;
}) {
  const say = useSay();
  const { words, onWords } = props;
  const isMissing = props.isTried && words.zhCN.trim() === '';
  return (
    <div class="stack">
      <Field
        label={props.label}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
        value={words.zhCN}
        onInput={(zhCN) => onWords({ ...words, zhCN })}
        wrong={isMissing ? say(formWords.empty) : undefined}
      />
      <details>
        <summary>{say(formWords.otherLanguages)}</summary>
        <div class="stack">
          <Field
            label={say(formWords.zhTW)}
            value={words.zhTW}
            onInput={(zhTW) => onWords({ ...words, zhTW })}
          />
          <Field
            label={say(formWords.en)}
            value={words.en}
            onInput={(en) => onWords({ ...words, en })}
          />
        </div>
      </details>
    </div>
  );
}
