import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type {
  DifferencePage as Difference,
  EditionPage,
  EditionsPage,
  EntryPage as EntryFacts,
  ExplainPage as Explained,
  ListPage as List,
  PublicPage,
  ReportPage as Report,
  SentPage as Sent,
} from '@tongyu/domain';
import type { CityHome, HubStatus } from '../kit/api/status.ts';
import { LanguageProvider } from '../kit/context.tsx';
import type { Language } from '../kit/language.ts';
import { say } from '../kit/messages.ts';
import { isPartyCode, partyNames } from '../kit/parties.ts';
import { readText } from '../kit/plain-text.ts';
import { kitWords } from '../kit/words.ts';
import { CityHomePage } from './CityHomePage.tsx';
import { HubStatusPage } from './HubStatusPage.tsx';
import { DifferencePage } from './list/DifferencePage.tsx';
import { EditionDocument, EditionsList } from './list/EditionPages.tsx';
import { EntryPage } from './list/EntryPage.tsx';
import { ExplainPage } from './list/ExplainPage.tsx';
import { editionName } from '../kit/service-text.ts';
import { ListPage } from './list/ListPage.tsx';
import { MissingPage, ReportPage, SentPage } from './list/ReportPage.tsx';
import { listPageWords } from './list/words.ts';
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

/** The service list: searched, filtered, one page of it. */
export function renderList(page: List, language: Language): string {
  return listDocument(language, say(language, listPageWords.list), <ListPage page={page} />);
}

export function renderEntry(page: EntryFacts, language: Language): string {
  const { entry } = page.listed;
  const { text } = readText(language, entry.name);
  const canonical = `${page.origin}/list/${entry.id}`;
  return listDocument(language, text, <EntryPage page={page} />, canonical);
}

export function renderExplain(page: Explained, language: Language): string {
  const { entry } = page.listed;
  const { text: name } = readText(language, entry.name);
  const title = say(language, listPageWords.explainOf, { name });
  return listDocument(language, title, <ExplainPage page={page} />);
}

export function renderEditions(page: EditionsPage, language: Language): string {
  const title = say(language, listPageWords.editionsTitle);
  return listDocument(language, title, <EditionsList page={page} />);
}

export function renderEdition(page: EditionPage, language: Language): string {
  const canonical = `${page.origin}/editions/${page.edition.id}`;
  const title = editionName(language, page.edition.id);
  return listDocument(language, title, <EditionDocument page={page} />, canonical);
}

export function renderDifference(page: Difference, language: Language): string {
  const edition = editionName(language, page.edition.id);
  const title = say(language, listPageWords.changesOf, { edition });
  return listDocument(language, title, <DifferencePage page={page} />);
}

export function renderReport(page: Report, language: Language): string {
  return listDocument(language, say(language, listPageWords.report), <ReportPage page={page} />);
}

export function renderSent(page: Sent, language: Language): string {
  return listDocument(language, say(language, listPageWords.thanks), <SentPage page={page} />);
}

/** Says in the reader's language that nothing stands at this path. */
export function renderMissing(page: PublicPage, language: Language, path: string): string {
  const title = say(language, listPageWords.missingTitle);
  return listDocument(language, title, <MissingPage page={page} path={path} />);
}

function listDocument(
  language: Language,
  title: string,
  page: ComponentChildren,
  canonical?: string,
): string {
  const list = `${title} · ${say(language, kitWords.appName)}`;
  const feed =
    '<link rel="alternate" type="application/atom+xml" ' + `href="/feed.atom?lang=${language}">`;
  const permanent =
    canonical === undefined ? '' : renderToString(<link rel="canonical" href={canonical} />);
  return wholeDocument(list, language, page, feed + permanent);
}

function wholeDocument(
  title: string,
  language: Language,
  page: ComponentChildren,
  links = '',
): string {
  const body = renderToString(<LanguageProvider language={language}>{page}</LanguageProvider>);
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<title>${renderToString(<>{title}</>)}</title>` +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<link rel="icon" type="image/svg+xml" href="/icon-tongyu.svg">${links}` +
    `<style>${siteStyle}</style></head><body>${body}</body></html>\n`
  );
}
