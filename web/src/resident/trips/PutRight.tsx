import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { OBJECTION_WORDS } from '@tongyu/domain';
import { OBJECTION_REASONS, type ObjectionReason, type Repair } from '@tongyu/protocol';
import type { RepairWish, Trip, TripRepair } from '../../kit/api/trips.ts';
import { className } from '../../kit/class-words.ts';
import { Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { Notice } from '../../kit/Notice.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { cityText } from '../../kit/service-text.ts';
import type { ReceiptProps } from './Receipt.tsx';
import { refusalText } from './say-codes.ts';
import { hourText, nameOf, startOf, timesToTell } from './trip-text.ts';
import { tripWords } from './words.ts';

type Way = 'exit' | 'entry' | 'class' | 'object';

/** Two taps: one that says what is wrong, one that says how it was. What is sent shows at once. */
export function PutRight(props: ReceiptProps & { readonly onSent: () => void }) {
  const say = useSay();
  const { trip, link, onChange } = props;
  const id = useId();
  const [way, setWay] = useState<Way | undefined>();
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | undefined>();
  const send = async (act: () => Promise<string | undefined>) => {
    if (isSending) return; // a second tap sends nothing twice
    setSending(true);
    setRefusal(undefined);
    const code = await act();
    setSending(false);
    setRefusal(code);
    if (code !== undefined) return;
    setWay(undefined);
    props.onSent();
  };
  const repair = (wish: Omit<RepairWish, 'journey'>) =>
    void send(async () => {
      const reply = await link.repair({ ...wish, journey: trip.journey });
      if (!reply.ok) return reply.refusal.code;
      onChange(withRepair(trip, reply.value.repair));
      return undefined;
    });
  const object = (reason: ObjectionReason) =>
    void send(async () => {
      const reply = await link.object(trip.journey, reason);
      if (!reply.ok) return reply.refusal.code;
      onChange({ ...trip, objection: { ...reply.value.objection, answer: null } });
      return undefined;
    });
  const ways = waysOf(props);
  if (ways.length === 0) return null;
  return (
    <div class="stack put-right">
      <div class="row">
        {ways.map((each) => (
          <button
            key={each}
            type="button"
            class={isAsked(each, trip) ? 'button primary' : 'button'}
            aria-expanded={way === each}
            aria-controls={id}
            data-way={each}
            onClick={() => setWay(way === each ? undefined : each)}
          >
            {say(wayWords[each])}
          </button>
        ))}
      </div>
      <div id={id} aria-busy={isSending}>
        {way === undefined ? null : (
          <Choices {...props} way={way} onRepair={repair} onObject={object} />
        )}
      </div>
      {refusal === undefined ? null : (
        <div data-refusal={refusal}>
          <Notice kind="danger" title={say(tripWords.notSent)} live>
            {refusalText(say, refusal)}
          </Notice>
        </div>
      )}
    </div>
  );
}

/** What is told need not be told again; the rest the city says with its next list. */
function withRepair(trip: Trip, told: Repair): Trip {
  const rest = told.kind === 'class' ? { classes: [] } : { exit: false, entry: false };
  const stop = trip.repair?.stops.find(({ id }) => id === told.stop);
  return {
    ...trip,
    repair: trip.repair === null ? null : { ...trip.repair, ...rest },
    repaired: [...trip.repaired, told],
    repairedStops: [...trip.repairedStops, ...(stop === undefined ? [] : [stop])],
  };
}

const wayWords = {
  exit: tripWords.repairExit,
  entry: tripWords.repairEntry,
  class: tripWords.repairClass,
  object: tripWords.object,
} as const;

/**
 * What the screen itself asks for: somebody under way has the exit still to come, and who has shown
 * a class may leave it at that.
 */
function isAsked(way: Way, { state, line }: Trip): boolean {
  if (way === 'class') return line?.class === 0;
  return way !== 'object' && state !== 'open';
}

/** What this journey lets its rider do now. */
function waysOf({ trip, now }: ReceiptProps): readonly Way[] {
  const { repair, line, objection } = trip;
  const isOpen = repair !== null && now <= repair.until;
  return [
    ...(isOpen && repair.exit ? (['exit'] as const) : []),
    ...(isOpen && repair.entry ? (['entry'] as const) : []),
    ...(isOpen && repair.classes.length > 0 ? (['class'] as const) : []),
    ...(line !== null && objection === null ? (['object'] as const) : []),
  ];
}

type ChoicesProps = ReceiptProps & {
  readonly way: Way;
  readonly onRepair: (wish: Omit<RepairWish, 'journey'>) => void;
  readonly onObject: (reason: ObjectionReason) => void;
};

function Choices(props: ChoicesProps) {
  const say = useSay();
  const language = useLanguage();
  const { trip, way } = props;
  const host = cityText(language, trip.host);
  const home = cityText(language, props.home);
  if (way === 'object') {
    return (
      <ChoiceList body={say(tripWords.objectBody, { host })}>
        {OBJECTION_REASONS.map((reason) => (
          <Choice key={reason} onPress={() => props.onObject(reason)}>
            {say(OBJECTION_WORDS[reason])}
          </Choice>
        ))}
      </ChoiceList>
    );
  }
  if (trip.repair === null) return null;
  if (way === 'class') {
    const none = { kind: 'class', stop: null, time: null } as const;
    return (
      <ChoiceList body={say(tripWords.classBody, { host, home })}>
        {trip.repair.classes.map((each) => (
          <Choice
            key={each}

            onPress={() => props.onRepair({ ...none, class: each })}
          >
            {say(tripWords.asClass, { class: className(language, each) })}
          </Choice>
        ))}
      </ChoiceList>
    );
  }
  return <EndChoices {...props} end={way} repair={trip.repair} />;
}

/** The likeliest time is chosen already: a stop sends it. */
function EndChoices(
  props: ChoicesProps & { readonly end: 'exit' | 'entry'; readonly repair: TripRepair },
) {
  const say = useSay();
  const language = useLanguage();
  const { end, repair, trip } = props;
  const { times, likeliest } = timesToTell(end, repair);
  const [time, setTime] = useState(String(likeliest));
  const tell = (stop: string | null) =>
    props.onRepair({ kind: end, stop, time: Number(time), class: null });
  const when = formatMoment(language, repair.until);
  const hasStops = repair.stops.length > 0;
  const until = say(tripWords.repairUntil, { when, count: repair.endsLeft });
  const how = say(hasStops ? tripWords.stopSends : tripWords.cannotChange);
  return (
    <ChoiceList
      body={`${until} ${how}`}
      above={
        <Select
          label={say(end === 'exit' ? tripWords.exitTime : tripWords.entryTime)}
          value={time}
          options={times.map((each) => {
            return [String(each), hourText(language, each, startOf(trip))] as const;
          })}
          onSelect={setTime}
        />
      }
      title={hasStops ? say(end === 'exit' ? tripWords.exitStop : tripWords.entryStop) : undefined}
    >
      {hasStops ? null : <Choice onPress={() => tell(null)}>{say(tripWords.sendEnd)}</Choice>}
      {repair.stops.map((stop) => (
        <Choice key={stop.id} stop={stop.id} onPress={() => tell(stop.id)}>
          <ListText text={nameOf(stop)} unmarked />
        </Choice>
      ))}
    </ChoiceList>
  );
}

function ChoiceList(props: {
  readonly body: string;
  readonly above?: ComponentChildren;
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="stack">
      <p class="small">{props.body}</p>
      {props.above}
      {props.title === undefined ? null : <h3>{props.title}</h3>}
      <ul class="choice-rows">{props.children}</ul>
    </div>
  );
}

function Choice(props: {
  readonly stop?: string;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <li>
      <button
        type="button"
        class="choice-row"
        {...(props.stop === undefined ? {} : { 'data-stop': props.stop })}
        onClick={props.onPress}
      >
        {props.children}
      </button>
    </li>
  );
}
