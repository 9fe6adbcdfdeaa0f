/**
 * Registers the face's service worker for its own path only. Resolves to false where there is
 * none (in-app web views, private windows): the page then works online as before.
 */
export async function registerWorker(name: string, path: string): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  try {
    await navigator.serviceWorker.register(`/sw-${name}.js`, { scope: path });
    return true;
  } catch {
    return false;
  }
}
