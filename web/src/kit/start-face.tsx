import { render, type ComponentChildren } from 'preact';
import { SettingsProvider } from './context.tsx';
import { loadSettings } from './settings.ts';

/** Draws a face into its document with this browser's settings. */
export function startFace(content: ComponentChildren): void {
  const place = document.getElementById('app');
  if (place === null) throw new Error('The document of this face has no place to draw into');
  render(<SettingsProvider settings={loadSettings()}>{content}</SettingsProvider>, place);
}
