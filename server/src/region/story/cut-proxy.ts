import { connect, createServer, type Socket } from 'node:net';

/**
 * A gate's only way out: a plain TCP proxy to its city that counts what passes and can be cut, like
 * a network cable. A cut one closes what is open and takes nothing.
 */
export type CutProxy = {
  /** `127.0.0.1:port` for the gate's `--proxy`. */
  readonly address: string;
  cut(): void;
  mend(): void;
  /** Bytes that passed, in both directions, since the last cut. */
  bytesSinceCut(): number;
  close(): Promise<void>;
};

export async function openCutProxy(target: URL): Promise<CutProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  let bytes = 0;

  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (part) => {
        if (isCut) return;
        bytes += part.length;
        to.write(part);
      });
      from.on('error', () => to.destroy());
      from.on('end', () => to.end());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  const closeAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    address: `127.0.0.1:${String(address.port)}`,
    cut() {
      isCut = true;
      bytes = 0;
      closeAll();
    },
    mend() {
      isCut = false;
    },
    bytesSinceCut: () => bytes,
    close() {
      closeAll();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
