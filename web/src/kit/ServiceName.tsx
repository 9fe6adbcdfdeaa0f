import type { ServiceEntry } from '@tongyu/protocol';
import { useLanguage } from './context.tsx';

/** A service's legal name: in the reader's language where the city gives one, else in Chinese. */
export function ServiceName({ name }: { readonly name: ServiceEntry['name'] }) {
  const language = useLanguage();
  const own = { 'zh-CN': name.zhCN, 'zh-TW': name.zhTW, en: name.en }[language];
  return own === null ? <span lang="zh-CN">{name.zhCN}</span> : <>{own}</>;
}
