import type { ComponentChildren } from 'preact';
import type { EditionFacts, PublicPage } from '@tongyu/domain';
import type { LocalText } from '@tongyu/protocol';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatDay, formatMoment, isoMoment } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import { editionName } from '../../kit/service-text.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { address } from '../address.ts';
import { SitePage, type Here } from '../SitePage.tsx';
import { listPageWords } from './words.ts';

/** The frame of every page of the list: ways on, and that the edition in force is overdue. */
export function ListFrame(props: {
  readonly page: PublicPage;
  readonly here: Here;
  readonly title: ComponentChildren;
  readonly lead: ComponentChildren;
  readonly city?: string | undefined;
  readonly children: ComponentChildren;
}) {
  const { page, here, title, lead, city } = props;
  return (
    <SitePage
      {...{ title, lead, here }}
      {...(city === undefined ? {} : { city })}
      isDemo={page.isDemo}
      nav={<SiteNav path={here.path} />}
    >
      {page.inForce?.isOverdue === true ? <Overdue edition={page.inForce} /> : null}
      {props.children}
    </SitePage>
  );
}

const parts = [
  ['/list', listPageWords.list],
  ['/editions', listPageWords.editions],
  ['/report', listPageWords.report],
  ['/', listPageWords.status],
] as const;

export function SiteNav(props: { readonly path: string }) {
  const say = useSay();
  const language = useLanguage();
  return (
    <nav class="site-nav" aria-label={say(listPageWords.siteParts)}>
      {parts.map(([path, name]) => (
        <a
          key={path}
          class="link-target"
          href={address(path, language)}
          {...(path === props.path ? { 'aria-current': 'page' as const } : {})}
        >
          {say(name)}
        </a>
      ))}
    </nav>
  );
}

function Overdue(props: { readonly edition: EditionFacts }) {
  const say = useSay();
  const edition = editionName(useLanguage(), props.edition.id);
  return (
    <Notice kind="caution" title={say(listPageWords.overdueTitle)}>
      {say(listPageWords.overdue, { edition })}
    </Notice>
  );
}

export function EditionState(props: { readonly edition: EditionFacts }) {
  const say = useSay();
  const { state, isOverdue } = props.edition;
  if (isOverdue) return <Mark kind="caution">{say(listPageWords.overdueMark)}</Mark>;
  if (state === 'to-come') return <Mark kind="none">{say(listPageWords.upcoming)}</Mark>;
  return <Mark kind={state === 'past' ? 'none' : 'good'}>{say(listPageWords[state])}</Mark>;
}

export function Moment(props: { readonly seconds: number; readonly isDay?: boolean }) {
  const language = useLanguage();
  const format = props.isDay === true ? formatDay : formatMoment;
  return <time dateTime={isoMoment(props.seconds)}>{format(language, props.seconds)}</time>;
}

/** Said once on a page whose texts are not all in the reader's language. */
export function MissingTexts(props: { readonly texts: readonly (LocalText | null)[] }) {
  const say = useSay();
  const language = useLanguage();
  if (!props.texts.some((text) => isMissing(text, language))) return null;
  return <p class="small muted missing-texts">{say(listPageWords.missingTexts)}</p>;
}

function isMissing(text: LocalText | null, language: Language): boolean {
  if (text === null || language === 'zh-CN') return false;
  return (language === 'en' ? text.en : text.zhTW) === null;
}

/** Links under their rule, each with its address, which is what remains on paper. */
export function LinkList(props: {
  readonly links: readonly (readonly [href: string, text: string])[];
}) {
  return (
    <ul class="link-list">
      {props.links.map(([href, text]) => (
        <li key={href}>
          <a href={href}>
            <span>{text}</span>
            <span class="small code">{href}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Ways to the pages before and after. */
export function Pager(props: {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean | null>>;
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
}) {
  const say = useSay();
  const language = useLanguage();
  const { path, query, offset, limit, total } = props;
  if (total <= limit && offset === 0) return null;
  const to = (start: number): string => address(path, language, { ...query, offset: start });
  return (
    <nav class="pager row" aria-label={say(listPageWords.pages)}>
      {offset === 0 ? null : (
        <a class="button" rel="prev" href={to(Math.max(0, offset - limit))}>
          {say(listPageWords.previousPage)}
        </a>
      )}
      {offset + limit >= total ? null : (
        <a class="button" rel="next" href={to(offset + limit)}>
          {say(listPageWords.nextPage)}
        </a>
      )}
    </nav>
  );
}
