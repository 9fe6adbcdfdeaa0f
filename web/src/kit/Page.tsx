import type { ComponentChildren } from 'preact';
import { useLanguage, useSay } from './context.tsx';
import { isPartyCode, memberCodes, partyNames } from './parties.ts';
import { kitWords } from './words.ts';

/** The four-city rule: a line of four segments, the current city filled. */
export function CityRule(props: {
  readonly current?: string | undefined;
  readonly named?: boolean;
}) {
  const say = useSay();
  return (
    <ol class={props.named === true ? 'city-rule named' : 'city-rule'} aria-hidden="true">
      {memberCodes.map((code) => (
        <li key={code} data-current={code === props.current}>
          <span>{say(partyNames[code])}</span>
        </li>
      ))}
    </ol>
  );
}

/** A place name: the reader's word, with the Chinese name beside it in English. */
export function PartyName(props: { readonly code: string }) {
  const language = useLanguage();
  if (!isPartyCode(props.code)) return <span class="code">{props.code}</span>;
  const names = partyNames[props.code];
  if (language !== 'en') return <>{names[language]}</>;
  return (
    <>
      {names.en} <span lang="zh-CN">{names['zh-CN']}</span>
    </>
  );
}

/** The frame of a page: masthead, four-city rule, then the content. */
export function Page(props: {
  readonly title: string;
  readonly city?: string;
  /** Whose page it is where that is no city. */
  readonly place?: string;
  readonly narrow?: boolean;
  readonly tools?: ComponentChildren;
  /** Ways to the other views, above the heading. */
  readonly nav?: ComponentChildren;
  readonly footer?: ComponentChildren;
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
            {props.place === undefined ? null : ` · ${props.place}`}
          </span>
          {props.tools}
        </div>
        <CityRule current={props.city} named={props.narrow !== true} />
        {props.nav}
      </header>
      <main class="stack wide">
        <h1 tabIndex={-1}>{props.title}</h1>
        {props.children}
      </main>
      {props.footer}
    </div>
  );
}

/** A part of a page under its own rule. */
export function Section(props: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="section stack">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** Names and values, ruled. */
export function Facts(props: {
  readonly rows: readonly (readonly [name: ComponentChildren, value: ComponentChildren])[];
}) {
  return (
    <dl class="facts">
      {props.rows.map(([name, value], index) => (
        <div key={typeof name === 'string' ? name : index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Exactly three ways on, in one row. */
export function BottomBar(props: {
  readonly label: string;
  readonly items: readonly [BottomItem, BottomItem, BottomItem];
}) {
  return (
    <nav class="bottom-bar" aria-label={props.label}>
      {props.items.map((item) => (
        <button
          type="button"
          key={item.label}
          onClick={item.onSelect}
          {...(item.isCurrent ? { 'aria-current': 'page' as const } : {})}
        >
          {item.label}
        </button>
      ))}
    </nav>
  );
}

export type BottomItem = {
  readonly label: string;
  readonly isCurrent: boolean;
  readonly onSelect: () => void;
};
