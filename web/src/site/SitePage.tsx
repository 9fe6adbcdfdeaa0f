import type { ComponentChildren } from 'preact';
import { useLanguage, useSay } from '../kit/context.tsx';
import { languageNames, languages } from '../kit/language.ts';
import { CityRule, PartyName } from '../kit/Page.tsx';
import { kitWords } from '../kit/words.ts';
import { address } from './address.ts';
import { siteWords } from './words.ts';

/** Where a page stands: its path, and what its address asks for besides the language. */
export type Here = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | null>>;
};

/** Languages as plain links: the page has no script. */
function LanguageLinks(props: { readonly here: Here | undefined }) {
  const say = useSay();
  const current = useLanguage();
  const { here } = props;
  return (
    <nav class="languages" aria-label={say(siteWords.languages)}>
      {languages.map((each) => (
        <a
          key={each}
          class="link-target"
          href={here === undefined ? `?lang=${each}` : address(here.path, each, here.query)}
          lang={each}
          hreflang={each}
          {...(each === current ? { 'aria-current': 'true' as const } : {})}
        >
          {languageNames[each]}
        </a>
      ))}
    </nav>
  );
}

/** The frame of a server-rendered page. */
export function SitePage(props: {
  readonly title: ComponentChildren;
  readonly lead: ComponentChildren;
  readonly city?: string;
  readonly narrow?: boolean;
  readonly isDemo: boolean;
  readonly here?: Here;
  /** Ways to the other parts of the site. */
  readonly nav?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const say = useSay();
  return (
    <div class={props.narrow === true ? 'page narrow' : 'page'}>
      <header>
        <div class="masthead">
          <span class="name">
            {say(kitWords.appName)}
            {props.city === undefined ? null : (
              <>
                {' · '}
                <PartyName code={props.city} />
              </>
            )}
          </span>
          <LanguageLinks here={props.here} />
        </div>
        <CityRule current={props.city} named />
        {props.nav}
      </header>
      <main class="stack wide">
        <div class="head">
          <h1>{props.title}</h1>
          <p class="lead">{props.lead}</p>
        </div>
        {props.children}
      </main>
      {props.isDemo ? (
        <footer class="colophon small muted">
          <p>{say(siteWords.demo)}</p>
        </footer>
      ) : null}
    </div>
  );
}
