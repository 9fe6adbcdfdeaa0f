import { createHash, timingSafeEqual } from 'node:crypto';
import { toBase64Url } from '@tongyu/protocol';
import type { Clock } from '../ports/clock.ts';
import type { Rng } from '../ports/rng.ts';
import { BUILT_IN_ACCOUNT } from '../staff/staff.ts';

/** A link works once and for a day; a session ends after 12 h, or 1 h after its last use. */
const ENTRY_LIFE_SECONDS = 86_400;
const SESSION_LIFE_SECONDS = 12 * 3600;
const SESSION_IDLE_SECONDS = 3600;
const MAX_ENTRIES = 64;
const MAX_SESSIONS = 256;

/**
 * Open sessions of a node's console, each of one staff account. Only hashes of tokens are kept, in
 * memory: a restart ends every session, and prints a new link.
 */
export type ConsoleSessions = {
  /** A new one-time token for a `/console#enter=` link. */
  issueEntry(): string;
  /**
   * The session's token for the cookie, of the built-in account; undefined when the entry is
   * unknown, used or too old.
   */
  enter(entry: string): string | undefined;
  /** A session of an account that has signed in otherwise. */
  open(account: string): string;
  /** Whose session it is; undefined when it is not open. */
  accountOf(session: string | undefined): string | undefined;
  leave(session: string): void;
};

type Entry = { readonly hash: Buffer; readonly until: number };
type Session = {
  readonly hash: Buffer;
  readonly account: string;
  readonly until: number;
  lastUse: number;
};

export function consoleSessions(clock: Clock, rng: Rng): ConsoleSessions {
  let entries: readonly Entry[] = [];
  let sessions: readonly Session[] = [];
  const token = (): string => toBase64Url(rng.bytes(32));
  const alive = (session: Session): boolean =>
    clock.now() < session.until && clock.now() < session.lastUse + SESSION_IDLE_SECONDS;
  const open = (account: string): string => {
    const session = token();
    const until = clock.now() + SESSION_LIFE_SECONDS;
    const opened: Session = { hash: hashOf(session), account, until, lastUse: clock.now() };
    sessions = [...sessions.filter(alive), opened].slice(-MAX_SESSIONS);
    return session;
  };

  return {
    issueEntry() {
      const entry = token();
      const until = clock.now() + ENTRY_LIFE_SECONDS;
      entries = [...entries, { hash: hashOf(entry), until }].slice(-MAX_ENTRIES);
      return entry;
    },
    enter(entry) {
      const found = findHash(entries, entry);
      if (found === undefined) return undefined;
      entries = entries.filter((other) => other !== found);
      if (clock.now() >= found.until) return undefined;
      return open(BUILT_IN_ACCOUNT);
    },
    open,
    accountOf(session) {
      const found = session === undefined ? undefined : findHash(sessions, session);
      if (found === undefined || !alive(found)) return undefined;
      found.lastUse = clock.now();
      return found.account;
    },
    leave(session) {
      const found = findHash(sessions, session);
      sessions = sessions.filter((other) => other !== found);
    },
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Looks at every one, each in constant time: how long it takes tells nothing of a token. */
function findHash<T extends { readonly hash: Buffer }>(
  all: readonly T[],
  token: string,
): T | undefined {
  const hash = hashOf(token);
  let found: T | undefined;
  for (const one of all) if (timingSafeEqual(one.hash, hash)) found = one;
  return found;
}
