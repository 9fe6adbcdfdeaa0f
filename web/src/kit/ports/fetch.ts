/** What came back from this page's own origin; a failed connection is an answer, not a fault. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Headers;
      readonly body: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'unreachable' };

export type Request = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Gives up after this long; 15 000 when left out. */
  readonly timeoutMilliseconds?: number;
};

/** The only door to the network in the browser faces: same origin, cookies of this origin. */
export type Net = (path: string, request?: Request) => Promise<Answer>;

export const browserNet: Net = async (path, request = {}) => {
  const { method = 'GET', headers = {}, body, timeoutMilliseconds = 15_000 } = request;
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMilliseconds),
      ...(body === undefined ? {} : { body }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { kind: 'answered', status: response.status, headers: response.headers, body: bytes };
  } catch {
    // The browser does not tell offline, refused and timed out apart; nor do our screens.
    return { kind: 'unreachable' };
  }
};

/** A network with a plug: while `isPlugged()` is false nothing leaves (the try page, tests). */
export function unpluggable(net: Net, isPlugged: () => boolean): Net {
  return (path, request) =>
    isPlugged() ? net(path, request) : Promise.resolve({ kind: 'unreachable' });
}
