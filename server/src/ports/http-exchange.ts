import http from 'node:http';
import https from 'node:https';

/** One HTTP exchange with a fixed deadline and a bounded answer; it follows no redirect. */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  /** The whole address, `https://city.example/terminal/taps`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless a content type says otherwise; undefined for none. */
  readonly body?: string;
};

export type HttpAnswer = { readonly status: number; readonly text: string };

export type HttpExchangeSettings = {
  readonly timeoutSeconds: number;
  readonly maxAnswerBytes: number;
  /** A TCP proxy that stands for the only way out: connected to instead of the address's host. */
  readonly via?: { readonly host: string; readonly port: number } | undefined;
};

/** A fault, not an answer: no route, refused, cut, too slow, or more bytes than allowed. */
export class HttpAway extends Error {
  override readonly name = 'HttpAway';
}

export function createHttpExchange(settings: HttpExchangeSettings): HttpExchange {
  return (request) =>
    new Promise((resolve, reject) => {
      const url = new URL(request.url);
      const outgoing = (url.protocol === 'https:' ? https : http).request({
        ...target(url, settings),
        method: request.method,
        path: url.pathname + url.search,
        agent: false,
        headers: { host: url.host, ...headersOf(request) },
      });
      const deadline = setTimeout(() => {
        outgoing.destroy(new Error(`no answer within ${String(settings.timeoutSeconds)} s`));
      }, settings.timeoutSeconds * 1000);
      const fail = (cause: unknown): void => {
        clearTimeout(deadline);
        reject(new HttpAway(`no exchange with ${url.host}`, { cause }));
      };
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        readBounded(incoming, settings.maxAnswerBytes).then((text) => {
          clearTimeout(deadline);
          resolve({ status: incoming.statusCode ?? 0, text });
        }, fail);
      });
      outgoing.end(request.body);
    });
}

function target(
  url: URL,
  settings: HttpExchangeSettings,
): http.RequestOptions & https.RequestOptions {
  const ownPort = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (settings.via === undefined) return { host, port: ownPort };
  return { host: settings.via.host, port: settings.via.port, servername: host };
}

function headersOf(request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
  if (request.body !== undefined) {
    headers['content-type'] ??= 'application/json';
    headers['content-length'] = String(Buffer.byteLength(request.body));
  }
  return headers;
}

async function readBounded(incoming: http.IncomingMessage, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw new Error(`more than ${String(maxBytes)} bytes of answer`);
    parts.push(part);
  }
  // An answer that was cut ends the stream without an error when it had no length.
  if (!incoming.complete) throw new Error('the answer was cut');
  return Buffer.concat(parts).toString('utf8');
}
