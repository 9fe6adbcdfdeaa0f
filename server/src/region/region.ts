import { REGION_NODES, type Environment, type RegionConfig, type RegionNodeId } from '../config.ts';
import { checkClaim, claimData } from './data-claim.ts';
import { findTakenPort } from './free-ports.ts';
import { forkNode, type NodeProcess } from './node-process.ts';

/** A running region: six nodes, each in a process of its own. */
export type Region = {
  readonly config: RegionConfig;
  urlOf(id: RegionNodeId): string;
  issueEntry(id: RegionNodeId): Promise<string>;
  /** Takes one node down, as its operator would. */
  stopNode(id: RegionNodeId): Promise<void>;
  /** Brings it back; throws when it cannot start. */
  startNode(id: RegionNodeId): Promise<void>;
  /** Settles with one sentence when a node ends that nobody stopped. */
  readonly broken: Promise<string>;
  /** Stops all; settles when every process is gone. May be called again. */
  stop(): Promise<void>;
};

export type RegionStart =
  | { readonly ok: true; readonly region: Region; readonly isFirst: boolean }
  | { readonly ok: false; readonly sentence: string };

/** Nodes of a killed starter stop by themselves within a few seconds. */
const LETTING_GO_MS = 8_000;

/**
 * Starts the six nodes. Nothing is touched when the data folder or a port is in use. When one node
 * cannot start, or the signal aborts, the others are stopped again and its sentence is the answer.
 */
export async function startRegion(
  config: RegionConfig,
  env: Environment,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<RegionStart> {
  const check = checkClaim(config.dataDir, config.basePort);
  if (!check.ok) return check;
  const ports = REGION_NODES.map(({ offset }) => config.basePort + offset);
  const taken = await findTakenPort(ports, check.isFirst ? 0 : LETTING_GO_MS);
  if (taken !== undefined) {
    const sentence = `port ${String(taken)} is in use: stop what listens there or set TONGYU_PORT`;
    return { ok: false, sentence };
  }
  let claim: { readonly release: () => void };
  try {
    claim = claimData(config.dataDir, config.basePort);
  } catch (error) {
    const { message } = error as Error;
    return { ok: false, sentence: `${config.dataDir} cannot be used: ${message}` };
  }
  const region = new RunningRegion(config, env, claim, onProgress);
  signal.addEventListener('abort', () => {
    void region.stop();
  });
  const started = await Promise.all(REGION_NODES.map(({ id }) => region.start(id)));
  const failed = started.find((sentence) => sentence !== undefined);
  if (failed !== undefined) {
    await region.stop();
    return { ok: false, sentence: failed };
  }
  return { ok: true, region, isFirst: check.isFirst };
}

class RunningRegion implements Region {
  readonly config: RegionConfig;
  readonly broken: Promise<string>;
  readonly #env: Environment;
  readonly #claim: { readonly release: () => void };
  readonly #onProgress: (text: string) => void;
  readonly #nodes = new Map<RegionNodeId, NodeProcess>();
  /** Nodes whose end is wanted. */
  readonly #stopping = new Set<NodeProcess>();
  #break: (sentence: string) => void = () => undefined;
  #stopped: Promise<void> | undefined;

  constructor(
    config: RegionConfig,
    env: Environment,
    claim: { readonly release: () => void },
    onProgress: (text: string) => void,
  ) {
    this.config = config;
    this.#env = env;
    this.#claim = claim;
    this.#onProgress = onProgress;
    this.broken = new Promise((resolve) => {
      this.#break = resolve;
    });
  }

  /** @returns the sentence why it cannot start, or undefined when it listens */
  async start(id: RegionNodeId): Promise<string | undefined> {
    if (this.#stopped !== undefined) return `${nameOf(id)}: the region is stopping`;
    const onProgress = (text: string): void => {
      this.#onProgress(`${nameOf(id)}: ${text}`);
    };
    const node = forkNode({ id, env: this.#env, onProgress });
    this.#nodes.set(id, node);
    const started = await node.started;
    if (!started.ok) return `${nameOf(id)}: ${started.sentence}`;
    void node.ended.then(() => {
      if (!this.#stopping.has(node)) this.#break(`${nameOf(id)} has ended unexpectedly`);
    });
    return undefined;
  }

  urlOf(id: RegionNodeId): string {
    const offset = REGION_NODES.find((node) => node.id === id)?.offset ?? 0;
    return `http://127.0.0.1:${String(this.config.basePort + offset)}`;
  }

  issueEntry(id: RegionNodeId): Promise<string> {
    const node = this.#nodes.get(id);
    return node?.issueEntry() ?? Promise.reject(new Error(`node ${id} is not running`));
  }

  async stopNode(id: RegionNodeId): Promise<void> {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    this.#stopping.add(node);
    await node.stop();
    this.#nodes.delete(id);
  }

  async startNode(id: RegionNodeId): Promise<void> {
    const sentence = await this.start(id);
    if (sentence !== undefined) throw new Error(sentence);
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stopAll());
  }

  async #stopAll(): Promise<void> {
    for (const node of this.#nodes.values()) this.#stopping.add(node);
    await Promise.all([...this.#nodes.values()].map((node) => node.stop()));
    this.#claim.release();
  }
}

/** `武汉 Wuhan (4201)`. */
function nameOf(id: RegionNodeId): string {
  const name = REGION_NODES.find((node) => node.id === id)?.name ?? id;
  return name === id ? id : `${name} (${id})`;
}
