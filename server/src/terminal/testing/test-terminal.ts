import type { CatalogueHave, CatalogueOffer } from '@tongyu/protocol';
import { rememberingVerify } from '../../crypto/verify.ts';
import { generateSigner } from '../../crypto/sign.ts';
import { breathe } from '../../ports/breathe.ts';
import { noFaults, type Faults } from '../../ports/faults.ts';
import { createTerminal, type Terminal } from '../create-terminal.ts';
import { memoryTerminalStore, type MemoryTerminalStore } from '../memory-terminal-store.ts';
import { CityAway, type CityLink, type TerminalConfig, type UploadAnswer } from '../ports.ts';
import type { SmallRegion } from './small-region.ts';

export const key = generateSigner('ES256');
const verify = rememberingVerify(1_000);

/** A city that keeps what arrives, loses answers on demand, and can be unplugged. */
export class FakeCity implements CityLink {
  readonly region: SmallRegion;
  away = false;
  /** The city takes the taps, but its answer does not arrive. */
  losesAnswers = false;
  offerMore: Parameters<SmallRegion['offer']>[0] = {};
  listMore: Partial<CatalogueOffer> = {};
  /** In the place of parts' texts. */
  readonly otherParts = new Map<string, string>();
  readonly taps = new Map<number, string>();
  readonly refuses = new Map<number, string>();
  readonly batches: number[][] = [];

  constructor(region: SmallRegion) {
    this.region = region;
  }

  async sync() {
    if (this.away) throw new CityAway('unplugged');
    return this.region.offer(this.offerMore);
  }

  async list(have: CatalogueHave) {
    if (this.away) throw new CityAway('unplugged');
    return this.region.listOffer(have.edition, this.listMore);
  }

  async part(hash: string) {
    if (this.away) throw new CityAway('unplugged');
    return this.otherParts.get(hash) ?? this.region.parts.get(hash) ?? '';
  }

  async uploadTaps(batch: readonly string[]): Promise<UploadAnswer> {
    if (this.away) throw new CityAway('unplugged');
    const results = batch.map((text) => this.take(text));
    this.batches.push(results.map((result) => result.number));
    if (this.losesAnswers) throw new CityAway('the answer was lost');
    return { results, used: [], usedCursor: '', serverTime: 0 };
  }

  private take(text: string): UploadAnswer['results'][number] {
    const { number } = (JSON.parse(text) as { signed: { number: number } }).signed;
    const code = this.refuses.get(number);
    if (code !== undefined) return { number, outcome: 'refused', refusal: { code, field: null } };
    const known = this.taps.get(number);
    this.taps.set(number, text);
    return { number, outcome: known === text ? 'duplicate' : 'accepted', refusal: null };
  }
}

export type TestTerminal = {
  readonly terminal: Terminal;
  readonly store: MemoryTerminalStore;
  readonly city: FakeCity;
  readonly clock: { time: number; now(): number };
  /** The same board after a power cut: a new program over the same store. */
  restart(): TestTerminal;
};

export type TestTerminalOptions = {
  readonly config?: Partial<TerminalConfig>;
  readonly faults?: Faults;
  readonly store?: MemoryTerminalStore;
  readonly city?: FakeCity;
  readonly clock?: { time: number; now(): number };
};

export function testTerminal(
  region: SmallRegion,
  now: number,
  options: TestTerminalOptions = {},
): TestTerminal {
  const clock = options.clock ?? {
    time: now,
    now() {
      return this.time;
    },
  };
  const store = options.store ?? memoryTerminalStore();
  const city = options.city ?? new FakeCity(region);
  const config: TerminalConfig = {
    terminal: '4201-gate-1',
    service: '4201-metro',
    direction: 'single',
    stop: null,
    keyId: 1,
    pinnedRootHash: region.pin,
    debounceSeconds: 3,
    maxWarnedAcceptsPerDay: 500,
    ...options.config,
  };
  const ports = { clock, city, key, verify, pause: breathe, faults: options.faults ?? noFaults };
  const terminal = createTerminal({ ports, store, config });
  const restart = (): TestTerminal => testTerminal(region, now, { ...options, store, city, clock });
  return { terminal, store, city, clock, restart };
}

/** A terminal that has synchronised once. */
export async function readyTerminal(
  region: SmallRegion,
  now: number,
  options: TestTerminalOptions = {},
): Promise<TestTerminal> {
  const made = testTerminal(region, now, options);
  await made.terminal.sync();
  return made;
}
