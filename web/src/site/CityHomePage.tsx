import type { CityHome } from '../kit/api/status.ts';
import { useSay } from '../kit/context.tsx';
import { Notice } from '../kit/Notice.tsx';
import { Facts, Section } from '../kit/Page.tsx';
import { isPartyCode, partyNames } from '../kit/parties.ts';
import { PartyNames, TrustAge } from '../kit/TrustParts.tsx';
import { trustWords } from '../kit/trust-words.ts';
import { SitePage } from './SitePage.tsx';
import { siteWords } from './words.ts';

/** A city's front door: four ways in, and what its node trusts. */
export function CityHomePage(props: { readonly home: CityHome }) {
  const say = useSay();
  const { home } = props;
  const title = isPartyCode(home.party) ? say(partyNames[home.party]) : home.party;
  return (
    <SitePage
      title={title}
      lead={say(siteWords.cityLead)}
      city={home.party}
      isDemo={home.mode === 'demo'}
    >
      {home.role === 'observer' ? (
        <Notice kind="caution">{say(siteWords.observerNote)}</Notice>
      ) : null}
      <div class="two">
        <Ways home={home} />
        <Section title={say(siteWords.cityTrust)}>
          <CityTrust home={home} />
          {home.hubUrl === null ? null : (
            <a class="link-target" href={home.hubUrl}>
              {say(siteWords.hubLink)}
            </a>
          )}
        </Section>
      </div>
    </SitePage>
  );
}

function Ways(props: { readonly home: CityHome }) {
  const say = useSay();
  const ways = [
    ['/code', siteWords.myCode, siteWords.myCodeNote],
    ['/gate', siteWords.gate, siteWords.gateNote],
    ['/console', siteWords.console, siteWords.consoleNote],
    ...(props.home.mode === 'demo' ? [['/try', siteWords.try, siteWords.tryNote] as const] : []),
  ] as const;
  return (
    <ul class="link-list">
      {ways.map(([href, name, note]) => (
        <li key={href}>
          <a href={href}>
            <span class="title">{say(name)}</span>
            <span class="small">{say(note)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function CityTrust(props: { readonly home: CityHome }) {
  const say = useSay();
  const { bundle, ageSeconds, rootNumber } = props.home;
  if (bundle === null) return <p>{say(trustWords.noBundle)}</p>;
  return (
    <Facts
      rows={[
        [say(trustWords.version), bundle.version],
        [say(trustWords.age), <TrustAge ageSeconds={ageSeconds} />],
        [say(trustWords.signedBy), <PartyNames codes={bundle.signedBy} />],
        ...(rootNumber === null ? [] : [[say(trustWords.rootNumber), rootNumber] as const]),
      ]}
    />
  );
}
