import path from 'node:path';

/** The nodes of the region, with the distance of each one's port from `TONGYU_PORT`. */
export const REGION_NODES = [
  { id: 'hub', name: 'hub', offset: 0 },
  { id: '4201', name: '武汉 Wuhan', offset: 1 },
  { id: '4301', name: '长沙 Changsha', offset: 2 },
  { id: '3401', name: '合肥 Hefei', offset: 3 },
  { id: '3601', name: '南昌 Nanchang', offset: 4 },
  { id: '4202', name: '黄石 Huangshi', offset: 5 },
] as const;
export type RegionNodeId = (typeof REGION_NODES)[number]['id'];

/** Who founds the region by signing root number 1; 黄石 runs a node and stays an observer. */
export const FOUNDING_MEMBERS: readonly RegionNodeId[] = ['4201', '4301', '3401', '3601'];

export type Mode = 'demo' | 'production';

/** Settings that all processes of a region share. */
export type RegionConfig = {
  readonly mode: Mode;
  readonly basePort: number;
  readonly dataDir: string;
  /** How far all clocks are shifted from the machine's, in seconds; 0 in production. */
  readonly clockOffsetSeconds: number;
};

export type NodeConfig = RegionConfig & {
  readonly nodeId: RegionNodeId;
  /** Where the node listens: always the loopback; TLS and the world stand before it. */
  readonly port: number;
  /** The address that others know it by. */
  readonly url: string;
  /** The node's own folder: keys, database, log. */
  readonly nodeDir: string;
  /** A PostgreSQL that is already there; undefined for one of our own. */
  readonly databaseUrl: string | undefined;
  /** Days that an issuer key must have stood in the bundle before it signs passes. */
  readonly issuerKeyLeadDays: number;
  /** Days that peer messages are kept as evidence; no older one is taken in. */
  readonly evidenceDays: number;
  /** A concession class that fewer enrolled residents hold is put on no pass. */
  readonly classMinHolders: number;
  /** Which proofing the city uses; `synthetic` makes invented residents, for demos only. */
  readonly proofing: 'synthetic' | 'none';
  /** Addresses of all nodes of the region, by id. */
  readonly urls: Readonly<Record<RegionNodeId, string>>;
};

export type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigResult<T> =
  | { readonly ok: true; readonly config: T }
  /** One sentence that names the setting. */
  | { readonly ok: false; readonly sentence: string };

/** A wrong setting, on its way to the one sentence that is printed. */
class WrongSetting extends Error {}

/** Days of lead that a real city owes its offline terminals: 96 h, rounded up to whole days. */
const PRODUCTION_LEAD_DAYS = 5;
/** Residents that must hold a class before passes carry it (CODE-3.7). */
const PRODUCTION_CLASS_HOLDERS = 1_000;
const DEFAULT_PORT = 4100;
/** Half a year, as long as an edition of the service list. */
const DEFAULT_EVIDENCE_DAYS = 184;

/**
 * The region's settings from the environment. @param now the machine's clock, Unix milliseconds
 * @param root the repository, for the default data folder
 */
export function regionConfig(
  env: Environment,
  root: string,
  now: number,
): ConfigResult<RegionConfig> {
  return answer(() => readRegion(env, root, now));
}

export function nodeConfig(
  env: Environment,
  root: string,
  now: number,
  nodeId: string,
): ConfigResult<NodeConfig> {
  return answer(() => {
    const node = REGION_NODES.find((entry) => entry.id === nodeId);
    if (node === undefined) {
      const known = REGION_NODES.map((entry) => entry.id).join(', ');
      throw new WrongSetting(`--node must be one of ${known}`);
    }
    const region = readRegion(env, root, now);
    const urls = Object.fromEntries(
      REGION_NODES.map(({ id, offset }) => [id, urlOf(env, id, region, offset)]),
    ) as Record<RegionNodeId, string>;
    return {
      ...region,
      nodeId: node.id,
      port: region.basePort + node.offset,
      url: urls[node.id],
      urls,
      nodeDir: path.join(region.dataDir, node.id),
      databaseUrl: databaseUrl(env, node.id),
      issuerKeyLeadDays: leadDays(env, region.mode),
      evidenceDays: integer(env, 'TONGYU_EVIDENCE_DAYS', 30, 3_660, DEFAULT_EVIDENCE_DAYS),
      classMinHolders: classMinHolders(env, region.mode),
      proofing: proofing(env, region.mode),
    };
  });
}

function answer<T>(read: () => T): ConfigResult<T> {
  try {
    return { ok: true, config: read() };
  } catch (error) {
    if (error instanceof WrongSetting) return { ok: false, sentence: error.message };
    throw error;
  }
}

function readRegion(env: Environment, root: string, now: number): RegionConfig {
  const mode = oneOf(env, 'TONGYU_MODE', ['demo', 'production'], 'demo');
  const clockOffsetSeconds = clockOffset(env, now);
  if (mode === 'production' && clockOffsetSeconds !== 0) {
    throw new WrongSetting('TONGYU_CLOCK must not be set in production: clocks are real there');
  }
  const dataDir = path.resolve(root, setting(env, 'TONGYU_DATA') ?? 'data');
  // Six ports from the base on must exist.
  const basePort = integer(env, 'TONGYU_PORT', 1024, 65_530, DEFAULT_PORT);
  return { mode, basePort, dataDir, clockOffsetSeconds };
}

function setting(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}

function integer(env: Environment, name: string, min: number, max: number, absent: number): number {
  const value = setting(env, name);
  if (value === undefined) return absent;
  const number = /^-?[0-9]{1,12}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new WrongSetting(
    `${name} must be a whole number from ${String(min)} to ${String(max)}, not "${value}"`,
  );
}

function oneOf<const T extends string>(
  env: Environment,
  name: string,
  choices: readonly T[],
  absent: T,
): T {
  const value = setting(env, name);
  if (value === undefined) return absent;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new WrongSetting(`${name} must be ${choices.join(' or ')}, not "${value}"`);
}

/**
 * `TONGYU_CLOCK` is a time at which the region's clocks stand when its first process starts. That
 * one hands the distance on in `TONGYU_CLOCK_OFFSET`, so that all processes, also those started
 * later, run on one and the same shifted clock.
 */
function clockOffset(env: Environment, now: number): number {
  const limit = 40 * 366 * 86_400;
  const given = setting(env, 'TONGYU_CLOCK');
  if (given === undefined) return integer(env, 'TONGYU_CLOCK_OFFSET', -limit, limit, 0);
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|Z)$/;
  const time = form.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new WrongSetting(
      `TONGYU_CLOCK must be a time with its offset, such as 2026-12-31T23:59:50+08:00, ` +
        `not "${given}"`,
    );
  }
  return Math.round((time - now) / 1000);
}

function urlOf(env: Environment, id: string, region: RegionConfig, offset: number): string {
  const name = `TONGYU_URL_${id.toUpperCase()}`;
  const value = setting(env, name);
  if (value === undefined) return `http://127.0.0.1:${String(region.basePort + offset)}`;
  if (!/^https?:\/\/[a-zA-Z0-9.:[\]-]+$/.test(value)) {
    throw new WrongSetting(`${name} must be an http or https address without a path`);
  }
  return value;
}

function databaseUrl(env: Environment, id: string): string | undefined {
  const name = `DATABASE_URL_${id.toUpperCase()}`;
  const value = setting(env, name);
  // The value may hold a password: it is never printed.
  if (value !== undefined && !/^postgres(ql)?:\/\//.test(value)) {
    throw new WrongSetting(`${name} must begin with postgres://`);
  }
  return value;
}

function leadDays(env: Environment, mode: Mode): number {
  const absent = mode === 'production' ? PRODUCTION_LEAD_DAYS : 0;
  const days = integer(env, 'TONGYU_KEY_LEAD_DAYS', 0, 30, absent);
  if (mode === 'demo' || days >= PRODUCTION_LEAD_DAYS) return days;
  throw new WrongSetting(
    `TONGYU_KEY_LEAD_DAYS must be at least ${String(PRODUCTION_LEAD_DAYS)} in production, ` +
      'since terminals may be offline for 96 h',
  );
}

function classMinHolders(env: Environment, mode: Mode): number {
  const absent = mode === 'production' ? PRODUCTION_CLASS_HOLDERS : 1;
  const holders = integer(env, 'TONGYU_CLASS_MIN_HOLDERS', 1, 1_000_000_000, absent);
  if (mode === 'demo' || holders >= PRODUCTION_CLASS_HOLDERS) return holders;
  throw new WrongSetting(
    `TONGYU_CLASS_MIN_HOLDERS must be at least ${String(PRODUCTION_CLASS_HOLDERS)} in ` +
      'production, since a rare class would tell its holder apart',
  );
}

function proofing(env: Environment, mode: Mode): NodeConfig['proofing'] {
  const absent = mode === 'production' ? 'none' : 'synthetic';
  const chosen = oneOf(env, 'TONGYU_PROOFING', ['synthetic', 'none'], absent);
  if (mode === 'demo' || chosen === 'none') return chosen;
  throw new WrongSetting('TONGYU_PROOFING must not be synthetic in production');
}
