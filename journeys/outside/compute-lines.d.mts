/** What both cities should have made of the records. */
export function computeLines(records: readonly object[]): {
  readonly groups: readonly ComputedGroup[];
  readonly exceptions: readonly { readonly tap: string; readonly reason: string }[];
};

export type ComputedGroup = {
  readonly host: string;
  readonly home: string;
  readonly key: string;
  readonly fareGroup: string;
  readonly day: number;
  /** Canonical JSON of each. */
  readonly lines: readonly string[];
  readonly exceptions: readonly { readonly tap: string; readonly reason: string }[];
  readonly open: readonly string[];
};
