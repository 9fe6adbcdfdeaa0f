// Checks what neither the compiler nor the linter knows: the architecture, the house's names and
// sizes, and that documents tell the truth. `npm run check` and the tests run it.
import path from 'node:path';
import { checkCalls } from './tidy/calls.ts';
import { checkCitations, checkNamedFiles, checkSuppressions } from './tidy/docs.ts';
import { checkImports } from './tidy/imports.ts';
import { checkPackages } from './tidy/packages.ts';
import { checkNames, checkSizes } from './tidy/size.ts';
import { readRepository, type Check, type Finding, type Source } from './tidy/source.ts';
import { checkLeftovers, checkMachineTraces } from './tidy/text.ts';

const checks: readonly Check[] = [
  checkImports,
  checkCalls,
  checkSizes,
  checkNames,
  checkLeftovers,
  checkMachineTraces,
  checkNamedFiles,
  checkCitations,
  checkSuppressions,
  checkPackages,
];

/** Everything untidy in the sources, in the order of their paths. */
export function findUntidy(sources: readonly Source[]): Finding[] {
  return checks
    .flatMap((check) => check(sources))
    .sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

/** A finding as one line that an editor can open. */
export function describeFinding({ path: file, line, message }: Finding): string {
  return line === 0 ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

if (import.meta.main) {
  const findings = findUntidy(readRepository(path.resolve(import.meta.dirname, '..')));
  for (const finding of findings) console.error(describeFinding(finding));
  process.exitCode = findings.length === 0 ? 0 : 1;
}
