import { editionInForce, namedPart } from '@tongyu/protocol';
import { Button, SettingsPanel } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatAge, formatMoment } from '../../kit/dates.ts';
import { Facts, PartyName, Section } from '../../kit/Page.tsx';
import { ListText } from '../../kit/PlainText.tsx';
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
            [say(gateWords.lastSync), lastSync],
            [say(gateWords.root), String(trust.state.root?.signed.number ?? 0)],
            [say(gateWords.bundle), String(trust.state.bundle?.signed.version ?? 0)],
            [say(gateWords.bundleAge), age(trust.trustTime)],
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

/** This gate's service in the edition in force. */
export function ownService(gate: ReadyView['gate']) {
  const { state, identity } = gate;
  const { catalogue, parts } = state.trust.list;
  const inForce = editionInForce(catalogue.editions, gate.now());
  const named = inForce && namedPart(inForce.signed, identity.party);
  const part = named && parts.get(named.hash);
  return part?.entries.find((each) => each.id === identity.service);
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
