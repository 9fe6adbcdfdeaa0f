import { createServer, type Server } from 'node:http';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { trustOfferText, type Json, type TrustOffer } from '@tongyu/protocol';
import { startGate, type Answer } from '../gate-process.ts';
import { makeOwnRegion, VICTIM } from '../own-region.ts';
import { listAt, member, numberAt } from '../read-json.ts';
import type { Step } from '../types.ts';

/** A city of the story's own: it offers what it is told to offer. */
type FalseCity = { readonly address: string; offer: TrustOffer; close(): void };

async function openFalseCity(first: TrustOffer): Promise<FalseCity> {
  const city = { offer: first };
  const server: Server = createServer((request, reply) => {
    const isSync = request.url?.startsWith('/terminal/sync') === true;
    reply.writeHead(isSync ? 200 : 404, { 'content-type': 'application/json' });
    reply.end(isSync ? trustOfferText(city.offer) : '{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return Object.assign(city, {
    address: `127.0.0.1:${String(address.port)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

/** What the gate names as refused in the offer that it was just given. */
function refusalsOf(sync: Answer): Json {
  return listAt(sync, 'refusals').map((refusal) => ({
    code: member(refusal, 'code'),
    party: member(refusal, 'party'),
  }));
}

export const forgedSection: Step = {
  id: 'forged-section',
  chapter: 'decides',
  title: 'Three cities sign a bundle with a key under the fourth: refused',
  expect: {
    first: { version: 1, refusals: [] },
    forged: {
      version: 1,
      refusals: [{ code: 'SECTION_SIGNATURE_INVALID', party: VICTIM }],
    },
  },
  async run(world) {
    const region = await makeOwnRegion(world.clock.now());
    const city = await openFalseCity(region.good);
    const folder = path.join(world.folder, 'gate-own-region');
    rmSync(folder, { recursive: true, force: true });
    const gate = startGate({
      dataDir: folder,
      cityUrl: `http://${city.address}`,
      terminal: '4201-story-own',
      service: '4201-metro',
      direction: 'single',
      stop: null,
      keyFile: path.join(folder, 'terminal.pem'),
      pinnedRootHash: region.pinnedRootHash,
      clockOffsetSeconds: world.clockOffsetSeconds,
      proxy: city.address,
    });
    try {
      const first = await gate.ask('!sync');
      const held = numberAt(await gate.ask('!status'), 'bundleVersion');
      city.offer = region.forged;
      const second = await gate.ask('!sync');
      const after = numberAt(await gate.ask('!status'), 'bundleVersion');
      return {
        got: {
          first: { version: held, refusals: refusalsOf(first) },
          forged: { version: after, refusals: refusalsOf(second) },
        },
        told: [
          'Three signatures are enough for a bundle, not for a section: only its owner signs.',
          `The gate keeps version ${String(after)} and names ${VICTIM}.`,
        ],
      };
    } finally {
      await gate.stop();
      city.close();
    }
  },
};
