import type { Rider } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { listWords } from '../../kit/list-words.ts';
import { partyNames } from '../../kit/parties.ts';
import { cityText } from '../../kit/service-text.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { listPageWords } from './words.ts';

const CLASSES = [0, 1, 2, 3, 4, 5, 6] as const;

/** Where somebody lives and what they show; no more is ever asked for a price. */
export function RiderForm(props: {
  readonly action: string;
  /** What the address calls the residence. */
  readonly residenceName: string;
  readonly rider: Rider | null;
}) {
  const say = useSay();
  const language = useLanguage();
  const { rider } = props;
  const parties = Object.keys(partyNames).map(
    (party) => [party, cityText(language, party)] as const,
  );
  return (
    <form class="price-form" method="get" action={props.action}>
      <input type="hidden" name="lang" value={language} />
      <p class="small muted">{say(listPageWords.priceForm)}</p>
      <ChoiceField
        name={props.residenceName}
        label={say(listPageWords.home)}
        value={rider?.residence ?? null}
        all={say(listPageWords.chooseHome)}
        options={parties}
      />
      <ChoiceField
        name="class"
        label={say(listPageWords.class)}
        value={String(rider?.class ?? 0)}
        options={CLASSES.map((each) => [String(each), say(listWords[`class${each}`])])}
      />
      <button class="button" type="submit">
        {say(listPageWords.show)}
      </button>
    </form>
  );
}
