// COPY FROM STDIN over node-postgres, which has no such thing of its own: the fastest way that rows
// get into PostgreSQL, as the peer of what makes them.
import type { Database } from '../server/src/store/database.ts';

type Client = Awaited<ReturnType<Database['connect']>>;
/** As much of the driver's connection as a COPY needs. */
type Connection = {
  readonly query: (text: string) => void;
  readonly sendCopyFromChunk: (chunk: Buffer) => void;
  readonly endCopyFrom: () => void;
  readonly sync: () => void;
};

const CHUNK_BYTES = 65_536;

/** Sends rows in the text format of COPY; answers when the server has them durably. */
export async function copyIn(client: Client, table: string, rows: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let failure: Error | undefined;
    const done = (): void => {
      if (failure === undefined) resolve();
      else reject(failure);
    };
    client.query({
      submit: (connection: Connection) => {
        connection.query(`copy ${table} from stdin`);
      },
      handleCopyInResponse: (connection: Connection) => {
        for (let at = 0; at < rows.length; at += CHUNK_BYTES) {
          connection.sendCopyFromChunk(rows.subarray(at, at + CHUNK_BYTES));
        }
        connection.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: done,
      handleError: (error: Error) => {
        failure = error;
        done();
      },
    } as never);
  });
}
