/** Who may use a node's console (hub and cities alike). */
export type StaffTables = { readonly staff: StaffRows };

export type StaffRows = {
  /** In rising order of name. */
  accounts(): Promise<readonly StaffRow[]>;
  account(name: string): Promise<StaffRow | undefined>;
  saveAccount(row: StaffRow): Promise<void>;
};

/** In the order in which they are shown. */
export const STAFF_ROLES = ['viewer', 'editor', 'publisher', 'keeper'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What an operator's account can have. */
export const OPERATOR_ROLES: readonly StaffRole[] = ['viewer', 'editor'];

export type StaffRow = {
  readonly name: string;
  /** At least one, in the order of `STAFF_ROLES`. */
  readonly roles: readonly StaffRole[];
  /** Of an operator's own people: it sees what is this operator's alone. Null: of the city's. */
  readonly operator: string | null;
  /** Null: nobody signs in with a token of this account (the built-in one). */
  readonly secret: StaffSecret | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly disabledAt: number | null;
  readonly disabledBy: string | null;
  readonly lastUsedAt: number | null;
};

/** What is kept of a token: SHA-256 of salt and token, both as base64url. */
export type StaffSecret = { readonly salt: string; readonly hash: string };
