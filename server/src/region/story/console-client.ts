import { consoleCookie } from '../../http/console-guard.ts';
import type { Json } from '@tongyu/protocol';

const TIMEOUT_MS = 10_000;

/** A node as its staff and the public see it: over HTTP and nothing else. */
export type NodeClient = {
  readonly url: string;
  /** A public route's JSON; throws on any other answer than 2xx. */
  get(path: string): Promise<Json>;
  /** The console API behind the session that was opened with a one-time link. */
  read(path: string): Promise<Json>;
  act(path: string, body?: Json): Promise<Json>;
};

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

  const asStaff = async (method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> => {
    session ??= await enter();
    let answer = await request(url + path, method, body, { cookie: session });
    if (answer.status === 401) {
      session = await enter();
      answer = await request(url + path, method, body, { cookie: session });
    }
    return jsonOf(answer, path);
  };

  return {
    url,
    get: async (path) => jsonOf(await request(url + path, 'GET', undefined, {}), path),
    read: (path) => asStaff('GET', path),
    act: (path, body = {}) => asStaff('POST', path, body),
  };
}

function request(
  url: string,
  method: 'GET' | 'POST',
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

async function jsonOf(answer: Response, path: string): Promise<Json> {
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${path} answered ${String(answer.status)}: ${text.slice(0, 200)}`);
  }
  return text === '' ? null : (JSON.parse(text) as Json);
}
