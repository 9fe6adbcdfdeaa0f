import { mountPart } from '../mount-part.tsx';
import { HereView } from './HereView.tsx';

/** "Where it works" as a part of its own. */
export const mountHere = mountPart(HereView);
