import type { Json } from '@tongyu/protocol';
import { useSay } from '../../kit/context.tsx';
import { Select } from '../../kit/Controls.tsx';
import { useOptions } from './EntryForm.tsx';
import { JsonAt, TextAt } from './fields.tsx';
import { useAt } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { yuan } from './spellings.ts';

const kinds = ['free', 'flat', 'ticket', 'zones'] as const;

/** What it costs before any concession. */
export function TariffFields() {
  const say = useSay();
  const options = useOptions();
  const { value, set } = useAt('tariff');
  const tariff = (value ?? {}) as Readonly<Record<string, Json>>;
  const kind = kinds.find((each) => each === tariff['kind']) ?? 'zones';
  const fresh: Readonly<Record<(typeof kinds)[number], Json>> = {
    free: { kind: 'free' },
    flat: { kind: 'flat', priceFen: tariff['priceFen'] ?? '' },
    ticket: { kind: 'ticket', priceFen: tariff['priceFen'] ?? '' },
    zones: {
      kind: 'zones',
      stops: ['a', 'b'].map((id, zone) => ({
        id,
        name: { zhCN: '', zhTW: null, en: null },
        zone,
      })),
      pricesFen: [200, 400],
    },
  };
  return (
    <>
      <Select
        label={say(formWords.tariffKind)}
        value={kind}
        options={options(kinds)}
        onSelect={(next) => set(fresh[next as typeof kind])}
      />
      {kind === 'flat' || kind === 'ticket' ? (
        <TextAt path="tariff.priceFen" label={say(formWords.yuan)} spelling={yuan} />
      ) : null}
      {kind === 'zones' ? (
        <JsonAt path="tariff" label={say(formWords.zonesJson)} hint={say(formWords.zonesHint)} />
      ) : null}
    </>
  );
}
