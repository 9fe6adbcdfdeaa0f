import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The starter's mark in the data folder: who runs the region there, and on which ports. */
type Claim = { readonly pid: number; readonly startedAt: string; readonly basePort: number };

export type ClaimCheck =
  | { readonly ok: true; readonly isFirst: boolean }
  /** One sentence; nothing in the folder was touched. */
  | { readonly ok: false; readonly sentence: string };

const FILE = 'starter.json';

/**
 * Whether this process may run a region in the folder: not while a living starter does, and not on
 * other ports than those it was founded on (the addresses stand in documents that members signed).
 */
export function checkClaim(dataDir: string, basePort: number): ClaimCheck {
  const found = readClaim(path.join(dataDir, FILE));
  if (found === undefined) return { ok: true, isFirst: true };
  if (isAlive(found)) {
    const sentence = `${dataDir} is in use by a running region (process ${String(found.pid)})`;
    return { ok: false, sentence };
  }
  if (found.basePort === basePort) return { ok: true, isFirst: false };
  const port = String(found.basePort);
  const sentence = `${dataDir} holds a region founded on port ${port}: set TONGYU_PORT=${port}`;
  return { ok: false, sentence };
}

/** Marks the folder as run by this process. Throws when the folder cannot be written. */
export function claimData(dataDir: string, basePort: number): { readonly release: () => void } {
  const file = path.join(dataDir, FILE);
  mkdirSync(dataDir, { recursive: true });
  writeClaim(file, { pid: process.pid, startedAt: startOf(process.pid) ?? '', basePort });
  return {
    release() {
      // The ports stay known for the next start; the process does not.
      if (existsSync(dataDir)) writeClaim(file, { pid: 0, startedAt: '', basePort });
    },
  };
}

function writeClaim(file: string, claim: Claim): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(claim)}\n`);
  renameSync(`${file}.new`, file);
}

function readClaim(file: string): Claim | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Claim>;
    const { pid, startedAt, basePort } = value;
    if (!Number.isSafeInteger(pid) || !Number.isSafeInteger(basePort)) return undefined;
    return { pid: Number(pid), startedAt: String(startedAt), basePort: Number(basePort) };
  } catch {
    return undefined; // half a file of a killed starter: its region is down
  }
}

/** A number alone would not do: after a kill another process may have it. */
function isAlive(claim: Claim): boolean {
  return claim.pid > 0 && claim.pid !== process.pid && startOf(claim.pid) === claim.startedAt;
}

/** When the process began, in ticks since boot; undefined when there is none, or only a zombie. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
