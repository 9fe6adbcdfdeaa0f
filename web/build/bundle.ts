import { join } from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';

/** One face after bundling: what goes into the document and what lies beside it. */
export type Bundle = {
  readonly script: string;
  readonly style: string;
  readonly assets: readonly { readonly name: string; readonly content: string | Uint8Array }[];
};

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

/** Bundles src/<name>/main.tsx: the shell in one script, dynamic imports as hashed assets. */
export async function buildFace(root: string, name: string): Promise<Bundle> {
  const output = await run({
    ...baseConfig(root),
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: {
        input: { [name]: join(root, 'src', name, 'main.tsx') },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
        },
      },
    },
  });
  return splitOutput(name, output);
}

function splitOutput(name: string, output: readonly Output[]): Bundle {
  const chunks = output.filter((each) => each.type === 'chunk');
  const shell = chunks.find((chunk) => chunk.isEntry);
  if (shell === undefined) throw new Error(`The build of ${name} has no entry`);
  refuseSharedModules(name, shell, chunks);
  const assets = output.filter((each) => each.type === 'asset');
  const styles = assets.filter((asset) => asset.fileName.endsWith('.css'));
  return {
    script: absoluteImports(shell.code).trim(),
    style: styles
      .map((asset) => textOf(asset.source))
      .join('')
      .trim(),
    assets: [
      ...assets
        .filter((asset) => !asset.fileName.endsWith('.css'))
        .map((asset) => ({ name: asset.fileName, content: asset.source })),
      ...chunks
        .filter((chunk) => chunk !== shell)
        .map((chunk) => ({ name: chunk.fileName, content: chunk.code })),
    ],
  };
}

/**
 * The shell is inlined and has no address: a lazy part that imports from it, or a first show
 * that needs a second file, cannot work. Both are stopped here, by name.
 */
function refuseSharedModules(
  name: string,
  shell: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
): void {
  if (shell.imports.length > 0) {
    throw new Error(
      `${name}: the shell statically imports ${shell.imports.join(', ')}; ` +
        'a lazy part must not share modules with the shell: make it a leaf',
    );
  }
  for (const chunk of chunks) {
    if (chunk === shell || !chunk.imports.includes(shell.fileName)) continue;
    throw new Error(
      `${name}: the lazy part ${chunk.fileName} imports from the inlined shell; ` +
        'give it what it needs as arguments instead',
    );
  }
}

/** Inlined, the script's relative imports would be read against the page's address. */
function absoluteImports(code: string): string {
  return code.replace(/import\((["'`])\.\/assets\//g, 'import($1/assets/');
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
