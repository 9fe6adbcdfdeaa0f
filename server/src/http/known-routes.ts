type KnownRoute = { readonly pattern: RegExp; readonly methods: readonly string[] };

/** Which methods an address has, so that a wrong method is answered 405 and not 404. */
export class KnownRoutes {
  readonly #routes: KnownRoute[] = [];

  add(url: string, methods: readonly string[]): void {
    const escaped = url.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
    const source = escaped.replaceAll(/:[A-Za-z]+/g, '[^/]+').replaceAll('*', '.*');
    this.#routes.push({ pattern: new RegExp(`^${source}$`), methods });
  }

  /** In alphabetic order; empty when nothing stands at the address. */
  methodsOf(url: string): readonly string[] {
    const path = url.split('?', 1)[0] ?? '';
    const found = this.#routes.filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => methods))].sort();
  }
}
