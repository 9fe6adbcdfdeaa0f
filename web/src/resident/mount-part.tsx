import { render, type ComponentType } from 'preact';
import { LanguageProvider } from '../kit/context.tsx';
import type { Part, PartReading } from './LazyPart.tsx';

/**
 * Makes a part of the code page from its view. The part is loaded after the code is on the screen,
 * so nothing is shared with the page but what `draw` is given.
 */
export function mountPart<Props extends object>(
  View: ComponentType<Props & PartReading>,
): (place: Element) => Part<Props> {
  return (place) => ({
    draw: (props) => {
      render(
        <LanguageProvider language={props.language}>
          <View {...props} />
        </LanguageProvider>,
        place,
      );
    },
    end: () => render(null, place),
  });
}
