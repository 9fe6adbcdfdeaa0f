import type { Language } from '../kit/language.ts';

type Value = string | number | boolean | null | undefined;

/** An address within the site: the language goes along, what is empty is left out. */
export function address(
  path: string,
  language: Language,
  query: Readonly<Record<string, Value>> = {},
): string {
  const members = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  );
  const params = new URLSearchParams(members.map(([name, value]) => [name, String(value)]));
  params.set('lang', language);
  return `${path}?${params.toString()}`;
}
