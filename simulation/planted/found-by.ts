/**
 * The first seed that finds each bug, as it was last seen: tried before all others, so that the
 * test takes seconds. Where it does not find it any more, all seeds are searched.
 */
export const FOUND_BY: Readonly<Record<string, number>> = {};
