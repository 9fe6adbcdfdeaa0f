import type { Entry } from '@tongyu/protocol';
import { useState } from 'preact/hooks';
import type { EditionsPage } from '../../kit/api/list-office.ts';
import { Button, Dialog, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { fieldName } from '../../kit/field-text.ts';
import { Facts } from '../../kit/Page.tsx';
import { readText } from '../../kit/plain-text.ts';
import { ListText } from '../../kit/PlainText.tsx';
import { kitWords } from '../../kit/words.ts';
import { Confirm } from '../Confirm.tsx';
import { useConsole, useSession, type Deed } from '../session.tsx';
import { watchWords } from './draft-words.ts';
import { formWords } from './form-words.ts';
import type { WatchedThing } from './WatchSection.tsx';
import { useWords, WordsFields } from './Words.tsx';

type DialogProps = {
  readonly entry: Entry;
  readonly deed: Deed;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** First the reason, then what it means; only then it is done. */
export function SuspendDialog(props: DialogProps & { readonly thing: WatchedThing }) {
  const say = useSay();
  const language = useLanguage();
  const { entry, deed, thing } = props;
  const { words, setWords, text } = useWords();
  const [step, setStep] = useState<'reason' | 'tried' | 'confirm'>('reason');
  const isLift = thing.suspension !== undefined;
  const what =
    thing.rule === null ? say(watchWords.whole) : readText(language, thing.rule.name).text;
  const title = say(isLift ? watchWords.liftTitle : watchWords.suspendTitle, { what });
  if (step !== 'confirm' || text === undefined) {
    return (
      <Dialog title={title} onClose={props.onClose}>
        <WordsFields
          label={say(formWords.reason)}
          hint={say(formWords.reasonHint)}
          words={words}
          onWords={setWords}
          isTried={step === 'tried'}
        />
        <div class="answers">
          <Button onPress={props.onClose}>{say(kitWords.cancel)}</Button>
          <Button primary onPress={() => setStep(text === undefined ? 'tried' : 'confirm')}>
            {say(watchWords.next)}
          </Button>
        </div>
      </Dialog>
    );
  }
  const send = async () => {
    const path = `/console/api/list/suspensions${isLift ? '/lift' : ''}`;
    const body = { entry: entry.id, rule: thing.rule?.id ?? null, reason: text };
    if (await deed.run(path, body)) props.onDone();
  };
  const effect = isLift
    ? thing.rule === null
      ? watchWords.liftWhole
      : watchWords.liftRule
    : thing.rule === null
      ? watchWords.suspendWhole
      : watchWords.suspendRule;
  return (
    <Confirm
      key="confirm"
      title={title}
      action={say(isLift ? watchWords.lift : watchWords.suspend)}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
      {...(isLift ? {} : { tone: 'danger' as const })}
    >
      <h3>
        <ListText text={entry.name} />
      </h3>
      <p>{say(effect)}</p>
      {!isLift && thing.rule?.reciprocity === 'mutual' ? (
        <p>{say(watchWords.suspendMutual)}</p>
      ) : null}
      <Facts rows={[[say(formWords.reason), <ListText text={text} unmarked />]]} />
    </Confirm>
  );
}

export function CheckDialog(props: DialogProps) {
  const say = useSay();
  const { entry, deed } = props;
  const { words, setWords, text } = useWords();
  const [isTried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (text === undefined) return;
    if (await deed.run('/console/api/list/checks', { entry: entry.id, by: text })) props.onDone();
  };
  return (
    <Confirm
      title={say(watchWords.checkToday)}
      action={say(watchWords.checkToday)}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <p>{say(watchWords.checkBody)}</p>
      <WordsFields
        label={say(watchWords.checkedBy)}
        hint={say(watchWords.checkedByHint)}
        words={words}
        onWords={setWords}
        isTried={isTried}
      />
    </Confirm>
  );
}

/** Members that an erratum may be about; the rest is said by the entry as a whole. */
const members = [
  ...['name', 'summary', 'operator', 'access', 'staffed', 'contact', 'places', 'admits'],
  ...['tariff', 'rules', 'asks', 'source', 'stage'],
];

export function ErratumDialog(props: DialogProps) {
  const say = useSay();
  const language = useLanguage();
  const { node } = useSession();
  const { entry, deed } = props;
  const { words, setWords, text } = useWords();
  const [isTried, setTried] = useState(false);
  const [field, setField] = useState('');
  const [chosen, setChosen] = useState('');
  const { remote } = useConsole<EditionsPage>('/console/api/editions');
  const editions = remote.kind === 'ready' ? remote.value.editions : [];
  const own = editions.filter(({ parts }) => parts.some(({ party }) => party === node));
  const number = chosen === '' ? String(own[0]?.number ?? '') : chosen;
  const send = async () => {
    setTried(true);
    if (text === undefined || number === '') return;
    const about = { edition: Number(number), entry: entry.id };
    const body = { ...about, field: field === '' ? null : field, correction: text };
    if (await deed.run('/console/api/list/errata', body)) props.onDone();
  };
  return (
    <Confirm
      title={say(watchWords.erratum)}
      action={say(watchWords.erratum)}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <p>{say(watchWords.erratumBody)}</p>
      <Select
        label={say(watchWords.erratumEdition)}
        value={number}
        options={own.map((each) => [String(each.number), each.id] as const)}
        onSelect={setChosen}
      />
      <Select
        label={say(watchWords.erratumField)}
        value={field}
        options={[
          ['', say(watchWords.erratumWhole)],
          ...members.map((name) => [name, fieldName(language, name)] as const),
        ]}
        onSelect={setField}
      />
      <WordsFields
        label={say(watchWords.correction)}
        words={words}
        onWords={setWords}
        isTried={isTried}
      />
    </Confirm>
  );
}
