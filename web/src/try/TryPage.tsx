import { SettingsPanel } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import { Page } from '../kit/Page.tsx';
import { tryWords } from './words.ts';

export function TryPage() {
  const say = useSay();
  return (
    <Page title={say(tryWords.title)} narrow>
      <SettingsPanel />
    </Page>
  );
}
