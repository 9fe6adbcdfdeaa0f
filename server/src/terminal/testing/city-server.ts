import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { canonicalJson, trustOfferText } from '@tongyu/protocol';
import type { SmallRegion } from './small-region.ts';

/** The routes of a city that a terminal uses, over loopback. */
export type CityServer = {
  readonly url: string;
  readonly region: SmallRegion;
  /** Taps by number, as they arrived first. */
  readonly taps: Map<number, string>;
  /** How often each number arrived. */
  readonly arrivals: Map<number, number>;
  readonly syncPaths: string[];
  readonly terminalHeaders: string[];
  /** Drops the connection after the taps were taken. */
  losesAnswers: boolean;
  /** Drops every connection at once. */
  isCut: boolean;
  close(): Promise<void>;
};

export async function startCityServer(region: SmallRegion): Promise<CityServer> {
  const server = http.createServer((request, response) => {
    if (city.isCut) {
      request.socket.destroy();
      return;
    }
    if (request.url?.startsWith('/terminal/sync?') === true) {
      city.syncPaths.push(request.url);
      city.terminalHeaders.push(String(request.headers['tongyu-terminal']));
      response.end(trustOfferText(region.offer()));
      return;
    }
    if (request.url?.startsWith('/terminal/list?') === true) {
      const after = Number(/edition=([0-9]+)/.exec(request.url)?.[1]);
      response.end(canonicalJson(region.listOffer(after)));
      return;
    }
    if (request.url?.startsWith('/catalogue/parts/') === true) {
      response.end(region.parts.get(request.url.slice('/catalogue/parts/'.length)));
      return;
    }
    void readBody(request).then((body) => {
      const answer = JSON.stringify(takeTaps(city, body));
      if (city.losesAnswers) request.socket.destroy();
      else response.end(answer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const city: CityServer = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    region,
    taps: new Map(),
    arrivals: new Map(),
    syncPaths: [],
    terminalHeaders: [],
    losesAnswers: false,
    isCut: false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return city;
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8') as AsyncIterable<string>) body += part;
  return body;
}

function takeTaps(city: CityServer, body: string) {
  const { taps } = JSON.parse(body) as { taps: { signed: { number: number } }[] };
  const results = taps.map((tap) => {
    const { number } = tap.signed;
    const text = JSON.stringify(tap);
    const known = city.taps.get(number);
    city.taps.set(number, known ?? text);
    city.arrivals.set(number, (city.arrivals.get(number) ?? 0) + 1);
    if (known === undefined) return { number, outcome: 'accepted' };
    return known === text
      ? { number, outcome: 'duplicate' }
      : { number, outcome: 'refused', refusal: { code: 'TAP_CONTENT_DIFFERS', field: 'time' } };
  });
  return { results, used: [], usedCursor: '', serverTime: 1 };
}
