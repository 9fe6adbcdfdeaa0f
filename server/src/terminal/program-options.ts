import { parseArgs } from 'node:util';
import {
  DIRECTIONS,
  entryIdShape,
  hashShape,
  readShape,
  stopIdShape,
  terminalIdShape,
  type Direction,
  type Shape,
} from '@tongyu/protocol';
import { DEFAULT_DEBOUNCE_SECONDS } from './ports.ts';

export type ProgramOptions = {
  readonly data: string;
  /** Without a path or a slash at its end. */
  readonly city: string;
  readonly terminal: string;
  readonly service: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly key: string;
  readonly keyId: number;
  readonly pin: string;
  readonly clockOffsetSeconds: number;
  readonly debounceSeconds: number;
  readonly syncSeconds: number;
  readonly maxWarnedAcceptsPerDay: number;
  readonly proxy: { readonly host: string; readonly port: number } | undefined;
};

/** The message is one sentence for the person who starts the program. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const TEXT = { type: 'string' } as const;
const KNOWN = {
  data: TEXT,
  city: TEXT,
  terminal: TEXT,
  service: TEXT,
  direction: TEXT,
  stop: TEXT,
  key: TEXT,
  'key-id': TEXT,
  pin: TEXT,
  'clock-offset-seconds': TEXT,
  'debounce-seconds': TEXT,
  'sync-seconds': TEXT,
  'max-warned-accepts-per-day': TEXT,
  proxy: TEXT,
} as const;

type Given = { readonly [name in keyof typeof KNOWN]?: string | undefined };

/** Throws `OptionsError`. */
export function readOptions(words: readonly string[]): ProgramOptions {
  const given = parse(words);
  return {
    data: required(given, 'data'),
    city: origin(required(given, 'city')),
    terminal: shaped(given, 'terminal', terminalIdShape, '4201-gate-1'),
    service: shaped(given, 'service', entryIdShape, '4201-metro'),
    direction: direction(given),
    stop: stop(given),
    key: required(given, 'key'),
    keyId: wholeNumber(given, 'key-id', 1, 1, 65_535),
    pin: shaped(given, 'pin', hashShape, '64 hexadecimal digits'),
    clockOffsetSeconds: wholeNumber(given, 'clock-offset-seconds', 0, -1e9, 1e9),
    debounceSeconds: wholeNumber(given, 'debounce-seconds', DEFAULT_DEBOUNCE_SECONDS, 0, 60),
    syncSeconds: wholeNumber(given, 'sync-seconds', 5, 1, 3600),
    maxWarnedAcceptsPerDay: wholeNumber(given, 'max-warned-accepts-per-day', 500, 0, 1e6),
    proxy: given.proxy === undefined ? undefined : hostAndPort(given.proxy),
  };
}

function parse(words: readonly string[]): Given {
  try {
    return parseArgs({ args: [...words], options: KNOWN, strict: true }).values;
  } catch (cause) {
    throw new OptionsError(cause instanceof Error ? cause.message : 'unreadable options', {
      cause,
    });
  }
}

function required(given: Given, name: keyof typeof KNOWN): string {
  const value = given[name];
  if (value === undefined || value === '') throw new OptionsError(`--${name} is missing.`);
  return value;
}

function shaped(
  given: Given,
  name: 'terminal' | 'service' | 'pin',
  shape: Shape<string>,
  example: string,
): string {
  const read = readShape(shape, required(given, name));
  if (!read.ok) throw new OptionsError(`--${name} must look like ${example}.`);
  return read.value;
}

function direction(given: Given): Direction {
  const found = DIRECTIONS.find((one) => one === (given.direction ?? 'single'));
  if (found === undefined) throw new OptionsError(`--direction is ${DIRECTIONS.join(', ')}.`);
  return found;
}

function stop(given: Given): string | null {
  if (given.stop === undefined) return null;
  const read = readShape(stopIdShape, given.stop);
  if (!read.ok) throw new OptionsError('--stop must look like jianghan-road.');
  return read.value;
}

function wholeNumber(
  given: Given,
  name: keyof typeof KNOWN,
  otherwise: number,
  min: number,
  max: number,
): number {
  const value = given[name];
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (/^-?\d{1,10}$/.test(value) && number >= min && number <= max) return number;
  throw new OptionsError(`--${name} must be a whole number from ${min} to ${max}.`);
}

function origin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isWeb || url.pathname !== '/' || url.search !== '' || url.username) {
    throw new OptionsError('--city must be an address such as https://city.example.');
  }
  return url.origin;
}

function hostAndPort(value: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^([A-Za-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/.exec(value) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new OptionsError('--proxy must be host:port.');
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
