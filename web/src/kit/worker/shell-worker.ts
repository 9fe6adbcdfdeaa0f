/// <reference lib="webworker" />
/**
 * The service worker of an installable face. It keeps the shell and its parts and answers from
 * what it keeps, so that a code opens underground. It never calls skipWaiting: while any page of
 * this face is open, a newer version waits, so no code on a screen changes its version.
 * Personal data never enters Cache Storage; it lives in IndexedDB.
 */
type Filling = { name: string; version: string; shell: string; kept: readonly string[] };
declare const WORKER_FILLING: Filling;
declare const self: ServiceWorkerGlobalScope;

const { name, version, shell, kept } = WORKER_FILLING;

const prefix = `tongyu-${name}-`;
const cacheName = prefix + version;

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder());
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  const path = event.request.mode === 'navigate' ? shell : url.pathname;
  if (!kept.includes(path)) return;
  event.respondWith(fromCache(path, event.request));
});

/** All or nothing: a version with a missing part must never be installed. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(kept.map((path) => new Request(path, { cache: 'reload' })));
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((each) => each.startsWith(prefix) && each !== cacheName);
  await Promise.all(older.map((each) => caches.delete(each)));
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  // The browser may have thrown the cache away; the network is then the only way.
  return (await cache.match(path)) ?? fetch(request);
}

export {};
