import { CODE_PREFIX, parseCode } from '@tongyu/protocol';

/** The first character of the tag that can be changed so that the code keeps its form. */
export function changeOneCharacter(text: string): string {
  for (let at = CODE_PREFIX.length + 9; at < text.length; at++) {
    for (const letter of '0123456789') {
      const changed = text.slice(0, at) + letter + text.slice(at + 1);
      if (changed !== text && parseCode(changed).ok) return changed;
    }
  }
  return text;
}
