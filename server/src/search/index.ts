export { buildSearch, createSearch } from './search.ts';
export {
  MAX_LIMIT,
  MAX_QUERY_LENGTH,
  MAX_QUERY_WORDS,
  type Search,
  type SearchAnswer,
  type SearchQuery,
  type SearchRefusal,
  type SearchRow,
} from './types.ts';
