import { mountPart } from '../mount-part.tsx';
import { ToldView } from './ToldView.tsx';

/** What is told of the holder, as a part of its own. */
export const mountTold = mountPart(ToldView);
