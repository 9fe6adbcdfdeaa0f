import {
  documentIds,
  type DocumentId,
  type DocumentRight,
  type HubStatus,
  type StatusParty,
} from '../kit/api/status.ts';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment, isoMoment } from '../kit/dates.ts';
import { Mark } from '../kit/Notice.tsx';
import { Facts, PartyName, Section } from '../kit/Page.tsx';
import { Table, type Column } from '../kit/Table.tsx';
import { ChangeName, PartyNames, TrustAge } from '../kit/TrustParts.tsx';
import { trustWords } from '../kit/trust-words.ts';
import { SiteNav } from './list/frame.tsx';
import { SitePage } from './SitePage.tsx';
import { documentHeads, documentNames, siteWords } from './words.ts';

/** The hub's public page: who is party to what, and how fresh the signed trust is. */
export function HubStatusPage(props: { readonly status: HubStatus }) {
  const say = useSay();
  const { status } = props;
  return (
    <SitePage
      title={say(siteWords.hubTitle)}
      lead={say(siteWords.hubLead)}
      nav={<SiteNav path="/" />}
      isDemo
    >
      <div class="two">
        <Section title={say(trustWords.trust)}>
          <BundleFacts status={status} />
        </Section>
        <Section title={say(siteWords.times)}>
          <Times times={status.times} />
        </Section>
      </div>
      <Section title={say(siteWords.parties)}>
        <Parties parties={status.parties} />
      </Section>
      <Section title={say(trustWords.proposals)}>
        <Proposals status={status} />
      </Section>
      <Section title={say(siteWords.documents)}>
        <Documents />
      </Section>
      <Section title={say(siteWords.machine)}>
        <Originals status={status} />
      </Section>
    </SitePage>
  );
}

function Moment(props: { readonly seconds: number }) {
  const language = useLanguage();
  return <time dateTime={isoMoment(props.seconds)}>{formatMoment(language, props.seconds)}</time>;
}

function BundleFacts(props: { readonly status: HubStatus }) {
  const say = useSay();
  const { root, bundle, ageSeconds } = props.status;
  const rootRows = [
    [say(trustWords.rootNumber), root.number],
    [say(trustWords.rootHash), <span class="code">{root.hash}</span>],
  ] as const;
  if (bundle === null) {
    return (
      <>
        <p>{say(trustWords.noBundle)}</p>
        {root.number === 0 ? null : <Facts rows={rootRows} />}
      </>
    );
  }
  const signatures = { count: bundle.signedBy.length, threshold: root.threshold };
  return (
    <Facts
      rows={[
        [say(trustWords.version), bundle.version],
        [say(trustWords.age), <TrustAge ageSeconds={ageSeconds} />],
        [say(trustWords.made), <Moment seconds={bundle.made} />],
        [
          say(trustWords.signedBy),
          <>
            <PartyNames codes={bundle.signedBy} />
            <span class="small muted">{say(trustWords.signedOf, signatures)}</span>
          </>,
        ],
        [say(trustWords.hash), <span class="code">{bundle.hash}</span>],
        ...rootRows,
      ]}
    />
  );
}

function Times(props: { readonly times: HubStatus['times'] }) {
  const say = useSay();
  return (
    <Table
      caption={say(siteWords.timesCaption)}
      keyOf={(row) => row.party}
      rows={props.times}
      columns={[
        { label: say(trustWords.party), show: (row) => <PartyName code={row.party} /> },
        { label: say(siteWords.time), show: (row) => <Moment seconds={row.time} /> },
      ]}
    />
  );
}

function Parties(props: { readonly parties: readonly StatusParty[] }) {
  const say = useSay();
  const documentColumns = documentIds.map((id): Column<StatusParty> => ({
    label: say(documentHeads[id]),
    show: (row) => <Right party={row} document={id} />,
  }));
  const caption = say(siteWords.partiesCaption, { count: props.parties.length });
  return (
    <>
      <div class="when-wide">
        <Table
          caption={caption}
          keyOf={(row) => row.party}
          rows={props.parties}
          columns={[
            { label: say(trustWords.party), show: (row) => <PartyName code={row.party} /> },
            { label: say(siteWords.code), show: (row) => row.party },
            { label: say(siteWords.role), show: (row) => say(trustWords[row.role]) },
            { label: say(siteWords.state), show: (row) => <State party={row} /> },
            ...documentColumns,
          ]}
        />
      </div>
      <div class="when-narrow">
        <p class="small muted">{caption}</p>
        <PartyList parties={props.parties} />
      </div>
    </>
  );
}

/** The same on a phone, two lines for each: who and in what state, then what it is party to. */
function PartyList(props: { readonly parties: readonly StatusParty[] }) {
  const say = useSay();
  const language = useLanguage();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const documentsOf = (party: StatusParty, right: DocumentRight) =>
    documentIds
      .filter((id) => (party.rights[id] ?? 'none') === right)
      .map((id) => say(documentHeads[id]));
  const rights = (party: StatusParty) =>
    (['signed', 'acceded', 'none'] as const).flatMap((right) => {
      const names = documentsOf(party, right);
      if (names.length === 0) return [];
      const word = right === 'none' ? siteWords.notParty : siteWords[right];
      return [say(siteWords.rightTo, { right: say(word), documents: list.format(names) })];
    });
  return (
    <ul class="party-list">
      {props.parties.map((party) => (
        <li key={party.party}>
          <span class="row">
            <strong>
              <PartyName code={party.party} />
            </strong>
            <span class="small">
              {party.party} · {say(trustWords[party.role])}
            </span>
            <State party={party} />
          </span>
          <span class="small muted">{rights(party).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

function State(props: { readonly party: StatusParty }) {
  const say = useSay();
  if (props.party.isApplying === true) {
    return <Mark kind="caution">{say(siteWords.applying)}</Mark>;
  }
  const isActive = props.party.status === 'active';
  return <Mark kind={isActive ? 'good' : 'danger'}>{say(trustWords[props.party.status])}</Mark>;
}

function Right(props: { readonly party: StatusParty; readonly document: DocumentId }) {
  const say = useSay();
  const right = props.party.rights[props.document] ?? 'none';
  if (right === 'none') return <span class="muted">{say(siteWords.notParty)}</span>;
  return <Mark kind="good">{say(siteWords[right])}</Mark>;
}

function Proposals(props: { readonly status: HubStatus }) {
  const say = useSay();
  const { proposals } = props.status;
  if (proposals.length === 0) return <p>{say(trustWords.proposalsNone)}</p>;
  return (
    <Table
      caption={say(trustWords.proposals)}
      keyOf={(row) => row.hash}
      rows={proposals}
      columns={[
        { label: say(trustWords.change), show: (row) => <ChangeName change={row.change} /> },
        { label: say(trustWords.rootNumber), show: (row) => row.number },
        { label: say(trustWords.signedBy), show: (row) => <PartyNames codes={row.signedBy} /> },
        { label: say(trustWords.hash), show: (row) => <span class="code">{row.hash}</span> },
      ]}
    />
  );
}

function Documents() {
  const say = useSay();
  const language = useLanguage();
  return (
    <>
      <p>{say(siteWords.documentsNote)}</p>
      <Facts
        rows={documentIds.map((id) => [
          say(documentHeads[id]),
          <>
            <span lang="zh-CN">{documentNames[id].zh}</span>
            {language === 'en' ? <span class="muted"> {documentNames[id].en}</span> : null}
          </>,
        ])}
      />
    </>
  );
}

function Originals(props: { readonly status: HubStatus }) {
  const say = useSay();
  const language = useLanguage();
  const { number } = props.status.root;
  const isFounded = number > 0;
  const links = [
    [`/?lang=${language}`, say(siteWords.thisPage)],
    ['/status.json', say(siteWords.asJson)],
    ...(isFounded
      ? ([
          [`/trust/roots/${String(number)}`, say(siteWords.rootFile, { number })],
          ['/trust/bundle', say(siteWords.bundleFile)],
        ] as const)
      : []),
  ] as const;
  return (
    <ul class="link-list">
      {links.map(([href, text]) => (
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
