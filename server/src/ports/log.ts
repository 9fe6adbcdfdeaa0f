import { pino } from 'pino';

/**
 * What a log line may carry: numbers and words of a closed list of fields. There is no field for a
 * person, a code, a token or a body, so none can be logged by mistake.
 */
export type LogFields = {
  readonly node?: string;
  readonly peer?: string;
  readonly party?: string;
  readonly job?: string;
  readonly route?: string;
  readonly method?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly count?: number;
  readonly version?: number;
  readonly refusal?: string;
  readonly reference?: string;
  readonly terminal?: string;
  readonly messageType?: string;
};

export type Log = {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  /** @param error is written with its stack to the log, never to an answer */
  error(fields: LogFields, message: string, error?: unknown): void;
};

const ALLOWED: readonly (keyof LogFields)[] = [
  'node',
  'peer',
  'party',
  'job',
  'route',
  'method',
  'status',
  'milliseconds',
  'count',
  'version',
  'refusal',
  'reference',
  'terminal',
  'messageType',
];

function allowed(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    ALLOWED.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
  );
}

/** JSON lines to a file descriptor. */
export function jsonLog(node: string, destination: NodeJS.WritableStream): Log {
  const logger = pino({ base: { node } }, destination);
  return {
    info: (fields, message) => {
      logger.info(allowed(fields), message);
    },
    warn: (fields, message) => {
      logger.warn(allowed(fields), message);
    },
    error: (fields, message, error) => {
      const cause = error instanceof Error ? { stack: error.stack } : {};
      logger.error({ ...allowed(fields), ...cause }, message);
    },
  };
}

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
