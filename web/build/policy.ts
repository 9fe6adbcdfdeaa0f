import { createHash } from 'node:crypto';
import type { Face } from './faces.ts';

/** Filled in by the server: who may frame the page; which origins the try page frames. */
export const frameAncestorsPlaceholder = '{FRAME_ANCESTORS}';
export const frameSourcesPlaceholder = '{FRAME_SOURCES}';

/** A CSP source that allows exactly this inline text. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** The Content-Security-Policy header of a face whose document holds this script and style. */
export function facePolicy(face: Face, script: string, style: string): string {
  const wasm = face.usesWasm === true ? [`'wasm-unsafe-eval'`] : [];
  return join([
    ['default-src', `'none'`],
    ['script-src', `'self'`, hashSource(script), ...wasm],
    ['style-src', hashSource(style)],
    ['img-src', `'self'`, 'data:', 'blob:'],
    ['connect-src', `'self'`],
    ['worker-src', `'self'`],
    ['manifest-src', `'self'`],
    ['form-action', `'none'`],
    ['base-uri', `'none'`],
    ...(face.framesOthers === true ? [['frame-src', `'self'`, frameSourcesPlaceholder]] : []),
    ['frame-ancestors', face.isFramed === true ? frameAncestorsPlaceholder : `'none'`],
  ]);
}

/** The policy of a server-rendered page: one inline style, no script at all. */
export function staticPolicy(style: string): string {
  return join([
    ['default-src', `'none'`],
    ['style-src', hashSource(style)],
    ['img-src', `'self'`, 'data:'],
    ['form-action', `'self'`],
    ['base-uri', `'none'`],
    ['frame-ancestors', `'none'`],
  ]);
}

function join(directives: readonly (readonly string[])[]): string {
  return directives.map((parts) => parts.join(' ')).join('; ');
}
