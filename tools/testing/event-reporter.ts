// A reporter for node:test that writes what happened as JSON lines, for `run-test-file.ts`.
// It runs inside the process of one test file (`--test-reporter`).
import type { TestEvent } from 'node:test/reporters';

/** One test that ended, or the end of the whole file. */
export type TestRecord =
  | { readonly kind: 'passed' | 'skipped'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly line: number; readonly why: string }
  | { readonly kind: 'end' };

/** The error that the test threw; node:test wraps it once. */
function explain(error: unknown): string {
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!(inner instanceof Error)) return String(inner);
  const text = inner.stack ?? inner.message;
  return inner.cause === undefined ? text : `${text}\nbecause: ${explain(inner.cause)}`;
}

function record(event: TestEvent): TestRecord | undefined {
  if (event.type === 'test:summary') return { kind: 'end' };
  if (event.type === 'test:pass') {
    const { name, details, skip, todo } = event.data;
    if (details.type === 'suite') return skip === undefined ? undefined : { kind: 'skipped', name };
    return { kind: skip === undefined && todo === undefined ? 'passed' : 'skipped', name };
  }
  if (event.type === 'test:fail') {
    const { name, details, line } = event.data;
    // A suite, or a test with subtests, fails with each of its failed parts, told already.
    const failure = details.error as { failureType?: string };
    if (failure.failureType === 'subtestsFailed') return undefined;
    return { kind: 'failed', name, line: line ?? 0, why: explain(details.error) };
  }
  return undefined;
}

/**
 * Turns the events of one test file into lines of JSON, each a {@link TestRecord}. It is the
 * default export because node:test asks for one.
 */
export default async function* writeRecords(
  source: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  for await (const event of source) {
    const line = record(event);
    if (line !== undefined) yield `${JSON.stringify(line)}\n`;
  }
}
