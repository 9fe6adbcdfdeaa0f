// The syllables of pinyin as a tree of letters. A syllable's number is its place in the alphabet,
// from 1, so all syllables that begin alike are a range of numbers.

export type SyllableRange = { readonly from: number; readonly to: number };

export type SyllableNode = {
  readonly children: ReadonlyMap<string, SyllableNode>;
  /** The syllable that ends here, or 0. */
  readonly syllable: number;
  /** All syllables that begin so; `to` is not one of them. */
  readonly range: SyllableRange;
};

export type Syllables = {
  readonly root: SyllableNode;
  readonly count: number;
  /** 0 for what is no syllable. */
  readonly numberOf: (spelling: string) => number;
};

export function syllablesOf(spellings: Iterable<string>): Syllables {
  const sorted = [...new Set(spellings)].sort();
  const numbers = new Map(sorted.map((spelling, i) => [spelling, i + 1]));
  return {
    root: nodeOf(sorted, '', 1),
    count: sorted.length,
    numberOf: (spelling) => numbers.get(spelling) ?? 0,
  };
}

function nodeOf(spellings: readonly string[], prefix: string, first: number): SyllableNode {
  const children = new Map<string, SyllableNode>();
  const depth = prefix.length;
  const exact = spellings[0] === prefix ? 1 : 0;
  for (let i = exact; i < spellings.length;) {
    const letter = spellings[i]?.charAt(depth) ?? '';
    let end = i;
    while (end < spellings.length && spellings[end]?.charAt(depth) === letter) end++;
    children.set(letter, nodeOf(spellings.slice(i, end), prefix + letter, first + i));
    i = end;
  }
  return {
    children,
    syllable: exact === 1 ? first : 0,
    range: { from: first, to: first + spellings.length },
  };
}
