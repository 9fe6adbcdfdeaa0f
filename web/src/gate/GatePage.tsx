import { SettingsPanel } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import { Page } from '../kit/Page.tsx';
import { gateWords } from './words.ts';

export function GatePage() {
  const say = useSay();
  return (
    <Page title={say(gateWords.title)} narrow>
      <SettingsPanel />
    </Page>
  );
}
