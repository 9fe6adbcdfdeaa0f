import { editionInForce, missingEdition, namedPart } from '@tongyu/protocol';
import { Button, SettingsPanel } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatAge, formatMoment } from '../../kit/dates.ts';
import { Facts, PartyName, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { placeWords } from '../../kit/place-words.ts';
import { kitWords } from '../../kit/words.ts';
import type { ReadyView } from '../controller.ts';
import { gateWords } from '../words.ts';

/** This terminal: who it is, how old its trust is, its clock. */
export function GateScreen(props: {
  readonly view: ReadyView;
  readonly now: number;
  readonly onTalk: () => Promise<void>;
}) {
  const say = useSay();
  const language = useLanguage();
  const { gate } = props.view;
  const { identity, state } = gate;
  const { trust, facts } = state;
  const age = (time: number | undefined) =>
    time === undefined ? say(gateWords.none) : formatAge(language, props.now - time);
  const lists = trust.state.lists.map(
    (list) =>
      [
        say(gateWords.listOf),
        <span key={list.party}>
          <PartyName code={list.party} /> ·{' '}
          {say(gateWords.numberAge, {
            number: list.number,
            age: age(trust.listTime(list.party)),
          })}
        </span>,
      ] as const,
  );
  const lastSync =
    facts.syncedAt === undefined ? say(gateWords.none) : formatMoment(language, facts.syncedAt);
  return (
    <div class="stack wide">
      <Section title={say(gateWords.tabGate)}>
        <Facts
          rows={[
            [say(gateWords.terminal), <span class="code">{identity.terminal}</span>],
            [say(gateWords.service), <OwnService gate={gate} />],
            [say(placeWords.direction), say(placeWords[identity.direction])],
            ...(identity.stop === null
              ? []
              : [[say(placeWords.stop), <OwnStop gate={gate} stop={identity.stop} />] as const]),
            [say(gateWords.lastSync), lastSync],
            [say(gateWords.root), String(trust.state.root?.signed.number ?? 0)],
            [say(gateWords.bundle), String(trust.state.bundle?.signed.version ?? 0)],
            [say(gateWords.bundleAge), age(trust.trustTime)],
            [say(gateWords.edition), <Editions gate={gate} />],
            [say(gateWords.headAge), age(trust.list.catalogue.heads[0]?.signed.time)],
            ...lists,
            [say(gateWords.pin), <span class="code">{identity.pinnedRootHash}</span>],
          ]}
        />
        <Button onPress={() => void props.onTalk()}>{say(gateWords.syncNow)}</Button>
      </Section>
      <Section title={say(kitWords.settings)}>
        <SettingsPanel />
      </Section>
    </div>
  );
}

/** The editions of the list that this gate holds, and whether it lacks one (LIST-4.7). */
function Editions({ gate }: { readonly gate: ReadyView['gate'] }) {
  const say = useSay();
  const { list } = gate.state.trust;
  const held = list.catalogue.editions.map(({ signed }) => signed.id).join(' · ');
  const missing = missingEdition(list, gate.identity.party);
  return (
    <>
      {held === '' ? say(gateWords.none) : held}
      {missing === undefined ? null : (
        <strong> {say(gateWords.editionMissing, { number: missing })}</strong>
      )}
    </>
  );
}

/** This gate's service in the edition in force. */
export function ownService(gate: ReadyView['gate']) {
  const { state, identity } = gate;
  const { catalogue, parts } = state.trust.list;
  const inForce = editionInForce(catalogue.editions, gate.now());
  const named = inForce && namedPart(inForce.signed, identity.party);
  const part = named && parts.get(named.hash);
  return part?.entries.find((each) => each.id === identity.service);
}

/** The stop's name in the tariff in force; its id where that has it no more. */
function OwnStop({ gate, stop }: { readonly gate: ReadyView['gate']; readonly stop: string }) {
  const tariff = ownService(gate)?.tariff;
  const stops = tariff?.kind === 'zones' ? tariff.stops : [];
  const found = stops.find(({ id }) => id === stop);
  return found === undefined ? <>{stop}</> : <ListText text={found.name} unmarked />;
}

/** The service's name, once the list is there; its id until then. */
export function OwnService({ gate }: { readonly gate: ReadyView['gate'] }) {
  const entry = ownService(gate);
  return entry === undefined ? (
    <>{gate.identity.service}</>
  ) : (
    <ListText text={entry.name} unmarked />
  );
}
