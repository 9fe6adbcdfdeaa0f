/** One entry of the service list as the search sees it. */
export type SearchRow = {
  readonly id: string;
  /** The city, four digits. */
  readonly party: string;
  readonly category: string;
  /** 'residents', 'organisations' */
  readonly audience: readonly string[];
  /** Usable now. May change without a new index: `Search.withUsable`. */
  readonly usable: boolean;
  /**
   * What can be found, by language. The first text is the name. Of the others, short ones
   * (operator, places, keywords) count for more than long ones (the summary): see `isShort`.
   */
  readonly zhCN: readonly string[];
  readonly zhTW: readonly string[];
  readonly en: readonly string[];
};

export type SearchQuery = {
  /** Chinese, pinyin, initials, English or digits, in any mixture; empty lists everything. */
  readonly text: string;
  readonly party?: string;
  readonly category?: string;
  readonly audience?: string;
  readonly usable?: boolean;
  /** How many of the best to leave out. */
  readonly offset: number;
  /** How many to answer with, at most `MAX_LIMIT`. */
  readonly limit: number;
};

export type SearchRefusal =
  | { readonly code: 'QUERY_TOO_LONG'; readonly maxLength: number }
  | { readonly code: 'QUERY_TOO_MANY_WORDS'; readonly maxWords: number }
  | { readonly code: 'QUERY_TOO_BROAD' }
  | { readonly code: 'PAGE_OUT_OF_RANGE'; readonly maxLimit: number };

export type SearchAnswer =
  | { readonly ok: true; readonly total: number; readonly ids: readonly string[] }
  | { readonly ok: false; readonly refusal: SearchRefusal };

export type Search = {
  readonly size: number;
  /** Best first; equal ones in the order of their ids. The same query gives the same answer. */
  readonly search: (query: SearchQuery) => SearchAnswer;
  /** The same index with other entries usable: what changes by the minute needs no rebuild. */
  readonly withUsable: (isUsable: (id: string) => boolean) => Search;
};

/** In UTF-16 code units. */
export const MAX_QUERY_LENGTH = 1_000;
export const MAX_QUERY_WORDS = 16;
export const MAX_LIMIT = 1_000;
