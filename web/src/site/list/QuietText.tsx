import type { LocalText } from '@tongyu/protocol';
import { useLanguage } from '../../kit/context.tsx';
import { readText } from '../../kit/plain-text.ts';
import { PlainText } from '../../kit/PlainText.tsx';

/** A text of the list on a page that says once, for all of them, that some are not translated. */
export function QuietText(props: { readonly text: LocalText }) {
  const { text, lang } = readText(useLanguage(), props.text);
  return <PlainText text={text} lang={lang} />;
}
