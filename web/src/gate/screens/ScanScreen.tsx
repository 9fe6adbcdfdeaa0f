import { useEffect, useState } from 'preact/hooks';
import type { AssistedReason } from '@tongyu/protocol';
import { Button } from '../../kit/Controls.tsx';
import { useSay } from '../../kit/context.tsx';
import type { GatePorts } from '../ports.ts';
import { CameraBox } from '../scan/CameraBox.tsx';
import { listenToScanner } from '../scan/key-scanner.ts';
import { gateWords } from '../words.ts';
import { AssistDialog } from './VerdictScreen.tsx';

/** G1: ready for a code by camera, hand scanner or pasted text. */
export function ScanScreen(props: {
  readonly ports: GatePorts;
  readonly onText: (text: string) => void;
  readonly onAssist: (reason: AssistedReason) => void;
}) {
  const say = useSay();
  const [isAsking, setAsking] = useState(false);
  const { onText } = props;
  useEffect(() => listenToScanner(onText), [onText]);
  return (
    <div class="stack">
      <p class="ready-line">
        <strong>{say(gateWords.ready)}</strong>
        <span class="small muted">{say(gateWords.readyScanner)}</span>
      </p>
      <CameraBox ports={props.ports} onText={onText} />
      <PasteForm onText={onText} />
      <Button onPress={() => setAsking(true)}>{say(gateWords.assist)}</Button>
      {isAsking ? (
        <AssistDialog onChoose={props.onAssist} onClose={() => setAsking(false)} />
      ) : null}
    </div>
  );
}

function PasteForm(props: { readonly onText: (text: string) => void }) {
  const say = useSay();
  const [text, setText] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    const trimmed = text.trim();
    if (trimmed === '') return;
    setText('');
    props.onText(trimmed);
  };
  return (
    <form class="field" onSubmit={submit}>
      <label for="paste">{say(gateWords.paste)}</label>
      <div class="paste-row">
        <input
          id="paste"
          type="text"
          value={text}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {say(gateWords.check)}
        </button>
      </div>
    </form>
  );
}
