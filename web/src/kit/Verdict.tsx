import { useSay } from './context.tsx';
import { verdictWords, type VerdictKind } from './words.ts';

/** Each verdict's own outline, so that greyscale and colour-blind eyes tell them apart. */
const shapes: Record<VerdictKind, readonly string[]> = {
  pass: ['M50 6a44 44 0 1 0 0 88a44 44 0 1 0 0-88z', 'M28 52l16 16l30-34'],
  check: ['M50 8l44 80h-88z', 'M50 36v26M50 72v6'],
  refuse: ['M32 6h36l26 26v36l-26 26h-36l-26-26v-36z', 'M34 34l32 32M66 34l-32 32'],
  unknown: ['M8 8h84v84h-84z', 'M28 50h44'],
};

/** The verdict with its reason (≤ 12 characters) and next step (≤ 16); nothing else moves. */
export function Verdict(props: {
  readonly kind: VerdictKind;
  readonly reason: string;
  readonly next: string;
  readonly compact?: boolean;
}) {
  const say = useSay();
  return (
    <div
      class={props.compact === true ? 'verdict compact' : 'verdict'}
      data-kind={props.kind}
      role="status"
    >
      <svg viewBox="0 0 100 100" aria-hidden="true" fill="none" stroke="currentColor">
        {shapes[props.kind].map((path) => (
          <path key={path} d={path} stroke-width="7" stroke-linejoin="round" />
        ))}
      </svg>
      <div class="verdict-word">{say(verdictWords[props.kind])}</div>
      <div class="verdict-reason">{props.reason}</div>
      <div class="verdict-next">{props.next}</div>
    </div>
  );
}
