import type { ComponentChildren } from 'preact';
import type { Message } from '../../kit/messages.ts';
import { AskView } from './AskView.tsx';
import { CityEditions } from './CityEditions.tsx';
import { EditView } from './EditView.tsx';
import { tabWords } from './edition-words.ts';
import { EntryView } from './EntryView.tsx';
import { FeedbackView } from './FeedbackView.tsx';
import { FundView } from './FundView.tsx';
import { HubEditions } from './HubEditions.tsx';
import { ImportView } from './ImportView.tsx';
import { ListView } from './ListView.tsx';
import { RequestsView } from './RequestsView.tsx';
import { StaffView } from './StaffView.tsx';

/** One page of the console. */
export type View = {
  readonly name: string;
  readonly title: Message;
  /** It stands on no tab of its own: the one it belongs to. */
  readonly under?: string;
  /** An operator's people see it too, as far as it is their operator's. */
  readonly forOperators?: true;
  readonly draw: () => ComponentChildren;
};

const feedback: View = {
  name: 'feedback',
  title: tabWords.feedback,
  draw: () => <FeedbackView />,
};
const staff: View = { name: 'staff', title: tabWords.staff, draw: () => <StaffView /> };

/** What a city's office does with the service list. */
export const cityListViews: readonly View[] = [
  { name: 'list', title: tabWords.list, draw: () => <ListView /> },
  { name: 'entry', title: tabWords.entry, under: 'list', draw: () => <EntryView /> },
  { name: 'edit', title: tabWords.edit, under: 'list', draw: () => <EditView /> },
  { name: 'fund', title: tabWords.fund, under: 'list', draw: () => <FundView /> },
  { name: 'import', title: tabWords.import, under: 'list', draw: () => <ImportView /> },
  { name: 'requests', title: tabWords.requests, draw: () => <RequestsView /> },
  { name: 'ask', title: tabWords.ask, under: 'requests', draw: () => <AskView /> },
  feedback,
  { name: 'editions', title: tabWords.editions, draw: () => <CityEditions /> },
  staff,
];

/** The hub collects and publishes. */
export const hubListViews: readonly View[] = [
  { name: 'editions', title: tabWords.editions, draw: () => <HubEditions /> },
  feedback,
  staff,
];
