import { useState } from 'preact/hooks';
import type { EditionOpening, EditionsPage } from '../../kit/api/list-office.ts';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { Confirm } from '../Confirm.tsx';
import { useConsole, useDeed, useMay, useSession } from '../session.tsx';
import { ComparisonSection } from './ComparisonSection.tsx';
import { editionName } from '../../kit/service-text.ts';
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
import { TextArea } from './TextArea.tsx';
import { RoleNote } from './WhoAmI.tsx';

/** A city's part in the next edition, its sign-off, and the editions that stand. */
export function CityEditions() {
  const say = useSay();
  const { remote, askAgain } = useConsole<EditionsPage>('/console/api/editions', 15);
  return (
    <RemoteView
      remote={remote}
      onRetry={askAgain}
      isEmpty={({ openings, editions }) => openings.length + editions.length === 0}
      empty={<p>{say(editionWords.none)}</p>}
    >
      {({ openings, editions }) => {
        const opening = openings.find(({ state }) => state === 'open' || state === 'frozen');
        return (
          <>
            <OverdueNotice editions={editions} />
            {opening === undefined ? (
              <p>{say(editionWords.noneOpen)}</p>
            ) : (
              <Opening key={opening.number} opening={opening} onChange={askAgain} />
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
  const { opening } = props;
  const name = editionName(language, opening.id);
  return (
    <>
      <Section title={say(editionWords.making, { name })}>
        <OpeningFacts opening={opening} />
        <RoleNote role="publisher" />
        <h3>{say(editionWords.ownPart)}</h3>
        <OwnPart {...props} />
        {opening.state === 'frozen' ? (
          <>
            <h3>{say(editionWords.candidate)}</h3>
            <Candidate {...props} />
          </>
        ) : null}
      </Section>
      <ComparisonSection
        key={`${opening.state} ${opening.submissions.map(({ hash }) => hash).join(' ')}`}
        number={opening.number}
        state={opening.state}
      />
    </>
  );
}

function OwnPart(props: { readonly opening: EditionOpening; readonly onChange: () => void }) {
  const say = useSay();
  const deed = useDeed();
  const { node } = useSession();
  const mayPublish = useMay('publisher');
  const [isAsking, setAsking] = useState(false);
  const { opening, onChange } = props;
  const own = opening.submissions.find(({ party }) => party === node);
  const action = say(own === undefined ? editionWords.handIn : editionWords.handInAgain);
  const send = async () => {
    if (!(await deed.run('/console/api/draft/submit', { edition: opening.number }))) return;
    setAsking(false);
    onChange();
  };
  return (
    <>
      {own === undefined ? (
        <p>
          <Mark kind="none">{say(editionWords.notHandedIn)}</Mark>
        </p>
      ) : (
        <p>
          <Mark kind={own.state === 'faulty' ? 'danger' : 'good'}>
            {say(editionWords.handedIn, { count: own.count })}
          </Mark>{' '}
          <Moment at={own.at} /> {own.carried ? say(editionWords.carried) : ''}
          {own.fault === null ? null : <FaultText fault={own.fault} />}
        </p>
      )}
      {opening.state === 'open' && mayPublish ? (
        <div>
          <Button primary={own === undefined} onPress={() => setAsking(true)}>
            {action}
          </Button>
        </div>
      ) : null}
      {isAsking ? (
        <Confirm
          title={action}
          action={action}
          deed={deed}
          onConfirm={() => void send()}
          onClose={() => {
            deed.reset();
            setAsking(false);
          }}
        >
          <p>{say(editionWords.handInBody)}</p>
        </Confirm>
      ) : null}
    </>
  );
}

function Candidate(props: { readonly opening: EditionOpening; readonly onChange: () => void }) {
  const say = useSay();
  const { node } = useSession();
  const mayPublish = useMay('publisher');
  const [asking, setAsking] = useState<'sign-off' | 'object'>();
  const { opening, onChange } = props;
  const { check, hash } = opening;
  const answer = opening.answers.find((one) => one.party === node && one.hash === hash);
  const isMember = opening.members.includes(node);
  if (hash === null) return null;
  return (
    <>
      {check === 'not yet' ? <Notice kind="caution">{say(editionWords.checking)}</Notice> : null}
      {check === 'good' ? <Mark kind="good">{say(editionWords.checkGood)}</Mark> : null}
      {typeof check === 'object' ? (
        <Notice kind="danger" title={say(editionWords.checkFaulty)}>
          <FaultText fault={check} />
        </Notice>
      ) : null}
      {answer === undefined ? null : answer.signed ? (
        <p>
          <Mark kind="good">{say(editionWords.signedHere)}</Mark> <Moment at={answer.at} />{' '}
          <span class="code">{answer.by}</span>
        </p>
      ) : (
        <p>
          <Mark kind="danger">{say(editionWords.objectedHere)}</Mark>{' '}
          <ForeignText text={answer.reason ?? ''} />
        </p>
      )}
      <p class="small muted">
        {say(isMember ? editionWords.othersAtHub : editionWords.observerHere)}
      </p>
      {isMember && mayPublish && answer?.signed !== true && check !== 'not yet' ? (
        <div class="row">
          <Button onPress={() => setAsking('object')}>{say(editionWords.object)}</Button>
          {check === 'good' ? (
            <Button primary onPress={() => setAsking('sign-off')}>
              {say(editionWords.signOff)}
            </Button>
          ) : null}
        </div>
      ) : null}
      {asking === undefined ? null : (
        <DecideDialog
          act={asking}
          opening={opening}
          hash={hash}
          onClose={() => setAsking(undefined)}
          onDone={onChange}
        />
      )}
    </>
  );
}

function DecideDialog(props: {
  readonly act: 'sign-off' | 'object';
  readonly opening: EditionOpening;
  readonly hash: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const deed = useDeed();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const { act, opening, hash } = props;
  const isObjection = act === 'object';
  const send = async () => {
    setTried(true);
    if (isObjection && reason.trim() === '') return;
    const body = isObjection ? { hash, reason: reason.trim() } : { hash };
    const path = `/console/api/editions/${String(opening.number)}/${act}`;
    if (!(await deed.run(path, body))) return;
    props.onClose();
    props.onDone();
  };
  const name = editionName(language, opening.id);
  return (
    <Confirm
      title={isObjection ? say(editionWords.object) : say(editionWords.signOffTitle, { name })}
      action={say(editionWords[isObjection ? 'object' : 'signOff'])}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <p>{say(isObjection ? editionWords.objectBody : editionWords.signOffBody)}</p>
      <p class="code">{hash}</p>
      {isObjection ? (
        <TextArea
          label={say(formWords.reason)}
          value={reason}
          onInput={setReason}
          wrong={isTried && reason.trim() === '' ? say(formWords.empty) : undefined}
        />
      ) : null}
    </Confirm>
  );
}
