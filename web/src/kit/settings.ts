import { chooseLanguage, isLanguage, type Language } from './language.ts';

/** Root text sizes in CSS pixels; everything else on a screen is sized in rem. */
export const textSizes = [16, 20, 24, 30] as const;
export type TextSize = (typeof textSizes)[number];

/** How one person wants to read; kept in this browser only. */
export type Settings = {
  readonly language: Language;
  readonly textSize: TextSize;
  /** Elder mode: fewer choices, text at least 20 px, targets at least 60 px. */
  readonly isElder: boolean;
};

const storageKey = 'tongyu.settings';

/** Reads saved settings; what is missing or unreadable falls back to the browser's wishes. */
export function parseSettings(saved: string | null, wishes: readonly string[]): Settings {
  const found = readRecord(saved);
  const size = textSizes.find((each) => each === found['textSize']);
  return {
    language: isLanguage(found['language']) ? found['language'] : chooseLanguage(wishes),
    textSize: size ?? 16,
    isElder: found['isElder'] === true,
  };
}

function readRecord(saved: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(saved ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The text size in force: elder mode never shows less than 20 px. */
export function effectiveTextSize({ textSize, isElder }: Settings): TextSize {
  return isElder && textSize < 20 ? 20 : textSize;
}

/** Loads this browser's settings and applies them to `<html>`. */
export function loadSettings(): Settings {
  const settings = parseSettings(readStorage(), navigator.languages);
  applySettings(settings);
  return settings;
}

/** Saves and applies; a browser that refuses storage still shows the choice until closed. */
export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(settings));
  } catch {
    // Private windows and embedded frames may have no storage.
  }
  applySettings(settings);
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function applySettings(settings: Settings): void {
  const root = document.documentElement;
  root.lang = settings.language;
  root.dataset['text'] = String(effectiveTextSize(settings));
  root.dataset['elder'] = settings.isElder ? 'on' : 'off';
}
