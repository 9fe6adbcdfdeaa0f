import type { Json } from '@tongyu/protocol';
import type { ComponentChildren } from 'preact';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Button } from '../../kit/Controls.tsx';
import { memberWords } from '../../kit/member-words.ts';
import { weekdayText } from '../../kit/service-text.ts';
import { Pair } from './EntryForm.tsx';
import { ChoicesAt, ItemsAt, TextAt, WordsAt } from './fields.tsx';
import { useAt } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { clockTime, degrees } from './spellings.ts';

const noWords = { zhCN: '', zhTW: null, en: null };

/** Where and when. */
export function PlacesFields() {
  const say = useSay();
  return (
    <ItemsAt
      path="places"
      nameOf={(number) => say(formWords.place, { number })}
      add={say(formWords.addPlace)}
      fresh={() => ({ id: '', name: noWords, address: null, position: null, hours: [] })}
      draw={(path) => <PlaceFields path={path} />}
    />
  );
}

function PlaceFields(props: { readonly path: string }) {
  const say = useSay();
  const { path } = props;
  return (
    <>
      <TextAt path={`${path}.id`} label={say(memberWords.id)} />
      <WordsAt path={`${path}.name`} label={say(memberWords.name)} />
      <MaybeAt
        path={`${path}.address`}
        add={say(formWords.addAddress)}
        what={say(memberWords.address)}
        fresh={noWords}
      >
        <WordsAt path={`${path}.address`} label={say(memberWords.address)} />
      </MaybeAt>
      <MaybeAt
        path={`${path}.position`}
        add={say(formWords.addPosition)}
        what={say(memberWords.position)}
        fresh={{ latitudeE6: '', longitudeE6: '' }}
      >
        <Pair>
          <TextAt
            path={`${path}.position.latitudeE6`}
            label={say(formWords.latitude)}
            hint={say(formWords.degreesHint)}
            spelling={degrees}
          />
          <TextAt
            path={`${path}.position.longitudeE6`}
            label={say(formWords.longitude)}
            hint={say(formWords.degreesHint)}
            spelling={degrees}
          />
        </Pair>
      </MaybeAt>
      <HoursFields path={`${path}.hours`} />
    </>
  );
}

function HoursFields(props: { readonly path: string }) {
  const say = useSay();
  const language = useLanguage();
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => [day, weekdayText(language, day)] as const);
  return (
    <ItemsAt
      path={props.path}
      nameOf={(number) => say(formWords.hours, { number })}
      add={say(formWords.addHours)}
      fresh={() => ({ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 540, toMinute: 1020 })}
      draw={(path) => (
        <>
          <ChoicesAt path={`${path}.days`} label={say(formWords.days)} options={days} />
          <Pair>
            <TextAt
              path={`${path}.fromMinute`}
              label={say(formWords.opens)}
              hint={say(formWords.clockHint)}
              spelling={clockTime}
            />
            <TextAt
              path={`${path}.toMinute`}
              label={say(formWords.closes)}
              hint={say(formWords.clockHint)}
              spelling={clockTime}
            />
          </Pair>
        </>
      )}
    />
  );
}

/** A part that an entry may have or not. */
function MaybeAt(props: {
  readonly path: string;
  readonly add: string;
  readonly what: string;
  readonly fresh: Json;
  readonly children: ComponentChildren;
}) {
  const say = useSay();
  const { value, set } = useAt(props.path);
  if (value === null || value === undefined) {
    return (
      <div>
        <Button onPress={() => set(props.fresh)}>{props.add}</Button>
      </div>
    );
  }
  return (
    <div class="stack">
      {props.children}
      <div>
        <Button tone="danger" onPress={() => set(null)}>
          {say(formWords.dropPart, { what: props.what })}
        </Button>
      </div>
    </div>
  );
}
