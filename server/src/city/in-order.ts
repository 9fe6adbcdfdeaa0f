/**
 * Runs pieces of work one after the other. Batches of taps that meet in the database would make one
 * of them start again; in one process they rather queue.
 */
export type InOrder = <R>(work: () => Promise<R>) => Promise<R>;

export function inOrder(): InOrder {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
}
