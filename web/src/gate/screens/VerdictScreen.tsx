import { screenWords, type ScreenCase } from '@tongyu/domain';
import { useEffect, useState } from 'preact/hooks';
import type { AssistedReason, Verdict as VerdictName } from '@tongyu/protocol';
import { Button, Dialog } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatFen } from '../../kit/dates.ts';
import { isPartyCode, partyNames } from '../../kit/parties.ts';
import type { Note, Tones } from '../../kit/ports/tones.ts';
import { Verdict } from '../../kit/Verdict.tsx';
import { kitWords } from '../../kit/words.ts';
import type { ScanResult } from '../terminal/gate.ts';
import { gateWords } from '../words.ts';

/** Each verdict's own sound (A4): a rise, three short, one low, one long. */
const tunes: Readonly<Record<VerdictName, readonly Note[]>> = {
  pass: [
    { hertz: 660, milliseconds: 110 },
    { hertz: 990, milliseconds: 180 },
  ],
  check: [
    { hertz: 740, milliseconds: 90 },
    { hertz: 740, milliseconds: 90 },
    { hertz: 740, milliseconds: 90 },
  ],
  refuse: [{ hertz: 196, milliseconds: 420 }],
  unknown: [{ hertz: 440, milliseconds: 600 }],
};

export function caseOf(result: ScanResult): ScreenCase {
  if (result.fault !== undefined) return { kind: 'fault', fault: result.fault };
  if (result.isAssisted) return { kind: 'assisted' };
  if (result.refusal !== undefined) return { kind: 'refused', refusal: result.refusal };
  return { kind: 'passed', warned: result.warned };
}

/** G2: the verdict over the whole screen, until the next scan or 下一位. */
export function VerdictScreen(props: {
  readonly result: ScanResult;
  readonly turn: number;
  /** Said beside the price where the service's price is demo policy. */
  readonly demoLabel: string | undefined;
  readonly tones: Tones;
  readonly onNext: () => void;
  readonly onAssist: (reason: AssistedReason) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const { result, turn, tones } = props;
  const words = screenWords(caseOf(result));
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    tones.play(tunes[result.verdict]);
    setAsking(false);
  }, [turn, tones]);
  return (
    <section
      class="verdict-screen"
      data-verdict={result.verdict}
      data-refusal={result.refusal ?? result.fault ?? ''}
      data-tap={result.tapNumber}
      data-turn={turn}
      data-kind={result.verdict}
    >
      <Verdict
        key={turn}
        kind={result.verdict}
        reason={words.reason[language]}
        next={words.nextStep[language]}
      />
      <PriceLine result={result} demoLabel={props.demoLabel} />
      <div class="row verdict-actions">
        <Button onPress={props.onNext}>{say(gateWords.next)}</Button>
        {result.verdict === 'pass' ? null : (
          <Button onPress={() => setAsking(true)}>{say(gateWords.assist)}</Button>
        )}
      </div>
      {isAsking ? (
        <AssistDialog onChoose={props.onAssist} onClose={() => setAsking(false)} />
      ) : null}
    </section>
  );
}

function PriceLine(props: { readonly result: ScanResult; readonly demoLabel: string | undefined }) {
  const say = useSay();
  const language = useLanguage();
  const { priceFen, issuer } = props.result;
  if (priceFen === undefined || issuer === undefined) return <p class="verdict-price" />;
  const city = isPartyCode(issuer) ? say(partyNames[issuer]) : issuer;
  return (
    <p class="verdict-price figures">
      {say(gateWords.price, { city, price: formatFen(language, priceFen) })}
      {props.demoLabel === undefined ? null : <span class="small">{props.demoLabel}</span>}
    </p>
  );
}

const assistedReasons = ['no-phone', 'code-unreadable', 'card-or-paper', 'other'] as const;

/** An attendant lets a person through: a reason, and nothing about who (TAP-2.5). */
export function AssistDialog(props: {
  readonly onChoose: (reason: AssistedReason) => void;
  readonly onClose: () => void;
}) {
  const say = useSay();
  return (
    <Dialog title={say(gateWords.assist)} onClose={props.onClose}>
      <p>{say(gateWords.assistBody)}</p>
      {assistedReasons.map((reason) => (
        <Button
          key={reason}
          wide
          onPress={() => {
            props.onClose();
            props.onChoose(reason);
          }}
        >
          {say(gateWords[reason])}
        </Button>
      ))}
      <Button onPress={props.onClose}>{say(kitWords.cancel)}</Button>
    </Dialog>
  );
}
