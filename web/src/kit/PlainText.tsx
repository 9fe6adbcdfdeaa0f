import type { LocalText } from '@tongyu/protocol';
import { useLanguage, useSay } from './context.tsx';
import { readText, visibleText } from './plain-text.ts';
import { kitWords } from './words.ts';

/** A text from outside: never markup, its direction kept to itself, direction marks visible. */
export function PlainText(props: { readonly text: string; readonly lang?: string | undefined }) {
  const { lang } = props;
  return <bdi {...(lang === undefined ? {} : { lang })}>{visibleText(props.text)}</bdi>;
}

/**
 * A text of the service list in the reader's language. One that the city has not translated stands
 * in Chinese and says so, unless the screen says it elsewhere (`unmarked`).
 */
export function ListText(props: { readonly text: LocalText; readonly unmarked?: boolean }) {
  const say = useSay();
  const { text, lang } = readText(useLanguage(), props.text);
  const isMarked = lang !== undefined && props.unmarked !== true;
  return (
    <>
      <PlainText text={text} lang={lang} />
      {isMarked ? <span class="small muted"> {say(kitWords.notTranslated)}</span> : null}
    </>
  );
}
