// Launches the Chromium that comes with the project's packages, for tests, benchmarks and
// pictures. It needs nothing of the machine but the C library.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

const modules = path.resolve(import.meta.dirname, '../node_modules');
const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
const fontFolders = ['400Regular', '700Bold'];

/** The package's own arguments switch web security off; ours do not. */
const ownArguments: readonly string[] = [
  '--no-sandbox', // Chromium refuses its sandbox to root
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

export interface BrowserOptions {
  /** A `.y4m` file that plays as the camera, which is then allowed without a question. */
  readonly cameraFile?: string;
  /** Further command line arguments of Chromium. */
  readonly args?: readonly string[];
}

interface UnpackedBrowser {
  readonly executablePath: string;
  /** For the browser alone: its libraries must not reach other children. */
  readonly env: Record<string, string>;
}

/**
 * The package unpacks below the temporary folder, whatever lies there already. It reads the
 * folder's name when it is called, so that the name need be changed for that moment only.
 */
function inflateInto(folder: string, archive: string): Promise<string> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return inflate(path.join(modules, '@sparticuz/chromium/bin', archive));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** Without a Chinese font every sign is an invisible box, and tests of overflow pass wrongly. */
function fontsConfiguration(folder: string): string {
  const chinese = fontFolders.map((name) =>
    path.join(modules, '@expo-google-fonts/noto-sans-sc', name),
  );
  const folders = [...chinese, path.join(folder, 'fonts')];
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${folders.map((name) => `<dir>${name}</dir>`).join('\n')}
<cachedir>${path.join(folder, 'font-cache')}</cachedir></fontconfig>`;
}

async function unpack(folder: string): Promise<void> {
  mkdirSync(path.dirname(folder), { recursive: true });
  const aside = mkdtempSync(`${folder}-`);
  try {
    for (const archive of archives) await inflateInto(aside, archive);
    writeFileSync(path.join(aside, 'fonts.conf'), fontsConfiguration(folder));
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another process was first
  }
}

let unpacked: Promise<UnpackedBrowser> | undefined;

/** Unpacks once per version, beside the modules. */
async function unpackOnce(): Promise<UnpackedBrowser> {
  const packageFile = path.join(modules, '@sparticuz/chromium/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const folder = path.join(modules, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) await unpack(folder);
  const env = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      ...Object.fromEntries(env),
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_PATH: folder,
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  };
}

async function launchSettings(options: BrowserOptions) {
  unpacked ??= unpackOnce();
  const { cameraFile, args = [] } = options;
  const camera =
    cameraFile === undefined
      ? []
      : [
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${cameraFile}`,
        ];
  return { ...(await unpacked), args: [...ownArguments, ...camera, ...args] };
}

/**
 * Launches a browser; its contexts forget everything when they close. Open a page of a server
 * first: `about:blank` is no secure context and has no `crypto.subtle`.
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  return chromium.launch(await launchSettings(options));
}

/** Launches a browser that keeps its storage in the folder `profile`, as a phone does. */
export async function launchPersistentBrowser(
  profile: string,
  options: BrowserOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, await launchSettings(options));
}
