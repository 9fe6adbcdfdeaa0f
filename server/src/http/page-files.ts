import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type {
  DifferencePage,
  EditionPage,
  EditionsPage,
  EntryPage,
  ExplainPage,
  ListPage,
  PublicPage,
  ReportPage,
  SentPage,
} from '@tongyu/domain';

/** One built file as it is served. Read once: no request's address ever becomes a path on disk. */
export type PageFile = {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly plain: Buffer;
  /** The same in the smallest form that the client takes. */
  encoded(acceptEncoding: string): {
    readonly encoding: string | undefined;
    readonly bytes: Buffer;
  };
};

/** The bundle that renders public pages (web/src/site). */
export type Site = ListSite & {
  renderHubStatus(status: unknown, language: string): string;
  renderCityHome(home: unknown, language: string): string;
  languageOf(query: unknown, acceptLanguage: string | undefined): string;
};

/** The pages of the service list, each as a whole document in one language. */
export type ListSite = {
  renderList(page: ListPage, language: string): string;
  renderEntry(page: EntryPage, language: string): string;
  renderExplain(page: ExplainPage, language: string): string;
  renderEditions(page: EditionsPage, language: string): string;
  renderEdition(page: EditionPage, language: string): string;
  renderDifference(page: DifferencePage, language: string): string;
  renderReport(page: ReportPage, language: string): string;
  renderSent(page: SentPage, language: string): string;
  renderMissing(page: PublicPage, language: string, path: string): string;
};

export type BuiltPages = {
  /** By address without a leading slash: `resident.html`, `assets/x-1234.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
  /** Content-Security-Policy by document, with placeholders for who may frame it. */
  readonly policies: Readonly<Record<string, string>>;
  readonly site: Site;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** @returns undefined when the folder holds no build */
export async function loadPages(folder: string): Promise<BuiltPages | undefined> {
  const policyFile = path.join(folder, 'csp.json');
  if (!existsSync(policyFile)) return undefined;
  const files = new Map<string, PageFile>();
  for (const place of ['', 'assets']) {
    const inner = path.join(folder, place);
    if (!existsSync(inner)) continue;
    for (const name of readdirSync(inner)) {
      const type = TYPES[path.extname(name)];
      if (type === undefined) continue;
      const content = readFileSync(path.join(inner, name));
      files.set(path.posix.join(place, name), pageFile(content, type, place === 'assets'));
    }
  }
  const policies = JSON.parse(readFileSync(policyFile, 'utf8')) as Record<string, string>;
  const site = (await import(pathToFileURL(path.join(folder, 'site.mjs')).href)) as Site;
  return { files, policies, site };
}

function pageFile(plain: Buffer, type: string, immutable: boolean): PageFile {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  const kept = new Map<string, Buffer>();
  const compress = (encoding: 'br' | 'gzip'): Buffer => {
    const known = kept.get(encoding);
    if (known !== undefined) return known;
    const bytes = encoding === 'gzip' ? gzipSync(plain, { level: 9 }) : brotli(plain);
    kept.set(encoding, bytes);
    return bytes;
  };
  return {
    type,
    etag,
    immutable,
    plain,
    encoded(acceptEncoding) {
      if (/\bbr\b/.test(acceptEncoding)) return { encoding: 'br', bytes: compress('br') };
      if (/\bgzip\b/.test(acceptEncoding)) return { encoding: 'gzip', bytes: compress('gzip') };
      return { encoding: undefined, bytes: plain };
    },
  };
}

/** Quality 9 costs a tenth of 11's time for some percent of size: it runs at first use. */
function brotli(plain: Buffer): Buffer {
  return brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}
