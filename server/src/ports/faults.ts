/**
 * Named points at which a crash is interesting. The real one does nothing; the simulation may throw
 * `Crash` there, which drops everything but the committed store.
 */
export type Faults = { point(name: string): void };

export const noFaults: Faults = { point: () => undefined };
