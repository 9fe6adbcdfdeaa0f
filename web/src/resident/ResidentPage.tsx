import { SettingsPanel } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import { Page } from '../kit/Page.tsx';
import { residentWords } from './words.ts';

export function ResidentPage() {
  const say = useSay();
  return (
    <Page title={say(residentWords.title)} narrow>
      <SettingsPanel />
    </Page>
  );
}
