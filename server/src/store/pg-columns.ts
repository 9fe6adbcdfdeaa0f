/** One array per column, for `unnest`. */
export function columnsOf<Row>(rows: readonly Row[]) {
  return <K extends keyof Row>(name: K): Row[K][] => rows.map((row) => row[name]);
}
