import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { CityHome, HubStatus } from '../kit/api/status.ts';
import { LanguageProvider } from '../kit/context.tsx';
import type { Language } from '../kit/language.ts';
import { say } from '../kit/messages.ts';
import { isPartyCode, partyNames } from '../kit/parties.ts';
import { kitWords } from '../kit/words.ts';
import { CityHomePage } from './CityHomePage.tsx';
import { HubStatusPage } from './HubStatusPage.tsx';
import { siteStyle } from './style.ts';
import { siteWords } from './words.ts';

/** The hub's status page as a whole HTML document, readable without JavaScript. */
export function renderHubStatus(status: HubStatus, language: Language): string {
  return wholeDocument(
    say(language, siteWords.hubTitle),
    language,
    <HubStatusPage status={status} />,
  );
}

/** A city's front page as a whole HTML document, readable without JavaScript. */
export function renderCityHome(home: CityHome, language: Language): string {
  const city = isPartyCode(home.party) ? say(language, partyNames[home.party]) : home.party;
  const title = `${city} · ${say(language, kitWords.appName)}`;
  return wholeDocument(title, language, <CityHomePage home={home} />);
}

function wholeDocument(title: string, language: Language, page: ComponentChildren): string {
  const body = renderToString(<LanguageProvider language={language}>{page}</LanguageProvider>);
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<title>${renderToString(<>{title}</>)}</title>` +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    '<link rel="icon" type="image/svg+xml" href="/icon-tongyu.svg">' +
    `<style>${siteStyle}</style></head><body>${body}</body></html>\n`
  );
}
