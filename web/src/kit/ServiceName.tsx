import type { LocalText } from '@tongyu/protocol';
import { useLanguage } from './context.tsx';
import { splitDemoLabel } from './demo-label.ts';
import type { Language } from './language.ts';

/** The name in the reader's language; Chinese, and then so marked, where the city gives none. */
export function serviceNameIn(name: LocalText, language: Language) {
  const own = { 'zh-CN': name.zhCN, 'zh-TW': name.zhTW, en: name.en }[language];
  return own === null
    ? { ...splitDemoLabel(name.zhCN), text: name.zhCN, lang: 'zh-CN' as const }
    : { ...splitDemoLabel(own), text: own, lang: undefined };
}

/**
 * A service's legal name. `withoutLabel` leaves the demo label out: the screen then says it
 * elsewhere, once.
 */
export function ServiceName(props: { readonly name: LocalText; readonly withoutLabel?: boolean }) {
  const { text, name, lang } = serviceNameIn(props.name, useLanguage());
  const shown = props.withoutLabel === true ? name : text;
  return lang === undefined ? <>{shown}</> : <span lang={lang}>{shown}</span>;
}
