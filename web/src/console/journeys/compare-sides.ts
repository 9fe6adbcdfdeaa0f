import type { ParitySide } from '../../kit/api/journeys.ts';
import type { Language } from '../../kit/language.ts';
import { sayIn } from '../../kit/messages.ts';
import { parityWords } from './words.ts';

/** From this ratio of refusals, or these parts of the full fare, the report says so in words. */
const NOTED_RATIO = 1.25;
const NOTED_SHARE = 0.05;
/** Fewer scans say nothing of a side. */
const FEWEST_SCANS = 5;

/** What stands out between the two sides, in one or two sentences. */
export function compareSides(language: Language, locals: ParitySide, visitors: ParitySide): string {
  const say = sayIn(language);
  if (Math.min(locals.taps, visitors.taps) < FEWEST_SCANS) return say(parityWords.tooFew);
  const sentences = [
    refusalSentence(language, locals, visitors),
    payTold(language, locals, visitors),
  ];
  const told = sentences.filter((sentence) => sentence !== undefined);
  return told.length === 0 ? say(parityWords.same) : told.join(language === 'en' ? ' ' : '');
}

function refusalSentence(
  language: Language,
  locals: ParitySide,
  visitors: ParitySide,
): string | undefined {
  const say = sayIn(language);
  const [ours, theirs] = [locals.refused / locals.taps, visitors.refused / visitors.taps];
  if (theirs === 0) return undefined;
  if (ours === 0) return say(parityWords.refusedOnly, { share: percent(language, theirs) });
  if (theirs / ours < NOTED_RATIO) return undefined;
  const times = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return say(parityWords.refusedMore, { times: times.format(theirs / ours) });
}

function payTold(language: Language, locals: ParitySide, visitors: ParitySide): string | undefined {
  if (locals.fullFen === 0 || visitors.fullFen === 0) return undefined;
  const [ours, theirs] = [locals.riderFen / locals.fullFen, visitors.riderFen / visitors.fullFen];
  if (Math.abs(theirs - ours) < NOTED_SHARE) return undefined;
  return sayIn(language)(parityWords.payMore, {
    visitors: percent(language, theirs),
    locals: percent(language, ours),
  });
}

function percent(language: Language, share: number): string {
  return new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
  }).format(share);
}
