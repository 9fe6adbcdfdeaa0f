import type { ConsoleTrust } from '../kit/api/trust.ts';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment, isoMoment } from '../kit/dates.ts';
import { Facts, PartyName, Section } from '../kit/Page.tsx';
import { RemoteView } from '../kit/Remote.tsx';
import { Table } from '../kit/Table.tsx';
import { PartyNames, TrustAge } from '../kit/TrustParts.tsx';
import { trustWords } from '../kit/trust-words.ts';
import { Membership } from './Membership.tsx';
import { Proposals } from './Proposals.tsx';
import { useConsole, useSession } from './session.tsx';
import { decisionWords } from './words.ts';

/** What this node trusts, who signed it, and what waits for this city's signature. */
export function TrustView() {
  const say = useSay();
  const { node } = useSession();
  const { remote, askAgain } = useConsole<ConsoleTrust>('/console/api/trust', 15);
  return (
    <RemoteView remote={remote} onRetry={askAgain} expected={{ NOT_FOUNDED: trustWords.noBundle }}>
      {(trust) => (
        <>
          <Section title={say(trustWords.proposals)}>
            <Proposals proposals={trust.proposals} onChange={askAgain} />
          </Section>
          <div class="side">
            <Section title={say(trustWords.trust)}>
              <TrustFacts trust={trust} />
            </Section>
            <Section title={say(decisionWords.lists)}>
              <Lists lists={trust.lists} />
            </Section>
          </div>
          <Section title={say(decisionWords.sections)}>
            <Sections trust={trust} />
          </Section>
          {node === 'hub' ? null : (
            <Membership isMember={trust.root.members.includes(node)} onChange={askAgain} />
          )}
        </>
      )}
    </RemoteView>
  );
}

function TrustFacts(props: { readonly trust: ConsoleTrust }) {
  const say = useSay();
  const language = useLanguage();
  const { root, bundle, ageSeconds } = props.trust;
  const rootRows = [
    [say(trustWords.rootNumber), root.number],
    [say(trustWords.rootHash), <span class="code">{root.hash}</span>],
    [say(trustWords.threshold), root.threshold],
  ] as const;
  if (bundle === null) {
    return (
      <>
        <p>{say(trustWords.noBundle)}</p>
        <Facts rows={rootRows} />
      </>
    );
  }
  const made = formatMoment(language, bundle.made);
  return (
    <Facts
      rows={[
        [say(trustWords.version), bundle.version],
        [say(trustWords.age), <TrustAge ageSeconds={ageSeconds} />],
        [say(trustWords.made), <time dateTime={isoMoment(bundle.made)}>{made}</time>],
        [say(trustWords.signedBy), <PartyNames codes={bundle.signedBy} />],
        ...rootRows,
      ]}
    />
  );
}

function Lists(props: { readonly lists: ConsoleTrust['lists'] }) {
  const say = useSay();
  return (
    <Table
      caption={say(decisionWords.listsCaption)}
      rows={props.lists}
      keyOf={({ party }) => party}
      columns={[
        { label: say(trustWords.party), show: ({ party }) => <PartyName code={party} /> },
        { label: say(decisionWords.listNumber), isNumber: true, show: ({ number }) => number },
        { label: say(decisionWords.phones), isNumber: true, show: ({ phones }) => phones },
      ]}
    />
  );
}

function Sections(props: { readonly trust: ConsoleTrust }) {
  const say = useSay();
  return (
    <Table
      caption={say(decisionWords.sectionsCaption)}
      rows={props.trust.sections}
      keyOf={({ party }) => party}
      columns={[
        { label: say(trustWords.party), show: ({ party }) => <PartyName code={party} /> },
        { label: say(decisionWords.sectionNumber), isNumber: true, show: ({ number }) => number },
        { label: say(decisionWords.keyCount), isNumber: true, show: ({ keys }) => keys.length },
      ]}
    />
  );
}
