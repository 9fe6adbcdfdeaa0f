import type { Language } from '../../kit/language.ts';
import { sayIn } from '../../kit/messages.ts';
import { editionWords } from './edition-words.ts';

/** `2027-H1` as people call it: 2027上半年版. */
export function editionName(language: Language, id: string): string {
  const say = sayIn(language);
  const half = say(id.endsWith('1') ? editionWords.firstHalf : editionWords.secondHalf);
  return say(editionWords.name, { year: id.slice(0, 4), half });
}
