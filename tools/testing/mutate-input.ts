// Seeded changes to texts and bytes, for tests that throw spoiled input at decoders.

/** A small seeded generator (mulberry32): good enough to vary inputs, and for nothing else. */
export type Dice = {
  /** An integer from 0 to below `end`. */
  readonly below: (end: number) => number;
  readonly seed: number;
};

/** The seed comes from TONGYU_SEED, so that a failure can be seen again, or from the clock. */
export function rollDice(seed = Number(process.env['TONGYU_SEED'] ?? Date.now() % 2 ** 31)): Dice {
  let state = seed;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return { below, seed };
}

const ODD_TEXTS = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '.', '-', '0', '1', '9', 'a', 'Z', '=', '+', '/'],
  ...['null', 'true', '1e9', '-0', '1.5', '9007199254740993', '\\u0000', '{}', '[]', '""', '[['],
  ...[' ', '\n', '\u0000', '\ufeff', '\ud800', '一', '\u{1f600}', '__proto__', 'TY1:', '%', '$'],
];

/** The text with one to three small changes. It may come out as it was. */
export function mutateText(text: string, dice: Dice): string {
  let changed = text;
  for (let times = 1 + dice.below(3); times > 0; times--) {
    const at = dice.below(changed.length + 1);
    const length = dice.below(4);
    const odd = ODD_TEXTS[dice.below(ODD_TEXTS.length)] ?? '';
    const from = dice.below(changed.length + 1);
    const put = [odd, '', changed.slice(from, from + 1 + dice.below(8)), changed.charAt(from)];
    changed = changed.slice(0, at) + (put[dice.below(4)] ?? '') + changed.slice(at + length);
  }
  return changed;
}

/** The bytes with one to three small changes. They may come out as they were. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array<ArrayBuffer> {
  let changed = [...bytes];
  for (let times = 1 + dice.below(3); times > 0; times--) {
    const at = dice.below(changed.length + 1);
    const kind = dice.below(4);
    if (kind === 0 && at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << dice.below(8));
    else if (kind === 1) changed[at] = [0, 1, 127, 128, 255][dice.below(5)] ?? 0;
    else if (kind === 2) changed = changed.slice(0, at);
    else changed.splice(at, dice.below(3), ...changed.slice(0, dice.below(4)));
  }
  return new Uint8Array(changed);
}
