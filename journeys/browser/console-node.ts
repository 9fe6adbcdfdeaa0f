// A node as the console page sees it: the built pages over canned answers, every request kept.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cityHome, consoleAnswers, hubStatus } from './console-data.ts';
import { journeyAnswers } from './console-journeys-data.ts';
import { listAnswers } from './console-list-data.ts';

const dist = path.resolve(import.meta.dirname, '../../web/dist');

type Site = {
  readonly renderHubStatus: (status: unknown, language: string) => string;
  readonly renderCityHome: (home: unknown, language: string) => string;
  readonly languageOf: (query: unknown, acceptLanguage: string | undefined) => string;
};

export type KeptRequest = {
  readonly method: string;
  readonly url: string;
  readonly csrf: string | undefined;
  readonly body: string;
};

export type OwnAnswer = { readonly status?: number; readonly body: unknown };

export type ConsoleNode = {
  readonly origin: string;
  readonly requests: KeptRequest[];
  /** Which node it plays: `hub` or a party's number. */
  node: string;
  /** Whether the browser has a session; the right token opens it. */
  isOpen: boolean;
  /** Status with which every action answers. */
  actionStatus: number;
  /** Answers of a test's own, by path, or by method and path: `PUT /console/api/…`. */
  own: Readonly<Record<string, OwnAnswer>>;
  readonly token: string;
  readonly stop: () => Promise<void>;
};

/** Starts it on a free port of the loopback. */
export async function startConsoleNode(): Promise<ConsoleNode> {
  const site = (await import(pathToFileURL(path.join(dist, 'site.mjs')).href)) as Site;
  const requests: KeptRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url = '' } = request;
      const csrf = request.headers['tongyu-csrf'];
      requests.push({ method, url, csrf: typeof csrf === 'string' ? csrf : undefined, body });
      answer(node, site, new URL(url, 'http://node'), method, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const node: ConsoleNode = {
    origin: `http://127.0.0.1:${port}`,
    requests,
    node: '4301',
    isOpen: true,
    actionStatus: 200,
    own: {},
    token: 'a-token-that-works-only-once',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return node;
}

function answer(
  node: ConsoleNode,
  site: Site,
  url: URL,
  method: string,
  body: string,
  response: ServerResponse,
): void {
  const { pathname } = url;
  const language = site.languageOf(url.searchParams.get('lang'), undefined);
  if (pathname === '/console') sendPage(response, 'console.html', readDist('console.html'));
  else if (pathname === '/') {
    sendPage(response, 'site.mjs', site.renderHubStatus(hubStatus, language));
  } else if (pathname === '/home') {
    sendPage(response, 'site.mjs', site.renderCityHome(cityHome, language));
  } else if (pathname === '/health') {
    sendJson(response, 200, { status: 'ok', node: node.node, version: '0.1.0' });
  } else if (pathname === '/console/enter') enter(node, body, response);
  else if (pathname.startsWith('/catalogue/')) sendAnswer(node, method, pathname, response);
  else if (!pathname.startsWith('/console/')) sendJson(response, 404, { code: 'NOT_FOUND' });
  else if (!node.isOpen) sendJson(response, 401, { code: 'CONSOLE_CLOSED' });
  else sendAnswer(node, method, pathname, response);
}

const cannedAnswers = { ...consoleAnswers, ...listAnswers, ...journeyAnswers };

function sendAnswer(
  node: ConsoleNode,
  method: string,
  pathname: string,
  response: ServerResponse,
): void {
  const own = node.own[method === 'GET' ? pathname : `${method} ${pathname}`];
  if (own !== undefined) sendJson(response, own.status ?? 200, own.body);
  else if (method !== 'GET') sendJson(response, node.actionStatus, { code: 'PROPOSAL_CLOSED' });
  else sendJson(response, 200, cannedAnswers[pathname] ?? {});
}

function enter(node: ConsoleNode, body: string, response: ServerResponse): void {
  const { token } = JSON.parse(body) as { token: string };
  if (token !== node.token) {
    sendJson(response, 401, { code: 'ENTRY_UNKNOWN' });
    return;
  }
  node.isOpen = true;
  response.writeHead(204).end();
}

function readDist(name: string): string {
  return readFileSync(path.join(dist, name), 'utf8');
}

function sendPage(response: ServerResponse, policyOf: string, html: string): void {
  const policies = JSON.parse(readDist('csp.json')) as Record<string, string>;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policies[policyOf],
  });
  response.end(html);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
