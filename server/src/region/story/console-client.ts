import { consoleCookie } from '../../http/console-guard.ts';
import type { Json } from '@tongyu/protocol';
import { textAt } from './read-json.ts';

const TIMEOUT_MS = 10_000;

/** A node as its staff and the public see it: over HTTP and nothing else. */
export type NodeClient = {
  readonly url: string;
  /** A public route's JSON; throws on any other answer than 2xx. */
  get(path: string): Promise<Json>;
  /** The console API behind the session that was opened with a one-time link. */
  read(path: string): Promise<Json>;
  act(path: string, body?: Json): Promise<Json>;
  put(path: string, body: Json): Promise<Json>;
  remove(path: string, body: Json): Promise<Json>;
  /** Like `act`, but a refusal is an answer too. */
  tryAct(path: string, body?: Json): Promise<Tried>;
  /** A public page's or file's text; throws on any other answer than 2xx. */
  text(path: string): Promise<string>;
};

export type Tried = {
  readonly status: number;
  /** Of a refusal; null when it was done. */
  readonly code: string | null;
  readonly body: Json;
};

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** @param issueEntry a new one-time token; asked again when a restart has ended the session */
export function nodeClient(
  nodeId: string,
  url: string,
  issueEntry: () => Promise<string>,
): NodeClient {
  let session: string | undefined;

  const enter = async (): Promise<string> => {
    const token = await issueEntry();
    const answer = await request(`${url}/console/enter`, 'POST', { token }, {});
    const cookie = answer.headers
      .getSetCookie()
      .find((one) => one.startsWith(consoleCookie(nodeId)));
    if (answer.status !== 204 || cookie === undefined) {
      throw new Error(`the console of ${nodeId} did not open (${String(answer.status)})`);
    }
    return cookie.split(';')[0] ?? '';
  };

  const asStaff = async (method: Method, path: string, body?: Json): Promise<Response> => {
    session ??= await enter();
    let answer = await request(url + path, method, body, { cookie: session });
    if (answer.status === 401) {
      session = await enter();
      answer = await request(url + path, method, body, { cookie: session });
    }
    return answer;
  };

  return {
    url,
    get: async (path) => jsonOf(await request(url + path, 'GET', undefined, {}), path),
    text: async (path) => textOf(await request(url + path, 'GET', undefined, {}), path),
    read: async (path) => jsonOf(await asStaff('GET', path), path),
    act: async (path, body = {}) => jsonOf(await asStaff('POST', path, body), path),
    put: async (path, body) => jsonOf(await asStaff('PUT', path, body), path),
    remove: async (path, body) => jsonOf(await asStaff('DELETE', path, body), path),
    async tryAct(path, body = {}) {
      const answer = await asStaff('POST', path, body);
      const text = await answer.text();
      const told = (text === '' ? null : JSON.parse(text)) as Json;
      const code = answer.ok ? null : textAt(told, 'code');
      return { status: answer.status, code, body: told };
    },
  };
}

function request(
  url: string,
  method: Method,
  body: Json | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(url, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...headers,
      'tongyu-csrf': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function textOf(answer: Response, path: string): Promise<string> {
  const text = await answer.text();
  if (answer.ok) return text;
  throw new Error(`${path} answered ${String(answer.status)}: ${text.slice(0, 200)}`);
}

async function jsonOf(answer: Response, path: string): Promise<Json> {
  const text = await textOf(answer, path);
  return text === '' ? null : (JSON.parse(text) as Json);
}
