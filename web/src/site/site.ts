import { chooseLanguage, isLanguage, parseAcceptLanguage, type Language } from '../kit/language.ts';

export {
  renderCityHome,
  renderDifference,
  renderEdition,
  renderEditions,
  renderEntry,
  renderExplain,
  renderHubStatus,
  renderList,
  renderMissing,
  renderReport,
  renderSent,
} from './render.tsx';
export { siteStyle } from './style.ts';
export type { CityHome, HubStatus } from '../kit/api/status.ts';

/**
 * The language of a rendered page: `?lang=` when it is one of ours, else the Accept-Language
 * header, else zh-CN.
 */
export function languageOf(query: unknown, acceptLanguage: string | undefined): Language {
  return isLanguage(query) ? query : chooseLanguage(parseAcceptLanguage(acceptLanguage ?? ''));
}
