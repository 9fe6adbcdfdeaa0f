import { toBase64Url } from '@tongyu/protocol';
import type { TryPlace } from '../kit/api/demo.ts';
import { readReply } from '../kit/api/remote.ts';
import { isLanguage, type Language } from '../kit/language.ts';
import { browserNet, unpluggable } from '../kit/ports/fetch.ts';
import { answerTryCalls } from '../kit/ports/try-link.ts';
import type { GateController, GateView } from './controller.ts';
import { browserPorts, type GatePorts } from './ports.ts';
import { askDemoGate } from './screens/ProvisionScreen.tsx';

/** The network plug that the try page pulls. */
const plug = { isIn: true };

/** A gate of its own beside the real one of this browser, with a plug. */
export const embeddedPorts: GatePorts = {
  ...browserPorts,
  net: unpluggable(browserNet, () => plug.isIn),
  storeName: 'tongyu-gate-try',
};

/** What the try page is told about the gate. */
export type GateStatus = {
  readonly isReady: boolean;
  readonly party: string | undefined;
  /** With a tap's number its name; empty before it is registered. */
  readonly terminal: string;
  readonly pending: number;
  /** Number of each party's revocation list. */
  readonly lists: Readonly<Record<string, number>>;
};

/** Registers itself as a demo terminal and lets the try page present codes and pull the plug. */
export async function answerTryPage(
  { net }: GatePorts,
  controller: GateController,
  current: () => GateView,
  speak: (language: Language) => void,
): Promise<void> {
  const place = readReply<TryPlace>(await net('/demo/try'));
  if (!place.ok) return; // production: nobody may steer this page
  const view = current();
  if (view.state === 'new') {
    const granted = await askDemoGate(net, toBase64Url(view.key.publicKey));
    if (typeof granted !== 'string') await controller.provision(granted);
  }
  answerTryCalls(place.value.origins, {
    speak: async (value) => isLanguage(value) && speak(value),
    status: () => Promise.resolve(statusOf(current())),
    scan: async (value) => (typeof value === 'string' ? controller.scan(value, true) : undefined),
    talk: async () => {
      await controller.talk();
      return statusOf(current());
    },
    plug: (value) => {
      plug.isIn = value === true;
      return controller.talk().then(() => plug.isIn);
    },
  });
}

function statusOf(view: GateView): GateStatus {
  if (view.state !== 'ready') {
    return { isReady: false, party: undefined, terminal: '', pending: 0, lists: {} };
  }
  const { trust } = view.gate.state;
  return {
    isReady: trust.trustTime !== undefined && trust.list.catalogue.editions.length > 0,
    party: view.gate.identity.party,
    terminal: view.gate.identity.terminal,
    pending: view.pending,
    lists: Object.fromEntries(trust.state.lists.map((list) => [list.party, list.number])),
  };
}
