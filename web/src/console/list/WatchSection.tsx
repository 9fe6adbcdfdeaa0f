import type { CatalogueOffer, ConcessionRule, Entry, Suspension } from '@tongyu/protocol';
import { useState } from 'preact/hooks';
import { Button } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment, isoMoment } from '../../kit/dates.ts';
import { fieldName } from '../../kit/field-text.ts';
import { Mark } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { Table } from '../../kit/Table.tsx';
import { DeedNotice } from '../Confirm.tsx';
import { useConsole, useDeed, useMay, type Deed } from '../session.tsx';
import { decisionWords } from '../words.ts';
import { watchWords } from './draft-words.ts';
import { editionWords } from './edition-words.ts';
import { CheckDialog, ErratumDialog, SuspendDialog } from './WatchDialogs.tsx';
import { RoleNote } from './WhoAmI.tsx';

/** What to suspend or lift: the service, or one rule of it. */
export type WatchedThing = {
  readonly rule: ConcessionRule | null;
  /** By this city's office; only that is its to lift. */
  readonly suspension: Suspension | undefined;
  /** For residents of partners that have stopped the like for ours: it ends when theirs does. */
  readonly followed: readonly Suspension[];
};

type Asking = 'check' | 'erratum' | WatchedThing | undefined;

/** What the city says of a published entry between two editions. */
export function WatchSection(props: { readonly entry: Entry }) {
  const say = useSay();
  const { entry } = props;
  // The city's own head as everybody gets it: what stands there is what gates act upon.
  const { remote, askAgain } = useConsole<CatalogueOffer>('/catalogue/offer?edition=1000000');
  const [asking, setAsking] = useState<Asking>();
  const deed = useDeed();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    askAgain();
  };
  const shared = { entry, deed, onClose: close, onDone: done };
  return (
    <Section title={say(watchWords.title)}>
      <p>{say(watchWords.lead)}</p>
      {asking === undefined ? <DeedNotice deed={deed} done={say(watchWords.done)} /> : null}
      <RemoteView remote={remote} onRetry={askAgain}>
        {(offer) => <Standing entry={entry} offer={offer} deed={deed} onAsk={setAsking} />}
      </RemoteView>
      {asking === undefined ? null : asking === 'check' ? (
        <CheckDialog {...shared} />
      ) : asking === 'erratum' ? (
        <ErratumDialog {...shared} />
      ) : (
        <SuspendDialog {...shared} thing={asking} />
      )}
    </Section>
  );
}

function Standing(props: {
  readonly entry: Entry;
  readonly offer: CatalogueOffer;
  readonly deed: Deed;
  readonly onAsk: (asking: Asking) => void;
}) {
  const say = useSay();
  const { entry, offer } = props;
  const party = entry.id.slice(0, 4);
  const head = offer.heads.find(({ signed }) => signed.party === party)?.signed;
  const ofEntry = head?.suspended.filter((one) => one.entry === entry.id) ?? [];
  const things = [null, ...entry.rules].map((rule): WatchedThing => {
    const all = ofEntry.filter((one) => one.rule === (rule?.id ?? null));
    const suspension = all.find(({ residence }) => residence === null);
    return { rule, suspension, followed: all.filter(({ residence }) => residence !== null) };
  });
  const errata = offer.errata.filter(({ signed }) => signed.entry === entry.id);
  const ask = (asking: Asking) => {
    props.deed.reset();
    props.onAsk(asking);
  };
  return (
    <>
      <SuspensionTable things={things} onAsk={ask} />
      <RoleNote role="publisher" />
      <div class="row">
        {useMay('editor') ? (
          <Button onPress={() => ask('check')}>{say(watchWords.checkToday)}</Button>
        ) : null}
        {useMay('publisher') ? (
          <Button onPress={() => ask('erratum')}>{say(watchWords.erratum)}</Button>
        ) : null}
      </div>
      {errata.length === 0 ? null : <Errata errata={errata} />}
    </>
  );
}

function SuspensionTable(props: {
  readonly things: readonly WatchedThing[];
  readonly onAsk: (thing: WatchedThing) => void;
}) {
  const say = useSay();
  const mayPublish = useMay('publisher');
  const nameOf = ({ rule }: WatchedThing) =>
    rule === null ? say(watchWords.whole) : <ListText text={rule.name} unmarked />;
  return (
    <Table
      caption={say(watchWords.suspensionCaption)}
      rows={props.things}
      keyOf={({ rule }) => rule?.id ?? ''}
      columns={[
        { label: say(watchWords.what), show: nameOf },
        {
          label: say(editionWords.state),
          show: (thing) => <StandingOf thing={thing} />,
        },
        ...(mayPublish
          ? [
              {
                label: say(decisionWords.action),
                show: (thing: WatchedThing) => (
                  <Button
                    onPress={() => props.onAsk(thing)}
                    {...(thing.suspension === undefined ? { tone: 'danger' as const } : {})}
                  >
                    {say(thing.suspension === undefined ? watchWords.suspend : watchWords.lift)}
                    <span class="visually-hidden">: {nameOf(thing)}</span>
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** What this city's office has stopped, and what stands still because a partner's does. */
function StandingOf({ thing }: { readonly thing: WatchedThing }) {
  const say = useSay();
  const language = useLanguage();
  const { suspension, followed } = thing;
  return (
    <>
      {suspension === undefined ? (
        <Mark kind="good">{say(watchWords.open)}</Mark>
      ) : (
        <>
          <Mark kind="danger">
            {say(watchWords.suspendedSince, { when: formatMoment(language, suspension.since) })}
          </Mark>
          <span class="below">
            <ListText text={suspension.reason} />
          </span>
        </>
      )}
      {followed.map(({ residence, since, reason }) => (
        <span key={residence} class="below">
          <Mark kind="caution">
            {say(watchWords.followedSince, {
              city: cityText(language, residence ?? ''),
              when: formatMoment(language, since),
            })}
          </Mark>{' '}
          <ListText text={reason} />
        </span>
      ))}
    </>
  );
}

function Errata(props: { readonly errata: CatalogueOffer['errata'] }) {
  const say = useSay();
  const language = useLanguage();
  return (
    <>
      <h3>{say(watchWords.errata)}</h3>
      <ol class="entries-list">
        {props.errata.map(({ signed }) => (
          <li key={signed.number}>
            <time dateTime={isoMoment(signed.time)}>{formatMoment(language, signed.time)}</time>
            {signed.field === null ? null : ` · ${fieldName(language, signed.field)}`}
            <span class="below">
              <ListText text={signed.correction} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
