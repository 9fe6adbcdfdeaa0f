import type { Answer } from './gate-process.ts';
import { textAt } from './read-json.ts';

const WORDS: Readonly<Record<string, string>> = {
  pass: '通过 (pass)',
  check: '请核对 (please check)',
  refuse: '不通过 (not accepted)',
  unknown: '不能判定 (cannot decide)',
};

/** A gate's answer in one line: verdict, reason and next step as its screen says them. */
export function tellVerdict(answer: Answer): string {
  const verdict = textAt(answer, 'verdict');
  const refusal = answer['refusal'];
  const price = answer['priceFen'];
  const reason = textAt(answer, 'reason', 'en');
  const nextStep = textAt(answer, 'nextStep', 'en');
  const fare = typeof price === 'number' ? `, ¥${(price / 100).toFixed(2)}` : '';
  const code = typeof refusal === 'string' ? ` ${refusal}` : '';
  return `${WORDS[verdict] ?? verdict}${fare}:${code} ${reason}. ${nextStep}.`;
}
