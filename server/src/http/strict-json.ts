/** Deepest nesting of a body: signed documents have 12 levels, inside an array. */
const MAX_DEPTH = 16;

/**
 * The value of a JSON text, or undefined when it is none, is nested too deeply, or gives a member
 * twice. `JSON.parse` swallows a million levels and lets the last of two equal members win: depth
 * is looked at before anything is allocated, and members are counted in the text and in the value.
 */
export function parseStrictJson(text: string): unknown {
  const seen = scan(text);
  if (seen === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countMembers(value) === seen.members ? value : undefined;
  } catch {
    return undefined; // SyntaxError: not JSON
  }
}

/** Counts the colons outside texts, one for each member; undefined when it is nested too deeply. */
function scan(text: string): { readonly members: number } | undefined {
  let depth = 0;
  let members = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (inText) {
      if (letter === 0x5c) at++;
      else if (letter === 0x22) inText = false;
    } else if (letter === 0x22) inText = true;
    else if (letter === 0x3a) members++;
    else if (letter === 0x7b || letter === 0x5b) {
      if (++depth > MAX_DEPTH) return undefined;
    } else if (letter === 0x7d || letter === 0x5d) depth--;
  }
  return { members };
}

function countMembers(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  let count = Array.isArray(value) ? 0 : Object.keys(value).length;
  // A member of this name is no text of ours; counted short, so that it is refused.
  if (!Array.isArray(value) && Object.hasOwn(value, '__proto__')) count--;
  for (const inner of Object.values(value) as unknown[]) count += countMembers(inner);
  return count;
}
