import { mountPart } from '../mount-part.tsx';
import { TripsView } from './TripsView.tsx';

/** The holder's journeys as a part of its own. */
export const mountTrips = mountPart(TripsView);
