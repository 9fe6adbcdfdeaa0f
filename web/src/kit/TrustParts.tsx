import { freshnessOf, type RootChange } from './api/trust.ts';
import { useLanguage, useSay } from './context.tsx';
import { formatAge } from './dates.ts';
import { Mark } from './Notice.tsx';
import { PartyName } from './Page.tsx';
import { changeWords, trustWords } from './trust-words.ts';

const freshnessMarks = { fresh: 'good', old: 'caution', stale: 'danger', none: 'none' } as const;

/** Age of the trust in force with its consequence in words. */
export function TrustAge(props: { readonly ageSeconds: number | null }) {
  const say = useSay();
  const language = useLanguage();
  const freshness = freshnessOf(props.ageSeconds);
  return (
    <span class="row">
      {props.ageSeconds === null ? null : <span>{formatAge(language, props.ageSeconds)}</span>}
      <Mark kind={freshnessMarks[freshness]}>{say(trustWords[freshness])}</Mark>
    </span>
  );
}

/** Cities in a line, or the word for none. */
export function PartyNames(props: { readonly codes: readonly string[] }) {
  const say = useSay();
  if (props.codes.length === 0) return <>{say(trustWords.nobody)}</>;
  return (
    <ul class="inline-list">
      {props.codes.map((code) => (
        <li key={code}>
          <PartyName code={code} />
        </li>
      ))}
    </ul>
  );
}

/** What a root proposal changes, in words. */
export function ChangeName(props: { readonly change: RootChange }) {
  const say = useSay();
  const { kind, party } = props.change;
  return (
    <>
      {say(changeWords[kind])}
      {party === null ? null : (
        <>
          {' · '}
          <PartyName code={party} />
        </>
      )}
    </>
  );
}
