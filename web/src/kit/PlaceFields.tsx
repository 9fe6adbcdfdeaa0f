import type { Direction } from '@tongyu/protocol';
import type { ConsoleService } from './api/console.ts';
import { Select } from './Controls.tsx';
import { useLanguage, useSay } from './context.tsx';
import { placeWords } from './place-words.ts';
import { readText } from './plain-text.ts';

/** As registered with the city: which way a terminal lets people go, and at which stop. */
export type GatePlace = { readonly direction: Direction; readonly stop: string | null };

export const NO_PLACE: GatePlace = { direction: 'single', stop: null };

/** An entry or exit gate of a service with stops stands at one of them. */
export function isWholePlace(service: ConsoleService | undefined, place: GatePlace): boolean {
  const stops = service?.stops ?? [];
  if (place.stop === null) return stops.length === 0 || place.direction === 'single';
  return stops.some(({ id }) => id === place.stop);
}

const directions = ['single', 'entry', 'exit'] as const;

/** The direction, and the stop where the service's price depends on it. */
export function PlaceFields(props: {
  readonly service: ConsoleService | undefined;
  readonly place: GatePlace;
  readonly isTried: boolean;
  readonly onChange: (place: GatePlace) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const { service, place, onChange } = props;
  const stops = service?.stops ?? [];
  const none = place.direction === 'single' ? placeWords.noStop : placeWords.chooseStop;
  const isWrong = props.isTried && !isWholePlace(service, place);
  return (
    <>
      <Select
        label={say(placeWords.direction)}
        value={place.direction}
        options={directions.map((each) => [each, say(placeWords[each])] as const)}
        onSelect={(direction) => onChange({ ...place, direction })}
      />
      {stops.length === 0 ? null : (
        <Select
          label={say(placeWords.stop)}
          value={place.stop ?? ''}
          wrong={isWrong ? say(placeWords.stopMissing) : undefined}
          options={[
            ['', say(none)],
            ...stops.map(({ id, name }) => {
              const { text, lang } = readText(language, name);
              return lang === undefined ? ([id, text] as const) : ([id, text, lang] as const);
            }),
          ]}
          onSelect={(stop) => onChange({ ...place, stop: stop === '' ? null : stop })}
        />
      )}
    </>
  );
}
