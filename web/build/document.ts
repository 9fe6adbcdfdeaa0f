import type { Face } from './faces.ts';

/**
 * The one document of a face, script and style inlined: round trips, more than weight, decide
 * how soon a code shows.
 */
export function inlineDocument(face: Face, script: string, style: string): string {
  const app =
    face.app === undefined
      ? ''
      : `<link rel="manifest" href="/${face.name}.webmanifest">` +
        `<link rel="apple-touch-icon" href="/icon-${face.name}.svg">`;
  return (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">' +
    `<title>${face.title}</title>` +
    '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">' +
    '<meta name="theme-color" content="#0e4f4b"><meta name="referrer" content="no-referrer">' +
    `<link rel="icon" type="image/svg+xml" href="/icon-${iconOf(face)}.svg">${app}` +
    `<style>${style}</style></head><body><div id="app"></div>` +
    '<noscript>这个页面需要 JavaScript。這個頁面需要 JavaScript。' +
    'This page needs JavaScript.</noscript>' +
    `<script type="module">${script}</script></body></html>\n`
  );
}

function iconOf(face: Face): string {
  return face.app === undefined ? 'tongyu' : face.name;
}

/** Makes a script safe inside `<script>`: the HTML parser must not see an end or a comment. */
export function escapeScript(script: string): string {
  return script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

/** The web app manifest of an installable face. */
export function manifestOf(face: Face): string | undefined {
  if (face.app === undefined) return undefined;
  const manifest = {
    id: face.path,
    name: face.app.name,
    short_name: face.app.shortName,
    lang: 'zh-CN',
    start_url: face.path,
    scope: face.path,
    display: 'standalone',
    background_color: '#f7f8f5',
    theme_color: '#0e4f4b',
    icons: [
      { src: `/icon-${face.name}.svg`, sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      {
        src: `/icon-${face.name}.svg`,
        sizes: '512x512',
        type: 'image/svg+xml',
        purpose: 'maskable',
      },
    ],
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
