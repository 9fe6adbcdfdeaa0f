import type { PartyId, TimeStatement } from '@tongyu/protocol';

/** Every time statement that ever reached one gate. */
export type StatementLog = {
  heard(statements: readonly TimeStatement[]): void;
  /** The gate has finished and saved what it heard. */
  saved(): void;
  /** It died: what it heard since it saved may be lost. */
  forgetUnsaved(): void;
  /** The latest time that two members can have agreed on, of the statements that fit. */
  agreed(fits: (statement: TimeStatement) => boolean): number | undefined;
  /** A time that two of these have signed and that the gate surely knows. */
  surelyAgreed(isMember: (party: PartyId) => boolean): number | undefined;
};

export function statementLog(): StatementLog {
  const all = new Map<string, TimeStatement>();
  const saved = new Map<PartyId, number>();
  let unsaved: TimeStatement[] = [];
  return {
    heard(statements) {
      for (const statement of statements) {
        all.set(identityOf(statement), statement);
        unsaved.push(statement);
      }
    },
    saved() {
      for (const { party, time } of unsaved)
        saved.set(party, Math.max(time, saved.get(party) ?? 0));
      unsaved = [];
    },
    forgetUnsaved() {
      unsaved = [];
    },
    agreed(fits) {
      const newest = new Map<PartyId, number>();
      for (const statement of all.values()) {
        if (!fits(statement)) continue;
        const { party, time } = statement;
        newest.set(party, Math.max(time, newest.get(party) ?? 0));
      }
      return second(newest);
    },
    surelyAgreed: (isMember) => second(new Map([...saved].filter(([party]) => isMember(party)))),
  };
}

function second(times: ReadonlyMap<PartyId, number>): number | undefined {
  return [...times.values()].sort((a, b) => b - a)[1];
}

function identityOf({ party, time, bundle, lists }: TimeStatement): string {
  return `${party} ${String(time)} ${String(bundle.version)} ${Object.values(lists).join()}`;
}
