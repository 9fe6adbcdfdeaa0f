import type { ComponentChildren } from 'preact';
import { Button, Dialog } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import type { Message } from '../kit/messages.ts';
import { Notice } from '../kit/Notice.tsx';
import { kitWords } from '../kit/words.ts';
import { fieldName } from '../kit/field-text.ts';
import { citiesText } from '../kit/service-text.ts';
import { officeRefusalWords } from './list/office-refusal-words.ts';
import { refusalWords } from './refusal-words.ts';
import type { Deed } from './session.tsx';
import { consoleWords } from './words.ts';

/** What became of an action, in words; nothing while it has not been tried. */
export function DeedNotice(props: { readonly deed: Deed; readonly done?: string }) {
  const say = useSay();
  const { state } = props.deed;
  if (state === 'idle' || state === 'busy') return null;
  if (state === 'done')
    return <Notice kind="good" title={props.done ?? say(consoleWords.done)} live />;
  if (state === 'unreachable') {
    return (
      <Notice kind="caution" title={say(kitWords.offlineTitle)} live>
        {say(kitWords.offlineNoData)}
      </Notice>
    );
  }
  return (
    <Notice kind="danger" title={say(consoleWords.refused)} live>
      {say(consoleWords.refusedBody)}
      <RefusalReason code={state.code} /> <RefusalFacts facts={state.facts ?? {}} />{' '}
      <span class="code">{state.reference ?? state.code}</span>
    </Notice>
  );
}

function RefusalReason(props: { readonly code: string }) {
  const say = useSay();
  const words: Readonly<Record<string, Message>> = { ...officeRefusalWords, ...refusalWords };
  const message = Object.hasOwn(words, props.code) ? words[props.code] : undefined;
  return message === undefined ? null : <>{say(message)}</>;
}

/** Who lacks, which entry, which member: as far as the node said so. */
function RefusalFacts(props: { readonly facts: Readonly<Record<string, unknown>> }) {
  const language = useLanguage();
  const { missing, why, party, entry, entries, field } = props.facts;
  const parties = Array.isArray(missing) ? missing.map(String) : [];
  const named = [...parties, ...(typeof party === 'string' ? [party] : [])];
  const ids = [entry, entries].filter((each) => typeof each === 'string');
  return (
    <>
      {typeof why === 'string' ? <RefusalReason code={why} /> : null}
      {named.length === 0 ? null : <strong> {citiesText(language, named)} </strong>}
      {ids.length === 0 ? null : <span class="code"> {ids.join(' ')} </span>}
      {typeof field === 'string' ? ` ${fieldName(language, field.replace(/^body\//, ''))} ` : null}
    </>
  );
}

/**
 * Asks before something that others see or that cannot be undone. The effect is said first; both
 * answers are equally large.
 */
export function Confirm(props: {
  readonly title: string;
  readonly action: string;
  readonly tone?: 'danger';
  readonly deed: Deed;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const say = useSay();
  const isBusy = props.deed.state === 'busy';
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      {props.children}
      {props.deed.state === 'done' ? null : <DeedNotice deed={props.deed} />}
      <div class="answers">
        <Button onPress={props.onClose}>{say(kitWords.cancel)}</Button>
        <Button
          primary
          onPress={props.onConfirm}
          disabled={isBusy}
          {...(props.tone === undefined ? {} : { tone: props.tone })}
        >
          {isBusy ? say(consoleWords.working) : props.action}
        </Button>
      </div>
    </Dialog>
  );
}
