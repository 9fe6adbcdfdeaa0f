import { createContext, type ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Language } from './language.ts';
import { sayIn, type Say } from './messages.ts';
import { saveSettings, type Settings } from './settings.ts';

type Reading = { readonly settings: Settings; readonly change: (part: Partial<Settings>) => void };

const initial: Settings = { language: 'zh-CN', textSize: 16, isElder: false };
const ReadingContext = createContext<Reading>({ settings: initial, change: () => undefined });

/** Gives every component below the reader's language, text size and elder mode. */
export function SettingsProvider(props: {
  readonly settings: Settings;
  readonly children: ComponentChildren;
}) {
  const [settings, setSettings] = useState(props.settings);
  const change = (part: Partial<Settings>) => {
    const next = { ...settings, ...part };
    saveSettings(next);
    setSettings(next);
  };
  return (
    <ReadingContext.Provider value={{ settings, change }}>{props.children}</ReadingContext.Provider>
  );
}

/** The same for a page rendered on the server, where only the language is known. */
export function LanguageProvider(props: {
  readonly language: Language;
  readonly children: ComponentChildren;
}) {
  const settings = { ...initial, language: props.language };
  return (
    <ReadingContext.Provider value={{ settings, change: () => undefined }}>
      {props.children}
    </ReadingContext.Provider>
  );
}

export function useReading(): Reading {
  return useContext(ReadingContext);
}

export function useLanguage(): Language {
  return useReading().settings.language;
}

/** Says messages in the reader's language. */
export function useSay(): Say {
  return sayIn(useLanguage());
}
