import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildFace, buildSite, buildWorker, type Bundle } from './build/bundle.ts';
import { escapeScript, inlineDocument, manifestOf } from './build/document.ts';
import { faces, type Face } from './build/faces.ts';
import { facePolicy, staticPolicy } from './build/policy.ts';

const webFolder = dirname(fileURLToPath(import.meta.url));

/**
 * Builds every face into `outDir` (created when missing; what lies there already is overwritten
 * file by file). See README.md for the layout.
 * @throws when a source does not build, or a lazy part shares a module with its shell
 */
export async function buildWeb(outDir: string): Promise<void> {
  await mkdir(join(outDir, 'assets'), { recursive: true });
  await cp(join(webFolder, 'public'), outDir, { recursive: true });
  const policies: Record<string, string> = {};
  for (const face of faces) {
    policies[`${face.name}.html`] = await writeFace(face, outDir);
  }
  policies['site.mjs'] = await writeSite(outDir);
  await writeFile(join(outDir, 'csp.json'), `${JSON.stringify(policies, null, 2)}\n`);
}

async function writeFace(face: Face, outDir: string): Promise<string> {
  const bundle = await buildFace(webFolder, face.name);
  const script = escapeScript(bundle.script);
  const html = inlineDocument(face, script, bundle.style);
  await writeFile(join(outDir, `${face.name}.html`), html);
  for (const asset of bundle.assets) await writeFile(join(outDir, asset.name), asset.content);
  const manifest = manifestOf(face);
  if (manifest !== undefined) {
    await writeFile(join(outDir, `${face.name}.webmanifest`), manifest);
    const version = await versionOf(face, [html, manifest]);
    await writeFile(join(outDir, `sw-${face.name}.js`), await workerOf(face, version, bundle));
  }
  return facePolicy(face, script, bundle.style);
}

/**
 * A version that changes exactly when something kept has changed: the lazy parts are named, with
 * the hash of their content, in the document itself.
 */
async function versionOf(face: Face, texts: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  hash.update(await readFile(join(webFolder, 'public', `icon-${face.name}.svg`)));
  return hash.digest('hex').slice(0, 16);
}

function workerOf(face: Face, version: string, bundle: Bundle): Promise<string> {
  const kept = [
    face.path,
    `/${face.name}.webmanifest`,
    `/icon-${face.name}.svg`,
    ...bundle.assets.map((asset) => `/${asset.name}`),
  ];
  return buildWorker(webFolder, { name: face.name, version, shell: face.path, kept });
}

async function writeSite(outDir: string): Promise<string> {
  const file = join(outDir, 'site.mjs');
  await writeFile(file, await buildSite(webFolder));
  // A query makes a second build in the same process load the new text.
  const url = `${pathToFileURL(file).href}?built=${String(performance.now())}`;
  const site = (await import(url)) as { siteStyle: string };
  return staticPolicy(site.siteStyle);
}
