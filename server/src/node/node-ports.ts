import { dateAt } from '@tongyu/protocol';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { NodeConfig } from '../config.ts';
import { sm2IsStandard } from '../crypto/known-answer.ts';
import { verifySync } from '../crypto/verify.ts';
import { httpPeerNet } from '../http/http-peer-net.ts';
import { systemClock } from '../ports/clock.ts';
import { noFaults } from '../ports/faults.ts';
import { fileKeyStore } from '../ports/keys.ts';
import { jsonLog, type Log } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { systemTimers } from '../ports/timers.ts';
import { PARTIES } from '../hub/parties.ts';
import { seedEntries } from '../city/list-seeds.ts';
import {
  DEFAULT_CATALOGUE_SETTINGS,
  type CatalogueConfig,
  type CataloguePorts,
} from '../catalogue/room.ts';
import { breathe } from '../ports/breathe.ts';
import type { Clock } from '../ports/clock.ts';
import { DEFAULT_TRUST_SETTINGS, type TrustConfig } from '../trust/types.ts';
import { FOUNDING_MEMBERS, REGION_NODES } from '../config.ts';
import { StartRefused } from './start-refused.ts';

/** Opens the node's log in its own folder. Throws `StartRefused` when the folder cannot be used. */
export function openLog(config: NodeConfig): Log {
  try {
    mkdirSync(config.nodeDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { message } = cause as Error;
    throw new StartRefused(`${config.nodeDir} cannot be used: ${message}`, { cause });
  }
  const file = path.join(config.nodeDir, 'node.log');
  return jsonLog(config.nodeId, createWriteStream(file, { flags: 'a', mode: 0o600 }));
}

/** The real world for a node. Throws `StartRefused` when its cryptography is not the standard's. */
export function nodePorts(config: NodeConfig, log: Log): CataloguePorts {
  if (!sm2IsStandard()) {
    throw new StartRefused("this Node.js does not pass the SM2 standard's worked example");
  }
  return {
    clock: systemClock(config.clockOffsetSeconds),
    rng: systemRng(),
    timers: systemTimers(log),
    log,
    faults: noFaults,
    breathe,
    keys: fileKeyStore(path.join(config.nodeDir, 'keys')),
    verify: verifySync,
    net: httpPeerNet((node) => REGION_NODES.find(({ id }) => id === node) && urlOf(config, node)),
  };
}

function urlOf(config: NodeConfig, node: string): string | undefined {
  return Object.entries(config.urls).find(([id]) => id === node)?.[1];
}

/** In a demo nobody waits: nodes look and ask more often, and a silent hub is soon noticed. */
const DEMO_SETTINGS = {
  ...DEFAULT_TRUST_SETTINGS,
  pullSeconds: 2,
  hubSilentSeconds: 2,
  memberStaggerSeconds: 2,
  proposalRetrySeconds: 2,
  longestPauseSeconds: 4,
};

export function trustConfig(config: NodeConfig): TrustConfig {
  const isMember = (party: string): boolean => FOUNDING_MEMBERS.some((id) => id === party);
  return {
    self: config.nodeId,
    nodes: config.urls,
    parties: PARTIES.map(({ party }) => ({
      party,
      role: isMember(party) ? 'member' : 'observer',
    })),
    issuerAlg: 'ES256',
    settings: {
      ...(config.mode === 'demo' ? DEMO_SETTINGS : DEFAULT_TRUST_SETTINGS),
      evidenceSeconds: config.evidenceDays * 86_400,
    },
  };
}

/** A demonstration begins with a list; in production offices make the first one. */
export function catalogueConfig(config: NodeConfig, clock: Clock): CatalogueConfig {
  if (config.mode !== 'demo') {
    return { firstEntries: undefined, settings: DEFAULT_CATALOGUE_SETTINGS };
  }
  return {
    firstEntries: (party) => seedEntries(party, dateAt(clock.now())),
    settings: { ...DEFAULT_CATALOGUE_SETTINGS, pullSeconds: 2, freezeGraceSeconds: 2 },
  };
}
