import { slotOf, toHex, type AssistedReason, type SignatureCheck } from '@tongyu/protocol';
import { browserVerify, makeDeviceKey, type DeviceKey } from '../kit/ports/crypto.ts';
import type { GatePorts } from './ports.ts';
import { cityLink } from './terminal/city-link.ts';
import {
  openGateStore,
  type GateIdentity,
  type GateStore,
  type NewGate,
} from './terminal/gate-store.ts';
import { openGate, usableUntil, type Gate, type ScanResult } from './terminal/gate.ts';
import { syncGate, uploadGate } from './terminal/sync-gate.ts';

export type GateView =
  | { readonly state: 'opening' }
  | { readonly state: 'no-storage' }
  | { readonly state: 'other-window' }
  | { readonly state: 'new'; readonly key: DeviceKey }
  | ReadyView;

export type ReadyView = {
  readonly state: 'ready';
  readonly gate: Gate;
  /** Undefined until the first answer or failure. */
  readonly link: 'online' | 'offline' | undefined;
  /** What the city objects to, e.g. TERMINAL_REVOKED. */
  readonly objection: string | undefined;
  readonly usableUntil: number | undefined;
  readonly pending: number;
  readonly refused: number;
  readonly last: { readonly result: ScanResult; readonly turn: number } | undefined;
};

export type GateController = {
  readonly provision: (granted: NewGate) => Promise<void>;
  readonly scan: (text: string, isNew?: boolean) => Promise<ScanResult | undefined>;
  readonly assist: (reason: AssistedReason) => Promise<void>;
  /** Uploads, then fetches what is newer. */
  readonly talk: () => Promise<void>;
  readonly stop: () => void;
};

const talkMilliseconds = 15_000;
const uploadSoonMilliseconds = 1_000;

type Open = { readonly store: GateStore; readonly stops: (() => void)[] };

/** The life of the gate page: one window of this browser is the gate. */
export function startGate(
  ports: GatePorts,
  onView: (view: GateView) => void,
): Promise<GateController | undefined> {
  return open(ports, onView).catch(() => {
    onView({ state: 'no-storage' });
    return undefined;
  });
}

async function open(
  ports: GatePorts,
  onView: (view: GateView) => void,
): Promise<GateController | undefined> {
  if (!(await ports.locks.keep(ports.storeName))) {
    onView({ state: 'other-window' });
    return undefined;
  }
  const store = await openGateStore(ports.storeName);
  const opened: Open = { store, stops: [] };
  const { identity } = await store.load();
  if (identity !== undefined) return run(ports, opened, identity, onView);
  const key = await makeDeviceKey();
  onView({ state: 'new', key });
  return unprovisioned(ports, opened, key, onView);
}

/** Until it is provisioned the controller waits for that, then becomes the running one. */
function unprovisioned(
  ports: GatePorts,
  opened: Open,
  key: DeviceKey,
  onView: (view: GateView) => void,
): GateController {
  let running: GateController | undefined;
  return {
    provision: async (granted) => {
      const identity = { ...granted, party: granted.terminal.slice(0, 4), key };
      await opened.store.provision(identity);
      running = await run(ports, opened, identity, onView);
    },
    scan: async (text, isNew) => running?.scan(text, isNew),
    assist: async (reason) => running?.assist(reason),
    talk: async () => running?.talk(),
    stop: () => running?.stop(),
  };
}

async function run(
  ports: GatePorts,
  { store, stops }: Open,
  identity: GateIdentity,
  onView: (view: GateView) => void,
): Promise<GateController> {
  const { clock } = ports;
  const breathe = () => new Promise<void>((resolve) => clock.after(0, resolve));
  const now = () => Math.floor(clock.now() / 1000);
  const verify = browserVerify(loadedSm2());
  const gate = await openGate({ store, identity, verify, now, breathe });
  const link = cityLink(ports.net);
  let view: ReadyView = {
    state: 'ready',
    gate,
    link: undefined,
    objection: undefined,
    usableUntil: usableUntil(gate.state),
    last: undefined,
    ...(await store.counts()),
  };
  const show = (part: Partial<ReadyView>): void => {
    view = { ...view, ...part };
    onView(view);
  };
  show({});
  const answer = async (result: ScanResult): Promise<ScanResult> => {
    const turn = (view.last?.turn ?? 0) + 1;
    show({ last: { result, turn }, ...(await countsOf(store, view)) });
    clock.after(uploadSoonMilliseconds, () => void talk(false));
    return result;
  };
  let talking: Promise<void> | undefined;
  const talkOnce = async (alsoSync: boolean): Promise<void> => {
    const uploaded = await uploadGate(gate, link, alsoSync);
    const synced = alsoSync ? await syncGate(gate, link) : uploaded;
    const code = synced.code ?? uploaded.code;
    const isAway = code === 'AWAY';
    show({
      link: isAway ? 'offline' : 'online',
      objection: isAway ? undefined : code,
      usableUntil: usableUntil(gate.state),
      ...(await countsOf(store, view)),
    });
  };
  /** One talk at a time; a storage fault shows on the next scan, which needs storage too. */
  const talk = async (alsoSync = true): Promise<void> => {
    await talking;
    talking = talkOnce(alsoSync).catch(() => show({ objection: 'STORAGE' }));
    await talking;
  };
  await store.prune(slotOf(now())).catch(() => undefined);
  stops.push(clock.every(talkMilliseconds, () => void talk()));
  void talk();
  return {
    provision: () => Promise.resolve(),
    scan: async (text, isNew) => answer(await gate.scan(text, isNew)),
    assist: async (reason) => {
      await answer(await gate.assist(reason));
    },
    talk: () => talk(),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

async function countsOf(store: GateStore, view: ReadyView) {
  try {
    return await store.counts();
  } catch {
    return { pending: view.pending, refused: view.refused };
  }
}

/** The SM2 part is fetched when the first such signature comes, and kept by the service worker. */
function loadedSm2(): (check: SignatureCheck) => Promise<boolean> {
  return async (check) => {
    const { verifySm2 } = await import('./terminal/verify-sm2.ts');
    return verifySm2(check.message, toHex(check.signature), toHex(check.publicKey));
  };
}
