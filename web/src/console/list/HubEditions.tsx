import { useState } from 'preact/hooks';
import type { EditionOpening, EditionsPage } from '../../kit/api/list-office.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { PartyName, Section } from '../../kit/Page.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { citiesText, editionName } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { Confirm } from '../Confirm.tsx';
import { useConsole, useDeed, useMay } from '../session.tsx';
import { ComparisonSection } from './ComparisonSection.tsx';
import { editionWords } from './edition-words.ts';
import {
  FaultText,
  ForeignText,
  Moment,
  OpeningFacts,
  OverdueNotice,
  PublishedSection,
  WithdrawnSection,
} from './EditionParts.tsx';
import { formWords } from './form-words.ts';
import { OpenEditionForm } from './OpenEditionForm.tsx';
import { TextArea } from './TextArea.tsx';
import { RoleNote } from './WhoAmI.tsx';

/** The hub's desk for editions: open, collect, compare, freeze, publish. It signs nothing. */
export function HubEditions() {
  const mayPublish = useMay('publisher');
  const { remote, askAgain } = useConsole<EditionsPage>('/console/api/editions', 15);
  return (
    <RemoteView remote={remote} onRetry={askAgain}>
      {({ openings, editions }) => {
        const opening = openings.find(({ state }) => state === 'open' || state === 'frozen');
        return (
          <>
            <OverdueNotice editions={editions} />
            {opening !== undefined ? (
              <Opening key={opening.number} opening={opening} onChange={askAgain} />
            ) : mayPublish ? (
              <OpenEditionForm last={editions[0]?.id} onDone={askAgain} />
            ) : (
              <RoleNote role="publisher" />
            )}
            <PublishedSection editions={editions} />
            <WithdrawnSection openings={openings} />
          </>
        );
      }}
    </RemoteView>
  );
}

function Opening(props: { readonly opening: EditionOpening; readonly onChange: () => void }) {
  const say = useSay();
  const language = useLanguage();
  const { opening, onChange } = props;
  const { unsigned, state } = opening;
  const name = editionName(language, opening.id);
  return (
    <>
      <Section title={say(editionWords.making, { name })}>
        <OpeningFacts opening={opening} />
        {state === 'frozen' && unsigned.length > 0 ? (
          <Notice kind="caution">
            {say(editionWords.missing, { cities: citiesText(language, unsigned) })}
          </Notice>
        ) : null}
        <RoleNote role="publisher" />
        <Acts opening={opening} onChange={onChange} />
        <Collected opening={opening} />
        {state === 'frozen' ? <SignOffs opening={opening} /> : null}
      </Section>
      <ComparisonSection
        key={`${state} ${opening.submissions.map(({ hash }) => hash).join(' ')}`}
        number={opening.number}
        state={state}
      />
    </>
  );
}

type Act = 'freeze' | 'withdraw' | 'publish';

function Acts(props: { readonly opening: EditionOpening; readonly onChange: () => void }) {
  const say = useSay();
  const [asking, setAsking] = useState<Act>();
  const { opening } = props;
  if (!useMay('publisher')) return null;
  const main: Act = opening.state === 'open' ? 'freeze' : 'publish';
  return (
    <div class="row">
      <Button primary onPress={() => setAsking(main)}>
        {say(editionWords[main])}
      </Button>
      <Button tone="danger" onPress={() => setAsking('withdraw')}>
        {say(editionWords.withdraw)}
      </Button>
      {asking === undefined ? null : (
        <ActDialog
          act={asking}
          opening={opening}
          onClose={() => setAsking(undefined)}
          onDone={props.onChange}
        />
      )}
    </div>
  );
}

const bodies = {
  freeze: editionWords.freezeBody,
  withdraw: editionWords.withdrawBody,
  publish: editionWords.publishBody,
} as const;

function ActDialog(props: {
  readonly act: Act;
  readonly opening: EditionOpening;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const { act, opening } = props;
  const isMissing = act === 'withdraw' && reason.trim() === '';
  const send = async () => {
    setTried(true);
    if (isMissing) return;
    const body = {
      freeze: {},
      withdraw: { reason: reason.trim() },
      publish: { hash: opening.hash },
    };
    const path = `/console/api/editions/${String(opening.number)}/${act}`;
    if (!(await deed.run(path, body[act]))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(editionWords[act])}
      action={say(editionWords[act])}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
      {...(act === 'withdraw' ? { tone: 'danger' as const } : {})}
    >
      <p>{say(bodies[act])}</p>
      {act === 'publish' ? <p class="code">{opening.hash}</p> : null}
      {act === 'withdraw' ? (
        <TextArea
          label={say(formWords.reason)}
          value={reason}
          onInput={setReason}
          wrong={isTried && isMissing ? say(formWords.empty) : undefined}
        />
      ) : null}
    </Confirm>
  );
}

function Collected(props: { readonly opening: EditionOpening }) {
  const say = useSay();
  const { opening } = props;
  const others = opening.submissions.map(({ party }) => party);
  const parties = [...new Set([...opening.members, ...others])].sort();
  const of = (party: string) => opening.submissions.find((one) => one.party === party);
  const kinds = { given: 'none', good: 'good', faulty: 'danger' } as const;
  return (
    <Table
      caption={say(editionWords.collectedCaption)}
      rows={parties}
      keyOf={(party) => party}
      columns={[
        { label: say(editionWords.city), show: (party) => <PartyName code={party} /> },
        {
          label: say(editionWords.state),
          show: (party) => {
            const given = of(party);
            if (given === undefined) {
              return <Mark kind="none">{say(editionWords.notHandedIn)}</Mark>;
            }
            return (
              <>
                <Mark kind={kinds[given.state]}>{say(editionWords[given.state])}</Mark>
                {given.carried ? <span class="below">{say(editionWords.carried)}</span> : null}
                {given.fault === null ? null : (
                  <span class="below">
                    <FaultText fault={given.fault} />
                  </span>
                )}
              </>
            );
          },
        },
        {
          label: say(editionWords.total),
          show: (party) => String(of(party)?.count ?? '–'),
          isNumber: true,
        },
        {
          label: say(editionWords.at),
          show: (party) => {
            const given = of(party);
            return given === undefined ? '–' : <Moment at={given.at} />;
          },
        },
      ]}
    />
  );
}

function SignOffs(props: { readonly opening: EditionOpening }) {
  const say = useSay();
  const { opening } = props;
  const of = (party: string) =>
    opening.answers.find((one) => one.party === party && one.hash === opening.hash);
  return (
    <Table
      caption={say(editionWords.signOffsCaption)}
      rows={opening.members}
      keyOf={(party) => party}
      columns={[
        { label: say(editionWords.city), show: (party) => <PartyName code={party} /> },
        {
          label: say(editionWords.signOffs),
          show: (party) => {
            const answer = of(party);
            if (answer === undefined) return <Mark kind="none">{say(editionWords.waiting)}</Mark>;
            if (answer.signed) return <Mark kind="good">{say(editionWords.signed)}</Mark>;
            return (
              <>
                <Mark kind="danger">{say(editionWords.objected)}</Mark>
                <span class="below">
                  <ForeignText text={answer.reason ?? ''} />
                </span>
              </>
            );
          },
        },
        {
          label: say(editionWords.at),
          show: (party) => {
            const answer = of(party);
            return answer === undefined ? '–' : <Moment at={answer.at} />;
          },
        },
      ]}
    />
  );
}
