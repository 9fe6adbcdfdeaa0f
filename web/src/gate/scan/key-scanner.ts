/**
 * A hardware scanner types like a keyboard, only faster: a burst of keys that ends in Enter. Keys
 * that come slower, or into a text field, are a person's and are left alone.
 */
export type KeyScanner = {
  /** @param milliseconds when the key came; the text when this key ended a burst */
  readonly key: (name: string, milliseconds: number) => string | undefined;
};

const longestGapMilliseconds = 80;
const shortestCode = 8;
const longestCode = 4_096;

export function keyScanner(): KeyScanner {
  let text = '';
  let lastAt = 0;
  return {
    key: (name, at) => {
      if (at - lastAt > longestGapMilliseconds) text = '';
      lastAt = at;
      if (name === 'Enter') {
        const burst = text;
        text = '';
        return burst.length >= shortestCode ? burst : undefined;
      }
      if (name.length === 1 && text.length < longestCode) text += name;
      return undefined;
    },
  };
}

/** Listens on the page and hands over each burst; the returned function stops it. */
export function listenToScanner(onText: (text: string) => void): () => void {
  const scanner = keyScanner();
  const listen = (event: KeyboardEvent) => {
    if (isTextField(event.target)) return;
    const text = scanner.key(event.key, event.timeStamp);
    if (text === undefined) return;
    event.preventDefault(); // Enter must not press the button that has the focus
    onText(text);
  };
  document.addEventListener('keydown', listen, { capture: true });
  return () => document.removeEventListener('keydown', listen, { capture: true });
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
