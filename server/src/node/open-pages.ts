import { fileURLToPath } from 'node:url';
import type { NodeConfig } from '../config.ts';
import { loadPages, type BuiltPages } from '../http/page-files.ts';
import type { Framing } from '../http/page-routes.ts';
import { StartRefused } from './start-refused.ts';

const DIST = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** The built pages. Throws `StartRefused` when there are none. */
export async function openPages(): Promise<BuiltPages> {
  const pages = await loadPages(DIST);
  if (pages === undefined) throw new StartRefused('the pages are not built: run `npm start` once');
  return pages;
}

/** A demo's try page shows phone and gate pages in frames; in production nobody may. */
export function framingOf(config: NodeConfig): Framing {
  if (config.mode === 'production') return { ancestors: [], sources: [] };
  const origins = Object.values(config.urls);
  return { ancestors: origins, sources: origins };
}
