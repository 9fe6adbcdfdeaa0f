import { render } from 'preact';
import { LanguageProvider } from '../../kit/context.tsx';
import type { Language } from '../../kit/language.ts';
import { HereView, type HereProps } from './HereView.tsx';

export type HerePart = {
  /** Draws with what has changed on the code page. */
  readonly draw: (props: HereProps & { readonly language: Language }) => void;
  readonly end: () => void;
};

/**
 * Draws "where it works" into a place of the code page. It is a part of its own, loaded after the
 * code is on the screen, so nothing is shared with the page but what `draw` is given.
 */
export function mountHere(place: Element): HerePart {
  return {
    draw: ({ language, ...props }) => {
      render(
        <LanguageProvider language={language}>
          <HereView {...props} />
        </LanguageProvider>,
        place,
      );
    },
    end: () => render(null, place),
  };
}
