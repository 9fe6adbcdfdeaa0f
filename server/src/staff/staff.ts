import type { Clock } from '../ports/clock.ts';
import type { Rng } from '../ports/rng.ts';
import type { NodeStore } from '../store/node-store.ts';
import {
  OPERATOR_ROLES,
  STAFF_ROLES,
  type StaffRole,
  type StaffRow,
  type StaffTables,
} from '../store/staff-tables.ts';
import { isTokenOf, newToken } from './staff-token.ts';

/** The account of whoever holds a one-time link: it can be neither given a token nor disabled. */
export const BUILT_IN_ACCOUNT = 'admin';

export const MAX_ACCOUNTS = 200;
/** An account's last use is written again when it is older than this. */
const LAST_USE_SECONDS = 300;

/** An account as others may see it: nothing of its token. */
export type StaffAccount = Omit<StaffRow, 'secret'>;

export type StaffRefusal = {
  readonly code:
    | 'STAFF_NAME_TAKEN'
    | 'STAFF_FULL'
    | 'STAFF_UNKNOWN'
    | 'STAFF_BUILT_IN'
    | 'OPERATOR_UNKNOWN'
    /** An operator's account reads, and answers what is its own: no other role. */
    | 'OPERATOR_ROLES';
};
type Refused = { readonly ok: false; readonly refusal: StaffRefusal };
export type StaffResult<T> = { readonly ok: true; readonly value: T } | Refused;

/** Named accounts of one node, what each may do, and how they sign in for now. */
export type Staff = {
  /** The account that a token belongs to; undefined when it is nobody's or disabled. */
  signIn(token: string): Promise<string | undefined>;
  /** What an account may do now; nothing when it is disabled or not there. Notes its use. */
  standingOf(name: string): Promise<StaffStanding>;

  accounts(): Promise<readonly StaffAccount[]>;
  /** Makes an account. The token is in this answer and nowhere else. */
  create(
    by: string,
    name: string,
    roles: readonly StaffRole[],
    operator?: string | null,
  ): Promise<StaffResult<NewAccount>>;
  /** At once and for good: open sessions may do nothing any more. Again is harmless. */
  disable(by: string, name: string): Promise<StaffResult<StaffAccount>>;
};

export type StaffStanding = Pick<StaffRow, 'roles' | 'operator'>;

export type NewAccount = { readonly account: StaffAccount; readonly token: string };

/** @param isOperator whether this node's city knows the operator; the hub has none */
export function createStaff<T extends StaffTables>(
  ports: { readonly clock: Clock; readonly rng: Rng },
  store: NodeStore<T>,
  isOperator: (tx: T, id: string) => Promise<boolean> = () => Promise.resolve(false),
): Staff {
  const { clock, rng } = ports;
  const use = async (name: string): Promise<void> => {
    await store.transaction(async ({ staff }) => {
      const row = (await staff.account(name)) ?? builtIn(name, clock.now());
      if (row !== undefined) await staff.saveAccount({ ...row, lastUsedAt: clock.now() });
    });
  };
  return {
    async signIn(token) {
      const rows = await store.read(({ staff }) => staff.accounts());
      // All of them, in the same time for each: how long it takes tells nothing of a token.
      let found: StaffRow | undefined;
      for (const row of rows) if (isTokenOf(row.secret, token)) found = row;
      return found?.disabledAt === null ? found.name : undefined;
    },
    async standingOf(name) {
      const found = await store.read(({ staff }) => staff.account(name));
      const row = found ?? builtIn(name, clock.now());
      if (row?.disabledAt !== null) return NO_STANDING;
      if (clock.now() - (row.lastUsedAt ?? 0) > LAST_USE_SECONDS) await use(name);
      return { roles: row.roles, operator: row.operator };
    },
    async accounts() {
      const rows = await store.read(({ staff }) => staff.accounts());
      const admin = builtIn(BUILT_IN_ACCOUNT, 0);
      const isThere = rows.some(({ name }) => name === BUILT_IN_ACCOUNT);
      return [...(isThere || admin === undefined ? [] : [admin]), ...rows].map(accountOf);
    },
    create: (by, name, roles, operator = null) =>
      store.transaction(async (tx): Promise<StaffResult<NewAccount>> => {
        const { staff } = tx;
        if (name === BUILT_IN_ACCOUNT) return refuse('STAFF_NAME_TAKEN');
        if ((await staff.account(name)) !== undefined) return refuse('STAFF_NAME_TAKEN');
        if ((await staff.accounts()).length >= MAX_ACCOUNTS) return refuse('STAFF_FULL');
        if (operator !== null) {
          if (roles.some((role) => !OPERATOR_ROLES.includes(role))) return refuse('OPERATOR_ROLES');
          if (!(await isOperator(tx, operator))) return refuse('OPERATOR_UNKNOWN');
        }
        const { token, secret } = newToken(rng);
        const row: StaffRow = {
          ...{ name, operator, secret, createdAt: clock.now(), createdBy: by },
          roles: STAFF_ROLES.filter((role) => roles.includes(role)),
          ...{ disabledAt: null, disabledBy: null, lastUsedAt: null },
        };
        await staff.saveAccount(row);
        return { ok: true, value: { account: accountOf(row), token } };
      }),
    disable: (by, name) =>
      store.transaction(async ({ staff }): Promise<StaffResult<StaffAccount>> => {
        if (name === BUILT_IN_ACCOUNT) return refuse('STAFF_BUILT_IN');
        const row = await staff.account(name);
        if (row === undefined) return refuse('STAFF_UNKNOWN');
        if (row.disabledAt !== null) return { ok: true, value: accountOf(row) };
        const disabled = { ...row, secret: null, disabledAt: clock.now(), disabledBy: by };
        await staff.saveAccount(disabled);
        return { ok: true, value: accountOf(disabled) };
      }),
  };
}

const NO_STANDING: StaffStanding = { roles: [], operator: null };

function builtIn(name: string, now: number): StaffRow | undefined {
  if (name !== BUILT_IN_ACCOUNT) return undefined;
  return {
    ...{ name, roles: STAFF_ROLES, secret: null, createdAt: now, createdBy: BUILT_IN_ACCOUNT },
    ...{ operator: null, disabledAt: null, disabledBy: null, lastUsedAt: null },
  };
}

function accountOf({ secret: _secret, ...account }: StaffRow): StaffAccount {
  return account;
}

function refuse(code: StaffRefusal['code']): Refused {
  return { ok: false, refusal: { code } };
}
