import { screenWords, type ScreenCase } from '@tongyu/domain';
import { useEffect, useState } from 'preact/hooks';
import type { AssistedReason, Verdict as VerdictName } from '@tongyu/protocol';
import { Button, Dialog } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatFen } from '../../kit/dates.ts';
import { ListText } from '../../kit/PlainText.tsx';
import type { Note, Tones } from '../../kit/ports/tones.ts';
import { cityText, priceText } from '../../kit/service-text.ts';
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
      <Terms result={result} demoLabel={props.demoLabel} />
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

/**
 * What it costs, what it would have cost, and which concession makes the difference. Who bears that
 * is no matter for a gate; the receipt tells it.
 */
function Terms(props: { readonly result: ScanResult; readonly demoLabel: string | undefined }) {
  const say = useSay();
  const language = useLanguage();
  const { priceFen, fromFen = priceFen, fullFen = 0, issuer } = props.result;
  if (priceFen === undefined || fromFen === undefined || issuer === undefined) {
    return <div class="verdict-terms" />;
  }
  const city = cityText(language, issuer);
  const price = priceText(language, { fromFen, priceFen });
  return (
    <div class="verdict-terms">
      <p class="verdict-price figures">
        {say(gateWords.price, { city, price })}
        {fullFen > priceFen ? (
          <span class="verdict-full">
            {say(gateWords.fullPrice)} <s>{formatFen(language, fullFen)}</s>
          </span>
        ) : null}
      </p>
      <p class="verdict-treatment">
        <Treatment result={props.result} />
        {props.demoLabel === undefined ? null : <span class="small">{props.demoLabel}</span>}
      </p>
    </div>
  );
}

/** The concession by its name, or that there is none and why. */
function Treatment({ result }: { readonly result: ScanResult }) {
  const say = useSay();
  const language = useLanguage();
  const { rule = null, why = null, fullFen = 0, fromFen = 0, priceFen = 0 } = result;
  if (rule !== null) return <ListText text={rule.name} unmarked />;
  if (why === null) return fullFen === 0 ? null : <>{say(gateWords.fullPrice)}</>;
  // Up to the full price: what it will be is not known yet, and the reason says why.
  if (fromFen < priceFen) return <>{why[language]}</>;
  return (
    <>
      {say(gateWords.fullPrice)} · {why[language]}
    </>
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
