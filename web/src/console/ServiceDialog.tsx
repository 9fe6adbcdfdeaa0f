import { useState } from 'preact/hooks';
import type { ConsoleService } from '../kit/api/console.ts';
import { Button, Dialog, Field, Select } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { Facts, PartyName } from '../kit/Page.tsx';
import { isPartyCode, memberCodes, partyNames } from '../kit/parties.ts';
import { serviceNameIn } from '../kit/ServiceName.tsx';
import { kitWords } from '../kit/words.ts';
import { Confirm } from './Confirm.tsx';
import { changesOf, fenOf, yuanOf } from './service-change.ts';
import { serviceWords } from './service-words.ts';
import { useDeed } from './session.tsx';
import { terminalWords } from './tap-words.ts';

type DialogProps = {
  readonly service: ConsoleService;
  /** The whole file as it stands: it is always signed as a whole. */
  readonly services: readonly ConsoleService[];
  readonly number: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Edits one service, shows what would change, and only then has the next file signed. */
export function ServiceDialog(props: DialogProps) {
  const { service } = props;
  const [changed, setChanged] = useState<ConsoleService>();
  const [draft, setDraft] = useState<Draft>(() => draftOf(service));
  if (changed !== undefined) {
    return <ConfirmChange {...props} changed={changed} />;
  }
  return (
    <EditForm
      service={service}
      draft={draft}
      onDraft={setDraft}
      onClose={props.onClose}
      onReview={setChanged}
    />
  );
}

type Draft = {
  readonly open: boolean;
  /** In yuan as typed, by residence; empty where residents of that city are not accepted. */
  readonly prices: readonly (readonly [residence: string, yuan: string])[];
};

function draftOf({ open, prices }: ConsoleService): Draft {
  const others = prices.map(({ residence }) => residence).filter((code) => !isMember(code));
  const fen = new Map(prices.map(({ residence, priceFen }) => [residence, priceFen]));
  return {
    open,
    prices: [...memberCodes, ...others].map((code) => [code, yuanOf(fen.get(code))]),
  };
}

function isMember(code: string): boolean {
  return memberCodes.some((each) => each === code);
}

function EditForm(props: {
  readonly service: ConsoleService;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly onClose: () => void;
  readonly onReview: (changed: ConsoleService) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const { service, draft } = props;
  const [isTried, setTried] = useState(false);
  const [isSame, setSame] = useState(false);
  const isWrong = (yuan: string) => yuan.trim() !== '' && fenOf(yuan) === undefined;
  const review = () => {
    setTried(true);
    if (draft.prices.some(([, yuan]) => isWrong(yuan))) return;
    const prices = draft.prices.flatMap(([residence, yuan]) => {
      const priceFen = fenOf(yuan);
      return priceFen === undefined ? [] : [{ residence, priceFen }];
    });
    const changed = { ...service, open: draft.open, prices };
    if (changesOf(service, changed).length === 0) setSame(true);
    else props.onReview(changed);
  };
  const setPrice = (code: string, yuan: string) => {
    const prices = draft.prices.map(([each, old]) => [each, each === code ? yuan : old] as const);
    props.onDraft({ ...draft, prices });
  };
  return (
    <Dialog title={serviceNameIn(service.name, language).text} onClose={props.onClose}>
      <Select
        label={say(terminalWords.state)}
        value={draft.open ? 'open' : 'closed'}
        options={[
          ['open', say(serviceWords.open)],
          ['closed', say(serviceWords.closed)],
        ]}
        onSelect={(value) => props.onDraft({ ...draft, open: value === 'open' })}
      />
      <p class="small muted">{say(serviceWords.pricesHint)}</p>
      {draft.prices.map(([code, yuan]) => (
        <Field
          key={code}
          label={say(serviceWords.priceFor, {
            city: isPartyCode(code) ? say(partyNames[code]) : code,
          })}
          value={yuan}
          onInput={(value) => setPrice(code, value)}
          wrong={isTried && isWrong(yuan) ? say(serviceWords.priceWrong) : undefined}
        />
      ))}
      {isSame ? <p role="status">{say(serviceWords.same)}</p> : null}
      <div class="answers">
        <Button onPress={props.onClose}>{say(kitWords.cancel)}</Button>
        <Button primary onPress={review}>
          {say(serviceWords.review)}
        </Button>
      </div>
    </Dialog>
  );
}

function ConfirmChange(props: DialogProps & { readonly changed: ConsoleService }) {
  const say = useSay();
  const language = useLanguage();
  const deed = useDeed();
  const { service, changed } = props;
  const send = async () => {
    const services = props.services.map((each) => (each.id === service.id ? changed : each));
    if (!(await deed.run('/console/api/services', { services }))) return;
    props.onClose();
    props.onDone();
  };
  const state = (open: boolean) => say(open ? serviceWords.open : serviceWords.closed);
  const price = (fen: number | undefined) =>
    fen === undefined ? say(serviceWords.notAccepted) : `¥${yuanOf(fen)}`;
  return (
    <Confirm
      title={say(serviceWords.confirmTitle)}
      action={say(serviceWords.sign)}
      deed={deed}
      onConfirm={() => void send()}
      onClose={props.onClose}
    >
      <h3>{serviceNameIn(service.name, language).text}</h3>
      <Facts
        rows={changesOf(service, changed).map((change) =>
          change.what === 'open'
            ? [say(terminalWords.state), `${state(change.from)} → ${state(change.to)}`]
            : [
                <PartyName code={change.residence} />,
                `${price(change.from)} → ${price(change.to)}`,
              ],
        )}
      />
      <p>{say(serviceWords.confirmBody, { number: props.number + 1 })}</p>
    </Confirm>
  );
}
