import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalPostgres } from './local-postgres.ts';
import type { LocalConnection } from './local-postgres-locks.ts';

export type TestPostgres = {
  readonly connection: LocalConnection;
  readonly stop: () => Promise<void>;
};

/** A real server in a folder of its own, for contract suites; gone after `stop`. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tongyu-test-pg-'));
  const result = await startLocalPostgres({ dataDir, settings: { fsync: 'off' } });
  if (!result.ok) throw new Error(result.refusal.message);
  const { connection, stop } = result.postgres;
  return {
    connection,
    async stop() {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
