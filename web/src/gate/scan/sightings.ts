import { parseCode, tagKey } from '@tongyu/protocol';

/**
 * A camera sees one presentation in many frames, and a phone that is held for long signs anew in
 * between. While the same pass stays in sight it is one presentation; after 3 s out of sight the
 * same one again is a new one, and the gate decides on it.
 */
export type Sightings = {
  /** Whether this frame's text begins a presentation. @param seconds now */
  readonly isNew: (text: string, seconds: number) => boolean;
};

const outOfSightSeconds = 3;

export function sightings(): Sightings {
  let seen: { readonly key: string; readonly at: number } | undefined;
  return {
    isNew: (text, seconds) => {
      const key = keyOf(text);
      const isSame = seen?.key === key && seconds - seen.at < outOfSightSeconds;
      seen = { key, at: seconds };
      return !isSame;
    },
  };
}

function keyOf(text: string): string {
  const parsed = parseCode(text);
  if (!parsed.ok) return text;
  return tagKey(parsed.code.pass.issuer, parsed.code.pass.tag);
}
