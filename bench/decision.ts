import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import {
  acceptHostList,
  acceptOffer,
  EMPTY_HOST_LIST,
  examineCode,
  heldTrust,
  runChecks,
  type VerifySync,
} from '@tongyu/protocol';
import { verifySync } from '../server/src/crypto/verify.ts';
import { generateSigner } from '../server/src/crypto/sign.ts';
import { breathe } from '../server/src/ports/breathe.ts';
import { noFaults } from '../server/src/ports/faults.ts';
import type { TerminalState } from '../server/src/terminal/create-terminal.ts';
import { viewTrust } from '../server/src/terminal/held-trust.ts';
import { CityAway, type TerminalParts } from '../server/src/terminal/ports.ts';
import { decideScan, recordScan } from '../server/src/terminal/record-tap.ts';
import { expandInSlices } from '../server/src/terminal/revoked-tags.ts';
import { openTerminalStore } from '../server/src/terminal/sqlite-terminal-store.ts';
import type { TerminalStore } from '../server/src/terminal/terminal-store.ts';
import {
  lostPhones,
  middleOfSlot,
  SmallRegion,
} from '../server/src/terminal/testing/small-region.ts';
import { measure, microsecondsOf } from './measure.ts';
import type { Row } from './report.ts';

const GROUP = 'A terminal’s whole decision, 1,000,000 used tags and 10,000 lost phones loaded';
const USED_TAGS = 1_000_000;
const LOST_PHONES = 10_000;
const CODES = 3_200;
const NOW = middleOfSlot(1_800_000_000);

/**
 * Decision: every check of the ladder with its look-ups. Durable: with mark and tap on the disk.
 */
export async function benchDecision(): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongyu-bench-'));
  const store = openTerminalStore(folder);
  try {
    const region = await SmallRegion.found(NOW);
    const seeds = Array.from({ length: LOST_PHONES }, () => randomBytes(16));
    await region.publishList('4301', 2, [lostPhones(NOW, seeds)]);
    await region.stateTime(NOW);
    fillUsedTags(store);
    const parts = partsOf(region, store);
    const before = process.cpuUsage();
    const state = await stateOf(region);
    const spent = process.cpuUsage(before);
    const timings = await measureDecisions(region, parts, state);
    const of = (name: string): number => microsecondsOf(timings, name);
    return [
      row('verify alone, cold', of('verify'), 'us'),
      row('decision / verify alone', of('decide') / of('verify'), 'x verify', 1.1),
      row('whole scan, tap signed and synced to disk, CPU', of('durable'), 'us'),
      row('trust checked, 10,000 phones expanded', (spent.user + spent.system) / 1000, 'ms'),
    ];
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, value: number, unit: Row['unit'], goal?: number): Row {
  return { group: GROUP, name, value, unit, ...(goal === undefined ? {} : { goal }) };
}

async function measureDecisions(region: SmallRegion, parts: TerminalParts, state: TerminalState) {
  const fresh: string[] = [];
  for (let i = 0; i < 2 * CODES; i++) {
    const pass = await region.pass('4301', NOW, randomBytes(16));
    fresh.push(await pass.code(NOW));
  }
  const text = (i: number): string => fresh[i % fresh.length] ?? '';
  const { lookup } = state.view;
  // Half of the codes each: a device key that was seen before costs another price.
  const decide = (i: number, verify: VerifySync): void => {
    const withVerify = { ...parts, ports: { ...parts.ports, verify } };
    must(decideScan(withVerify, state, text(i), NOW).admission.verdict === 'pass');
  };
  const alone = (i: number, verify: VerifySync): void => {
    const code = runChecks(examineCode(text(i), lookup), verify);
    must(code.form === 'good' && code.deviceSignatureGood);
  };
  return measure([
    {
      name: 'verify',
      timesPerRound: 400,
      run: (i) => {
        alone(i, verifySync);
      },
    },
    {
      name: 'decide',
      timesPerRound: 400,
      run: (i) => {
        decide(CODES + i, verifySync);
      },
    },
    { name: 'durable', timesPerRound: 200, run: (i) => recordScan(parts, state, text(i), NOW) },
  ]);
}

function fillUsedTags(store: TerminalStore): void {
  for (let done = 0; done < USED_TAGS; done += 50_000) {
    const tags = Array.from({ length: 50_000 }, () => {
      return { issuer: '4301', tag: new Uint8Array(randomBytes(10)), time: NOW };
    });
    store.mergeUsed(tags, 'bench');
  }
}

function partsOf(region: SmallRegion, store: TerminalStore): TerminalParts {
  const away = (): Promise<never> => Promise.reject(new CityAway('not needed here'));
  return {
    store,
    config: {
      terminal: '4201-gate-1',
      service: '4201-metro',
      direction: 'single',
      stop: null,
      keyId: 1,
      pinnedRootHash: region.pin,
      debounceSeconds: 0,
      maxWarnedAcceptsPerDay: 500,
    },
    ports: {
      clock: { now: () => NOW },
      city: { sync: away, list: away, part: away, uploadTaps: away },
      key: generateSigner('ES256'),
      verify: verifySync,
      pause: breathe,
      faults: noFaults,
    },
  };
}

async function stateOf(region: SmallRegion): Promise<TerminalState> {
  const { state, refusals } = runChecks(
    acceptOffer(region.emptyTrust(), region.offer()),
    verifySync,
  );
  must(refusals.length === 0);
  const trust = heldTrust(state);
  if (trust === undefined) throw new Error('the region holds no trust');
  const steps = acceptHostList(
    trust,
    EMPTY_HOST_LIST,
    '4201',
    region.listOffer(0),
    region.parts,
    NOW,
  );
  const kept = { state, list: runChecks(steps, verifySync).list };
  return {
    view: viewTrust(kept, '4201-metro'),
    revoked: await expandInSlices(new Map(), state.lists, NOW, breathe),
    trustWarnings: [],
    lastSyncAt: undefined,
    lastUploadAt: undefined,
    futureRetriedAt: undefined,
    blocked: null,
  };
}

function must(good: boolean): void {
  if (!good) throw new Error('a measured decision was not the expected one');
}
