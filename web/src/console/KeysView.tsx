import { lastKeyDay, serviceDay, serviceDayDate } from '@tongyu/protocol';
import { useState } from 'preact/hooks';
import type { ConsoleTrust, TrustKey, TrustSection } from '../kit/api/trust.ts';
import { Button, Field } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment } from '../kit/dates.ts';
import { Mark, Notice } from '../kit/Notice.tsx';
import { Section } from '../kit/Page.tsx';
import { usePorts } from '../kit/ports-context.ts';
import { RemoteView } from '../kit/Remote.tsx';
import { Table } from '../kit/Table.tsx';
import { trustWords } from '../kit/trust-words.ts';
import { Confirm } from './Confirm.tsx';
import { Only } from './list/WhoAmI.tsx';
import { useConsole, useDeed, useSession } from './session.tsx';
import { keyWords, purposeWords } from './words.ts';

/** The largest day that a section can write: a key without an end. */
const noEndDay = 0xffff;

/** This city's keys, and the two ways to change the one that signs passes. */
export function KeysView() {
  const say = useSay();
  const { node } = useSession();
  const { remote, askAgain } = useConsole<ConsoleTrust>('/console/api/trust');
  const own = (trust: ConsoleTrust) => trust.sections.find(({ party }) => party === node);
  return (
    <>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        expected={{ NOT_FOUNDED: trustWords.noBundle }}
        isEmpty={(trust) => own(trust) === undefined}
        empty={<p>{say(keyWords.none)}</p>}
      >
        {(trust) => {
          const section = own(trust);
          return section === undefined ? null : <Keys section={section} />;
        }}
      </RemoteView>
      <div class="side">
        <Section title={say(keyWords.rollover)}>
          <Rollover onDone={askAgain} />
        </Section>
        <Section title={say(keyWords.replace)}>
          <Replacement onDone={askAgain} />
        </Section>
      </div>
    </>
  );
}

function Keys(props: { readonly section: TrustSection }) {
  const say = useSay();
  const { number, keys } = props.section;
  const dayOf = (day: number) => (day >= noEndDay ? say(keyWords.openEnd) : serviceDayDate(day));
  return (
    <>
      <EndingKeys keys={keys} />
      <Table
        caption={say(keyWords.caption, { number })}
        rows={keys}
        keyOf={(key) => String(key.keyId)}
        columns={[
          { label: say(keyWords.keyId), show: (key) => key.keyId },
          { label: say(keyWords.purpose), show: (key) => purposeOf(key.purpose, say) },
          { label: say(keyWords.algorithm), show: (key) => key.alg },
          { label: say(keyWords.from), show: (key) => dayOf(key.fromDay) },
          { label: say(keyWords.until), show: (key) => dayOf(key.untilDay) },
          { label: say(keyWords.state), show: (key) => <KeyState trustKey={key} /> },
        ]}
      />
    </>
  );
}

/** Says which purpose will soon have no key at all; a key with a successor may end. */
function EndingKeys(props: { readonly keys: readonly TrustKey[] }) {
  const say = useSay();
  const { clock } = usePorts();
  const today = serviceDay(clock.now() / 1000);
  return (['issuer', 'list', 'peer'] as const).map((purpose) => {
    const count = (lastKeyDay(props.keys, purpose) ?? today - 1) - today;
    if (count > 30) return null;
    const words = count < 0 ? keyWords.lastEnded : keyWords.lastEnds;
    return (
      <Notice key={purpose} kind={count <= 7 ? 'danger' : 'caution'}>
        {say(words, { count, purpose: say(purposeWords[purpose]) })}
      </Notice>
    );
  });
}

function purposeOf(purpose: string, say: ReturnType<typeof useSay>) {
  const isKnown = (name: string): name is keyof typeof purposeWords =>
    Object.hasOwn(purposeWords, name);
  return isKnown(purpose) ? say(purposeWords[purpose]) : purpose;
}

/** A key near its end is marked 30, 7 and 1 days before. */
function KeyState(props: { readonly trustKey: TrustKey }) {
  const say = useSay();
  const language = useLanguage();
  const { clock } = usePorts();
  const { fromDay, untilDay, revokedAt } = props.trustKey;
  if (revokedAt !== null) {
    return (
      <>
        <Mark kind="danger">{say(keyWords.revoked)}</Mark>{' '}
        <span class="small muted">{formatMoment(language, revokedAt)}</span>
      </>
    );
  }
  const today = serviceDay(clock.now() / 1000);
  const count = untilDay - today;
  if (today < fromDay) return <Mark kind="none">{say(keyWords.waiting)}</Mark>;
  if (count < 0) return <Mark kind="none">{say(keyWords.ended)}</Mark>;
  if (count > 30) return <Mark kind="good">{say(keyWords.inUse)}</Mark>;
  const kind = count <= 1 ? 'danger' : count <= 7 ? 'caution' : 'good';
  return <Mark kind={kind}>{say(keyWords.endsSoon, { count })}</Mark>;
}

function Rollover(props: { readonly onDone: () => void }) {
  const say = useSay();
  const deed = useDeed();
  const [isOpen, setOpen] = useState(false);
  const send = async () => {
    if (!(await deed.run('/console/api/issuer-key/rollover', {}))) return;
    setOpen(false);
    props.onDone();
  };
  return (
    <>
      <p>{say(keyWords.rolloverBody)}</p>
      <Only role="keeper">
        <div>
          <Button onPress={() => setOpen(true)}>{say(keyWords.rolloverAsk)}</Button>
        </div>
      </Only>
      {isOpen ? (
        <Confirm
          title={say(keyWords.rolloverAsk)}
          action={say(keyWords.rolloverAsk)}
          deed={deed}
          onConfirm={() => void send()}
          onClose={() => setOpen(false)}
        >
          <p>{say(keyWords.rolloverBody)}</p>
        </Confirm>
      ) : null}
    </>
  );
}

function Replacement(props: { readonly onDone: () => void }) {
  const say = useSay();
  const deed = useDeed();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (reason.trim() === '') return;
    const body = { reason: reason.trim() };
    if (!(await deed.run('/console/api/issuer-key/replace', body))) return;
    setOpen(false);
    props.onDone();
  };
  return (
    <>
      <p>{say(keyWords.replaceBody)}</p>
      <Only role="keeper">
        <div>
          <Button tone="danger" onPress={() => setOpen(true)}>
            {say(keyWords.replaceAsk)}
          </Button>
        </div>
      </Only>
      {isOpen ? (
        <Confirm
          title={say(keyWords.replace)}
          action={say(keyWords.replaceAsk)}
          tone="danger"
          deed={deed}
          onConfirm={() => void send()}
          onClose={() => setOpen(false)}
        >
          <p>{say(keyWords.replaceBody)}</p>
          <Field
            label={say(keyWords.reason)}
            hint={say(keyWords.reasonHint)}
            value={reason}
            onInput={setReason}
            wrong={isTried && reason.trim() === '' ? say(keyWords.reasonMissing) : undefined}
          />
        </Confirm>
      ) : null}
    </>
  );
}
