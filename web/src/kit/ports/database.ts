/**
 * A small promise wrapper over IndexedDB. All writes ask for strict durability: a used tag or an
 * unsent tap must survive a killed tab.
 */
export type Database = {
  /** Runs `work` in one transaction over `stores`; resolves after the commit. */
  readonly transact: <T>(
    stores: readonly string[],
    mode: 'readonly' | 'readwrite',
    work: (transaction: Transaction) => Promise<T>,
  ) => Promise<T>;
  readonly close: () => void;
};

export type Transaction = {
  readonly get: (store: string, key: IDBValidKey) => Promise<unknown>;
  readonly all: (store: string, limit?: number) => Promise<unknown[]>;
  readonly keys: (store: string, limit?: number) => Promise<IDBValidKey[]>;
  readonly count: (store: string) => Promise<number>;
  /** Writes; `key` only for stores without a key path. Structured values, CryptoKey included. */
  readonly put: (store: string, value: unknown, key?: IDBValidKey) => Promise<void>;
  readonly remove: (store: string, key: IDBValidKey | IDBKeyRange) => Promise<void>;
  readonly clear: (store: string) => Promise<void>;
};

export type StoreDeclaration = { readonly name: string; readonly keyPath?: string };

/**
 * Opens (and creates or widens) the database. `version` rises when a store is added; a store
 * is never dropped here.
 * @throws the browser's DOMException as `cause` when storage is refused or broken
 */
export async function openDatabase(
  name: string,
  version: number,
  stores: readonly StoreDeclaration[],
): Promise<Database> {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    for (const { name: store, keyPath } of stores) {
      if (opening.result.objectStoreNames.contains(store)) continue;
      opening.result.createObjectStore(store, keyPath === undefined ? {} : { keyPath });
    }
  };
  const database = await settle(opening);
  // Another tab with a newer page wants to upgrade: give way rather than block it for ever.
  database.onversionchange = () => database.close();
  return {
    transact: (names, mode, work) => transact(database, names, mode, work),
    close: () => database.close(),
  };
}

async function transact<T>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: 'readonly' | 'readwrite',
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const raw = database.transaction([...stores], mode, { durability: 'strict' });
  const committed = new Promise<void>((resolve, reject) => {
    raw.oncomplete = () => resolve();
    raw.onabort = () =>
      reject(new Error('The browser dropped a transaction', { cause: raw.error }));
  });
  // `work` may fail first; its own error is the one to report.
  committed.catch(() => undefined);
  try {
    const result = await work(wrap(raw));
    await committed;
    return result;
  } catch (error) {
    abort(raw);
    throw error;
  }
}

function abort(raw: IDBTransaction): void {
  try {
    raw.abort();
  } catch {
    // Already finished: there is nothing left to undo.
  }
}

function wrap(raw: IDBTransaction): Transaction {
  const store = (name: string) => raw.objectStore(name);
  return {
    get: (name, key) => settle<unknown>(store(name).get(key)),
    all: (name, limit) => settle<unknown[]>(store(name).getAll(undefined, limit)),
    keys: (name, limit) => settle(store(name).getAllKeys(undefined, limit)),
    count: (name) => settle(store(name).count()),
    put: async (name, value, key) => {
      await settle(store(name).put(value, key));
    },
    remove: async (name, key) => {
      await settle(store(name).delete(key));
    },
    clear: async (name) => {
      await settle(store(name).clear());
    },
  };
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      reject(new Error('The browser refused a storage request', { cause: request.error }));
  });
}
