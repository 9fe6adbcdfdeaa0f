// Six running nodes that have just founded their region, without the story.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { regionConfig } from '../../server/src/config.ts';
import { startRegion, type Region } from '../../server/src/region/region.ts';
import type { Place } from '../region/programs.ts';

export async function startNodes({ data, port }: Place): Promise<Region> {
  const env = { TONGYU_MODE: 'demo', TONGYU_DATA: data, TONGYU_PORT: String(port) };
  const read = regionConfig(env, data, Date.now());
  assert.ok(read.ok);
  const { signal } = new AbortController();
  const started = await startRegion(read.config, env, () => undefined, signal);
  assert.ok(started.ok);
  return started.region;
}

type Offer = {
  readonly bundle: { readonly signed: { readonly version: number } } | null;
  readonly times: readonly { readonly signed: { readonly bundle: { readonly version: number } } }[];
  readonly lists: readonly { readonly party: string }[];
};

/** Until the node gives a bundle that two members' statements know, and the list of `issuer`. */
export async function untilTrusted(node: string, issuer: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${node}/trust/offer?root=0&bundle=0`);
    const { bundle, times = [], lists = [] } = (await answer.json()) as Partial<Offer>;
    const known = times.filter(({ signed }) => signed.bundle.version === bundle?.signed.version);
    if (known.length >= 2 && lists.some(({ party }) => party === issuer)) return;
    await sleep(100);
  }
}
