import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';

/** One face after bundling: what goes into the document and what lies beside it. */
export type Bundle = {
  readonly script: string;
  readonly style: string;
  readonly assets: readonly Asset[];
};

type Asset = { readonly name: string; readonly content: string | Uint8Array };

/** What a face's service worker is filled with. */
export type WorkerFilling = {
  readonly name: string;
  readonly version: string;
  /** The path whose navigations are answered from the cache. */
  readonly shell: string;
  readonly kept: readonly string[];
};

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

function baseConfig(root: string): InlineConfig {
  return {
    root,
    base: '/',
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
  };
}

/** Bundles src/<name>/main.tsx: the shell in one script, lazy parts and binaries as assets. */
export function buildFace(root: string, name: string): Promise<Bundle> {
  return bundleOne(root, name, join(root, 'src', name, 'main.tsx'));
}

/** One entry as one script, with everything that it loads later beside it. */
async function bundleOne(root: string, name: string, entry: string): Promise<Bundle> {
  const parts = new Map<string, Promise<Part>>();
  const output = await run({
    ...baseConfig(root),
    plugins: [noNodeCrypto(), noForeignAddress(), selfContainedParts(root, parts)],
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        input: { [name]: entry },
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: '[name].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          codeSplitting: false,
        },
      },
    },
  });
  const assets = output.filter((each) => each.type === 'asset');
  const isStyle = (asset: Rolldown.OutputAsset) => asset.fileName.endsWith('.css');
  const own = assets.map((asset) => ({ name: asset.fileName, content: asset.source }));
  const inner = await Promise.all(parts.values());
  return {
    script: onlyChunk(name, output).trim(),
    style: assets
      .filter(isStyle)
      .map((asset) => textOf(asset.source))
      .join('')
      .trim(),
    assets: [
      ...own.filter((asset) => !asset.name.endsWith('.css')),
      ...inner.flatMap((part) => part.assets),
    ],
  };
}

/**
 * An inlined shell has no address, so a lazy part can import nothing from it. Every relative
 * `import()` therefore becomes a bundle of its own under a hashed name: modules used on both sides
 * exist twice, and their state is not shared.
 */
function selfContainedParts(root: string, parts: Map<string, Promise<Part>>): Plugin {
  return {
    name: 'tongyu-self-contained-parts',
    enforce: 'pre',
    async resolveId(specifier, importer, { kind }) {
      if (kind !== 'dynamic-import' || importer === undefined) return null;
      if (!/^\.\.?\//.test(specifier)) return null;
      const file = join(dirname(importer), specifier);
      const part = parts.get(file) ?? bundlePart(root, file);
      parts.set(file, part);
      return { id: (await part).path, external: 'absolute' };
    },
  };
}

/** sm-crypto-v2 asks Node for randomness where there is no WebCrypto; a browser always has it. */
function noNodeCrypto(): Plugin {
  const nothing = '\0tongyu-no-node-crypto';
  return {
    name: 'tongyu-no-node-crypto',
    enforce: 'pre',
    resolveId: (specifier) => (specifier === 'crypto' ? nothing : null),
    load: (id) => (id === nothing ? 'export const webcrypto = undefined;' : null),
  };
}

/** zxing-wasm would fetch its binary from a public CDN when told nothing: never from our pages. */
function noForeignAddress(): Plugin {
  const foreign = /https:\/\/fastly\.jsdelivr\.net\/npm\/zxing-wasm@[^`]*(?=`)/g;
  return {
    name: 'tongyu-no-foreign-address',
    transform(code, id) {
      if (!id.includes('zxing-wasm')) return null;
      return { code: code.replace(foreign, '/assets/zxing-not-located'), map: null };
    },
  };
}

/** A lazy part: the path to import it from, and the files that it needs there. */
type Part = { readonly path: string; readonly assets: readonly Asset[] };

async function bundlePart(root: string, file: string): Promise<Part> {
  const name = basename(file).replace(/\.tsx?$/, '');
  const { script, style, assets } = await bundleOne(root, name, file);
  if (style !== '') throw new Error(`${file}: a lazy part has no style of its own`);
  const hash = createHash('sha256').update(script).digest('base64url').slice(0, 8);
  const own = { name: `assets/${name}-${hash}.js`, content: script };
  return { path: `/${own.name}`, assets: [own, ...assets] };
}

/** Bundles the server-rendered pages into one self-contained module. */
export async function buildSite(root: string): Promise<string> {
  const output = await run({
    ...baseConfig(root),
    ssr: { noExternal: true },
    build: {
      write: false,
      ssr: join(root, 'src', 'site', 'site.ts'),
      target: 'node22',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'site.mjs', codeSplitting: false } },
    },
  });
  return onlyChunk('site', output);
}

/** Bundles the service worker with its list of kept files filled in. */
export async function buildWorker(root: string, filling: WorkerFilling): Promise<string> {
  const output = await run({
    ...baseConfig(root),
    define: { WORKER_FILLING: JSON.stringify(filling) },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: join(root, 'src', 'kit', 'worker', 'shell-worker.ts'),
        output: { format: 'iife', entryFileNames: 'worker.js', codeSplitting: false },
      },
    },
  });
  return onlyChunk('the service worker', output);
}

function onlyChunk(what: string, output: readonly Output[]): string {
  const [chunk, ...more] = output.filter((each) => each.type === 'chunk');
  if (chunk === undefined || more.length > 0) throw new Error(`${what} must be one file`);
  return chunk.code;
}

async function run(config: InlineConfig): Promise<readonly Output[]> {
  const result = await build(config);
  if (!Array.isArray(result) && !('output' in result)) throw new Error('Vite went into watch mode');
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.flatMap((each) => each.output);
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}
