import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { createHttpExchange } from '../../ports/http-exchange.ts';
import { openCutProxy } from './cut-proxy.ts';

let server: Server;
let target: URL;

before(async () => {
  server = createServer((_request, reply) => reply.end('answer'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  target = new URL(`http://127.0.0.1:${String(address.port)}`);
});

after(() => {
  server.closeAllConnections();
  server.close();
});

test('a cut proxy lets no byte pass, and a mended one does again', async () => {
  const proxy = await openCutProxy(target);
  const [host = '', port = ''] = proxy.address.split(':');
  const exchange = createHttpExchange({
    timeoutSeconds: 5,
    maxAnswerBytes: 1000,
    via: { host, port: Number(port) },
  });
  const ask = (): Promise<string> =>
    exchange({ method: 'GET', url: target.href }).then(
      (answer) => answer.text,
      () => 'away',
    );
  assert.equal(await ask(), 'answer');
  assert.ok(proxy.bytesSinceCut() > 0);
  proxy.cut();
  assert.equal(await ask(), 'away');
  assert.equal(proxy.bytesSinceCut(), 0);
  proxy.mend();
  assert.equal(await ask(), 'answer');
  await proxy.close();
});
