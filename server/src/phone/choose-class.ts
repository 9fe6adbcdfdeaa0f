import { NO_CLASS, type ClassChoice } from '@tongyu/domain';
import type { HeldClass, HomeAnswer, HomeRefusal } from './ports.ts';
import type { PhoneParts } from './create-phone.ts';
import { askHome } from './sync-pool.ts';

/** Why the home city puts a class on no pass. */
const CLASS_REFUSALS = ['CLASS_NOT_PROVED', 'CLASS_TOO_RARE'] as const;

export function isAboutClass({ code }: HomeRefusal): boolean {
  return CLASS_REFUSALS.some((about) => about === code);
}

/** Keeps the choice when the home city lets passes carry the class; none is always allowed. */
export async function chooseClass(
  parts: PhoneParts,
  classNumber: number,
): Promise<HomeAnswer<ClassChoice>> {
  if (classNumber === 0) return { ok: true, value: saveChoice(parts, NO_CLASS) };
  const answer = await askHome(parts, (as) => parts.home.classes(as));
  if (!answer.ok) return answer;
  const choice = choiceOf(answer.value, classNumber);
  return 'code' in choice
    ? { ok: false, refusal: choice }
    : { ok: true, value: saveChoice(parts, choice) };
}

/**
 * Learns until when the chosen class is proved now. One that is not proved any more stays chosen,
 * and passes carry none until it is proved again.
 */
export async function renewChoice(parts: PhoneParts): Promise<HomeAnswer<null>> {
  const chosen = parts.store.load()?.choice.class ?? 0;
  if (chosen === 0) return { ok: true, value: null };
  const answer = await askHome(parts, (as) => parts.home.classes(as));
  if (!answer.ok) return answer;
  const choice = choiceOf(answer.value, chosen);
  if ('code' in choice) proofIsOver(parts);
  else saveChoice(parts, choice);
  return { ok: true, value: null };
}

/** The chosen class stays chosen and is carried by no pass from now on. */
export function proofIsOver(parts: PhoneParts): void {
  const chosen = parts.store.load()?.choice.class ?? 0;
  saveChoice(parts, { class: chosen, until: 0 });
}

function choiceOf(held: readonly HeldClass[], classNumber: number): ClassChoice | HomeRefusal {
  const found = held.find((one) => one.class === classNumber);
  if (found?.standing === 'offered') return { class: classNumber, until: found.expires };
  return { code: found?.standing === 'rare' ? 'CLASS_TOO_RARE' : 'CLASS_NOT_PROVED' };
}

function saveChoice({ store }: PhoneParts, choice: ClassChoice): ClassChoice {
  const record = store.load();
  if (record === undefined) return choice;
  const isSame = record.choice.class === choice.class && record.choice.until === choice.until;
  if (!isSame) store.save({ ...record, choice });
  return choice;
}
