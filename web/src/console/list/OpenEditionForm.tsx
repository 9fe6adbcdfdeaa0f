import {
  dateAt,
  dateShape,
  editionIdAt,
  editionStart,
  nextEditionId,
  readShape,
  startOfDate,
} from '@tongyu/protocol';
import { useState } from 'preact/hooks';
import { Button, Field, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Section } from '../../kit/Page.tsx';
import { usePorts } from '../../kit/ports-context.ts';
import { DeedNotice } from '../Confirm.tsx';
import { useDeed } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { editionName } from '../../kit/service-text.ts';
import { editionWords } from './edition-words.ts';

/** Opens the next edition: the half-year after the last one, at its first day, is suggested. */
export function OpenEditionForm(props: {
  readonly last: string | undefined;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const { clock } = usePorts();
  const deed = useDeed();
  const now = Math.floor(clock.now() / 1000);
  const first = props.last === undefined ? editionIdAt(now) : nextEditionId(props.last);
  const second = nextEditionId(first);
  const ids = [first, second, nextEditionId(second)];
  const [id, setId] = useState(first);
  const [when, setWhen] = useState<'date' | 'at-once'>(
    editionStart(first) > now ? 'date' : 'at-once',
  );
  const [date, setDate] = useState(dateAt(editionStart(first)));
  const [isTried, setTried] = useState(false);
  const isGood = readShape(dateShape, date.trim()).ok;
  const send = async () => {
    setTried(true);
    if (when === 'date' && !isGood) return;
    const effectiveFrom = when === 'date' ? startOfDate(date.trim()) : null;
    if (await deed.run('/console/api/editions', { id, effectiveFrom })) props.onDone();
  };
  return (
    <Section title={say(editionWords.openTitle)}>
      <p>{say(editionWords.openBody)}</p>
      <div class="form">
        <Select
          label={say(editionWords.halfYear)}
          value={id}
          options={ids.map((each) => [each, editionName(language, each)] as const)}
          onSelect={(chosen) => {
            setId(chosen);
            setDate(dateAt(editionStart(chosen)));
          }}
        />
        <Select
          label={say(editionWords.when)}
          value={when}
          options={[
            ['date', say(editionWords.onDate)],
            ['at-once', say(editionWords.atOnce)],
          ]}
          onSelect={setWhen}
        />
        {when === 'date' ? (
          <Field
            label={say(editionWords.date)}
            value={date}
            onInput={setDate}
            wrong={isTried && !isGood ? say(editionWords.dateWrong) : undefined}
          />
        ) : null}
        <DeedNotice deed={deed} />
        <div>
          <Button primary onPress={() => void send()} disabled={deed.state === 'busy'}>
            {say(deed.state === 'busy' ? consoleWords.working : editionWords.openIt)}
          </Button>
        </div>
      </div>
    </Section>
  );
}
