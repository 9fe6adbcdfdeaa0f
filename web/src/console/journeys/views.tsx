import type { View } from '../list/views.tsx';
import { HomeLinesView } from './HomeLinesView.tsx';
import { JourneysView, JourneyView } from './JourneysView.tsx';
import { ObjectionsView } from './ObjectionsView.tsx';
import { ParityView } from './ParityView.tsx';
import { QueueView } from './QueueView.tsx';
import { journeyTabs } from './words.ts';

/** What a city's office, and an operator's people, see of journeys. */
export const journeyViews: readonly View[] = [
  {
    name: 'journeys',
    title: journeyTabs.journeys,
    forOperators: true,
    draw: () => <JourneysView />,
  },
  {
    name: 'journey',
    title: journeyTabs.journey,
    under: 'journeys',
    forOperators: true,
    draw: () => <JourneyView />,
  },
  { name: 'queue', title: journeyTabs.queue, forOperators: true, draw: () => <QueueView /> },
  {
    name: 'objections',
    title: journeyTabs.objections,
    forOperators: true,
    draw: () => <ObjectionsView />,
  },
  { name: 'abroad', title: journeyTabs.abroad, draw: () => <HomeLinesView /> },
  { name: 'parity', title: journeyTabs.parity, forOperators: true, draw: () => <ParityView /> },
];
